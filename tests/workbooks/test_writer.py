from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from suivi.workbooks.model import (
    Cell,
    Check,
    Choices,
    Column,
    Look,
    Shape,
    Sheet,
    Value,
    Visibility,
    Workbook,
    sheet_name,
)
from suivi.workbooks.reader import CellKind, read_workbook
from suivi.workbooks.writer import MAX_LETTERS, write_workbook


def _reopened(*sheets: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(write_workbook(Workbook([*sheets], title="T", author="A"))))


@pytest.mark.parametrize(
    ("value", "shape", "kind"),
    [
        ("A text", Shape.TEXT, CellKind.TEXT),
        ("=1+1", Shape.GENERAL, CellKind.TEXT),
        ("_x000D_ \u2028 and <b> &", Shape.GENERAL, CellKind.TEXT),
        ("two\nlines", Shape.TEXT, CellKind.TEXT),
        (Decimal("1250.5"), Shape.NUMBER, CellKind.NUMBER),
        (Decimal(0), Shape.NUMBER, CellKind.NUMBER),
        (date(2024, 2, 29), Shape.DAY, CellKind.DAY),
        (True, Shape.GENERAL, CellKind.YES_NO),
    ],
)
def test_a_value_is_read_as_it_was_written(value: Value, shape: Shape, kind: CellKind) -> None:
    data = write_workbook(Workbook([Sheet("One", rows=[[Cell(value, Look(shape=shape))]])]))
    (cell,) = read_workbook(data).sheets[0].cells.values()
    assert (cell.kind, cell.value) == (kind, value)


def test_another_program_sees_the_same() -> None:
    sheet = Sheet(
        "One & 'two'",
        [Column(20), Column(5, is_hidden=True)],
        [[Cell("Head", Look(is_bold=True, fill="FFF9E5"))], [Cell(date(2023, 2, 15), Look(shape=Shape.DAY))]],
        frozen_rows=1,
        frozen_columns=1,
        visibility=Visibility.HIDDEN,
    )
    book = _reopened(Sheet("First"), sheet)
    seen = book["One & 'two'"]
    assert (seen["A1"].font.b, seen["A1"].fill.fgColor.rgb) == (True, "FFFFF9E5")
    assert seen["A2"].value.date() == date(2023, 2, 15)
    assert (seen.freeze_panes, seen.sheet_state) == ("B2", "hidden")
    assert seen.column_dimensions["B"].hidden
    assert seen.print_title_rows == "$1:$1"
    assert (book.properties.title, book.properties.creator) == ("T", "A")


def test_a_check_covers_its_rows_and_no_others() -> None:
    check = Check(1, [2, 3, 5], Choices("Lists", 1, 2), "Choose", "Not that")
    lists = Sheet("Lists", rows=[[Cell("a")], [Cell("b")]])
    (seen,) = _reopened(Sheet("One", checks=[check]), lists)["One"].data_validations.dataValidation
    assert (str(seen.sqref), seen.formula1) == ("A2:A3 A5", "'Lists'!$A$1:$A$2")
    assert (seen.prompt, seen.error, seen.type) == ("Choose", "Not that", "list")


def test_rows_are_as_high_as_their_fullest_cell_needs() -> None:
    wrapped = Look(is_wrapped=True)
    rows = [
        [Cell("short", wrapped)],
        [Cell("x" * 95, wrapped)],
        [Cell("x" * 9_000, wrapped)],
        [Cell("x" * 95)],
    ]
    seen = _reopened(Sheet("One", [Column(10)], [*rows]))["One"]
    assert [seen.row_dimensions[n].height for n in (1, 2, 3, 4)] == [None, 150, 409, None]


def test_a_text_longer_than_a_cell_is_no_mistake_of_the_reader() -> None:
    with pytest.raises(ValueError, match="A1"):
        write_workbook(Workbook([Sheet("One", rows=[[Cell("x" * (MAX_LETTERS + 1))]])]))


@pytest.mark.parametrize(
    ("words", "taken", "name"),
    [
        ("Updates", [], "Updates"),
        ("Updates", ["updates"], "Updates 2"),
        ("a/b:c?d*e[f]g\\h", [], "a b c d e f g h"),
        ("'quoted'", [], "quoted"),
        ("x" * 40, ["x" * 31], "x" * 29 + " 2"),
        ("", [], "-"),
    ],
)
def test_a_sheet_has_a_name_that_programs_accept(words: str, taken: list[str], name: str) -> None:
    assert sheet_name(words, taken) == name
