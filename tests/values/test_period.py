from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.values.period import Period

DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
ENDS = st.none() | DAYS


@st.composite
def periods(draw: st.DrawFn) -> Period:
    starts_on, ends_on = draw(ENDS), draw(ENDS)
    if starts_on and ends_on and ends_on < starts_on:
        starts_on, ends_on = ends_on, starts_on
    return Period(starts_on, ends_on)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Period(date(2020, 1, 2), date(2020, 1, 1))


def test_both_ends_belong_to_a_period() -> None:
    period = Period(date(2020, 1, 1), date(2020, 1, 31))
    assert date(2020, 1, 1) in period
    assert date(2020, 1, 31) in period
    assert date(2020, 2, 1) not in period


@given(periods(), periods())
def test_overlapping_is_mutual(one: Period, two: Period) -> None:
    assert one.overlaps(two) == two.overlaps(one)


@given(periods(), periods(), st.dates(date(2019, 12, 1), date(2020, 4, 1)))
def test_two_periods_with_a_day_in_common_overlap(one: Period, two: Period, day: date) -> None:
    if day in one and day in two:
        assert one.overlaps(two)


@given(periods(), periods())
def test_two_periods_that_overlap_have_a_day_in_common(one: Period, two: Period) -> None:
    if one.overlaps(two):
        first = max([p.starts_on for p in (one, two) if p.starts_on] or [date(2020, 1, 15)])
        last = min([p.ends_on for p in (one, two) if p.ends_on] or [first])
        day = min(first, last)
        assert day in one
        assert day in two
