"""Tables without vertical rules: columns from the white between them, rows from the order of the words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from suivi.documents.pdf.grids import PageTable, Slot, slot_of
from suivi.documents.pdf.lines import Piece, TextLine, Vocabulary, lines_of
from suivi.documents.pdf.pages import Rule
from suivi.documents.pdf.paragraphs import BULLET

_WIDE_GAP = 0.9  # of the letter size: a gap that words of one text do not have
_RIVER = 0.45  # of the letter size: the least white between columns
_FAR = 4.5  # of the letter size: a table does not go on below so much white
_NEXT_LINE = 1.9  # of the letter size: the next line of the same cell
_RULED_SHARE = 0.6

Span = tuple[float, float]


@dataclass
class Region:
    """Lines that stand in the same columns. `bands` are lines across all of them."""

    lines: list[TextLine]
    columns: list[Span]
    bands: list[TextLine] = field(default_factory=list)
    is_continued: bool = False  # goes on with a table of the page before


@dataclass
class _Row:
    top: float
    bottom: float
    cells: dict[int, list[Piece]] = field(default_factory=dict)
    band: TextLine | None = None

    @property
    def size(self) -> float:
        return max(piece.size for pieces in self.cells.values() for piece in pieces)


def regions_of(lines: list[TextLine], open_columns: list[Span] | None = None) -> list[Region]:
    """The parts of a page where lines stand in columns, from top to bottom.

    `open_columns` are those of a table that ended the page before: its rows may go on at the top.
    """
    regions: list[Region] = []
    index = 0
    if open_columns and lines and (region := _continued(lines, open_columns)):
        regions.append(region)
        index = len(region.lines)
    while index < len(lines):
        region = _grown(lines, index) if _is_multiple(lines[index]) else None
        if region is not None and _is_table(region):
            _extend_upwards(region, lines, index, regions)
            regions.append(region)
            index = lines.index(region.lines[-1], index) + 1
        else:
            index += 1
    return regions


def _continued(lines: list[TextLine], columns: list[Span]) -> Region | None:
    """The lines at the top of a page that stand in the columns of a table of the page before."""
    if len(_with_line(Region([], columns), lines[0])) < len(columns):
        return None
    region = _grown(lines, 0, columns)
    region.is_continued = True
    in_others = any(piece.x0 > columns[0][1] for line in region.lines for piece in line.pieces)
    return region if in_others and len(region.columns) >= len(columns) else None


def _is_multiple(line: TextLine) -> bool:
    return len(_spans([line], _WIDE_GAP)) > 1


def _spans(lines: Iterable[TextLine], gap: float) -> list[Span]:
    """What lines cover from left to right, gaps narrower than `gap` letter sizes closed."""
    size = 0.0
    spans: list[Span] = []
    for line in lines:
        size = max(size, line.size)
        spans += [(piece.x0, piece.x1) for piece in line.pieces]
    return _merged(spans, gap * min(size, 14.0))


def _merged(spans: Iterable[Span], gap: float) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start - found[-1][1] < gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _grown(lines: list[TextLine], start: int, columns: list[Span] | None = None) -> Region:
    """The lines from `start` on that keep the white between the given columns, or those of the first line."""
    first = lines[start]
    region = Region([first], _spans([first], _WIDE_GAP))
    if columns is not None:
        region.columns = _with_line(Region([first], columns), first)
    index = start + 1
    while index < len(lines):
        line = lines[index]
        above = region.lines[-1]
        if above.y - line.y > _FAR * max(line.size, above.size):
            break
        columns = _with_line(region, line)
        if len(columns) >= len(region.columns) or (_is_multiple(line) and len(columns) > 2):
            if _is_heading_below(line, region, lines[index + 1 : index + 3]):
                break
            region.columns = columns
        elif _is_band(line, region, lines[index + 1 : index + 4]):
            region.bands.append(line)
        else:
            break
        region.lines.append(line)
        index += 1
    while region.lines[-1] in region.bands:
        region.bands.remove(region.lines.pop())
    return region


def _with_line(region: Region, line: TextLine) -> list[Span]:
    """The columns as they are when a line is taken in."""
    return _merged([*region.columns, *_spans([line], _RIVER)], _RIVER * min(line.size, 14.0))


def _is_heading_below(line: TextLine, region: Region, following: list[TextLine]) -> bool:
    """Whether a short line in the first column is the heading of what follows, not part of the table."""
    is_alone = len(line.pieces) == 1 and line.x1 < region.columns[0][1] + 1
    if not is_alone or len(region.lines) < 2:
        return False
    usual = region.lines[-1].size
    if line.size > 1.1 * usual:
        return True
    header_follows = any(_is_multiple(other) and other.is_bold for other in following[:1])
    return line.is_bold and not region.lines[-1].is_bold and (header_follows or not following)


def _is_band(line: TextLine, region: Region, following: list[TextLine]) -> bool:
    """Whether a line across the columns is a row of the table: the columns go on below it."""
    if len(line.pieces) > 1 or line.size > 1.2 * region.lines[-1].size:
        return False
    for other in following:
        if _is_multiple(other):
            is_header = other.is_bold and not region.lines[-1].is_bold
            return len(_with_line(region, other)) == len(region.columns) and not is_header
    return False


def _is_table(region: Region) -> bool:
    if len(region.columns) < 2:
        return False
    multiple = [line for line in region.lines if _is_multiple(line)]
    if len(multiple) < 2:
        return False
    first = [piece for line in region.lines for piece in line.pieces if piece.x1 <= region.columns[0][1] + 1]
    texts = ["".join(word.text for word in piece.words) for piece in first]
    is_list = len(region.columns) == 2 and all(len(text) <= 6 and BULLET.match(f"{text} x") for text in texts)
    return not is_list


def _extend_upwards(region: Region, lines: list[TextLine], index: int, before: list[Region]) -> None:
    """Take in lines just above that stand in one of the columns: the upper lines of a header."""
    taken = {id(line) for other in before for line in other.lines}
    while index > 0:
        above, below = lines[index - 1], lines[index]
        near = above.y - below.y < 1.6 * below.size and above.is_bold == below.is_bold
        fits = all(_column_of(piece, region.columns) is not None for piece in above.pieces)
        starts_right = above.x0 > region.columns[0][1]
        if id(above) in taken or not near or not fits or not (starts_right or above.is_bold):
            break
        region.lines.insert(0, above)
        index -= 1


def _column_of(piece: Piece, columns: list[Span]) -> int | None:
    """The column a piece stands in; None where it stands across several."""
    touched = [i for i, (start, end) in enumerate(columns) if piece.x0 < end - 1 and piece.x1 > start + 1]
    return touched[0] if len(touched) == 1 else None


def river_table(
    page: int, region: Region, rules: list[Rule], numbers: dict[int, int], vocabulary: Vocabulary
) -> PageTable | None:
    """The table of a region; None where its lines turn out to be no rows of columns."""
    bands = {id(line) for line in region.bands}
    pieces = [piece for line in region.lines if id(line) not in bands for piece in line.pieces]
    rows = _rows(pieces, region, rules)
    if len(rows) < 2 and not region.is_continued:
        return None
    _drop_lines_below(rows, region)
    rows += [_Row(line.y + line.size, line.y, band=line) for line in region.bands]
    rows.sort(key=lambda row: -row.top)
    table = PageTable(
        page, region.lines[0].y + region.lines[0].size, region.lines[-1].y,
        min(piece.order for piece in pieces), region.columns, [],
    )  # fmt: skip
    for row in rows:
        if row.band is not None:
            slots = [Slot(is_continued=True) for _ in region.columns]
            slots[0] = slot_of([row.band], row.band.x1, numbers, vocabulary)
            slots[0].columns = len(region.columns)
        else:
            slots = [
                slot_of(lines_of(row.cells.get(i, ())), right, numbers, vocabulary)
                for i, (_, right) in enumerate(region.columns)
            ]
        table.rows.append(slots)
    return table


def _drop_lines_below(rows: list[_Row], region: Region) -> None:
    """Give back what stands in the first column under the table: a short paragraph, no row of its own."""
    last = rows[-1]
    others = rows[:-1]
    if set(last.cells) != {0} or len(others) < 2 or any(set(row.cells) == {0} for row in others):
        return
    usual = max(above.bottom - below.top for above, below in pairwise(others))
    is_other_size = abs(last.cells[0][0].size - others[-1].size) > 0.05 * others[-1].size
    if others[-1].bottom - last.top > 1.15 * usual or is_other_size:
        rows.pop()
        dropped = {id(piece) for piece in last.cells[0]}
        region.lines = [line for line in region.lines if id(line.pieces[0]) not in dropped]


def _rows(pieces: list[Piece], region: Region, rules: list[Rule]) -> list[_Row]:
    """The rows: from the order in the file where that goes row by row, else from the white between them."""
    placed = [(piece, _nearest(piece, region.columns)) for piece in pieces]
    rows = _rows_by_order(placed)
    if rows is None:
        rows = _rows_by_white(placed)
    return [part for row in rows for part in _cut(row, rules, region.columns)]


def _covers(rule: Rule, span: Span) -> bool:
    covered = min(rule.end, span[1]) - max(rule.start, span[0])
    return covered >= _RULED_SHARE * (span[1] - span[0])


def _nearest(piece: Piece, columns: list[Span]) -> int:
    """The column that holds the start of a piece, or is nearest to it."""
    return min(
        range(len(columns)),
        key=lambda i: max(columns[i][0] - piece.x0 - 1, piece.x0 - columns[i][1], 0.0),
    )


def _rows_by_order(placed: list[tuple[Piece, int]]) -> list[_Row] | None:
    """Rows where each cell is written whole and row follows row; None where the file goes otherwise."""
    rows: list[_Row] = []
    column, y = -1, 0.0
    for piece, place in sorted(placed, key=lambda pair: pair[0].order):
        is_next_line = place == column and -0.5 * piece.size < y - piece.y < _NEXT_LINE * piece.size
        if not rows or (not is_next_line and _is_below(piece, place, column, rows[-1])):
            rows.append(_Row(piece.y + piece.size, piece.y, {place: [piece]}))
        elif place < column:
            return None  # back to the left without going below: not row by row
        else:
            row = rows[-1]
            row.cells.setdefault(place, []).append(piece)
            row.top, row.bottom = max(row.top, piece.y + piece.size), min(row.bottom, piece.y)
        column, y = place, piece.y
    return rows if all(above.top > below.top for above, below in pairwise(rows)) else None


def _is_below(piece: Piece, place: int, column: int, row: _Row) -> bool:
    """Whether a piece stands below its row: below all of it, or, going back to the left, below its own
    column only, for a cell before may reach down over several rows."""
    bottom = row.bottom
    if place <= column and place in row.cells:
        bottom = min(other.y for other in row.cells[place])
    return piece.y + 0.6 * piece.size < bottom


def _rows_by_white(placed: list[tuple[Piece, int]]) -> list[_Row]:
    """Rows apart by more white than lines, or starting where a column of short cells has words."""
    lines = lines_of(piece for piece, _ in placed)
    places = {id(piece): place for piece, place in placed}
    steps = sorted(above.y - below.y for above, below in pairwise(lines) if above.y - below.y > 0)
    usual = steps[len(steps) // 4] if steps else 0.0
    rows: list[_Row] = []
    for above, line in zip([None, *lines], lines, strict=False):
        step = above.y - line.y if above is not None else 0.0
        if above is None or step > 1.3 * usual:
            rows.append(_Row(line.y + line.size, line.y))
        for piece in line.pieces:
            rows[-1].cells.setdefault(places[id(piece)], []).append(piece)
        rows[-1].bottom = line.y
    return rows


def _cut(row: _Row, rules: list[Rule], columns: list[Span]) -> list[_Row]:
    """A row cut where rules run through it, each column by the rules that cover it."""
    inside = [rule for rule in rules if row.bottom < rule.at < row.top - 0.3]
    if not inside:
        return [row]
    inside.sort(key=lambda rule: -rule.at)
    parts = [_Row(row.bottom, row.top) for _ in range(len(inside) + 1)]
    for place, pieces in row.cells.items():
        for piece in pieces:
            above = [
                i for i, rule in enumerate(inside) if piece.y < rule.at and _covers(rule, columns[place])
            ]
            part = parts[above[-1] + 1 if above else 0]
            part.cells.setdefault(place, []).append(piece)
            part.top, part.bottom = max(part.top, piece.y + piece.size), min(part.bottom, piece.y)
    return [part for part in parts if part.cells]
