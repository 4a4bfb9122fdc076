"""Rows of tables without rules between them, from where words stand and the order of the file."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from suivi.documents.pdf.lines import Piece, TextLine
from suivi.documents.pdf.pages import Rule

_NEXT_LINE = 1.3  # of the usual distance of base lines: the next line of the same cell
_USUAL_LEADING = 1.3  # of the letter size, where nothing shows it
_SAME_LINE = 0.35  # of the letter size
_COVERED = 0.6
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+[.)]?$")

Span = tuple[float, float]


@dataclass
class Row:
    """The pieces of one row by column, or a line across all of them."""

    top: float
    bottom: float
    cells: dict[int, list[Piece]] = field(default_factory=dict)
    band: TextLine | None = None

    @property
    def size(self) -> float:
        return max(piece.size for pieces in self.cells.values() for piece in pieces)

    def add(self, piece: Piece, place: int) -> None:
        self.cells.setdefault(place, []).append(piece)
        self.top, self.bottom = max(self.top, piece.y + piece.size), min(self.bottom, piece.y)


def _row_of(piece: Piece, place: int) -> Row:
    return Row(piece.y + piece.size, piece.y, {place: [piece]})


def rows_of(pieces: list[Piece], columns: list[Span], rules: list[Rule]) -> list[Row]:
    """The rows: from the order of the file where that goes row by row, else from where cells start."""
    placed = [(piece, _nearest(piece, columns)) for piece in pieces]
    leading = _leading(placed)
    rows = _rows_by_order(placed, leading)
    if rows is None:
        rows = _rows_by_starts(placed, leading)
    parted = [part for row in rows for part in _split_at_starts(row, leading)]
    return [part for row in parted for part in _cut(row, rules, columns)]


def _nearest(piece: Piece, columns: list[Span]) -> int:
    """The column that holds the start of a piece, or is nearest to it."""
    return min(
        range(len(columns)),
        key=lambda i: max(columns[i][0] - piece.x0 - 1, piece.x0 - columns[i][1], 0.0),
    )


def _leading(placed: list[tuple[Piece, int]]) -> float:
    """The usual distance of base lines in a cell."""
    steps = sorted(
        above.y - below.y
        for (above, one), (below, other) in pairwise(sorted(placed, key=lambda pair: pair[0].order))
        if one == other and 0.8 * below.size < above.y - below.y < 2 * below.size
    )
    size = max((piece.size for piece, _ in placed), default=10.0)
    return steps[len(steps) // 4] if steps else _USUAL_LEADING * size


def _rows_by_order(placed: list[tuple[Piece, int]], leading: float) -> list[Row] | None:
    """Rows where each cell is written whole and row follows row; None where the file goes otherwise."""
    rows: list[Row] = []
    last: tuple[Piece, int] | None = None
    for piece, place in sorted(placed, key=lambda pair: pair[0].order):
        is_same_cell = last is not None and place == last[1] and not _parts(last[0], piece, leading)
        if not rows or (not is_same_cell and _is_below(piece, place, last, rows[-1])):
            rows.append(_row_of(piece, place))
        elif last is not None and place < last[1]:
            return None  # back to the left without going below: not row by row
        else:
            rows[-1].add(piece, place)
        last = (piece, place)
    return rows if all(above.top > below.top for above, below in pairwise(rows)) else None


def _parts(above: Piece, piece: Piece, leading: float) -> bool:
    """Whether a piece below another in the same column begins a cell of its own."""
    step = above.y - piece.y
    if step < -_SAME_LINE * piece.size:
        return True
    if step <= 1.05 * leading:
        return False
    is_bold_other = above.words[-1].is_bold != piece.words[0].is_bold
    return is_bold_other or step > 3 * leading or _NUMBERED.match(piece.words[0].text) is not None


def _is_below(piece: Piece, place: int, last: tuple[Piece, int] | None, row: Row) -> bool:
    """Whether a piece stands below its row: below all of it, or, going back to the left, below its own
    column only, for a cell before may reach down over several rows."""
    bottom = row.bottom
    if last is not None and place <= last[1] and place in row.cells:
        bottom = min(other.y for other in row.cells[place])
    return piece.y + 0.6 * piece.size < bottom


def _rows_by_starts(placed: list[tuple[Piece, int]], leading: float) -> list[Row]:
    """Rows that start where the cells of several columns start on one base line.

    A first cell that reaches over several rows stays with the row where it starts, whatever the order.
    """
    by_column: dict[int, list[Piece]] = defaultdict(list)
    for piece, place in sorted(placed, key=lambda pair: -pair[0].y):
        by_column[place].append(piece)
    starts = {id(piece) for pieces in by_column.values() for piece in _starts(pieces, leading)}
    levels = _levels([(piece, place) for piece, place in placed if id(piece) in starts])
    rows = [Row(level + 1, level) for level in levels]
    for place, pieces in by_column.items():
        at = 0
        above: Piece | None = None
        for piece in pieces:
            level = _level_at(piece, levels)
            if above is None or piece.y < above.y - _NEXT_LINE * leading:
                at = level
            elif id(piece) in starts and abs(levels[level] - piece.y) < _SAME_LINE * piece.size:
                at = level if not _goes_on(piece) else at
            rows[at].add(piece, place)
            above = piece
    return [row for row in rows if row.cells]


def _split_at_starts(row: Row, leading: float) -> list[Row]:
    """Two rows where the words of one column begin above those of all others, and begin anew beside these.

    So it is where a page begins with the last words of a row that was cut.
    """
    tops = {place: max(piece.y for piece in pieces) for place, pieces in row.cells.items()}
    tolerance = _SAME_LINE * row.size
    first = max(tops.values())
    later = {y for y in tops.values() if y < first - tolerance}
    if not later or max(later) - min(later) > tolerance:
        return [row]
    start = max(later)
    upper, lower = Row(row.bottom, row.top), Row(row.bottom, row.top)
    is_anew = False
    for place, pieces in row.cells.items():
        ordered = sorted(pieces, key=lambda piece: -piece.y)
        at = next((i for i, piece in enumerate(ordered) if piece.y < start + tolerance), len(ordered))
        begins = at == 0 or (at < len(ordered) and ordered[at - 1].y - ordered[at].y > 1.15 * leading)
        is_anew |= 0 < at < len(ordered) and begins
        for index, piece in enumerate(ordered):
            (lower if begins and index >= at else upper).add(piece, place)
    return [upper, lower] if is_anew else [row]


def _starts(pieces: list[Piece], leading: float) -> list[Piece]:
    """The pieces of one column, from the top, that may begin a cell."""
    found = pieces[:1]
    for above, piece in pairwise(pieces):
        is_apart = above.y - piece.y > _NEXT_LINE * leading
        if above.y - piece.y > _SAME_LINE * piece.size and (is_apart or piece.order != above.order + 1):
            found.append(piece)
    return found


def _levels(starts: list[tuple[Piece, int]]) -> list[float]:
    """Base lines on which cells of at least two columns start, from the top; the first one in any case."""
    groups: list[tuple[float, set[int]]] = []
    for piece, place in sorted(starts, key=lambda pair: -pair[0].y):
        if groups and groups[-1][0] - piece.y < _SAME_LINE * piece.size:
            groups[-1][1].add(place)
        else:
            groups.append((piece.y, {place}))
    return [y for index, (y, places) in enumerate(groups) if index == 0 or len(places) > 1]


def _level_at(piece: Piece, levels: list[float]) -> int:
    """The lowest level at or above a piece."""
    at_or_above = [i for i, level in enumerate(levels) if level > piece.y - _SAME_LINE * piece.size]
    return at_or_above[-1] if at_or_above else 0


def _goes_on(piece: Piece) -> bool:
    return piece.words[0].text[:1].islower()


def _covers(rule: Rule, span: Span) -> bool:
    covered = min(rule.end, span[1]) - max(rule.start, span[0])
    return covered >= _COVERED * (span[1] - span[0])


def _cut(row: Row, rules: list[Rule], columns: list[Span]) -> list[Row]:
    """A row cut where rules run through it, each column by the rules that cover it."""
    inside = [rule for rule in rules if row.bottom < rule.at < row.top - 0.3]
    if not inside:
        return [row]
    inside.sort(key=lambda rule: -rule.at)
    parts = [Row(row.bottom, row.top) for _ in range(len(inside) + 1)]
    for place, pieces in row.cells.items():
        for piece in pieces:
            above = [
                i for i, rule in enumerate(inside) if piece.y < rule.at and _covers(rule, columns[place])
            ]
            part = parts[above[-1] + 1 if above else 0]
            part.add(piece, place)
    return [part for part in parts if part.cells]
