from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.plan.rules import Gap
from suivi.plan.selection import (
    Assigned,
    Selection,
    Span,
    YearTest,
    has_assignment,
    meets_year,
    span_of,
)

DAY = date(2023, 2, 15)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "span"),
    [
        (date(2021, 1, 1), date(2023, 2, 14), Span.CLOSED),
        (date(2021, 1, 1), date(2023, 2, 15), Span.CLOSES_THIS_YEAR),
        (date(2021, 1, 1), date(2023, 12, 31), Span.CLOSES_THIS_YEAR),
        (date(2021, 1, 1), date(2024, 1, 1), Span.OPEN),
        (None, date(2024, 1, 1), Span.OPEN),
        (date(2023, 2, 16), date(2024, 1, 1), Span.NOT_OPEN),
        (date(2021, 1, 1), None, Span.NONE),
    ],
)
def test_each_time_frame_falls_in_one_span(starts_on: date | None, ends_on: date | None, span: Span) -> None:
    assert span_of(starts_on, ends_on, DAY) is span


def test_a_time_frame_that_starts_later_this_year_is_not_open_although_it_ends_this_year() -> None:
    assert span_of(date(2023, 6, 1), date(2023, 12, 31), DAY) is Span.NOT_OPEN


@given(days, days, st.integers(2015, 2035))
def test_a_time_frame_that_ends_in_a_year_is_open_in_it(one: date, two: date, year: int) -> None:
    first, last = min(one, two), max(one, two)
    if meets_year(YearTest.ENDS_IN, year, first, last):
        assert meets_year(YearTest.OPEN_IN, year, first, last)


@given(days, days)
def test_a_time_frame_is_open_in_the_years_of_all_its_days(one: date, two: date) -> None:
    first, last = min(one, two), max(one, two)
    found = {year for year in range(2014, 2037) if meets_year(YearTest.OPEN_IN, year, first, last)}
    assert found == set(range(first.year, last.year + 1))


def test_an_end_that_is_not_stated_meets_no_year() -> None:
    assert not meets_year(YearTest.OPEN_IN, 2023, date(2021, 1, 1), None)


@pytest.mark.parametrize(
    ("gaps", "taken"),
    [
        ((), {Assigned.COMPLETE}),
        ((Gap.NO_ACCOUNTABLE,), {Assigned.ANY_GAP, Assigned.NO_ACCOUNTABLE}),
        ((Gap.NO_RESPONSIBLE,), {Assigned.ANY_GAP, Assigned.NO_RESPONSIBLE}),
        (
            (Gap.NO_ACCOUNTABLE, Gap.NO_RESPONSIBLE),
            {Assigned.ANY_GAP, Assigned.NO_ACCOUNTABLE, Assigned.NO_RESPONSIBLE},
        ),
    ],
)
def test_the_state_of_assignment_follows_from_the_gaps(gaps: tuple[Gap, ...], taken: set[Assigned]) -> None:
    assert {asked for asked in Assigned if has_assignment(asked, gaps)} == taken


def test_an_empty_selection_takes_every_time_frame() -> None:
    assert Selection().takes_window(None, None, DAY)
