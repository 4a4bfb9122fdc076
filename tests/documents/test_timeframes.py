"""Time frames in three languages, and the days they give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.documents.model import Certainty
from suivi.documents.words.timeframes import (
    is_timeframe,
    read_timeframe,
    split_run,
    split_timeframes,
    trailing_timeframe,
)

STATED = [
    ("2021-2023", "2021-2023", "2021-01-01", "2023-12-31"),
    ("2021–23", "2021-2023", "2021-01-01", "2023-12-31"),
    ("2021/22", "2021-2022", "2021-01-01", "2022-12-31"),
    ("2021 to 2023", "2021-2023", "2021-01-01", "2023-12-31"),
    ("de 2021 à 2023", "2021-2023", "2021-01-01", "2023-12-31"),
    ("entre 2021 y 2023", "2021-2023", "2021-01-01", "2023-12-31"),
    ("2021, 2022 and 2023", "2021-2023", "2021-01-01", "2023-12-31"),
    ("2022", "2022", "2022-01-01", "2022-12-31"),
    ("Q3 2022", "Q3 2022", "2022-07-01", "2022-09-30"),
    ("T3 2022", "T3 2022", "2022-07-01", "2022-09-30"),
    ("2022 Q3", "2022 Q3", "2022-07-01", "2022-09-30"),
    ("third quarter of 2022", "third quarter of 2022", "2022-07-01", "2022-09-30"),
    ("Troisième trimestre 2022", "Troisième trimestre 2022", "2022-07-01", "2022-09-30"),
    ("3.er trimestre de 2022", "3.er trimestre de 2022", "2022-07-01", "2022-09-30"),
    ("Q3 2022 – Q2 2023", "Q3 2022 – Q2 2023", "2022-07-01", "2023-06-30"),
    ("Q1–Q3 2022", "Q1–Q3 2022", "2022-01-01", "2022-09-30"),
    ("second half of 2022", "second half of 2022", "2022-07-01", "2022-12-31"),
    ("premier semestre 2022", "premier semestre 2022", "2022-01-01", "2022-06-30"),
    ("mars 2022", "mars 2022", "2022-03-01", "2022-03-31"),
    ("February 2024", "February 2024", "2024-02-01", "2024-02-29"),
    ("June–September 2022", "June–September 2022", "2022-06-01", "2022-09-30"),
    ("Dec-23", "Dec-23", "2023-12-01", "2023-12-31"),
    ("15 March 2021 – 30 June 2022", "15 March 2021 – 30 June 2022", "2021-03-15", "2022-06-30"),
    ("30 June 2022", "30 June 2022", None, "2022-06-30"),
    ("June 30, 2022", "June 30, 2022", None, "2022-06-30"),
    ("1er juin 2022", "1er juin 2022", None, "2022-06-01"),
    ("30 de junio de 2022", "30 de junio de 2022", None, "2022-06-30"),
    ("2022-06-30", "2022-06-30", None, "2022-06-30"),
    ("31/12/2022", "31/12/2022", None, "2022-12-31"),
    ("by end 2023", "by end 2023", None, "2023-12-31"),
    ("d'ici à 2023", "d'ici à 2023", None, "2023-12-31"),
    ("d’ici à la fin de 2023", "d’ici à la fin de 2023", None, "2023-12-31"),
    ("a más tardar en junio de 2023", "a más tardar en junio de 2023", None, "2023-06-30"),
    ("mid-2023", "mid-2023", None, "2023-06-30"),
    ("before 2024", "before 2024", None, "2023-12-31"),
    ("from 2022", "from 2022", "2022-01-01", None),
    ("I trim. 2025", "I trim. 2025", "2025-01-01", "2025-03-31"),
    ("4Q24", "4Q24", "2024-10-01", "2024-12-31"),
    ("1S 2024", "1S 2024", "2024-01-01", "2024-06-30"),
    ("2025 (Q1)", "2025 (Q1)", "2025-01-01", "2025-03-31"),
    ("31-Dec-24", "31-Dec-24", None, "2024-12-31"),
    ("2024.03.15", "2024.03.15", None, "2024-03-15"),
    ("05.2025", "05.2025", "2025-05-01", "2025-05-31"),
    ("último trimestre de 2024", "último trimestre de 2024", "2024-10-01", "2024-12-31"),
    (
        "premier et deuxième trimestres 2025",
        "premier et deuxième trimestres 2025",
        "2025-01-01",
        "2025-06-30",
    ),
    ("première moitié de 2024", "première moitié de 2024", "2024-01-01", "2024-06-30"),
    ("à partir de juin 2022", "à partir de juin 2022", "2022-06-01", None),
]


@pytest.mark.parametrize(("words", "window", "starts", "ends"), STATED)
def test_a_time_frame_gives_its_days(words: str, window: str, starts: str | None, ends: str | None) -> None:
    frame = read_timeframe(words)
    assert frame is not None
    days = [day.isoformat() if day else None for day in (frame.starts_on, frame.ends_on)]
    assert (frame.window, *days) == (window, starts, ends)
    assert is_timeframe(words)


@pytest.mark.parametrize("words", ["ongoing", "En continu", "continuo", "tbd", "À déterminer"])
def test_an_open_time_frame_has_no_window_and_keeps_its_words(words: str) -> None:
    frame = read_timeframe(words)
    assert frame is not None
    assert (frame.window, frame.words, frame.problem) == (None, words, "timeframe-open")


@pytest.mark.parametrize(
    ("words", "starts", "ends"),
    [
        ("FY2024 (July to June)", "2023-07-01", "2024-06-30"),
        ("fiscal year 2023/24, April–March", "2023-04-01", "2024-03-31"),
    ],
)
def test_a_fiscal_year_whose_months_are_stated_has_days(words: str, starts: str, ends: str) -> None:
    frame = read_timeframe(words)
    assert frame is not None
    assert (str(frame.starts_on), str(frame.ends_on), frame.certainty) == (starts, ends, Certainty.CONCLUDED)


@pytest.mark.parametrize("words", ["spring 2024", "third trimester 2024", "été 2025"])
def test_words_that_are_not_understood_make_the_days_a_guess(words: str) -> None:
    frame = read_timeframe(words)
    assert frame is not None
    assert frame.certainty is Certainty.GUESSED


@pytest.mark.parametrize("words", ["", "–", " - ", "n/a "[:0]])
def test_a_dash_is_no_time_frame(words: str) -> None:
    assert read_timeframe(words) is None


@pytest.mark.parametrize("words", ["fiscal Q3 2022", "FY2023", "troisième trimestre fiscal 2022"])
def test_fiscal_periods_give_no_days(words: str) -> None:
    frame = read_timeframe(words)
    assert frame is not None
    assert (frame.starts_on, frame.ends_on, frame.problem) == (None, None, "timeframe-fiscal")


def test_quarters_give_no_days_where_the_document_counts_in_fiscal_years() -> None:
    frame = read_timeframe("Q3 2022", is_fiscal=True)
    assert frame is not None
    assert (frame.window, frame.ends_on) == ("Q3 2022", None)


def test_a_day_that_may_be_read_two_ways_is_a_guess() -> None:
    frame = read_timeframe("03/04/2024")
    assert frame is not None
    assert (str(frame.ends_on), frame.certainty) == ("2024-04-03", Certainty.GUESSED)


def test_a_window_that_ends_before_it_starts_is_told() -> None:
    frame = read_timeframe("2023-2021")
    assert frame is not None
    assert (frame.problem, frame.ends_on) == ("timeframe-order", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ten wells are dug (2021-2023)", ("Ten wells are dug", "2021-2023")),
        ("Ten wells are dug. 2021-2023", ("Ten wells are dug.", "2021-2023")),
        ("A guide is out — by Q3 2022.", ("A guide is out", "by Q3 2022")),
        ("The 2030 Agenda is taught (see the report of 2015)", None),
        ("The plan covers 2021-2023", None),
    ],
)
def test_a_time_frame_behind_a_sentence_is_parted_from_it(text: str, found: tuple[str, str] | None) -> None:
    assert trailing_timeframe(text) == found


def test_the_time_frames_of_a_cell_are_told_apart() -> None:
    assert split_timeframes(["2021-2023", "2021; 2022"]) == ["2021-2023", "2021", "2022"]
    assert split_timeframes(["March 2022 to", "June 2023"]) == ["March 2022 to June 2023"]
    assert split_run("2024-2025 March 2026 30 June 2026", 3) == ["2024-2025", "March 2026", "30 June 2026"]


@given(st.text(max_size=80))
def test_any_words_are_read_without_error(words: str) -> None:
    frame = read_timeframe(words)
    if frame and frame.starts_on and frame.ends_on:
        assert frame.starts_on <= frame.ends_on


@given(st.integers(1950, 2090), st.integers(0, 9))
def test_a_window_of_years_runs_from_new_year_to_the_last_of_december(first: int, more: int) -> None:
    frame = read_timeframe(f"{first}-{first + more}")
    assert frame is not None
    assert (str(frame.starts_on), str(frame.ends_on)) == (f"{first}-01-01", f"{first + more}-12-31")
