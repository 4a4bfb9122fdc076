"""What changed between two looks at a plan: two pairs of days, each "up to" and "as of"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.plan.models import Plan
from suivi.plan.queries import edition_on


class Days(NamedTuple):
    """What had happened up to one day, as the record knew it as of another."""

    up_to: date
    as_of: date


class Change(StrEnum):
    """In what two states of a deliverable differ."""

    ADDED = "added"  # by the edition
    DROPPED = "dropped"
    SIGNAL = "signal"
    AGREED = "agreed"
    ASSESSMENT = "assessment"
    PROGRESS = "progress"
    TARGET = "target"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Changed:
    """One deliverable whose state differs. Before or after is None where it was no part of the plan."""

    deliverable: int
    before: StateOnDay | None
    after: StateOnDay | None
    changes: tuple[Change, ...]


def changed_between(
    plan: Plan, before: Days, after: Days, deliverables: Collection[int] | None = None
) -> list[Changed]:
    """The deliverables whose state differs, in the order of the later edition, dropped ones last."""
    return changed_states(_states(plan, before, deliverables), _states(plan, after, deliverables))


def _states(plan: Plan, days: Days, deliverables: Collection[int] | None) -> dict[int, StateOnDay]:
    edition = edition_on(plan, days.as_of)
    return states_of(edition, days.up_to, days.as_of, deliverables) if edition else {}


def changed_states(before: Mapping[int, StateOnDay], after: Mapping[int, StateOnDay]) -> list[Changed]:
    """The same of states that are known already."""
    pks = [*after, *(pk for pk in before if pk not in after)]
    found = ((pk, before.get(pk), after.get(pk)) for pk in pks)
    return [Changed(*one, changes) for one in found if (changes := _changes(*one[1:]))]


def _changes(before: StateOnDay | None, after: StateOnDay | None) -> tuple[Change, ...]:
    if before is None:
        return (Change.ADDED,)
    if after is None:
        return (Change.DROPPED,)
    agreed = [state.agreed.status if state.agreed else "" for state in (before, after)]
    old, new = before.signal.progress, after.signal.progress
    windows = [(state.measure.starts_on, state.measure.ends_on) for state in (before, after)]
    found = {
        Change.SIGNAL: before.signal.status != after.signal.status,
        Change.AGREED: agreed[0] != agreed[1],
        Change.ASSESSMENT: before.assessment != after.assessment,
        Change.PROGRESS: (old.number, old.reached, old.is_kept) != (new.number, new.reached, new.is_kept),
        Change.TARGET: before.measure.target != after.measure.target,
        Change.WINDOW: windows[0] != windows[1],
    }
    return tuple(change for change, is_so in found.items() if is_so)
