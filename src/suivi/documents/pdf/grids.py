"""Ruled tables: the words of each cell of a lattice, cells without a rule between them as one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from suivi.documents.pdf.lines import Piece, TextLine, Vocabulary, lines_of
from suivi.documents.pdf.paragraphs import BULLET, paragraphs_of
from suivi.documents.pdf.rules import Lattice

_LEAST_PADDING, _MOST_PADDING = 2.0, 12.0  # points: the white between words and the side of a cell
_THINNEST = 5.0  # points: rows and columns below this are double rules


@dataclass
class Slot:
    """One cell of a table on one page."""

    paragraphs: list[str] = field(default_factory=list)
    columns: int = 1
    is_continued: bool = False
    is_bold: bool = False
    line: int | None = None  # number of its first line on the page


@dataclass
class PageTable:
    """A table, or the part of one that stands on one page. `columns` are their left and right edges."""

    page: int
    top: float
    bottom: float
    size: float  # of its letters
    columns: list[tuple[float, float]]
    rows: list[list[Slot]]
    is_ruled: bool = False


@dataclass
class _Area:
    """Cells of a lattice with no rule between them."""

    cells: list[tuple[int, int]] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    @property
    def corner(self) -> tuple[int, int]:
        return min(row for row, _ in self.cells), min(column for _, column in self.cells)

    @property
    def span(self) -> tuple[int, int]:
        """How many rows and columns it covers."""
        row, column = self.corner
        return max(r for r, _ in self.cells) - row + 1, max(c for _, c in self.cells) - column + 1


def ruled_table(
    page: int, lattice: Lattice, pieces: Iterable[Piece], numbers: dict[int, int], vocabulary: Vocabulary
) -> PageTable | None:
    """The table of a lattice; None where it is a frame around text and no table.

    `numbers` gives the line on the page for each piece, by its order in the file.
    """
    areas = _areas(lattice)
    pieces = list(pieces)
    for piece in pieces:
        _place(piece, lattice, areas)
    distinct = {id(area): area for area in areas.values()}.values()
    if len(distinct) < 2 or not pieces:
        return None
    padding = _padding(distinct, lattice)
    rows = len(lattice.ys) - 1
    columns = len(lattice.xs) - 1
    slots = [[Slot(is_continued=True) for _ in range(columns)] for _ in range(rows)]
    for area in distinct:
        row, column = area.corner
        slots[row][column] = _slot(area, lattice.xs[column + area.span[1]] - padding, numbers, vocabulary)
    edges = list(zip(lattice.xs, lattice.xs[1:], strict=False))
    keep = [index for index in range(columns) if _is_column(index, edges, slots)]
    table = PageTable(
        page,
        lattice.top,
        lattice.bottom,
        size=max(piece.size for piece in pieces),
        columns=[edges[index] for index in keep],
        rows=[],
        is_ruled=True,
    )
    for index, row_slots in enumerate(slots):
        height = lattice.ys[index] - lattice.ys[index + 1]
        if height > _THINNEST or any(slot.paragraphs for slot in row_slots):
            table.rows.append(_narrowed(row_slots, keep))
    return table


def _is_column(index: int, edges: list[tuple[float, float]], slots: list[list[Slot]]) -> bool:
    """Whether a column is one of its own: some cell starts in it, and it is no gap between double rules."""
    starts = any(not row[index].is_continued for row in slots)
    is_wide = edges[index][1] - edges[index][0] > _THINNEST
    return starts and (is_wide or any(row[index].paragraphs for row in slots))


def _narrowed(row: list[Slot], keep: list[int]) -> list[Slot]:
    """A row with only the columns that are kept, the widths of its cells counted anew."""
    kept = []
    for index in keep:
        slot = row[index]
        slot.columns = sum(index <= other < index + slot.columns for other in keep)
        kept.append(slot)
    return kept


def _areas(lattice: Lattice) -> dict[tuple[int, int], _Area]:
    """The area of each cell; where areas would not be rectangles, each of their cells stands alone."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    areas = {(row, column): _Area([(row, column)]) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not lattice.is_parted_right(row, column):
                _merge(areas, (row, column), (row, column + 1))
            if row + 1 < rows and not lattice.is_parted_below(row, column):
                _merge(areas, (row, column), (row + 1, column))
    for area in list({id(area): area for area in areas.values()}.values()):
        down, right = area.span
        if down * right != len(area.cells):
            for cell in area.cells:
                areas[cell] = _Area([cell])
    return areas


def _merge(areas: dict[tuple[int, int], _Area], one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = areas[one], areas[other]
    if first is second:
        return
    if len(first.cells) < len(second.cells):
        first, second = second, first
    first.cells += second.cells
    for cell in second.cells:
        areas[cell] = first


def _place(piece: Piece, lattice: Lattice, areas: dict[tuple[int, int], _Area]) -> None:
    """Give the words of a piece to the areas they stand in."""
    row = _index_down(lattice.ys, piece.y + 0.3 * piece.size)
    run: list[int] = []
    last: _Area | None = None
    for index, word in enumerate(piece.words):
        area = areas[row, _index_right(lattice.xs, (word.x0 + word.x1) / 2)]
        if last is not None and area is not last and not word.is_glued:
            last.pieces.append(piece.part([piece.words[i] for i in run]))
            run, last = [], area
        last = last or area
        run.append(index)
    if last is not None:
        last.pieces.append(piece.part([piece.words[i] for i in run]))


def _index_down(edges: list[float], at: float) -> int:
    return next((i for i in range(len(edges) - 1) if at >= edges[i + 1]), len(edges) - 2)


def _index_right(edges: list[float], at: float) -> int:
    return next((i for i in range(len(edges) - 1) if at <= edges[i + 1]), len(edges) - 2)


def _padding(areas: Iterable[_Area], lattice: Lattice) -> float:
    """The usual white at the left of the words in a cell, taken to be that at the right too."""
    found = sorted(
        min(piece.x0 for piece in area.pieces) - lattice.xs[area.corner[1]] for area in areas if area.pieces
    )
    return min(max(found[len(found) // 2], _LEAST_PADDING), _MOST_PADDING) if found else _LEAST_PADDING


def _slot(area: _Area, right: float, numbers: dict[int, int], vocabulary: Vocabulary) -> Slot:
    slot = slot_of(lines_of(area.pieces), right, numbers, vocabulary, is_edge=True)
    slot.columns = area.span[1]
    return slot


def slot_of(
    lines: list[TextLine],
    right: float,
    numbers: dict[int, int],
    vocabulary: Vocabulary,
    *,
    is_edge: bool = False,
) -> Slot:
    """The cell that holds these lines; full lines end at `right`, which may be the edge of the cell."""
    if not lines:
        return Slot()
    paragraphs = paragraphs_of(lines, max(right, *(line.x1 for line in lines)), vocabulary, is_edge=is_edge)
    return Slot(
        [_with_bullet(paragraph.text) for paragraph in paragraphs],
        is_bold=all(line.is_bold for line in lines),
        line=numbers.get(lines[0].order),
    )


def _with_bullet(text: str) -> str:
    match = BULLET.match(text)
    return f"• {text[match.end() :]}" if match else text
