"""Reading a workbook from strangers: its cells with their kinds, in bounded memory; nothing in it is run.

Macros are refused. Links to other files, embedded objects and connections are reported and never followed.
Formulas are read as formulas: what to make of one is for the caller to say.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias

from suivi.findings import Finding, Severity
from suivi.office.archives import Archive, too_large
from suivi.office.cells import MAX_COLUMN, MAX_ROW, At, position
from suivi.office.formats import in_words
from suivi.office.spreadsheet import Look, S, Spreadsheet, index_of, read_spreadsheet
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop

MAX_CELLS = 400_000  # with something in them, in all sheets together
MAX_BYTES = 16 * 2**20  # of the file as it comes
MAX_LETTERS = 20_000_000  # in all cells together: one shared text may stand in a million cells
_CELL, _VALUE, _INLINE, _FORMULA = (f"{S}{name}" for name in ("c", "v", "is", "f"))
_TEXT, _RUN = f"{S}t", f"{S}r"
_TEXTS = ("s", "inlineStr", "str")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MACROS = ("vbaproject.bin", "xl/macrosheets/")
_REPORTED = {
    "xl/externallinks/": (
        "workbook.external-link",
        gettext_noop("The workbook points to other files; nothing was read from them."),
    ),
    "xl/embeddings/": (
        "workbook.embedded-object",
        gettext_noop("The workbook holds other files; they were not opened."),
    ),
    "xl/activex/": (
        "workbook.control",
        gettext_noop("The workbook holds buttons or other controls; they were not used."),
    ),
    "xl/connections.xml": (
        "workbook.connection",
        gettext_noop("The workbook fetches data from elsewhere; nothing was fetched."),
    ),
}


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes or no"
    FORMULA = "formula"  # its value is what the program that saved the file made of it
    ERROR = "error"


CellValue: TypeAlias = str | Decimal | date | bool


@dataclass(frozen=True)
class ReadCell:
    """A cell with something in it."""

    kind: CellKind
    value: CellValue

    @property
    def text(self) -> str:
        """As people would type it: days in ISO form, numbers without exponent."""
        if isinstance(self.value, Decimal):
            return plain_number(self.value)
        if isinstance(self.value, bool):
            return str(self.value).upper()
        return self.value.isoformat() if isinstance(self.value, date) else self.value


@dataclass
class ReadSheet:
    name: str
    is_hidden: bool
    cells: dict[At, ReadCell] = field(default_factory=dict)


@dataclass
class ReadWorkbook:
    sheets: list[ReadSheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_workbook(data: bytes) -> ReadWorkbook:
    """The cells of all sheets, hidden ones too. Raises InputRefused for what cannot or may not be read."""
    if len(data) > MAX_BYTES:
        raise too_large()
    archive = Archive(data)
    _refuse_macros(archive)
    reader = _Reader(archive, read_spreadsheet(archive))
    sheets = [ReadSheet(one.name, one.is_hidden, reader.cells_of(one.part)) for one in reader.parts.sheets]
    return ReadWorkbook(sheets, _reported(archive))


def plain_number(value: Decimal) -> str:
    """A number without exponent and without zeros that say nothing: 10, not 10.0."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _refuse_macros(archive: Archive) -> None:
    types = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any(mark in name for name in archive.names() for mark in _MACROS):
        raise InputRefused(
            gettext_noop("The workbook holds macros and was not read."),
            hint=gettext_noop("Save it as a workbook without macros (.xlsx) and try again."),
        )


def _reported(archive: Archive) -> list[Finding]:
    return [
        Finding(code, Severity.WARNING, Message(words))
        for start, (code, words) in _REPORTED.items()
        if any(name.startswith(start) for name in archive.names())
    ]


class _Reader:
    """Reads the sheets of one workbook; the bounds hold for all of them together."""

    def __init__(self, archive: Archive, parts: Spreadsheet) -> None:
        self.parts = parts
        self._archive = archive
        self._texts = [text_of(element) for element in parts.texts]
        self._count = 0
        self._letters = 0

    def cells_of(self, part: str) -> dict[At, ReadCell]:
        found: dict[At, ReadCell] = {}
        number = 0
        for row in self._archive.elements(part, f"{S}row"):
            number = index_of(row.get("r")) or number + 1
            column = 0
            for element in row.iterchildren(_CELL):
                # The row counts, whatever the cell says of itself: two cells never stand in one place.
                column = _column_of(element.get("r", "")) or column + 1
                cell = self._cell(element) if len(element) else None
                if cell is not None and number <= MAX_ROW and column <= MAX_COLUMN:
                    self._take(cell)
                    found[At(number, column)] = cell
        return found

    def _take(self, cell: ReadCell) -> None:
        """Hold the bounds."""
        self._count += 1
        if isinstance(cell.value, str):
            self._letters += len(cell.value)
        if self._count > MAX_CELLS or self._letters > MAX_LETTERS:
            raise too_large()

    def _cell(self, element: Any) -> ReadCell | None:
        raw, inline, is_formula = "", None, False
        for child in element:
            if child.tag == _VALUE:
                raw = child.text or ""
            elif child.tag == _INLINE:
                inline = child
            elif child.tag == _FORMULA:
                is_formula = True
        value = self._value(element, raw, inline)
        return ReadCell(CellKind.FORMULA, value.text if value else "") if is_formula else value

    def _value(self, element: Any, raw: str, inline: Any) -> ReadCell | None:
        kind = element.get("t", "n")
        if kind in _TEXTS:
            text = self._text(kind, raw, inline).strip()
            return ReadCell(CellKind.TEXT, text) if text else None
        if not raw:
            return None
        if kind == "b":
            return ReadCell(CellKind.YES_NO, raw == "1")
        if kind == "e":
            return ReadCell(CellKind.ERROR, raw)
        if kind == "d":
            return _day(raw) or ReadCell(CellKind.TEXT, raw)
        return self._number(element, raw)

    def _text(self, kind: str, raw: str, inline: Any) -> str:
        if kind == "s":
            index = index_of(raw)
            return self._texts[index] if index < len(self._texts) else ""
        if kind == "inlineStr":
            return "" if inline is None else text_of(inline)
        return unescaped(raw)

    def _number(self, element: Any, raw: str) -> ReadCell:
        style = index_of(element.get("s"))
        look = self.parts.looks[style] if style < len(self.parts.looks) else Look()
        if look.number_format.date_parts & {"y", "d"}:
            shown = in_words(raw, look.number_format, starts_1904=self.parts.starts_1904)
            # Where the format shows no day, people see none: "June 2021".
            seen = _day(shown[:10]) if "d" in look.number_format.date_parts else None
            if seen is not None or not shown.isdigit():
                return seen or ReadCell(CellKind.TEXT, shown)
        try:
            number = Decimal(raw)
        except InvalidOperation:
            return ReadCell(CellKind.TEXT, raw)
        if not number.is_finite() or abs(number.adjusted()) > 30:
            return ReadCell(CellKind.TEXT, raw)
        # Spreadsheets keep 15 figures: 0.1 comes as 0.10000000000000001.
        return ReadCell(CellKind.NUMBER, Decimal(f"{number:.15g}"))


@lru_cache(maxsize=MAX_COLUMN)
def _column_of_letters(letters: str) -> int:
    at = position(f"{letters}1")
    return at.column if at else 0


def _column_of(name: str) -> int:
    """The column of a cell's name, 0 where it names none."""
    return _column_of_letters(name.rstrip("0123456789")) if len(name) < 12 else 0


def _day(written: str) -> ReadCell | None:
    try:
        return ReadCell(CellKind.DAY, date.fromisoformat(written[:10]))
    except ValueError:
        return None


def text_of(element: Any) -> str:
    """The text of a shared or inline string, of all its runs and without reading aids."""
    plain = "".join(
        (child.text if child.tag == _TEXT else child.findtext(_TEXT) if child.tag == _RUN else "") or ""
        for child in element
    )
    return unescaped(plain)


def unescaped(text: str) -> str:
    """A text with the signs that the format wrote as _x000D_; what no text may hold becomes a blank."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if _is_unusable(sign) else sign for sign in text) if not text.isprintable() else text


def _is_unusable(sign: str) -> bool:
    return (sign < " " and sign not in "\n\t") or "\ud800" <= sign <= "\udfff"
