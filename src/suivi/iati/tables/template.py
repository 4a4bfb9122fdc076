"""The workbook to fill: a sheet for each table, with the code lists to choose from. `build` reads it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from suivi.iati.codelists import CodeList
from suivi.iati.standard import Kind
from suivi.iati.tables.design import Column, Design, ElementTable, Role, Table
from suivi.iati.tables.inputs import HELP_SHEETS
from suivi.iati.tables.outputs import MOST_ROWS, sheet_name
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop

READ_ME, LISTS = HELP_SHEETS
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_BOLD = Font(bold=True)
_HELP = (
    "Fill a row for each activity or organisation, and rows below them in the other sheets; "
    "delete sheets that you do not need.",
    "A row names the row above it: by its identifier where the sheet has that column, "
    "else by the id that you gave that row (any number or word).",
    "A column with a coloured heading has to be filled in each row. "
    "Lists offer the codes; their names are in the sheet “lists”.",
    "Further languages of a text go into the sheet “narratives”: "
    "the sheet and id of the row, the path of the text, the language and the text.",
    "Then: suivi iati build THIS.xlsx -o FILE.xml; and suivi iati check FILE.xml.",
)


def write_template(
    path: Path,
    design: Design,
    lists: Mapping[str, CodeList],
    *,
    only: Iterable[str] = (),
    language: str = "en",
) -> list[str]:
    """Write the workbook; gives the names of its tables.

    `only` names tables to have, those above them come along. `language` is that of the names of codes.
    Raises `NotFound` for a name that is no table.
    """
    workbook = Workbook()
    tables = _chosen(design, only)
    _write_help(workbook.active, tables)
    ranges = _write_lists(workbook, tables, lists, language)
    for table in tables:
        _write_sheet(workbook.create_sheet(sheet_name(table.name)), table, design, ranges)
    workbook.move_sheet(LISTS, len(tables))
    workbook.save(path)
    return [table.name for table in tables]


def _chosen(design: Design, only: Iterable[str]) -> list[Table]:
    known = {table.name: table for table in design.all() if table is not design.extras}
    wanted: set[str] = set()
    for name in only:
        table = known.get(name)
        if table is None:
            raise NotFound(
                gettext_noop("“%(name)s” is no table."),
                {"name": name},
                gettext_noop("docs/reference/iati-standard.md names the tables."),
            )
        while table is not None:
            wanted.add(table.name)
            table = table.parent
    return [table for table in known.values() if not wanted or table.name in wanted]


def columns_to_fill(table: Table, design: Design) -> list[Column]:
    """The columns of a sheet: what people know, not what a program would keep beside it."""
    by_identifier = isinstance(table, ElementTable) and table.parent is design.records
    return [
        column
        for column in table.columns
        if column.role in {Role.KEY, Role.VALUE} or (by_identifier and not column.path)
        if not (by_identifier and column.path == "..")
        if not (table is design.records and column.path == "..")
    ]


def _write_help(sheet: Any, tables: list[Table]) -> None:
    sheet.title = READ_ME
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 60
    for line in _HELP:
        sheet.append([line])
    sheet.append([])
    sheet.append(["sheet", "element of the standard"])
    for table in tables:
        element = table.element.path if isinstance(table, ElementTable) else ""
        sheet.append([sheet_name(table.name), element])
        cell = sheet.cell(sheet.max_row, 1)
        cell.hyperlink = f"#'{sheet_name(table.name)}'!A1"
        cell.style = "Hyperlink"


def _write_lists(
    workbook: Any, tables: list[Table], lists: Mapping[str, CodeList], language: str
) -> dict[str, str]:
    """A column of codes and one of names for each list; gives the range of the codes by the list's name."""
    sheet = workbook.create_sheet(LISTS)
    sheet.freeze_panes = "A2"
    ranges: dict[str, str] = {}
    names = {name for table in tables for column in table.columns for name in _offered(column)}
    for number, name in enumerate(sorted(names & set(lists))):
        codes = [one for one in lists[name].codes.values() if not one.is_withdrawn]
        left, letter = 2 * number + 1, get_column_letter(2 * number + 1)
        sheet.cell(1, left, name).font = _BOLD
        for row, one in enumerate(codes, start=2):
            for column, text in ((left, one.code), (left + 1, one.name(language))):
                sheet.cell(row, column, text).data_type = "s"
        ranges[name] = f"{LISTS}!${letter}$2:${letter}${len(codes) + 1}"
    return ranges


def _offered(column: Column) -> Iterator[str]:
    """The list that a column offers: one that holds without a vocabulary beside it."""
    return (one.name for one in column.lists if not one.vocabulary or one.is_default)


def _write_sheet(sheet: Any, table: Table, design: Design, ranges: Mapping[str, str]) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns_to_fill(table, design), start=1):
        cell = sheet.cell(1, number, column.name)
        cell.font = _BOLD
        if column.is_required and column.role is Role.VALUE:
            cell.fill = _REQUIRED
        cell.comment = Comment(_note(table, column), "suivi")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 2)
        validation = _validation(column, ranges)
        if validation is not None:
            validation.add(f"{letter}2:{letter}{MOST_ROWS}")
            sheet.add_data_validation(validation)
        if column.kind is Kind.DATE:
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
        elif column.kind is Kind.STRING:
            sheet.column_dimensions[letter].number_format = "@"
    if table is design.files:
        sheet.append(
            [1, *("2.03" if one.name == "version" else None for one in columns_to_fill(table, design)[1:])]
        )


def _note(table: Table, column: Column) -> str:
    place = column.path if column.path not in {"", ".."} else "key"
    lists = ", ".join(
        f"{one.name} (vocabulary {one.vocabulary})" if one.vocabulary else one.name for one in column.lists
    )
    return "\n".join(filter(None, [f"{table.path}: {place}".lstrip(": "), column.kind.value, lists]))


def _validation(column: Column, ranges: Mapping[str, str]) -> DataValidation | None:
    """What Excel offers or asks for. Another code is allowed after a warning: lists grow."""
    offered = next((ranges[name] for name in _offered(column) if name in ranges), None)
    if offered:
        return DataValidation(
            "list", formula1=offered, allow_blank=True, errorStyle="warning", showErrorMessage=True
        )
    if column.role is not Role.VALUE:
        return None
    if column.kind is Kind.BOOLEAN:
        return DataValidation("list", formula1='"1,0"', allow_blank=True, showErrorMessage=True)
    if column.kind is Kind.DATE:
        return DataValidation(
            "date", operator="greaterThan", formula1="1", allow_blank=True, showErrorMessage=True
        )
    if column.kind is Kind.DECIMAL:
        return DataValidation(
            "decimal",
            operator="between",
            formula1="-1E+20",
            formula2="1E+20",
            allow_blank=True,
            showErrorMessage=True,
        )
    return None
