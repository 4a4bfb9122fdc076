"""Where the tables of a sheet stand: apart by blank rows, with titles above and notes below."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from suivi.documents.source import Cell, Line, LineKind, Table
from suivi.documents.superscripts import note_start
from suivi.documents.xlsx.sheets import MAX_CELLS, Filled, Grid
from suivi.findings import Place
from suivi.office.archives import too_large
from suivi.office.cells import At

_MAX_LABELS = 15  # rows of a block of labels and values, such as the head of a plan
_LABEL_LENGTH = 40


@dataclass
class Area:
    """A part of a sheet without blank rows: the numbers of its rows, and its columns in use."""

    rows: list[int]
    columns: list[int] = field(default_factory=list)


class SheetLayout:
    """Divides a grid into lines and tables, as a person sees them."""

    def __init__(self, grid: Grid, sheet: str, heading_level: int) -> None:
        self._grid = grid
        self._sheet = sheet
        self._level = heading_level
        self._rows: dict[int, dict[int, Filled]] = {}
        for at, filled in sorted(grid.cells.items()):
            self._rows.setdefault(at.row, {})[at.column] = filled
        self._merge_at = dict(grid.merges)
        self._left = MAX_CELLS

    def blocks(self) -> Iterator[Line | Table]:
        areas = self._areas()
        tables: list[Area] = []
        found: list[Line | Area] = []
        for index, area in enumerate(areas):
            lines, body = self._titles(area, is_first=not tables)
            found += lines
            if not body.rows:
                continue
            if self._is_labels(body) and len(areas) > index + 1 and not tables:
                found += self._labels(body)
            elif not lines and tables and found[-1] is tables[-1] and self._continues(tables[-1], body):
                tables[-1].rows += body.rows
            else:
                tables.append(body)
                found.append(body)
        for block in found:
            yield block if isinstance(block, Line) else self._table(block)

    def _areas(self) -> list[Area]:
        """Runs of rows without a blank one; rows that a merge reaches down to are not blank."""
        reached: set[int] = set()
        for first, last in self._grid.merges:
            if first in self._grid.cells and last.row - first.row <= len(self._rows) + 50:
                reached.update(range(first.row, last.row + 1))
        numbers = sorted(self._rows.keys() | reached)
        runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
        return [Area([number for _, number in run]) for _, run in runs]

    def _titles(self, area: Area, *, is_first: bool) -> tuple[list[Line], Area]:
        """The lines above the table of an area, and what is left: rows of more than one cell, or nothing."""
        rows = list(area.rows)
        lines: list[Line] = []
        while rows and len(self._rows.get(rows[0], {})) <= 1:
            for column, filled in self._rows.get(rows[0], {}).items():
                lines += self._lines(At(rows[0], column), filled, is_title=is_first or len(rows) > 1)
            rows.pop(0)
        return lines, Area(rows, sorted({column for row in rows for column in self._rows.get(row, {})}))

    def _lines(self, at: At, filled: Filled, *, is_title: bool) -> Iterator[Line]:
        place = Place(sheet=self._sheet, cell=at.name, line=at.row)
        for text in filled.paragraphs:
            if note := note_start(text):
                yield Line(note[1], place, LineKind.FOOTNOTE, mark=note[0])
            elif is_title and filled.is_marked and len(text) < 200:
                yield Line(text, place, LineKind.HEADING, level=self._level, is_bold=filled.is_bold)
            else:
                yield Line(text, place, is_bold=filled.is_bold)

    def _is_labels(self, area: Area) -> bool:
        """Whether an area says "Date: 1 March" row by row instead of being a table."""
        if len(area.columns) != 2 or len(area.rows) > _MAX_LABELS or self._is_header(area.rows[0]):
            return False
        labels = [self._rows.get(row, {}).get(area.columns[0]) for row in area.rows]
        return all(label is None or len(" ".join(label.paragraphs)) <= _LABEL_LENGTH for label in labels)

    def _labels(self, area: Area) -> Iterator[Line]:
        for row in area.rows:
            parts = [" ".join(filled.paragraphs) for filled in self._rows.get(row, {}).values()]
            label = parts[0] if len(parts) == 1 else f"{parts[0].rstrip(' :')}: {parts[1]}"
            first = At(row, next(iter(self._rows[row])))
            yield Line(label, Place(sheet=self._sheet, cell=first.name, line=row))

    def _continues(self, table: Area, area: Area) -> bool:
        """Whether an area after a blank row goes on with the table above: it has no header of its own."""
        first, header = area.rows[0], table.rows[0]
        if not set(area.columns) <= set(range(table.columns[0], table.columns[-1] + 1)):
            return False
        if self._texts(first) == self._texts(header):
            return False
        if self._is_header(header):
            return not self._is_header(first)
        return any(filled.is_number for filled in self._rows.get(first, {}).values())

    def _texts(self, row: int) -> list[tuple[str, ...]]:
        return [filled.paragraphs for filled in self._rows.get(row, {}).values()]

    def _is_header(self, row: int) -> bool:
        cells = list(self._rows.get(row, {}).values())
        return len(cells) > 1 and all(filled.is_marked for filled in cells)

    def _table(self, area: Area) -> Table:
        columns = sorted({column for row in area.rows for column in self._rows.get(row, {})})
        self._left -= len(columns) * len(area.rows)
        if self._left < 0:
            raise too_large()
        covered = self._covered(area, columns)
        rows = tuple(
            tuple(self._cell(At(row, column), columns, covered) for column in columns) for row in area.rows
        )
        return Table(rows, rows[0][0].place)

    def _covered(self, area: Area, columns: list[int]) -> set[At]:
        """The positions of the table that a merge covers, its first cell apart."""
        rows, covered = set(area.rows), set[At]()
        in_use = set(columns)
        for first, last in self._grid.merges:
            if last.row < area.rows[0] or first.row > area.rows[-1]:
                continue
            down = [row for row in range(first.row, min(last.row, area.rows[-1]) + 1) if row in rows]
            across = [c for c in range(first.column, min(last.column, columns[-1]) + 1) if c in in_use]
            self._left -= len(down) * len(across)
            if self._left < 0:
                raise too_large()
            covered.update(At(row, column) for row in down for column in across)
            covered.discard(first)
        return covered

    def _cell(self, at: At, columns: list[int], covered: set[At]) -> Cell:
        place = Place(sheet=self._sheet, cell=at.name, line=at.row)
        filled = self._grid.cells.get(at)
        if at in covered:
            return Cell((), place, is_continued=True)
        cell = Cell(filled.paragraphs if filled else (), place, is_bold=filled is not None and filled.is_bold)
        last = self._merge_at.get(at)
        if last is None or last.column == at.column:
            return cell
        return replace(cell, columns=sum(at.column <= column <= last.column for column in columns))
