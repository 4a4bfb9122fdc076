import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from suivi.render.icalendar import Day, write_calendar

NOW = datetime(2023, 2, 15, 11, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


@given(WORDS, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_words_come_back_whole_from_short_lines(words: str, on: date) -> None:
    written = write_calendar("Mine", [Day("1@example.org", on, words)], written_at=NOW)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    unfolded = written.decode().replace("\r\n ", "")
    [summary] = re.findall(r"^SUMMARY:(.*)\r$", unfolded, re.MULTILINE)
    plain = re.sub(r"\\([\\;,n])", lambda match: "\n" if match[1] == "n" else match[1], summary)
    assert plain == "\n".join(words.splitlines())
    assert f"DTSTART;VALUE=DATE:{on:%Y%m%d}" in unfolded


def test_a_calendar_is_equal_when_it_is_written_again() -> None:
    days = [Day("a", date(2023, 2, 28), "Report on 1.1.1", "https://plan.example.org/mine", "Due")]
    once = write_calendar("Mine", days, written_at=NOW)
    assert once == write_calendar("Mine", days, written_at=NOW)
    assert once.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert b"DTEND;VALUE=DATE:20230301\r\n" in once
    assert once.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
