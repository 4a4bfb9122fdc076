"""What the plan room decides: gaps in assignment, the state of a milestone, what a request may do. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from suivi.values.period import Period

# "Soon" in lists and on the home page.
SOON = timedelta(days=30)


class Gap(StrEnum):
    """What is missing in the assignment of a deliverable."""

    NO_ACCOUNTABLE = "no_accountable"
    NO_RESPONSIBLE = "no_responsible"


def assignment_gaps(roles: Iterable[str]) -> tuple[Gap, ...]:
    """The gaps of a deliverable whose units hold these responsibilities on a day.

    At most one unit is accountable (the database holds that); none is a gap. At least one is responsible.
    """
    held = set(roles)
    gaps = []
    if "accountable" not in held:
        gaps.append(Gap.NO_ACCOUNTABLE)
    if "responsible" not in held:
        gaps.append(Gap.NO_RESPONSIBLE)
    return tuple(gaps)


class StepState(StrEnum):
    """Where a milestone stands on a day."""

    DONE = "done"
    DONE_LATE = "done_late"
    LATE = "late"
    DUE_SOON = "due_soon"
    PLANNED = "planned"


def step_state(due_on: date, done_on: date | None, day: date) -> StepState:
    """The state of a milestone as of a day; something done after that day is not done yet."""
    if done_on is not None and done_on <= day:
        return StepState.DONE if done_on <= due_on else StepState.DONE_LATE
    if due_on < day:
        return StepState.LATE
    return StepState.DUE_SOON if due_on <= day + SOON else StepState.PLANNED


class WindowState(StrEnum):
    """Where a day stands in the time frame of a deliverable."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSES_SOON = "closes_soon"
    CLOSED = "closed"
    NONE = "none"


def window_state(starts_on: date | None, ends_on: date | None, day: date) -> WindowState:
    """A deliverable without a stated window has none; that is not the same as open for ever."""
    if ends_on is None:
        return WindowState.NONE
    if day > ends_on:
        return WindowState.CLOSED
    if starts_on is not None and day < starts_on:
        return WindowState.NOT_OPEN
    return WindowState.CLOSES_SOON if ends_on <= day + SOON else WindowState.OPEN


@dataclass(frozen=True)
class Handed:
    """How one responsibility is cut by a hand-over: what the old unit keeps, what the new one gets."""

    kept: Period | None
    given: Period


def hand_over_period(held: Period, on: date) -> Handed | None:
    """Cut a responsibility at the day the next unit takes over; None where it ended before."""
    if held.ends_on is not None and held.ends_on < on:
        return None
    if held.starts_on is not None and held.starts_on >= on:
        return Handed(None, held)
    return Handed(Period(held.starts_on, on - timedelta(days=1)), Period(on, held.ends_on))


@lru_cache
def quarter_of(day: date) -> Period:
    """The calendar quarter a day lies in: "what do we owe this quarter"."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(day.year + (first.month == 10), first.month % 12 + 3 if first.month < 10 else 1, 1)
    return Period(first, after - timedelta(days=1))


# What a later edition must change in the deliverable for an accepted request to be settled by it.
SETTLED_BY_CHANGE_OF = {
    "postponement": {"window"},
    "rewording": {"text"},
    "merger": {"dropped"},
    "cancellation": {"dropped"},
    "accountable_unit": set(),
}


def is_settled(request_kind: str, changes: Iterable[str]) -> bool:
    """Whether what an edition changed in a deliverable is what the body had been asked for."""
    return bool(SETTLED_BY_CHANGE_OF[request_kind] & set(changes))
