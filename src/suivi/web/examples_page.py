"""What the page shows on which examples are chosen for a section of a paper."""

from collections.abc import Sequence
from typing import Any

from suivi.monitoring.models import Consent, ProgressUpdate, UpdateKind, Voice
from suivi.monitoring.queries.facts import speaking_updates
from suivi.monitoring.queries.voices import voices_of
from suivi.plan.queries import rows_of
from suivi.reporting.models import Example, PaperSection
from suivi.reporting.outline import PILLARS
from suivi.web.forms.paper_sections import ExampleForm
from suivi.web.section_page import SectionPage

MOST_SHOWN = 60


class ExamplesPage:
    """The examples of a section, and what there is to choose from."""

    def __init__(self, page: SectionPage) -> None:
        self.page = page
        self.rows = {row.deliverable_id: row for row in rows_of(page.page.papers.edition)}

    @property
    def section(self) -> PaperSection:
        return self.page.section

    def context(self, form: ExampleForm | None) -> dict[str, Any]:
        """Five queries. Of a pillar only what was reported on its deliverables is offered."""
        chosen = self._chosen()
        updates, voices = self._updates(chosen), self._voices(chosen)
        return self.page.page.papers.base() | {
            "paper": self.page.paper,
            "one": self.page.found,
            "chosen": [(one, self._row(one)) for one in chosen],
            "updates": [(one, self.rows.get(one.deliverable_id)) for one in updates[:MOST_SHOWN]],
            "voices": [(one, self.rows.get(one.invitation.deliverable_id)) for one in voices],
            "more": len(updates) > MOST_SHOWN,
            "form": form,
            "may_choose": self.page.may_write,
        }

    def _chosen(self) -> list[Example]:
        rows = self.section.examples.filter(dropped_at=None)
        return list(
            rows.select_related(
                "update_row__unit", "update_row__deliverable", "voice__invitation__deliverable"
            )
        )

    def _row(self, example: Example) -> Any:
        if example.update_row is not None:
            return self.rows.get(example.update_row.deliverable_id)
        return self.rows.get(example.voice.invitation.deliverable_id) if example.voice else None

    def _updates(self, chosen: Sequence[Example]) -> list[ProgressUpdate]:
        found = speaking_updates(self.page.page.papers.now).filter(
            plan=self.page.paper.plan, kind=UpdateKind.UPDATE, is_public=True, deliverable__in=self._wanted()
        )
        taken = [one.update_row_id for one in chosen if one.update_row_id]
        ordered = found.exclude(pk__in=taken).select_related("deliverable", "unit")
        return list(ordered.order_by("-reported_on", "-pk")[: MOST_SHOWN + 1])

    def _voices(self, chosen: Sequence[Example]) -> list[Voice]:
        taken = [one.voice_id for one in chosen if one.voice_id]
        found = voices_of(self.page.paper.plan, self.page.request.today).exclude(consent=Consent.NONE)
        return list(found.exclude(pk__in=taken).filter(invitation__deliverable__in=self._wanted()))

    def _wanted(self) -> list[int]:
        key = self.section.key
        if not key.startswith(PILLARS):
            return list(self.rows)
        number = key.removeprefix(PILLARS)
        return [pk for pk, row in self.rows.items() if row.action.pillar.number == number]
