"""Invented plans whose tables have merged cells, as DOCX, XLSX and PDF, each beside its reading.

In their files a row is a line of cells between bars; "^" goes on with the cell above, "<" with the one to the
left, and <br> parts paragraphs.
"""

from pathlib import Path

import pytest

from suivi.documents.model import Use
from suivi.documents.reader import read_bytes
from tests.documents.invented import COVERED, Box, Sheet
from tests.documents.outline_of import outline_of
from tests.documents.writers import as_docx, as_pdf, as_xlsx

PLANS = Path(__file__).parent / "plans" / "office"
FILES = sorted(PLANS.glob("*.table"))
OFFICE = {"plan.docx": as_docx, "plan.xlsx": as_xlsx, "plan.pdf": as_pdf}


def sheet_of(path: Path) -> Sheet:
    """The plan of a file as headings and tables."""
    sheet = Sheet()
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            rows.append([words.strip() for words in line.strip().strip("|").split("|")])
            continue
        if rows:
            sheet.blocks.append(_boxes(rows))
            rows = []
        if line.startswith("#"):
            marks, _, words = line.partition(" ")
            sheet.blocks.append((len(marks), words))
    return sheet


def _boxes(rows: list[list[str]]) -> list[list[Box]]:
    return [[_box(rows, at, across) for across in range(len(row))] for at, row in enumerate(rows)]


def _box(rows: list[list[str]], at: int, across: int) -> Box:
    words = rows[at][across]
    if words in {"^", "<"}:
        return COVERED
    down = right = 1
    while at + down < len(rows) and across < len(rows[at + down]) and rows[at + down][across] == "^":
        down += 1
    while across + right < len(rows[at]) and rows[at][across + right] == "<":
        right += 1
    return Box(tuple(words.split("<br>")) if words else (), down, right)


@pytest.mark.parametrize("name", OFFICE)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_invented_plan_is_read_from_each_office_format(path: Path, name: str) -> None:
    reading = read_bytes(OFFICE[name](sheet_of(path)), name)
    assert outline_of(reading) == path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    assert [line for line in reading.lines if line.use is Use.IGNORED and not line.reason] == []
