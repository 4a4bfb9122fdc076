from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.iati.checks.moments import civil, days_of, milliseconds_of, moment, written_moment
from suivi.iati.checks.values import has_blanks_around, number, rounded_sum, written_number, xpath_number

READ = {
    "2014-01-01": "2014-01-01T00:00:00.000Z",
    "2014-01": "2014-01-01T00:00:00.000Z",
    "2014": "2014-01-01T00:00:00.000Z",
    "2023-02-31": "2023-03-03T00:00:00.000Z",
    "12021-11-05": "+012021-11-05T00:00:00.000Z",
    "2014-01-01T12:30:15.1239Z": "2014-01-01T12:30:15.123Z",
    "2014-01-01T12:00:00+02:00": "2014-01-01T10:00:00.000Z",
    "2014-01-01T24:00:00": "2014-01-02T00:00:00.000Z",
    "2014-01-01Z": "2014-01-01T00:00:00.000Z",
    " 2014-01-01 ": "2014-01-01T00:00:00.000Z",
    "2014-1-5": "2014-01-05T00:00:00.000Z",
    "01/02/2015": "2015-01-02T00:00:00.000Z",
    "1/2/15": "2015-01-02T00:00:00.000Z",
    "12 March 2015": "2015-03-12T00:00:00.000Z",
    "March 12, 2015 10:30 PM": "2015-03-12T22:30:00.000Z",
    "2014-01-01 10:00 GMT+0200": "2014-01-01T08:00:00.000Z",
    "2014-01-01 00:00:00 +01:00": "2013-12-31T23:00:00.000Z",
    "2014-01-01t00:00:00z": "2014-01-01T00:00:00.000Z",
    "12:30 2014-01-01": "2014-01-01T12:30:00.000Z",
    "2014-01-01 0:30 AM": "2014-01-01T00:30:00.000Z",
    "12\xa0aug. 2015 (or so)": "2015-08-12T00:00:00.000Z",
    "FY 2014": "2014-01-01T00:00:00.000Z",
}


@pytest.mark.parametrize(("text", "written"), READ.items())
def test_dates_are_read_as_a_browser_reads_them(text: str, written: str) -> None:
    assert written_moment(moment(text) or 0.0) == written


@pytest.mark.parametrize(
    "text",
    [
        *("", "cat", "2023-15-40", "2014-01-01+01:00", "20140101", "2014-01-01T25:00", "0-0-0"),
        *("2014-01-01T00:00:00 ", "2014-01-01T", "2014-1-1T00:00:00", "2014-01-01T0:00:00", "2014-01-01-"),
        *("2014--01-01", "2014_01_01", "2014–01–01", "FY2014", "2014-01-01T00:00:00+1", "1 2 3 4"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert moment(text) is None


@given(st.dates())
def test_every_day_is_read_and_written(day: date) -> None:
    when = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert moment(day.isoformat()) == milliseconds_of(when)
    assert written_moment(milliseconds_of(when)) == f"{day.isoformat()}T00:00:00.000Z"


@given(st.integers(-3_000_000, 3_000_000))
def test_days_and_their_dates_agree(days: int) -> None:
    assert days_of(*civil(days)) == days
    if -700_000 < days < 2_000_000:
        assert date(*civil(days)) == date(1970, 1, 1) + timedelta(days)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    found = moment(text)
    assert found is None or written_moment(found).endswith("Z")


def test_numbers_are_those_of_a_script_and_of_an_xpath() -> None:
    assert (number(""), number(" 5 "), number("0x10"), number("1e3"), number("-.5")) == (0, 5, 16, 1000, -0.5)
    assert str(number("1,000")) == "nan"
    assert (xpath_number("100.0"), xpath_number(" -5 ")) == (100, -5)
    assert [str(xpath_number(text)) for text in ("", "1e3", "+1", "abc")] == ["nan"] * 4
    assert (written_number(100.0), written_number(99.999), written_number(number("x"))) == (
        "100",
        "99.999",
        "NaN",
    )
    assert rounded_sum(["33.333"] * 3) == 99.999
    assert rounded_sum(["0.03125"]) == 0.0313


@given(st.text(max_size=9))
def test_blanks_around_are_those_of_a_script(text: str) -> None:
    blanks = "\t\n\v\f\r \xa0\ufeff"
    inner = text.strip()
    assert has_blanks_around(f"\ufeff{inner}x")
    assert not has_blanks_around(f"x{text}x")
    assert all(has_blanks_around(f"x{blank}") for blank in blanks)
