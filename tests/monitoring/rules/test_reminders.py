from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from suivi.monitoring.rules.reminders import is_day_for_waiting_things, is_reminded

DUE = date(2023, 2, 28)


def test_the_days_on_which_somebody_is_reminded() -> None:
    days = [left for left in range(30, -22, -1) if is_reminded(DUE, DUE - timedelta(days=left))]
    assert days == [14, 7, 3, 1, 0, -7, -14, -21]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_those_who_review_hear_of_it_once_a_week(day: date) -> None:
    week = [day + timedelta(days=n) for n in range(7)]
    assert sum(is_day_for_waiting_things(one) for one in week) == 1
