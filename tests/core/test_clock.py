from datetime import UTC, date, datetime

from pytest_django import Settings

from suivi.core import clock


def test_a_fixed_moment_is_what_the_clock_says(settings: Settings) -> None:
    settings.SUIVI_NOW = datetime(2023, 2, 15, 11, tzinfo=UTC)
    assert clock.now() == datetime(2023, 2, 15, 11, tzinfo=UTC)
    assert clock.today() == date(2023, 2, 15)


def test_without_one_the_clock_goes_on(settings: Settings) -> None:
    settings.SUIVI_NOW = None
    assert clock.now() <= clock.now()
    assert clock.now().tzinfo is UTC


def test_the_day_is_that_of_the_organisation(settings: Settings) -> None:
    settings.SUIVI_NOW = datetime(2023, 2, 15, 23, 30, tzinfo=UTC)
    settings.TIME_ZONE = "Pacific/Auckland"
    assert clock.today() == date(2023, 2, 16)


def test_a_day_ends_where_the_next_one_begins() -> None:
    end = clock.end_of(date(2023, 2, 15))
    assert end.date() == date(2023, 2, 15)
    assert (end.hour, end.minute, end.second, end.microsecond) == (23, 59, 59, 999999)
    assert end.tzinfo is not None
