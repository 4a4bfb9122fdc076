"""The data files of follow-up hang together, before anything is told: sheets, rounds, updates, evidence."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from suivi.demonstration.data_files import read, read_text
from suivi.demonstration.evidence_files import NOTICE, file_of
from suivi.documents import planfile
from suivi.monitoring.rules.media import media_type_of
from tests.demonstration.days import OPENING_DAY

ROUNDS = read("rounds.yaml")["rounds"]
ROWS = [(round["key"], row) for round in ROUNDS for row in read(round["updates"])]
PEOPLE = {person["key"]: person for person in read("people.yaml")["people"]}
EVIDENCE = read("evidence.yaml")["evidence"]
SHEETS = read("sheets.yaml")["sheets"]
LANGUAGES = {"en", "fr", "es"}


def _sent(row: dict[str, Any]) -> date:
    day: date = row.get("sent") or row["begun"]
    return day


def _writer(row: dict[str, Any]) -> dict[str, Any]:
    person: dict[str, Any] = PEOPLE[row.get("by") or read("rounds.yaml")["writers"][row["unit"]]]
    return person


def _values(data: Any) -> Iterator[Any]:
    """Every value in nested plain data."""
    if isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _values(one)
    else:
        yield data


def _texts(data: Any) -> Iterator[dict[str, str]]:
    """Every text in languages in nested plain data."""
    if isinstance(data, dict) and data and set(data) <= LANGUAGES:
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _texts(one)


def test_every_deliverable_has_a_sheet_in_three_languages() -> None:
    plan, _findings = planfile.load(read_text("plan.yaml"))
    assert list(SHEETS) == [one.number for one in plan.deliverables()]
    for sheet in SHEETS.values():
        for name in ("meaning", "counts", "counts_not", "verification"):
            assert set(sheet[name]) == LANGUAGES


def test_numbers_to_reach_are_counted_items_with_criteria() -> None:
    plan, _findings = planfile.load(read_text("plan.yaml"))
    with_target = [one.number for one in plan.deliverables() if one.target]
    assert with_target == ["1.4.1", "1.4.3", "2.2.1", "3.1.1", "3.3.1"]
    assert all(SHEETS[number]["kind"] == "items" and SHEETS[number]["criteria"] for number in with_target)
    assert [one["key"] for one in SHEETS["1.4.1"]["criteria"]] == ["new", "own", "principles", "window"]


def test_every_way_to_progress_is_shown() -> None:
    assert Counter(sheet["kind"] for sheet in SHEETS.values()) == {
        "ladder": 15,
        "parts": 7,
        "items": 6,
        "indicator": 3,
        "commitment": 1,
    }


@pytest.mark.parametrize("name", ["sheets.yaml", "items.yaml", "rounds.yaml"])
def test_every_text_of_the_plan_manager_stands_in_three_languages(name: str) -> None:
    assert all(set(words) == LANGUAGES for words in _texts(read(name)))


def test_every_update_answers_a_question_once() -> None:
    asked = {
        (round["key"], number, unit)
        for round in ROUNDS
        for number, units in round["asked"].items()
        for unit in units
    }
    given = [(key, row["of"], row["unit"]) for key, row in ROWS if "corrects" not in row]
    assert set(given) <= asked
    assert len(given) == len(set(given))
    assert Counter(key for key, *_rest in asked) == {"2021-1": 28, "2021-2": 47, "2022-1": 53, "2022-2": 62}
    assert Counter(key for key, _row in ROWS) == {"2021-1": 26, "2021-2": 44, "2022-1": 51, "2022-2": 58}


def test_updates_stand_in_the_order_of_their_days() -> None:
    for round in ROUNDS:
        days = [_sent(row) for row in read(round["updates"])]
        assert days == sorted(days)
        assert days[0] >= round["opens_on"]
        assert round["closed_on"] is None or days[-1] < round["closed_on"]


def test_contributions_are_there_before_they_are_taken_up() -> None:
    sent = {(key, row["of"], row["unit"]): _sent(row) for key, row in ROWS}
    taken = [(key, row, unit) for key, row in ROWS for unit in row.get("from", [])]
    assert len(taken) >= 40
    assert all(sent[key, row["of"], unit] <= _sent(row) for key, row, unit in taken)


def test_nothing_of_follow_up_comes_after_the_opening_day() -> None:
    names = ["rounds.yaml", "sheets.yaml", *(round["updates"] for round in ROUNDS)]
    told = [row for _key, row in ROWS] + read("rounds.yaml")["comments"]
    days = [row.get("day") or _sent(row) for row in told]
    assert max(days) <= OPENING_DAY
    planned = {"due", "due_on", "expected", "ends_on"}
    for name in names:
        for one in _dated(read(name), planned):
            assert one <= OPENING_DAY


def _dated(data: Any, planned: set[str]) -> Iterator[date]:
    """Every day in nested plain data, but those that are only planned."""
    if isinstance(data, dict):
        for key, one in data.items():
            if key not in planned:
                yield from _dated(one, planned)
    elif isinstance(data, list):
        for one in data:
            yield from _dated(one, planned)
    elif isinstance(data, date):
        yield data


def test_each_unit_writes_in_its_own_language() -> None:
    languages = Counter(_writer(row)["language"] for _key, row in ROWS)
    assert languages == {"en": 87, "fr": 59, "es": 33}


def test_items_and_evidence_are_known_and_used() -> None:
    items = read("items.yaml")
    named = {(row["of"], item["key"]) for _key, row in ROWS for item in row.get("items", [])}
    assert named == {(number, key) for number, known in items.items() for key in known}
    used = {key for _key, row in ROWS for key in row.get("proof", {})}
    assert used == set(EVIDENCE)


def test_what_has_to_be_proven_is_proven() -> None:
    for _key, row in ROWS:
        if not SHEETS[row["of"]].get("needs_evidence"):
            continue
        concluded = {f"item:{item['key']}" for item in row.get("items", []) if item["stage"] == "concluded"}
        assert concluded <= set(row.get("proof", {}).values())


def test_evidence_is_of_all_classes_and_kinds() -> None:
    assert Counter(one.get("class", "internal") for one in EVIDENCE.values()) == {
        "internal": 43,
        "public": 17,
        "restricted": 14,
        "confidential": 4,
    }
    assert Counter(one["as"] for one in EVIDENCE.values()) == {
        "pdf": 34,
        "csv": 29,
        "txt": 7,
        "link": 4,
        "png": 4,
    }
    links = [one["url"] for one in EVIDENCE.values() if one["as"] == "link"]
    assert all(url.startswith("https://example.org/") for url in links)


def test_files_are_real_files_that_say_they_are_invented() -> None:
    types = {
        "pdf": "application/pdf",
        "csv": "text/csv",
        "txt": "text/plain",
        "png": "image/png",
    }
    for key, said in EVIDENCE.items():
        if said["as"] == "link":
            continue
        for language, notice in NOTICE.items():
            name, data = file_of(key, said, language)
            assert media_type_of(data, name) == types[said["as"]]
            assert said["as"] == "png" or notice.encode("cp1252" if said["as"] == "pdf" else "utf-8") in data


def test_words_follow_the_typography_of_their_language() -> None:
    for _key, row in ROWS:
        words = " ".join(one for one in _values(row) if isinstance(one, str))
        assert not re.search(r"\s[:;?!]|«\s|\s»", words)
        if _writer(row)["language"] == "es":
            said = row.get("said") or row["same"]
            assert said.count("?") == said.count("¿")


@pytest.mark.parametrize(
    "name",
    ["sheets.yaml", "items.yaml", "rounds.yaml", "evidence.yaml", "voices.yaml"]
    + [round["updates"] for round in ROUNDS],
)
def test_every_file_says_that_it_is_invented(name: str) -> None:
    head = read_text(name).splitlines()[0]
    assert head.startswith("# DEMONSTRATION. ")
    assert "invented" in head.lower()
