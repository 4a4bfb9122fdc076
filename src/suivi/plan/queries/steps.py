"""Milestones of a plan to choose from, and what changed from one state of a milestone to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from suivi.plan.models import Milestone, MilestoneState, Plan
from suivi.plan.queries.on_day import milestones_on


class StepChange(StrEnum):
    """What one state of a milestone changed against the one before."""

    ADDED = "added"
    TITLE = "title"
    DUE = "due"
    DONE = "done"
    NOT_DONE = "not_done"
    OWNER = "owner"
    NEEDS = "needs"
    DROPPED = "dropped"
    RESTORED = "restored"


@dataclass(frozen=True)
class PastState:
    """One state of a milestone and what it changed."""

    state: MilestoneState
    changes: Sequence[StepChange]


def history_of(states: Sequence[MilestoneState]) -> list[PastState]:
    """Each state, latest first as given, with what it changed against the one before it."""
    return [
        PastState(state, _changes(before, state))
        for state, before in zip(states, [*states[1:], None], strict=True)
    ]


def _changes(before: MilestoneState | None, after: MilestoneState) -> list[StepChange]:
    if before is None:
        return [StepChange.ADDED]
    owners = [(state.owner_unit_id, state.owner_id) for state in (before, after)]
    needs = [{need.pk for need in state.depends_on.all()} for state in (before, after)]
    found = {
        StepChange.TITLE: before.title.plain() != after.title.plain(),
        StepChange.DUE: before.due_on != after.due_on,
        StepChange.DONE: after.done_on is not None and before.done_on != after.done_on,
        StepChange.NOT_DONE: after.done_on is None and before.done_on is not None,
        StepChange.OWNER: owners[0] != owners[1],
        StepChange.NEEDS: needs[0] != needs[1],
        StepChange.DROPPED: after.is_dropped and not before.is_dropped,
        StepChange.RESTORED: before.is_dropped and not after.is_dropped,
    }
    return [change for change, is_so in found.items() if is_so]


def steps_of_plan(plan: Plan, day: date) -> list[MilestoneState]:
    """The milestones of a plan as of a day, in the order of their due days."""
    return list(
        milestones_on(day).filter(milestone__deliverable__plan=plan).select_related("milestone__deliverable")
    )


def needed_by(milestone: Milestone, day: date) -> list[MilestoneState]:
    """The milestones that wait for this one as of a day."""
    return list(
        milestones_on(day).filter(depends_on=milestone).select_related("milestone__deliverable__plan")
    )
