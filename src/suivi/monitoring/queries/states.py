"""Where deliverables stand on two days: what had happened up to one, as the record knew it as of the other.

Nothing is stored: the facts are gathered in a constant number of queries and the signal is computed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery

from suivi.core.clock import end_of
from suivi.monitoring.models import ProgressKind
from suivi.monitoring.queries.agreed import Agreed, agreed_on
from suivi.monitoring.queries.facts import Asked, LastUpdate, Reported, reported_on
from suivi.monitoring.queries.revisions import valid_revisions
from suivi.monitoring.queries.sheets import Frame, SheetOnDay, frame_on, sheets_on
from suivi.monitoring.rules.facts import DatedSteps, Measure
from suivi.monitoring.rules.settings import PlanSettings
from suivi.monitoring.rules.signal import Case, Signal, Standing, signal_of
from suivi.plan.models import DeliverableEdition, Edition

# What a unit may say of itself can differ from these; it has no word for the others.
_COMPARABLE = {
    Standing.ON_TRACK,
    Standing.AT_RISK,
    Standing.OFF_TRACK,
    Standing.ACHIEVED,
    Standing.PARTIALLY_ACHIEVED,
    Standing.NOT_ACHIEVED,
}


@dataclass(frozen=True, slots=True)
class StateOnDay:
    """Where one deliverable stands: signal, own assessment and agreed status, kept apart.

    `last` is the latest approved update, `agreed` the latest agreed status; None where there is none.
    """

    deliverable: int
    measure: Measure
    signal: Signal
    steps: DatedSteps
    last: LastUpdate | None
    agreed: Agreed | None
    sheet: SheetOnDay | None

    @property
    def assessment(self) -> str:
        """What the unit said of itself last; empty where it said nothing."""
        return self.last.assessment if self.last else ""

    @property
    def is_seen_otherwise(self) -> bool:
        """Whether the unit says otherwise of itself than what is computed; said of the same things only."""
        said, computed = self.assessment, self.signal.status.value
        return bool(said) and said != computed and computed in _COMPARABLE

    @property
    def is_revised(self) -> bool:
        """Whether another target than the adopted one holds."""
        return self.measure.target != self.measure.adopted_target


def states_of(
    edition: Edition,
    up_to: date,
    as_of: date,
    deliverables: Collection[int] | None = None,
    frame: Frame | None = None,
) -> dict[int, StateOnDay]:
    """Deliverable (primary key) of an edition to where it stands: at most six queries at any size.

    `edition` is the one in force as of the second day; `deliverables` (primary keys) limits what is read.
    `frame` are the rules and ladders of the day, where they were read already.
    """
    cases = cases_of(edition, up_to, as_of, deliverables, frame)
    agreed = agreed_on(edition, up_to, as_of, deliverables)
    return {
        pk: StateOnDay(
            pk, one.case.measure, signal_of(one.case), one.case.steps, one.last, agreed.get(pk), one.sheet
        )
        for pk, one in cases.items()
    }


@dataclass(frozen=True, slots=True)
class CaseOnDay:
    """One deliverable with all that its signal depends on, before it is computed."""

    case: Case
    last: LastUpdate | None
    sheet: SheetOnDay | None


def cases_of(
    edition: Edition,
    up_to: date,
    as_of: date,
    deliverables: Collection[int] | None = None,
    frame: Frame | None = None,
) -> dict[int, CaseOnDay]:
    """Deliverable to what its signal is computed from."""
    frame = frame or frame_on(edition, as_of)
    sheets = sheets_on(edition, as_of, deliverables, frame)
    rows = _adopted(edition, up_to, as_of, deliverables)
    reported = reported_on(
        asked_of(edition, up_to, as_of, deliverables, sheets), {row.deliverable: row.ends_on for row in rows}
    )
    nothing = Reported()
    return {
        row.deliverable: _case(
            row, sheets.get(row.deliverable), reported.get(row.deliverable, nothing), up_to, frame.settings
        )
        for row in rows
    }


def asked_of(
    edition: Edition,
    up_to: date,
    as_of: date,
    deliverables: Collection[int] | None,
    sheets: Mapping[int, SheetOnDay],
) -> Asked:
    """The question for facts that follows from the sheets of an edition."""
    return Asked(
        plan=edition.plan_id,
        up_to=up_to,
        known_at=end_of(as_of),
        deliverables=deliverables,
        needs_evidence={pk for pk, sheet in sheets.items() if sheet.needs_evidence},
        commitments={pk for pk, sheet in sheets.items() if sheet.kind == ProgressKind.COMMITMENT},
    )


class _Adopted(NamedTuple):
    """What an edition says of a deliverable, its revised target, and its dated steps counted."""

    deliverable: int
    starts_on: date | None
    ends_on: date | None
    target: Decimal | None
    revised: Decimal | None
    total: int
    due: int
    late: int
    done: int
    numbers: int
    most: Decimal | None
    least: Decimal | None


def _rows_of(edition: Edition, deliverables: Collection[int] | None) -> Any:
    rows = DeliverableEdition.objects.filter(edition=edition).order_by()
    return rows if deliverables is None else rows.filter(deliverable__in=deliverables)


def _adopted(
    edition: Edition, up_to: date, as_of: date, deliverables: Collection[int] | None
) -> list[_Adopted]:
    moment = end_of(as_of)
    revised = (
        valid_revisions(edition, as_of)
        .filter(deliverable=OuterRef("deliverable"), decided_on__lte=up_to)
        .order_by("-decided_on", "-recorded_at")
        .values("target")[:1]
    )
    state = "deliverable__milestones__states__"
    known = Q(
        Q(**{f"{state}superseded_at__isnull": True}) | Q(**{f"{state}superseded_at__gt": moment}),
        **{f"{state}recorded_at__lte": moment, f"{state}is_dropped": False},
    )
    due = known & Q(**{f"{state}due_on__lt": up_to})
    done = Q(**{f"{state}done_on__lte": up_to})
    steps = "deliverable__milestones__states"
    number = f"{steps}__expected"
    rows = _rows_of(edition, deliverables).annotate(
        revised=Subquery(revised),
        total_steps=Count(steps, filter=known),
        due_steps=Count(steps, filter=due),
        late_steps=Count(steps, filter=due & ~done),
        done_steps=Count(steps, filter=known & done),
        numbers=Count(number, filter=known),
        most=Max(number, filter=due),
        least=Min(number, filter=due),
    )
    columns: Any = rows.values_list(
        *("deliverable_id", "starts_on", "ends_on", "target", "revised"),
        *("total_steps", "due_steps", "late_steps", "done_steps", "numbers", "most", "least"),
    )
    return [_Adopted(*row) for row in columns]


def _case(
    row: _Adopted, sheet: SheetOnDay | None, reported: Reported, up_to: date, settings: PlanSettings
) -> CaseOnDay:
    target = row.target if row.revised is None else row.revised
    measure = measure_of(sheet, row.starts_on, row.ends_on, row.target, target)
    number = row.least if measure.less_is_better else row.most
    steps = DatedSteps(row.total, row.due, row.late, row.done, row.numbers > 0, number)
    last_on = reported.last.reported_on if reported.last else None
    return CaseOnDay(Case(measure, reported.facts, steps, last_on, up_to, settings), reported.last, sheet)


def measure_of(
    sheet: SheetOnDay | None,
    starts_on: date | None,
    ends_on: date | None,
    adopted_target: Decimal | None,
    target: Decimal | None,
) -> Measure:
    """How a deliverable is measured, from its sheet and its row of the edition."""
    if sheet is None:
        return Measure("", starts_on, ends_on, target, adopted_target)
    return Measure(
        sheet.kind,
        starts_on,
        ends_on,
        target,
        adopted_target,
        sheet.is_straight,
        sheet.criterion_keys,
        sheet.rung_keys,
        sheet.part_keys,
        sheet.baseline,
        sheet.less_is_better,
    )
