"""A figure opened: its formula, the facts and updates it rests on, what was left out and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from suivi.monitoring.models import EvidenceClass, ItemStage, ProgressUpdate
from suivi.monitoring.queries.why import EvidenceSeen, Ground, Why, why_of
from suivi.monitoring.rules.grounds import VERDICT_WORDS, Verdict
from suivi.web.dashboard_page import days_said
from suivi.web.downloads import Download
from suivi.web.edited_deliverable import EditedDeliverable
from suivi.web.sentences import sentence
from suivi.web.templatetags.suivi import plain
from suivi.workbooks.model import Value


@dataclass(frozen=True)
class GroundLine:
    """A fact in words."""

    ground: Ground
    said: str
    verdict: str
    evidence: Sequence[tuple[EvidenceSeen, str]]


class WhyPage:
    """The figure of a deliverable opened, for one reader on the two days looked at."""

    def __init__(self, page: EditedDeliverable, why: Why) -> None:
        self.page, self.why = page, why

    def context(self) -> dict[str, Any]:
        return self.page.context() | {
            "why": self.why,
            "formula": sentence(self.why.formula),
            "reason": sentence(self.why.state.signal.reason),
            "rests_on": self.lines(self.why.rests_on),
            "left_out": self.lines(self.why.left_out),
        }

    def lines(self, grounds: Iterable[Ground]) -> list[GroundLine]:
        return [
            GroundLine(
                one,
                self._said(one),
                _(VERDICT_WORDS[one.verdict]),
                [(seen, str(EvidenceClass(seen.classification).label)) for seen in one.evidence],
            )
            for one in grounds
        ]

    def _said(self, ground: Ground) -> str:
        """What the fact says, in words."""
        if ground.item is not None:
            return f"{plain(ground.item.name)}: {ItemStage(ground.item.stage).label}"
        if ground.step is not None:
            sheet = self.why.state.sheet
            names = {part.key: plain(part.name) for part in sheet.parts} if sheet else {}
            rung = plain(ground.step.rung.name)
            return f"{names.get(ground.step.part, ground.step.part)}: {rung}" if ground.step.part else rung
        if ground.value is not None:
            return self._value(ground)
        return _("kept") if ground.update.is_commitment_kept else _("not kept")

    def _value(self, ground: Ground) -> str:
        value = ground.value
        if value is None or value.numerator is None or value.denominator is None:
            return f"{value.value:f}" if value and value.value is not None else ""
        return _("%(value)s (%(numerator)s of %(denominator)s)") % {
            "value": f"{round(value.value or 0, 1):f}",
            "numerator": f"{value.numerator:f}",
            "denominator": f"{value.denominator:f}",
        }

    def download(self) -> Download:
        """Everything on the page as one table."""
        columns = [
            _("Counts"),
            _("What"),
            _("Day"),
            _("Update"),
            _("Unit"),
            _("Approved by"),
            _("Approved on"),
        ]
        columns += [_("Evidence"), _("Why")]
        rows: list[list[Value]] = [
            [
                _("yes") if line.ground.verdict is Verdict.COUNTED else _("no"),
                line.said,
                line.ground.happened_on,
                str(line.ground.update.key),
                line.ground.update.unit.key,
                _approver(line.ground.update),
                line.ground.update.approved_at.date() if line.ground.update.approved_at else None,
                "; ".join(_told(seen, label) for seen, label in line.evidence),
                line.verdict,
            ]
            for line in self.lines([*self.why.rests_on, *self.why.left_out])
        ]
        request = self.page.request
        title = f"{self.page.one.row.number} {plain(self.page.one.row.title or self.page.one.row.text)}"
        return Download(title, days_said(request.up_to, request.day), columns, rows)


def _approver(update: ProgressUpdate) -> str:
    """Who approved an update; who entered what came from a tracker, where nobody here approved it."""
    if update.source == "tracker" and update.created_by:
        return _("entered from a tracker by %(person)s") % {"person": update.created_by.name}
    return update.approved_by.name if update.approved_by else ""


def _told(seen: EvidenceSeen, label: str) -> str:
    told = f"{seen.evidence.title} ({label})" if seen.evidence else label
    return f"{told}, {_('withdrawn')}" if seen.is_withdrawn else told


def why_page(page: EditedDeliverable) -> WhyPage | None:
    """The page; None where the deliverable is no part of the edition."""
    request = page.request
    why = why_of(page.deliverable, page.edition, request.up_to, request.day, request.authority)
    return None if why is None else WhyPage(page, why)
