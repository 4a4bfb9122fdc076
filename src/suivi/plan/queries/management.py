"""The internal management plan as of a day: who, what, by when; what is missing, due, late; what it costs."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from suivi.plan.models import Edition, Resource, ResourceKind
from suivi.plan.queries.on_day import DeliverableOnDay, Parts, Step, deliverables_on, rows_of
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.plan.rules import Gap, StepState
from suivi.values.folding import fold

PARTS = Parts.RESPONSIBILITIES | Parts.MILESTONES | Parts.REQUESTS | Parts.RESOURCES


class Show(StrEnum):
    """Which part of the management plan is asked for."""

    ALL = "all"
    GAPS = "gaps"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Wanted:
    """What a reader has chosen to see. `units` None is every unit, `pillar` empty every pillar."""

    show: Show = Show.ALL
    units: Collection[int] | None = None
    pillar: str = ""
    words: str = ""


@dataclass(frozen=True)
class OwedStep:
    """A milestone with the deliverable it belongs to."""

    deliverable: DeliverableOnDay
    step: Step


@dataclass(frozen=True)
class Total:
    """A sum over deliverables. None is: stated nowhere. `..._unknown` counts deliverables that state none."""

    kind: str
    currency: str
    planned: Decimal | None
    secured: Decimal | None
    planned_unknown: int
    secured_unknown: int


@dataclass
class ManagementPlan:
    """The deliverables asked for, in the order of the plan, and the lists drawn from them."""

    day: date
    deliverables: list[DeliverableOnDay] = field(default_factory=list)

    @property
    def gaps(self) -> list[DeliverableOnDay]:
        return [one for one in self.deliverables if one.gaps]

    @property
    def without_accountable(self) -> int:
        return sum(Gap.NO_ACCOUNTABLE in one.gaps for one in self.deliverables)

    @property
    def without_responsible(self) -> int:
        return sum(Gap.NO_RESPONSIBLE in one.gaps for one in self.deliverables)

    @property
    def due_steps(self) -> list[OwedStep]:
        return self._steps(StepState.DUE_SOON)

    @property
    def late_steps(self) -> list[OwedStep]:
        return self._steps(StepState.LATE)

    @property
    def totals(self) -> list[Total]:
        return totals_of(one.resources for one in self.deliverables)

    def _steps(self, state: StepState) -> list[OwedStep]:
        found = [OwedStep(one, s) for one in self.deliverables for s in one.steps if s.state is state]
        return sorted(found, key=lambda owed: (owed.step.row.due_on, owed.deliverable.row.position))


def management_plan(edition: Edition, day: date, wanted: Wanted) -> ManagementPlan:
    """The management plan of an edition as of a day, in a constant number of queries.

    `wanted.show` is left to the page: the counts of its parts are wanted beside each other.
    """
    rows = rows_of(edition)
    if wanted.pillar:
        rows = rows.filter(action__pillar__pillar__key=wanted.pillar)
    for word in fold(wanted.words).split():
        rows = rows.filter(folded__contains=word)
    found = deliverables_on(day, rows, PARTS)
    if wanted.units is not None:
        found = [one for one in found if units_of(one) & set(wanted.units)]
    return ManagementPlan(day, found)


def units_of(one: DeliverableOnDay) -> set[int]:
    """The units concerned with a deliverable: by a responsibility, or by a step that is not done."""
    open_steps = {StepState.LATE, StepState.DUE_SOON, StepState.PLANNED}
    owners = {step.row.owner_unit_id for step in one.steps if step.state in open_steps}
    return {r.unit_id for r in one.responsibilities} | {pk for pk in owners if pk is not None}


def units_that_work(one: DeliverableOnDay, step: Step | None) -> set[int]:
    """The units whose people may plan a step: accountable, responsible, and the owner of the step."""
    working = {r.unit_id for r in one.responsibilities if r.role in WORKING_ROLES}
    owner = step.row.owner_unit_id if step else None
    return working if owner is None else working | {owner}


def totals_of(resources: Iterable[Sequence[Resource]]) -> list[Total]:
    """Exact sums of what deliverables plan and have secured: staff time first, then each currency.

    `resources` holds the statements of one deliverable after another. Different currencies are never added.
    A deliverable counts as unknown for a kind where none of its statements of that kind names the amount.
    """
    stated = [list(of_one) for of_one in resources]
    keys = {(ResourceKind(r.kind), r.currency) for of_one in stated for r in of_one}
    return [
        Total(
            kind,
            currency,
            _sum(r.planned for of_one in stated for r in of_one if (r.kind, r.currency) == (kind, currency)),
            _sum(r.secured for of_one in stated for r in of_one if (r.kind, r.currency) == (kind, currency)),
            sum(all(r.planned is None for r in of_one if r.kind == kind) for of_one in stated),
            sum(all(r.secured is None for r in of_one if r.kind == kind) for of_one in stated),
        )
        for kind, currency in sorted(keys, key=lambda key: (key[0] != ResourceKind.STAFF, key))
    ]


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
