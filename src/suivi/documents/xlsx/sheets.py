"""One sheet of an XLSX: the cells that hold something, and the merged areas."""

from dataclasses import dataclass, field
from typing import Any

from suivi.documents.breaks import split_soft_breaks
from suivi.documents.xlsx.workbook import Phrase, TextBudget, Workbook, phrase_of
from suivi.office.archives import Archive, too_large
from suivi.office.cells import MAX_COLUMN, MAX_ROW, At, position
from suivi.office.formats import in_words
from suivi.office.spreadsheet import OFF, Look, S, index_of

MAX_CELLS = 200_000  # with something in them, or in the bounds of a table


@dataclass(frozen=True)
class Filled:
    """A cell with something in it."""

    paragraphs: tuple[str, ...]
    is_bold: bool
    is_marked: bool  # bold or on a coloured ground, as header rows are
    is_number: bool  # a number or a day, no text


@dataclass
class Grid:
    """The filled cells of a sheet by position, merged areas as first and last position, and what was odd."""

    cells: dict[At, Filled] = field(default_factory=dict)
    merges: list[tuple[At, At]] = field(default_factory=list)
    without_value: list[At] = field(default_factory=list)  # formulas that were never calculated
    errors: list[At] = field(default_factory=list)
    hidden: list[At] = field(default_factory=list)  # first cells of hidden rows and columns
    drawings: list[At] = field(default_factory=list)


class SheetReader:
    """Reads the sheets of one workbook; the bounds hold for all of them together."""

    def __init__(self, archive: Archive, workbook: Workbook) -> None:
        self._archive = archive
        self._workbook = workbook
        self._budget = TextBudget()
        self._count = 0

    def read(self, part: str) -> Grid:
        grid = Grid()
        root = self._archive.xml(part)
        if root is None:
            return grid
        row_number = 0
        for row in root.iterfind(f"{S}sheetData/{S}row"):
            row_number = index_of(row.get("r")) or row_number + 1
            count = len(grid.cells)
            self._row(row, row_number, grid)
            if row.get("hidden", "0") not in OFF and len(grid.cells) > count:
                grid.hidden.append(At(row_number, 1))
        for column in root.iterfind(f"{S}cols/{S}col"):
            if column.get("hidden", "0") not in OFF and _holds(grid, column):
                grid.hidden.append(At(1, index_of(column.get("min"))))
        for element in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
            first, _, last = element.get("ref", "").partition(":")
            area = (position(first), position(last or first))
            if area[0] and area[1] and area[0] != area[1]:
                grid.merges.append((area[0], area[1]))
        if root.find(f"{S}drawing") is not None:
            grid.drawings.append(At(1, 1))
        return grid

    def _row(self, row: Any, number: int, grid: Grid) -> None:
        column = 0
        for cell in row.iterchildren(f"{S}c"):
            stated = position(cell.get("r", ""))
            at = stated or At(number, column + 1)
            column = at.column
            if not (at.row <= MAX_ROW and at.column <= MAX_COLUMN):
                continue
            filled = self._cell(cell, at, grid)
            if filled is not None:
                self._count += 1
                if self._count > MAX_CELLS:
                    raise too_large()
                grid.cells[at] = filled

    def _cell(self, cell: Any, at: At, grid: Grid) -> Filled | None:
        looks = self._workbook.looks
        style = index_of(cell.get("s"))
        look = looks[style] if style < len(looks) else Look()
        kind = cell.get("t", "n")
        raw = cell.findtext(f"{S}v")
        if not raw and kind == "n" and cell.find(f"{S}f") is not None:
            grid.without_value.append(at)
        if kind == "e":
            grid.errors.append(at)
        phrase = self._phrase(cell, kind, raw or "", look)
        self._budget.take(phrase.text)
        paragraphs = tuple(" ".join(part.split()) for part in split_soft_breaks(phrase.text))
        if not paragraphs:
            return None
        is_bold = look.is_bold if phrase.is_bold is None else phrase.is_bold
        return Filled(paragraphs, is_bold, is_bold or look.is_filled, kind in ("n", "d"))

    def _phrase(self, cell: Any, kind: str, raw: str, look: Look) -> Phrase:
        if kind == "s":
            texts, index = self._workbook.texts, index_of(raw)
            return texts[index] if raw and index < len(texts) else Phrase("")
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            return Phrase("") if inline is None else phrase_of(inline)
        if kind == "b":
            return Phrase({"1": "TRUE", "0": "FALSE"}.get(raw, raw))
        if kind == "d":
            return Phrase(raw.removesuffix("T00:00:00").removesuffix("T00:00:00Z"))
        if kind == "n" and raw:
            return Phrase(in_words(raw, look.number_format, starts_1904=self._workbook.starts_1904))
        return Phrase(raw)


def _holds(grid: Grid, column: Any) -> bool:
    first, last = index_of(column.get("min")), index_of(column.get("max"))
    return any(first <= at.column <= last for at in grid.cells)
