"""XLSX files as source documents."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from suivi.documents.source import Line, LineKind
from suivi.documents.xlsx import read
from suivi.office.formats import in_words, parse_format
from suivi.values.errors import InputRefused
from tests.documents.formats.files import codes, grid, lines, lines_by_kind, only_grid, tables, xlsx_of

HEADER = ["Action", "Deliverable", "When"]
BOLD = Font(bold=True)


def book(*fill: Callable[[Any], None], names: tuple[str, ...] = ("Plan", "More", "Rest")) -> bytes:
    """A workbook whose sheets are filled by these functions."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, function in zip(names, fill, strict=False):
        function(workbook.create_sheet(name))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def rows(*values: list[object]) -> Callable[[Any], None]:
    """Fills a sheet with rows."""

    def fill(sheet: Any) -> None:
        for row in values:
            sheet.append(row)

    return fill


def test_a_sheet_is_a_table_with_sheet_and_cell_named() -> None:
    document = read(book(rows(HEADER, ["1.1 Act", "First", "2024"])))

    assert only_grid(document) == [HEADER, ["1.1 Act", "First", "2024"]]
    place = tables(document)[0].rows[1][2].place
    assert (place.sheet, place.cell) == ("Plan", "C2")


def test_numbers_read_as_people_see_them() -> None:
    def fill(sheet: Any) -> None:
        sheet.append([2023, 10.0, 0.1 + 0.2, 0.35, 1.1, 1234.5, 3, 7])
        sheet.append(["y"] * 8)
        for column, code in enumerate(
            ["0", "General", "General", "0%", "0.00", "#,##0.00", "000", '"No. "0']
        ):
            sheet.cell(1, column + 1).number_format = code

    assert only_grid(read(book(fill)))[0] == ["2023", "10", "0.3", "35%", "1.10", "1234.50", "003", "No. 7"]


def test_dates_read_as_days_months_or_years_as_their_format_shows() -> None:
    day = datetime.date(2025, 12, 31)

    moment = datetime.datetime(2025, 12, 31, 14, 30)  # noqa: DTZ001  spreadsheets know no time zones

    def fill(sheet: Any) -> None:
        sheet.append([day, day, day, moment, "x"])
        sheet.append(["y"] * 5)
        for column, code in enumerate(["dd/mm/yyyy", "mmm yyyy", "yyyy", "yyyy-mm-dd h:mm"]):
            sheet.cell(1, column + 1).number_format = code

    assert only_grid(read(book(fill)))[0] == ["2025-12-31", "December 2025", "2025", "2025-12-31 14:30", "x"]


def test_merged_cells_are_marked() -> None:
    def fill(sheet: Any) -> None:
        rows(HEADER, ["Pillar 1"], ["1.1 Act", "First", "2024"], [None, "Second", "2025"])(sheet)
        sheet.merge_cells("A2:C2")
        sheet.merge_cells("A3:A4")

    table = tables(read(book(fill)))[0]
    assert grid(table)[1:] == [["Pillar 1", "<", "<"], ["1.1 Act", "First", "2024"], ["<", "Second", "2025"]]
    assert table.rows[1][0].columns == 3


def test_titles_above_and_notes_below_a_table_are_lines() -> None:
    def fill(sheet: Any) -> None:
        rows(["The plan"], ["of invented things"], [], HEADER, ["a", "b", "c"], [], ["Note: made up"])(sheet)
        sheet["A1"].font = BOLD

    document = read(book(fill))
    assert lines_by_kind(document)[1:] == [
        ("heading", "The plan"),
        ("text", "of invented things"),
        ("text", "Note: made up"),
    ]
    assert only_grid(document) == [HEADER, ["a", "b", "c"]]


def test_labels_with_values_before_the_table_are_lines() -> None:
    head = [["Symbol", "INV/1"], ["Date:", datetime.date(2024, 3, 1)], []]
    document = read(book(rows(*head, HEADER, ["a", "b", "c"])))

    assert lines(document)[1:] == ["Symbol: INV/1", "Date: 2024-03-01"]
    assert only_grid(document) == [HEADER, ["a", "b", "c"]]


def test_a_blank_row_inside_a_table_is_skipped() -> None:
    def fill(sheet: Any) -> None:
        rows(HEADER, ["1.1", "First", 2024], [], ["1.2", "Second", 2025])(sheet)
        for cell in sheet[1]:
            cell.font = BOLD

    assert len(tables(read(book(fill)))) == 1


def test_tables_with_headers_of_their_own_are_apart() -> None:
    def fill(sheet: Any) -> None:
        rows(HEADER, ["1.1", "First", 2024], [], ["Unit", "Name", "Place"], ["A", "B", "C"])(sheet)
        for row in (1, 4):
            for cell in sheet[row]:
                cell.fill = PatternFill("solid", fgColor="DDDDDD")

    assert [len(table.rows) for table in tables(read(book(fill)))] == [2, 2]


def test_blank_columns_fall_away() -> None:
    assert only_grid(read(book(rows(["a", None, "b"], ["c", None, "d"])))) == [["a", "b"], ["c", "d"]]


def test_line_breaks_in_a_cell_part_paragraphs_where_a_sentence_starts() -> None:
    text = "First thing.\nSecond thing that\ngoes on\n- a point"
    table = tables(read(book(rows(HEADER, ["1.1", text, "2024\n2025"]))))[0]

    assert table.rows[1][1].paragraphs == ("First thing.", "Second thing that goes on", "- a point")
    assert table.rows[1][2].paragraphs == ("2024", "2025")


def test_sheet_names_are_headings_where_several_sheets_have_tables() -> None:
    sheets = [rows(HEADER, ["a", "b", "c"])] * 2
    document = read(book(*sheets, names=("Pillar A", "Pillar B")))

    headings = [block for block in document.blocks if isinstance(block, Line)]
    assert [(line.text, line.level, line.kind) for line in headings] == [
        ("Pillar A", 1, LineKind.HEADING),
        ("Pillar B", 1, LineKind.HEADING),
    ]


@pytest.mark.parametrize("name", ["Sheet1", "Feuil2", "Hoja 3"])
def test_names_that_nobody_gave_are_no_headings(name: str) -> None:
    document = read(book(rows(HEADER, ["a", "b", "c"]), rows(HEADER, ["a", "b", "c"]), names=(name, "Plan")))

    assert lines_by_kind(document)[0] == ("furniture", name)


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    def hide(sheet: Any) -> None:
        rows(["choice", "yes"])(sheet)
        sheet.sheet_state = "hidden"

    document = read(book(rows(HEADER, ["a", "b", "c"]), hide))
    assert len(tables(document)) == 1
    assert ("furniture", "choice | yes") in lines_by_kind(document)
    assert codes(document) == ["xlsx.hidden-sheet"]


def test_hidden_rows_are_read_and_told() -> None:
    def fill(sheet: Any) -> None:
        rows(HEADER, ["a", "b", "c"])(sheet)
        sheet.row_dimensions[2].hidden = True

    document = read(book(fill))
    assert only_grid(document)[1] == ["a", "b", "c"]
    assert codes(document) == ["xlsx.hidden-cells"]


def test_formulas_show_their_last_value_or_a_finding() -> None:
    sheet = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1" t="e"><v>#REF!</v></c></row>'
    )
    document = read(xlsx_of(sheet))

    assert only_grid(document) == [["2", "#REF!"]]
    assert [(finding.code, finding.place.cell) for finding in document.findings] == [
        ("xlsx.formula-without-value", "B1"),
        ("xlsx.error-value", "C1"),
    ]


def test_raised_figures_in_rich_text_become_marks() -> None:
    text = '<si><r><t>Partners</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>12</t></r></si>'
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'

    assert only_grid(read(xlsx_of(sheet, strings=text))) == [["Partners¹²", "x"]]


def test_the_calendar_of_1904_is_known() -> None:
    assert in_words("44196", parse_format("yyyy-mm-dd"), starts_1904=True) == "2025-01-01"
    assert in_words("45658", parse_format("yyyy-mm-dd")) == "2025-01-01"


def test_a_stray_cell_at_the_far_corner_costs_nothing() -> None:
    def fill(sheet: Any) -> None:
        rows(HEADER, ["a", "b", "c"])(sheet)
        sheet.cell(1_048_576, 16_384, "stray")

    assert only_grid(read(book(fill))) == [HEADER, ["a", "b", "c"]]


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    sheet = (
        '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'
        '|<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    assert only_grid(read(xlsx_of(sheet))) == [["a", "<"]]


def test_a_workbook_without_filled_cells_is_refused() -> None:
    with pytest.raises(InputRefused, match="no filled cell"):
        read(book(rows()))
