"""Where one deliverable stands, for its page: the signal and why, what the unit says, what was agreed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from suivi.core.clock import end_of
from suivi.monitoring.models import AgreedStatus, Assessment, ProgressKind, ProgressUpdate, UpdateState
from suivi.monitoring.queries.facts import speaking_updates
from suivi.monitoring.queries.history import History, burn_up_of, histories_of
from suivi.monitoring.queries.looks import LookRecord, outlook_of, past_looks, sees_looks
from suivi.monitoring.queries.sheets import LadderOnDay
from suivi.monitoring.queries.states import StateOnDay
from suivi.monitoring.queries.voices import Quote, quotes_of
from suivi.monitoring.rules.look_ahead import Outlook
from suivi.organisation.queries import UnitTree
from suivi.plan.models import DeliverableEdition
from suivi.render.burnup import Range
from suivi.reporting.pictures.picture import Setting
from suivi.reporting.pictures.progress import burn_up_picture
from suivi.values.text import Text
from suivi.web.deliverable_beside import Beside
from suivi.web.figures import Figure
from suivi.web.requests import Request
from suivi.web.sentences import sentence
from suivi.web.standing import Standing, standing_of

MOST_UPDATES = 12


@dataclass(frozen=True)
class RungLine:
    """A step of the ladder, and whether it is reached."""

    name: Text
    meaning: Text
    outside: Text
    is_reached: bool


@dataclass(frozen=True)
class PartLine:
    """A part (or the whole, without a name) with its ladder."""

    name: Text | None
    rungs: Sequence[RungLine]

    @property
    def reached(self) -> int:
        return sum(rung.is_reached for rung in self.rungs)


class DeliverableStanding:
    """One deliverable for one reader on the two days looked at."""

    def __init__(
        self,
        request: Request,
        row: DeliverableEdition,
        *,
        is_inside: bool,
        tree: UnitTree | None = None,
        accountable: int | None = None,
        beside: Collection[Beside] = frozenset(Beside),
    ) -> None:
        self.request, self.row, self.is_inside = request, row, is_inside
        self.tree, self.accountable, self.beside = tree, accountable, beside
        self.up_to: date = request.up_to
        self.as_of: date = request.day

    @cached_property
    def standing(self) -> Standing:
        return standing_of(
            self.row.edition,
            self.up_to,
            self.as_of,
            is_inside=self.is_inside,
            deliverables=[self.row.deliverable_id],
        )

    @property
    def state(self) -> StateOnDay | None:
        return self.standing.states.get(self.row.deliverable_id)

    @property
    def kind(self) -> str:
        """How it progresses, in words; empty without a sheet."""
        sheet = self.state.sheet if self.state else None
        return str(ProgressKind(sheet.kind).label) if sheet else ""

    @property
    def reason(self) -> str:
        return sentence(self.state.signal.reason) if self.state else ""

    @property
    def count(self) -> SafeString | str:
        return self.standing.count_words(self.row.deliverable_id, self.row.target, self.row.target_unit)

    @cached_property
    def last(self) -> ProgressUpdate | None:
        """The latest approved update: whose assessment is shown."""
        if self.state is None or self.state.last is None:
            return None
        return ProgressUpdate.objects.select_related("unit", "approved_by", "created_by", "on_behalf_of").get(
            pk=self.state.last.pk
        )

    @property
    def assessment(self) -> str:
        return str(Assessment(self.state.assessment).label) if self.state and self.state.assessment else ""

    @cached_property
    def agreed(self) -> AgreedStatus | None:
        """What was agreed last; readers from outside see this alone."""
        state = self.state
        found = state.agreed if state else self.standing.agreed.get(self.row.deliverable_id)
        if found is None:
            return None
        agreed: AgreedStatus = AgreedStatus.objects.select_related("recorded_by").get(pk=found.pk)
        return agreed

    @cached_property
    def parts(self) -> list[PartLine]:
        """The ladder with what is reached of it; one for each part where there are parts."""
        sheet = self.state.sheet if self.state else None
        if self.state is None or sheet is None or sheet.ladder is None:
            return []
        reached = self.state.signal.progress.reached
        names = {part.key: part.name for part in sheet.parts}
        return [PartLine(names.get(key), _rungs(sheet.ladder, position)) for key, position in reached.items()]

    @cached_property
    def _history(self) -> History | None:
        """All that was reported, of a deliverable that counts items."""
        sheet = self.state.sheet if self.state else None
        if sheet is None or sheet.kind != ProgressKind.ITEMS:
            return None
        pk = self.row.deliverable_id
        return histories_of(self.row.edition, self.as_of, [pk])[pk]

    @cached_property
    def outlook(self) -> Outlook | None:
        """The look ahead, for the accountable unit and the plan manager alone."""
        if self._history is None or not self._history.settings.looks_ahead:
            return None
        plan = self.row.deliverable.plan
        if self.tree is None or not sees_looks(self.request.authority, plan, self.accountable, self.tree):
            return None
        return outlook_of(self._history, self.up_to)

    @cached_property
    def past(self) -> LookRecord:
        """How earlier looks at this deliverable turned out."""
        return past_looks(self.row.edition, self.up_to, self.as_of, [self.row.deliverable_id])

    @cached_property
    def figure(self) -> Figure | None:
        """The burn-up of a deliverable that counts items, with the range looked ahead to."""
        if self._history is None:
            return None
        ahead = self.outlook
        expected = Range(ahead.made_from.ends_on, ahead.low, ahead.high) if ahead else None
        name = f"burn-up-{self.row.deliverable.key}"
        setting = Setting(get_language() or "en", self.up_to, self.as_of)
        counted = burn_up_of(self._history, self.up_to)
        return Figure(burn_up_picture(counted, setting, name=name, ahead=expected))

    @cached_property
    def updates(self) -> list[ProgressUpdate]:
        """The approved updates as the record knew them, newest first; outside those marked public."""
        if Beside.UPDATES not in self.beside:
            return []
        approved = ProgressUpdate.objects.filter(
            deliverable=self.row.deliverable_id,
            state=UpdateState.APPROVED,
            approved_at__lte=end_of(self.as_of),
            reported_on__lte=self.up_to,
        )
        if not self.is_inside:
            approved = approved.filter(is_public=True, pk__in=speaking_updates(end_of(self.as_of)))
        found = approved.select_related(
            *("unit", "approved_by", "created_by", "on_behalf_of", "round", "corrects")
        )
        return list(found.order_by("-reported_on", "-approved_at", "-pk")[:MOST_UPDATES])

    @cached_property
    def corrected(self) -> set[int]:
        """Of these updates, those that another one has corrected by the day."""
        return set(
            ProgressUpdate.objects.filter(
                corrects__in=[one.pk for one in self.updates],
                state=UpdateState.APPROVED,
                approved_at__lte=end_of(self.as_of),
            ).values_list("corrects_id", flat=True)
        )

    @cached_property
    def quotes(self) -> list[Quote]:
        """What constituents said of it, as they may be quoted; for readers inside."""
        if not self.is_inside or Beside.VOICES not in self.beside:
            return []
        return quotes_of(self.row.deliverable.plan, self.as_of, self.row.deliverable)

    def context(self) -> dict[str, Any]:
        return {"of": self, "standing": self.standing, "status": self._status()}

    def _status(self) -> SafeString:
        return self.standing.tag(self.standing.status_of(self.row.deliverable_id))


def _rungs(ladder: LadderOnDay, reached: int) -> list[RungLine]:
    return [
        RungLine(rung.name, rung.meaning, rung.outside, rung.position <= reached) for rung in ladder.rungs
    ]
