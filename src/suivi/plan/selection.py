"""Which deliverables of a plan somebody wants to see: by pillar, unit, time frame and gap. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from suivi.plan.rules import Gap


class Span(StrEnum):
    """Where the day looked at stands in a time frame, as the cards of the pillars count it."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSES_THIS_YEAR = "closing"
    CLOSED = "closed"
    NONE = "none"


def span_of(starts_on: date | None, ends_on: date | None, day: date) -> Span:
    """The one span a time frame falls in on a day; an end that is not stated is not an open time frame."""
    if ends_on is None:
        return Span.NONE
    if ends_on < day:
        return Span.CLOSED
    if starts_on is not None and day < starts_on:
        return Span.NOT_OPEN
    return Span.CLOSES_THIS_YEAR if ends_on.year == day.year else Span.OPEN


class YearTest(StrEnum):
    """How a time frame meets a year."""

    OPEN_IN = "open-in"
    ENDS_IN = "ends-in"


def meets_year(test: YearTest, year: int, starts_on: date | None, ends_on: date | None) -> bool:
    """Whether a time frame ends in the year, or is open on at least one of its days."""
    if ends_on is None:
        return False
    if test is YearTest.ENDS_IN:
        return ends_on.year == year
    return ends_on.year >= year and (starts_on is None or starts_on.year <= year)


class Assigned(StrEnum):
    """The filter of the state of assignment; the two gaps have the codes of `Gap`."""

    COMPLETE = "complete"
    ANY_GAP = "gap"
    NO_ACCOUNTABLE = "no_accountable"
    NO_RESPONSIBLE = "no_responsible"


def has_assignment(asked: Assigned, gaps: Collection[Gap]) -> bool:
    """Whether a deliverable with these gaps is in the state of assignment asked for."""
    if asked is Assigned.COMPLETE:
        return not gaps
    if asked is Assigned.ANY_GAP:
        return bool(gaps)
    return Gap(asked.value) in gaps


@dataclass(frozen=True)
class Selection:
    """What is asked for; None (or an empty key) is no condition.

    `pillar` and `action` are keys, `units` the primary keys of a unit and of those below it, `rows` those of
    the rows of the edition in which words were found, `deliverables` those that rooms above have chosen, by
    status for example.
    """

    pillar: str = ""
    action: str = ""
    units: frozenset[int] | None = None
    span: Span | None = None
    year: tuple[YearTest, int] | None = None
    assigned: Assigned | None = None
    deliverables: frozenset[int] | None = None
    rows: frozenset[int] | None = None

    def takes_window(self, starts_on: date | None, ends_on: date | None, day: date) -> bool:
        """Whether the time frame is one of those asked for."""
        if self.span is not None and span_of(starts_on, ends_on, day) is not self.span:
            return False
        return self.year is None or meets_year(*self.year, starts_on, ends_on)
