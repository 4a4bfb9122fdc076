"""Where deliverables stand on two days: what had happened up to one, as the record knew it as of the other.

Nothing is stored: the facts are gathered in a constant number of queries and the signal is computed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from suivi.core.clock import end_of
from suivi.monitoring.models import ProgressKind
from suivi.monitoring.queries.adopted_rows import Adopted, adopted_rows
from suivi.monitoring.queries.agreed import Agreed
from suivi.monitoring.queries.facts import Asked, LastUpdate, Reported, reported_on
from suivi.monitoring.queries.sheets import Frame, SheetOnDay, frame_on, sheets_on
from suivi.monitoring.rules.facts import DatedSteps, Measure
from suivi.monitoring.rules.settings import PlanSettings
from suivi.monitoring.rules.signal import Case, Signal, Standing, signal_of
from suivi.plan.models import Edition

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
    return {
        pk: StateOnDay(
            pk, one.case.measure, signal_of(one.case), one.case.steps, one.last, one.agreed, one.sheet
        )
        for pk, one in cases.items()
    }


@dataclass(frozen=True, slots=True)
class CaseOnDay:
    """One deliverable with all that its signal depends on, before it is computed."""

    case: Case
    last: LastUpdate | None
    agreed: Agreed | None
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
    asked = asked_of(edition, up_to, as_of, deliverables, sheets)
    rows = adopted_rows(
        plan=asked.plan,
        edition=edition.pk,
        up_to=up_to,
        known_at=asked.known_at,
        deliverables=deliverables,
    )
    reported = reported_on(asked, edition.pk, {row.deliverable: row.ends_on for row in rows})
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


def _case(
    row: Adopted, sheet: SheetOnDay | None, reported: Reported, up_to: date, settings: PlanSettings
) -> CaseOnDay:
    target = row.target if row.revised is None else row.revised
    measure = measure_of(sheet, row.starts_on, row.ends_on, row.target, target)
    steps = row.steps._replace(number=row.least if measure.less_is_better else row.most)
    last_on = reported.last.reported_on if reported.last else None
    case = Case(measure, reported.facts, steps, last_on, up_to, settings)
    return CaseOnDay(case, reported.last, row.agreed, sheet)


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
