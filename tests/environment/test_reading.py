from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from suivi.environment.reading import fixed_now, is_switched_on, listed, time_zone
from suivi.values.errors import InputRefused

ZURICH = ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("TRUE", True), ("0", False), ("no", False)])
def test_a_switch_reads_yes_and_no(value: str, expected: bool) -> None:
    assert is_switched_on({"SUIVI_DEBUG": value}, "SUIVI_DEBUG") is expected


def test_an_empty_switch_is_left_at_its_default() -> None:
    assert is_switched_on({"SUIVI_DEBUG": ""}, "SUIVI_DEBUG", default=True)


def test_a_switch_with_another_word_is_refused_by_name() -> None:
    with pytest.raises(InputRefused) as refusal:
        is_switched_on({"SUIVI_DEBUG": "perhaps"}, "SUIVI_DEBUG")
    assert "SUIVI_DEBUG" in str(refusal.value)


def test_a_list_keeps_its_order_and_drops_repetitions() -> None:
    assert listed({"SUIVI_LANGUAGES": "fr, en,fr,"}, "SUIVI_LANGUAGES", "en") == ["fr", "en"]


def test_an_absent_list_is_its_default() -> None:
    assert listed({}, "SUIVI_LANGUAGES", "en,fr,es") == ["en", "fr", "es"]


def test_a_day_in_the_place_of_the_clock_is_its_noon() -> None:
    assert fixed_now("2023-02-15", ZURICH) == datetime(2023, 2, 15, 11, 0, tzinfo=UTC)


def test_a_moment_without_offset_is_one_of_the_zone() -> None:
    assert fixed_now("2023-07-15T09:30", ZURICH) == datetime(2023, 7, 15, 7, 30, tzinfo=UTC)


def test_a_moment_with_offset_keeps_it() -> None:
    assert fixed_now("2023-07-15T09:30:00+00:00", ZURICH) == datetime(2023, 7, 15, 9, 30, tzinfo=UTC)


def test_nothing_in_the_place_of_the_clock_leaves_the_clock() -> None:
    assert fixed_now(" ", ZURICH) is None


@pytest.mark.parametrize("value", ["15.02.2023", "2023-02-30", "tomorrow", "2023-02-15T25:00"])
def test_a_day_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(InputRefused, match="SUIVI_NOW"):
        fixed_now(value, ZURICH)


def test_the_zone_is_utc_unless_named() -> None:
    assert time_zone({}).key == "UTC"
    assert time_zone({"SUIVI_TIME_ZONE": "Europe/Zurich"}) == ZURICH


@pytest.mark.parametrize("name", ["Atlantis/Capital", "../etc/passwd", "Europe"])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InputRefused, match="SUIVI_TIME_ZONE"):
        time_zone({"SUIVI_TIME_ZONE": name})
