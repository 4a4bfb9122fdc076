"""What a new round asks for by itself: which period it is about, and which deliverables are due to report."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_OF_A_ROUND = 6
DAYS_TO_ANSWER = 30


@dataclass(frozen=True)
class RoundDays:
    """The days of a round: what it is about, and when it is open."""

    period_starts_on: date
    period_ends_on: date
    opens_on: date
    due_on: date


def next_days(last_period_ended_on: date | None, today: date) -> RoundDays:
    """The days to propose: half a year after the last period, or the last half of a year that is over."""
    if last_period_ended_on is None:
        half = date(today.year, 1 if today.month <= MONTHS_OF_A_ROUND else 7, 1)
        starts_on = _months_later(half, -MONTHS_OF_A_ROUND)
    else:
        starts_on = last_period_ended_on + timedelta(days=1)
    ends_on = _months_later(starts_on, MONTHS_OF_A_ROUND) - timedelta(days=1)
    return RoundDays(starts_on, ends_on, today, max(ends_on, today) + timedelta(days=DAYS_TO_ANSWER))


def is_due(
    frequency: str, *, ends_on: date | None, last_asked_about: date | None, period_ends_on: date
) -> bool:
    """Whether a deliverable is to report about a period that ends on a day.

    `frequency` is that of its sheet ("" for none: every round). Yearly: not asked about another day of the
    same calendar year. At the end: once the last day of the time frame is reached, or where none is stated.
    """
    if frequency == "yearly":
        return last_asked_about is None or last_asked_about.year < period_ends_on.year
    if frequency == "at_the_end":
        return ends_on is None or ends_on <= period_ends_on
    return True


def _months_later(day: date, months: int) -> date:
    """The first of the month so many months away, or the same day of it where it exists."""
    place = day.year * 12 + day.month - 1 + months
    first = date(place // 12, place % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
