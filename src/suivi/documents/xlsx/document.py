"""An XLSX file as a source document."""

import re
from collections.abc import Iterator

from suivi.documents.source import Line, LineKind, SourceDocument
from suivi.documents.xlsx.layout import SheetLayout
from suivi.documents.xlsx.sheets import Grid, SheetReader
from suivi.documents.xlsx.workbook import read_workbook
from suivi.findings import Finding, Place, Severity
from suivi.office.archives import Archive
from suivi.office.spreadsheet import Sheet
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop

# What spreadsheet programs call a sheet that nobody has named.
_GENERIC_NAME = re.compile(
    r"(sheet|feuil(le)?|hoja|tabelle|blad|foglio|planilha|plan)\s?\d{0,3}", re.IGNORECASE
)
_WITHOUT_VALUE = (
    "xlsx.formula-without-value",
    Severity.WARNING,
    gettext_noop("%(count)s formulas have no value."),
    gettext_noop("Open the file in a spreadsheet program, let it calculate, and save."),
)
_ERROR_VALUE = (
    "xlsx.error-value",
    Severity.WARNING,
    gettext_noop("%(count)s cells show an error."),
    gettext_noop("Mend the formulas in a spreadsheet program and save."),
)
_HIDDEN_CELLS = (
    "xlsx.hidden-cells",
    Severity.NOTE,
    gettext_noop("%(count)s hidden or filtered rows and columns were read like the others."),
    gettext_noop("Delete them from the sheet if they are no part of the plan."),
)
_DRAWING = (
    "xlsx.drawing",
    Severity.NOTE,
    gettext_noop("Pictures, charts and text boxes of the sheet were left out."),
    gettext_noop("Type their words into cells if they belong to the plan."),
)


def read(data: bytes) -> SourceDocument:
    """Lines and tables of an XLSX file, sheet after sheet.

    Rows above a table become lines, blank rows divide tables, blank columns fall away. Places name sheet
    and cell. Hidden sheets are left out, each of their rows as a line with the reason; hidden rows and
    columns are read. Raises InputRefused for anything that is no readable XLSX.
    """
    archive = Archive(data)
    workbook = read_workbook(archive)
    reader = SheetReader(archive, workbook)
    document = SourceDocument(format="xlsx")
    grids = [(sheet, reader.read(sheet.part)) for sheet in workbook.sheets]
    shown = [(sheet, grid) for sheet, grid in grids if not sheet.is_hidden and grid.cells]
    if not shown:
        raise InputRefused(
            gettext_noop("The workbook has no filled cell in a visible sheet."),
            hint=gettext_noop("Unhide the sheet with the plan, save and try again."),
        )
    level = 2 if len(shown) > 1 else 1
    for sheet, grid in shown:
        blocks = list(SheetLayout(grid, sheet.name, level).blocks())
        document.blocks += [*_sheet_heading(sheet, is_alone=len(shown) == 1), *blocks]
        document.findings += _findings(sheet, grid)
    for sheet, grid in grids:
        if sheet.is_hidden:
            document.blocks += _left_out(sheet, grid)
            document.findings.append(_hidden_sheet(sheet, grid))
    return document


def _sheet_heading(sheet: Sheet, *, is_alone: bool) -> list[Line]:
    place = Place(sheet=sheet.name, cell="A1")
    if _GENERIC_NAME.fullmatch(sheet.name.strip()) or is_alone:
        return [Line(sheet.name, place, LineKind.FURNITURE, reason=gettext_noop("name of the sheet"))]
    return [Line(sheet.name, place, LineKind.HEADING, level=1)]


def _left_out(sheet: Sheet, grid: Grid) -> list[Line]:
    rows: dict[int, list[str]] = {}
    for at, filled in sorted(grid.cells.items()):
        rows.setdefault(at.row, []).append(" ".join(filled.paragraphs))
    return [
        Line(
            " | ".join(texts),
            Place(sheet=sheet.name, cell=f"A{row}", line=row),
            LineKind.FURNITURE,
            reason=gettext_noop("hidden sheet"),
        )
        for row, texts in rows.items()
    ]


def _hidden_sheet(sheet: Sheet, grid: Grid) -> Finding:
    return Finding(
        "xlsx.hidden-sheet",
        Severity.NOTE,
        Message(
            gettext_noop("The sheet %(sheet)s is hidden and was left out (%(count)s filled cells)."),
            {"sheet": sheet.name, "count": len(grid.cells)},
        ),
        Place(sheet=sheet.name, cell="A1"),
        Message(gettext_noop("Unhide the sheet and save the file if it belongs to the plan.")),
    )


def _findings(sheet: Sheet, grid: Grid) -> Iterator[Finding]:
    for code, severity, words, hint, cells in (
        (*_WITHOUT_VALUE, grid.without_value),
        (*_ERROR_VALUE, grid.errors),
        (*_HIDDEN_CELLS, grid.hidden),
        (*_DRAWING, grid.drawings),
    ):
        if cells:
            place = Place(sheet=sheet.name, cell=cells[0].name)
            yield Finding(code, severity, Message(words, {"count": len(cells)}), place, Message(hint))
