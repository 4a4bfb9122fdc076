"""What would move if a unit handed over: shown before it is confirmed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from suivi.plan.models import DeliverableEdition, Edition, MilestoneState, Responsibility
from suivi.plan.queries.on_day import rows_of
from suivi.plan.rules import hand_over_period
from suivi.values.period import Period


@dataclass
class Moving:
    """A deliverable on which something would move, and what."""

    row: DeliverableEdition
    responsibilities: list[Responsibility] = field(default_factory=list)
    steps: list[MilestoneState] = field(default_factory=list)


def what_would_move(
    edition: Edition, from_unit: int, on: date, keys: Collection[str] | None = None
) -> list[Moving]:
    """What a unit (by primary key) would hand over on a day, by deliverable in the order of the plan.

    `keys` names some deliverables; None means all of the plan. The same rules as in the command `hand_over`.
    """
    rows = rows_of(edition)
    if keys is not None:
        rows = rows.filter(deliverable__key__in=keys)
    moving = {row.deliverable_id: Moving(row) for row in rows}
    held = Responsibility.objects.current().filter(unit=from_unit, deliverable__in=list(moving))
    for responsibility in held.order_by("starts_on", "pk"):
        if hand_over_period(Period(responsibility.starts_on, responsibility.ends_on), on):
            moving[responsibility.deliverable_id].responsibilities.append(responsibility)
    for state in _steps(from_unit, list(moving)):
        if state.done_on is None or state.done_on >= on:
            moving[state.milestone.deliverable_id].steps.append(state)
    return [one for one in moving.values() if one.responsibilities or one.steps]


def _steps(from_unit: int, deliverables: list[int]) -> list[MilestoneState]:
    return list(
        MilestoneState.objects.current()
        .filter(owner_unit=from_unit, is_dropped=False, milestone__deliverable__in=deliverables)
        .select_related("milestone")
        .order_by("due_on", "pk")
    )
