"""A table of a page as a file: what is on the screen is what is in it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from suivi.workbooks.model import Cell, Column, Look, Shape, Sheet, Value, Workbook, sheet_name
from suivi.workbooks.writer import write_workbook

SUFFIXES = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would take for the start of a formula.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 60, 8


@dataclass(frozen=True)
class Download:
    """A table: the words of its columns, its rows, and a line that says of which days it is."""

    title: str
    said: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def download(table: Download, name: str, suffix: str) -> HttpResponse:
    """The table as an attachment; Http404 for a kind of file that is not written."""
    if suffix not in SUFFIXES:
        raise Http404(_("There is no file of this kind here."))
    if suffix == "csv":
        response = HttpResponse(_as_csv(table), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(as_xlsx(table), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def _as_csv(table: Download) -> str:
    """With the mark by which spreadsheets know UTF-8; an apostrophe keeps a text from being a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_plain(column) for column in table.columns])
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return f"\ufeff{out.getvalue()}"


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_STARTS_FORMULA) else text


def as_xlsx(table: Download) -> bytes:
    """One sheet with a head that stays in view; the line about the days stands above it."""
    head = Look(is_bold=True, fill="EEF0F2", is_wrapped=True, has_border=True)
    rows: list[Sequence[Cell]] = [
        [Cell(table.title, Look(is_bold=True, size=14))],
        [Cell(table.said, Look(is_italic=True, colour="55606E"))],
        [Cell(column, head) for column in table.columns],
    ]
    rows += [[Cell(value, Look(shape=_shape(value), is_wrapped=True)) for value in row] for row in table.rows]
    widths = [
        min(max([_NARROWEST, *(len(str(row[at] or "")) + 2 for row in table.rows), len(column) + 2]), _WIDEST)
        for at, column in enumerate(table.columns)
    ]
    sheet = Sheet(
        sheet_name(table.title),
        columns=[Column(width) for width in widths],
        rows=rows,
        frozen_rows=3,
        has_filter=True,
    )
    return write_workbook(Workbook([sheet], title=table.title, foot=table.said))


def _shape(value: Value) -> Shape:
    if isinstance(value, date):
        return Shape.DAY
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Shape.NUMBER
    return Shape.TEXT
