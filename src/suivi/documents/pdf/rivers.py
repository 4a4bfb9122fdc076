"""Tables without vertical rules: columns from the white between them, rows from the order of the words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from suivi.documents.pdf.grids import PageTable, Slot, slot_of
from suivi.documents.pdf.lines import Piece, TextLine, Vocabulary, is_edge, lines_of
from suivi.documents.pdf.pages import Rule
from suivi.documents.pdf.paragraphs import BULLET
from suivi.documents.pdf.rows import Row, Span, rows_of

_WIDE_GAP = 0.9  # of the letter size: a gap that words of one text do not have
_RIVER = 0.45  # of the letter size: the least white between columns
_LARGE = 14.0  # points: gaps do not grow with larger letters
_FAR = 4.5  # of the letter size: a table does not go on below so much white


@dataclass
class Region:
    """Lines that stand in the same columns. `bands` are lines across all of them."""

    lines: list[TextLine]
    columns: list[Span]
    bands: list[TextLine] = field(default_factory=list)
    is_part: bool = False  # of a table that a page end cuts: one row is enough


def regions_of(
    lines: list[TextLine],
    edges: frozenset[int],
    rules: list[Rule],
    open_table: PageTable | None = None,
) -> list[Region]:
    """The parts of a page where lines stand in columns, from top to bottom.

    `edges` are the left edges that lines on the page share. The rows of `open_table`, which ended the page
    before, may go on at the top.
    """
    return _Regions(lines, edges, rules).find(open_table)


class _Regions:
    """The search for the regions of one page."""

    def __init__(self, lines: list[TextLine], edges: frozenset[int], rules: list[Rule]) -> None:
        self._lines = lines
        self._rules = rules
        self._edges = edges

    def find(self, open_table: PageTable | None) -> list[Region]:
        lines = self._lines
        regions: list[Region] = []
        index = 0
        if open_table is not None and lines and (region := self._continued(open_table)):
            regions.append(region)
            index = len(region.lines)
        while index < len(lines):
            grown = self._grown(index) if self._is_multiple(lines[index]) else None
            if grown is not None:
                grown.is_part = index + len(grown.lines) == len(lines) and len(grown.columns) > 2
            if grown is not None and _is_table(grown, self._is_multiple):
                end = index + len(grown.lines)
                _extend_upwards(grown, lines, index, regions)
                regions.append(grown)
                index = end
            else:
                index += 1
        return regions

    def _continued(self, table: PageTable) -> Region | None:
        """The lines at the top of a page that stand in the columns of a table of the page before."""
        columns, first = table.columns, self._lines[0]
        is_heading = len(first.pieces) == 1 and (first.is_bold or first.size > 1.1 * table.size)
        if is_heading or len(self._with_line(columns, first)) < len(columns):
            return None
        region = self._grown(0, columns)
        region.is_part = True
        in_others = any(piece.x0 > columns[0][1] for line in region.lines for piece in line.pieces)
        return region if in_others and len(region.columns) >= len(columns) else None

    def _is_multiple(self, line: TextLine) -> bool:
        return len(self._spans(line, _WIDE_GAP)) > 1

    def _spans(self, line: TextLine, gap: float) -> list[Span]:
        """What a line covers from left to right, gaps narrower than `gap` letter sizes closed."""
        spans = [(piece.x0, piece.x1) for piece in line.pieces]
        return self._merged(spans, gap * min(line.size, _LARGE), by_edges=gap == _RIVER)

    def _with_line(self, columns: list[Span], line: TextLine) -> list[Span]:
        """The columns as they are when a line is taken in."""
        spans = [*columns, *self._spans(line, _RIVER)]
        return self._merged(spans, _RIVER * min(line.size, _LARGE))

    def _merged(self, spans: Iterable[Span], gap: float, *, by_edges: bool = True) -> list[Span]:
        """Spans that overlap or nearly touch as one; `by_edges`, those that begin at an edge stay apart."""
        found: list[Span] = []
        for start, end in sorted(spans):
            white = start - found[-1][1] if found else 0.0
            is_column = by_edges and white > 0 and is_edge(start, self._edges)
            if found and white < gap and not is_column:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
        return found

    def _grown(self, start: int, columns: list[Span] | None = None) -> Region:
        """The lines from `start` on that keep the white between the columns given, or of the first line."""
        lines, first = self._lines, self._lines[start]
        region = Region([first], self._spans(first, _WIDE_GAP))
        if columns is not None:
            region.columns = self._with_line(columns, first)
        for index in range(start + 1, len(lines)):
            line, above = lines[index], lines[index - 1]
            if above.y - line.y > _FAR * max(line.size, above.size):
                break
            taken_in = self._with_line(region.columns, line)
            if len(taken_in) >= len(region.columns) or (self._is_multiple(line) and len(taken_in) > 2):
                if self._is_heading_below(line, region, lines[index + 1 : index + 3]):
                    break
                region.columns = taken_in
            elif self._is_band(line, region, lines[index + 1 : index + 4]):
                region.bands.append(line)
            else:
                break
            region.lines.append(line)
        while region.lines[-1] in region.bands:
            region.bands.remove(region.lines.pop())
        return region

    def _is_heading_below(self, line: TextLine, region: Region, following: list[TextLine]) -> bool:
        """Whether a short line in the first column is the heading of what follows, not part of the table."""
        is_alone = len(line.pieces) == 1 and line.x1 < region.columns[0][1] + 1
        if not is_alone or len(region.lines) < 2:
            return False
        usual = region.lines[-1]
        heads = region.lines[0].text
        header_follows = any(
            self._is_multiple(other) and (other.is_bold or other.text == heads) for other in following
        )
        is_bolder = line.is_bold and not usual.is_bold
        return line.size > 1.1 * usual.size or (is_bolder and (header_follows or not following))

    def _is_band(self, line: TextLine, region: Region, following: list[TextLine]) -> bool:
        """Whether a line across the columns is a row of the table: the columns go on below it."""
        if len(line.pieces) > 1 or line.size > 1.2 * region.lines[-1].size:
            return False
        if not line.is_bold and not self._is_between_rules(line, region):
            following = following[:1]  # of words that are not bold only one line is taken for a band
        other = next((other for other in following if self._is_multiple(other)), None)
        if other is None or (other.is_bold and not region.lines[-1].is_bold):
            return False
        return len(self._with_line(region.columns, other)) == len(region.columns)

    def _is_between_rules(self, line: TextLine, region: Region) -> bool:
        """Whether rules as wide as the table run right above and right below a line."""
        left, right = region.columns[0][0], region.columns[-1][1]
        wide = [rule.at for rule in self._rules if rule.start < left + 1 and rule.end > right - 1]
        is_over = any(0 < at - line.y < 2 * line.size for at in wide)
        return is_over and any(0 < line.y - at < line.size for at in wide)


def _is_table(region: Region, is_multiple: Callable[[TextLine], bool]) -> bool:
    if len(region.columns) < 2:
        return False
    multiple = [line for line in region.lines if is_multiple(line)]
    if len(multiple) < 2 and not region.is_part:
        return False
    first = [piece for line in region.lines for piece in line.pieces if piece.x1 <= region.columns[0][1] + 1]
    texts = ["".join(word.text for word in piece.words) for piece in first]
    is_list = all(len(text) <= 6 and BULLET.match(f"{text} x") for text in texts)
    are_labels = all(text.endswith(":") for text in texts)
    return len(region.columns) > 2 or not (is_list or are_labels)


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
    rows = rows_of(pieces, region.columns, rules)
    if len(rows) < 2 and not region.is_part:
        return None
    _drop_lines_below(rows, region)
    rows += [Row(line.y + line.size, line.y, band=line) for line in region.bands]
    rows.sort(key=lambda row: -row.top)
    top, bottom = region.lines[0], region.lines[-1]
    table = PageTable(page, top.y + top.size, bottom.y, rows[-1].size, region.columns, [])
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


def _drop_lines_below(rows: list[Row], region: Region) -> None:
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
