from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from suivi.monitoring.rules.round_choice import RoundDays, is_due, next_days

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


def test_the_first_round_is_about_the_half_year_that_is_over() -> None:
    assert next_days(None, date(2023, 2, 15)) == RoundDays(
        date(2022, 7, 1), date(2022, 12, 31), date(2023, 2, 15), date(2023, 3, 17)
    )
    found = next_days(None, date(2023, 7, 1))
    assert (found.period_starts_on, found.period_ends_on) == (date(2023, 1, 1), date(2023, 6, 30))


def test_the_next_round_follows_the_last_one() -> None:
    found = next_days(date(2022, 12, 31), date(2023, 2, 15))
    assert (found.period_starts_on, found.period_ends_on) == (date(2023, 1, 1), date(2023, 6, 30))
    assert found.due_on == date(2023, 7, 30)


@given(DAYS, DAYS)
def test_every_period_is_half_a_year_without_a_gap(last: date, today: date) -> None:
    found = next_days(last, today)
    assert found.period_starts_on == last + timedelta(days=1)
    assert 178 <= (found.period_ends_on - found.period_starts_on).days <= 184
    assert found.due_on > max(today, found.period_ends_on)


def test_who_is_due() -> None:
    end = date(2023, 6, 30)
    given = {"ends_on": date(2023, 12, 31), "last_asked_about": date(2022, 12, 31), "period_ends_on": end}
    assert is_due("every_round", **given)
    assert is_due("", **given)
    assert is_due("yearly", **given)
    assert not is_due("yearly", **{**given, "last_asked_about": date(2023, 3, 31)})
    assert is_due("yearly", **{**given, "last_asked_about": None})
    assert not is_due("at_the_end", **given)
    assert is_due("at_the_end", **{**given, "period_ends_on": date(2023, 12, 31)})
    assert is_due("at_the_end", **{**given, "ends_on": None}), "where no end is stated it is asked"
