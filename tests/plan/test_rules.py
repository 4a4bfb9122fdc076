from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.plan.rules import (
    SOON,
    Gap,
    StepState,
    WindowState,
    assignment_gaps,
    hand_over_period,
    is_settled,
    quarter_of,
    step_state,
    window_state,
)
from suivi.values.period import Period

DAY = date(2023, 2, 15)
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
ROLES = st.sampled_from(["accountable", "responsible", "supports", "consulted", "informed"])


def test_nobody_at_all_is_two_gaps() -> None:
    assert assignment_gaps([]) == (Gap.NO_ACCOUNTABLE, Gap.NO_RESPONSIBLE)


@given(st.lists(ROLES, max_size=6))
def test_a_gap_is_shown_exactly_where_nobody_holds_the_role(roles: list[str]) -> None:
    gaps = assignment_gaps(roles)
    assert (Gap.NO_ACCOUNTABLE in gaps) == ("accountable" not in roles)
    assert (Gap.NO_RESPONSIBLE in gaps) == ("responsible" not in roles)


@pytest.mark.parametrize(
    ("due_in", "done_in", "state"),
    [
        (0, 0, StepState.DONE),
        (-5, -5, StepState.DONE),
        (-5, -4, StepState.DONE_LATE),
        (-1, None, StepState.LATE),
        (0, None, StepState.DUE_SOON),
        (30, None, StepState.DUE_SOON),
        (31, None, StepState.PLANNED),
        (-1, 1, StepState.LATE),  # done tomorrow is not done today
        (1, 1, StepState.DUE_SOON),
    ],
)
def test_a_milestone_stands_where_its_days_put_it(due_in: int, done_in: int | None, state: StepState) -> None:
    done_on = None if done_in is None else DAY + timedelta(days=done_in)
    assert step_state(DAY + timedelta(days=due_in), done_on, DAY) is state


@given(DAYS, st.none() | DAYS, DAYS)
def test_a_milestone_is_done_exactly_from_its_done_day_on(due: date, done: date | None, day: date) -> None:
    is_done = step_state(due, done, day) in {StepState.DONE, StepState.DONE_LATE}
    assert is_done == (done is not None and done <= day)


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "state"),
    [
        (-10, None, WindowState.NONE),
        (None, -1, WindowState.CLOSED),
        (1, 100, WindowState.NOT_OPEN),
        (0, 0, WindowState.CLOSES_SOON),
        (0, 30, WindowState.CLOSES_SOON),
        (0, 31, WindowState.OPEN),
        (None, 31, WindowState.OPEN),
    ],
)
def test_a_window_stands_where_its_days_put_it(
    starts_in: int | None, ends_in: int | None, state: WindowState
) -> None:
    days = [None if n is None else DAY + timedelta(days=n) for n in (starts_in, ends_in)]
    assert window_state(days[0], days[1], DAY) is state


@st.composite
def held(draw: st.DrawFn) -> Period:
    starts_on = draw(DAYS)
    return Period(starts_on, draw(st.none() | st.dates(starts_on, date(2051, 12, 31))))


@given(held(), DAYS, DAYS)
def test_a_hand_over_neither_loses_nor_doubles_a_day(period: Period, on: date, day: date) -> None:
    handed = hand_over_period(period, on)
    if handed is None:
        assert period.ends_on is not None
        assert period.ends_on < on
        return
    kept = handed.kept is not None and day in handed.kept
    given_away = day in handed.given
    assert (day in period) == (kept or given_away)
    assert not (kept and given_away)


@given(held(), DAYS)
def test_from_the_day_of_the_hand_over_the_old_unit_holds_nothing(period: Period, on: date) -> None:
    handed = hand_over_period(period, on)
    if handed is not None:
        assert handed.kept is None or handed.kept.ends_on == on - timedelta(days=1)
        assert handed.given.ends_on == period.ends_on
        assert handed.given.starts_on is not None
        assert handed.given.starts_on >= on or handed.given == period


@given(DAYS)
def test_a_day_lies_in_its_quarter_and_quarters_join(day: date) -> None:
    quarter = quarter_of(day)
    assert day in quarter
    assert quarter.starts_on is not None
    assert quarter.ends_on is not None
    assert (quarter.starts_on.day, quarter.starts_on.month % 3) == (1, 1)
    assert quarter_of(quarter.ends_on) == quarter
    assert quarter_of(quarter.ends_on + timedelta(days=1)).starts_on == quarter.ends_on + timedelta(days=1)


def test_the_last_quarter_ends_with_the_year() -> None:
    assert quarter_of(date(2023, 11, 30)) == Period(date(2023, 10, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("kind", "changes", "expected"),
    [
        ("postponement", {"window", "text"}, True),
        ("postponement", {"text"}, False),
        ("rewording", {"text"}, True),
        ("merger", {"dropped"}, True),
        ("cancellation", {"dropped"}, True),
        ("cancellation", {"window"}, False),
        ("accountable_unit", {"window", "text", "dropped"}, False),
    ],
)
def test_a_request_is_settled_by_the_change_it_asked_for(
    kind: str, changes: set[str], expected: bool
) -> None:
    assert is_settled(kind, changes) is expected


def test_soon_is_thirty_days() -> None:
    assert timedelta(days=30) == SOON
