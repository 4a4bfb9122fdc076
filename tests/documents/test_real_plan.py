"""The adopted plan of the reference folder gives the expected reading, from both files."""

import json
from pathlib import Path
from typing import Any

import pytest

from suivi.documents.model import Use
from suivi.documents.outputs import as_json
from suivi.documents.reader import read_file

pytestmark = pytest.mark.reference

OF_THE_TEXT_ONLY = {
    "document",
    "session",
    "date",
    "agenda_item",
    "author_unit",
    "paragraphs",
    "footnotes",
    "decision_paragraph",
}


def expected_of(folder: Path) -> dict[str, Any]:
    path = folder / "plan" / "gb341-pol-4-fr.expected.json"
    expected: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return expected


def picked(expected: Any, given: Any, left_out: set[str]) -> Any:
    """The given data reduced to the keys that are expected; texts with white space folded."""
    if isinstance(expected, dict):
        return {key: picked(expected[key], given[key], left_out) for key in expected if key not in left_out}
    if isinstance(expected, list):
        assert len(expected) == len(given)
        return [picked(e, g, left_out) for e, g in zip(expected, given, strict=True)]
    return " ".join(given.split()) if isinstance(given, str) else given


def test_the_text_gives_exactly_the_expected_reading(reference_dir: Path) -> None:
    expected = expected_of(reference_dir)
    given = as_json(read_file(reference_dir / "plan" / "gb341-pol-4-fr.txt"))
    assert picked(expected, given, set()) == picked(expected, expected, set())


def test_the_docx_gives_the_same_plan(reference_dir: Path) -> None:
    expected = expected_of(reference_dir)
    given = as_json(read_file(reference_dir / "plan" / "gb341-pol-4-fr.docx"))
    left_out = OF_THE_TEXT_ONLY | {"line"}
    assert picked(expected, given, left_out) == picked(expected, expected, left_out)


def test_no_line_of_the_text_is_unaccounted_for(reference_dir: Path) -> None:
    path = reference_dir / "plan" / "gb341-pol-4-fr.txt"
    reading = read_file(path)
    count = len(path.read_text(encoding="utf-8").splitlines())
    assert [use.place.line for use in reading.lines] == list(range(1, count + 1))
    assert [use for use in reading.lines if use.use is Use.IGNORED] == []


def test_each_field_knows_its_source(reference_dir: Path) -> None:
    plan = read_file(reference_dir / "plan" / "gb341-pol-4-fr.txt").plan
    for deliverable in plan.deliverables():
        assert {"text", "number", "window"} <= set(deliverable.sources)
        assert (deliverable.target is not None) == ("target" in deliverable.sources)
    assert {"session", "item", "dated_on", "author_unit", "symbol", "title", "body"} <= set(
        plan.header.sources
    )


def test_the_row_that_was_lost_is_told(reference_dir: Path) -> None:
    findings = read_file(reference_dir / "plan" / "gb341-pol-4-fr.txt").findings
    assert [(finding.code, finding.place.line) for finding in findings] == [("row-lost", 180)]


def test_the_four_methods_are_named_as_strands(reference_dir: Path) -> None:
    plan = read_file(reference_dir / "plan" / "gb341-pol-4-fr.txt").plan
    strands = {
        deliverable.number: deliverable.strands for deliverable in plan.deliverables() if deliverable.strands
    }
    assert {number: len(found) for number, found in strands.items()} == {"3.3.1": 4}
