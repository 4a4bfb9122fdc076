"""Invented plans in many layouts, each beside the reading it must give."""

from pathlib import Path

import pytest

from suivi.documents.reader import read_file
from tests.documents.outline_of import outline_of

PLANS = Path(__file__).parent / "plans"
FILES = sorted(path for path in PLANS.iterdir() if path.suffix in {".md", ".txt"})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_invented_plan_is_read_as_it_states_itself(path: Path) -> None:
    expected = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    assert outline_of(read_file(path)) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_of_an_invented_plan_is_accounted_for(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    accounted = [use.place.line for use in read_file(path).lines]
    assert accounted == list(range(1, len(lines) + 1))
