"""What a person has to do with plans on a day: milestones owned, deliverables the person answers for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from suivi.core.models import Account
from suivi.plan.models import DeliverableEdition, MilestoneState, Responsibility
from suivi.plan.queries.on_day import milestones_on, responsibilities_on, rows_in_force
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.plan.rules import StepState, step_state

_LATE_FIRST = (StepState.LATE, StepState.DUE_SOON, StepState.PLANNED, StepState.DONE_LATE, StepState.DONE)


@dataclass(frozen=True)
class OwnedStep:
    """A milestone of the person, its state on the day, and the deliverable it serves."""

    milestone: MilestoneState
    state: StepState
    row: DeliverableEdition


@dataclass(frozen=True)
class Held:
    """A responsibility and the deliverable it is for."""

    responsibility: Responsibility
    row: DeliverableEdition


@dataclass(frozen=True)
class Desk:
    """What stands on a person's desk."""

    steps: list[OwnedStep]
    contact_for: list[Held]
    of_units: list[Held]


def desk_of(account: Account, day: date, units: Collection[int]) -> Desk:
    """The desk of a person who works for these units: four queries at any size.

    Late milestones come first, then those due next; what an edition in force does not hold is left out.
    """
    steps = list(milestones_on(day).filter(owner=account))
    held = responsibilities_on(day).select_related("unit").order_by("starts_on", "pk")
    contact_for = list(held.filter(contact=account))
    of_units = list(held.filter(unit__in=units, role__in=WORKING_ROLES)) if units else []
    wanted = {step.milestone.deliverable_id for step in steps}
    wanted |= {one.deliverable_id for one in [*contact_for, *of_units]}
    rows = {row.deliverable_id: row for row in rows_in_force(day).filter(deliverable__in=wanted)}
    return Desk(_steps(steps, rows, day), _held(contact_for, rows), _held(of_units, rows))


def _steps(
    steps: Iterable[MilestoneState], rows: dict[int, DeliverableEdition], day: date
) -> list[OwnedStep]:
    found = [
        OwnedStep(step, step_state(step.due_on, step.done_on, day), rows[step.milestone.deliverable_id])
        for step in steps
        if step.milestone.deliverable_id in rows
    ]
    return sorted(found, key=lambda one: (_LATE_FIRST.index(one.state), one.milestone.due_on))


def _held(responsibilities: Iterable[Responsibility], rows: dict[int, DeliverableEdition]) -> list[Held]:
    found = [Held(one, rows[one.deliverable_id]) for one in responsibilities if one.deliverable_id in rows]
    return sorted(found, key=lambda one: (one.row.edition.plan_id, one.row.position, one.responsibility.role))
