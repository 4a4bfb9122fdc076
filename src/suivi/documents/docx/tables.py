"""DOCX tables as a grid of cells: merges marked, tables inside cells unfolded."""

from dataclasses import dataclass, field, replace
from typing import Any

from suivi.documents.docx.paragraphs import Paragraph, ParagraphReader, cell_texts, content
from suivi.documents.docx.styles import W, number, value
from suivi.documents.docx.words import TAKEN_OUT
from suivi.documents.source import Cell, Table
from suivi.findings import Place
from suivi.office.archives import too_large

MAX_CELLS = 200_000
MAX_COLUMNS = 63  # the limit of the word processor
_SLIVER = 170  # twentieths of a point (3 mm): borders nearer than this are meant as one


@dataclass
class _Box:
    """One cell as written: where it starts and ends among the grid's columns."""

    start: int
    end: int
    paragraphs: list[str] = field(default_factory=list)
    inner: list["Grid"] = field(default_factory=list)
    line: int | None = None
    is_bold: bool = False
    is_below: bool = False  # continues the cell above


@dataclass
class Grid:
    """A table as written, before its columns are aligned."""

    rows: list[list[_Box]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)  # text boxes anchored in its cells


class TableReader:
    """Reads tables with the paragraphs of one document, so that both are counted in one order."""

    def __init__(self, paragraphs: ParagraphReader) -> None:
        self._paragraphs = paragraphs
        self._cells = 0
        self.deleted_rows = 0

    def read(self, element: Any) -> Grid:
        grid = Grid(
            widths=[number(column.get(f"{W}w")) or 0 for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        )
        for row in _within(element, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and any(properties.find(tag) is not None for tag in TAKEN_OUT):
                self.deleted_rows += 1
            else:
                grid.rows.append(self._row(row, properties, grid))
        return grid

    def _row(self, row: Any, properties: Any, grid: Grid) -> list[_Box]:
        before = None if properties is None else value(properties.find(f"{W}gridBefore"))
        at = _within_limits(before, least=0)
        boxes: list[_Box] = []
        for element in _within(row, f"{W}tc"):
            settings = element.find(f"{W}tcPr")
            span = None if settings is None else value(settings.find(f"{W}gridSpan"))
            end = at + _within_limits(span, least=1)
            box = self._box(element, _Box(at, end), grid)
            across = None if settings is None else settings.find(f"{W}hMerge")
            down = None if settings is None else settings.find(f"{W}vMerge")
            if across is not None and value(across) != "restart" and boxes:
                boxes[-1].end = end  # the older way to say that a cell is wide
            else:
                box.is_below = down is not None and value(down) != "restart"
                boxes.append(box)
            at = end
        return boxes

    def _box(self, element: Any, box: _Box, grid: Grid) -> _Box:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise too_large()
        found: list[Paragraph] = []
        for part in content(element):
            if part.tag == f"{W}p":
                paragraph = self._paragraphs.read(part)
                grid.boxes += paragraph.boxes
                found.append(paragraph)
            elif part.tag == f"{W}tbl":
                inner = self.read(part)
                box.inner.append(inner)
        with_words = [paragraph for paragraph in found if paragraph.text]
        box.line = next((paragraph.line for paragraph in with_words or found), None)
        box.is_bold = bool(with_words) and all(paragraph.is_bold for paragraph in with_words)
        box.paragraphs = cell_texts(found)
        return box


def _within(element: Any, tag: str) -> list[Any]:
    """The rows of a table or cells of a row, also those in content controls, not those of inner tables."""
    found: list[Any] = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            found += _within(child, tag)
    return found


def _within_limits(text: str | None, least: int) -> int:
    return min(max(number(text) or least, least), MAX_COLUMNS)


def table_of(grid: Grid, index: int, caption: str = "") -> Table:
    """The table with its cells at the positions of its columns; index counts the document's tables from 1."""
    rows = _unfolded(grid.rows)
    edges = _edges(rows, grid.widths)
    columns = max(edges.values(), default=0)
    merged: set[int] = set()  # columns whose last cell may be continued below
    found: list[tuple[Cell, ...]] = []
    for depth, boxes in enumerate(rows, start=1):
        cells = [Cell((), Place(cell=cell_name(index, column, depth))) for column in range(columns)]
        for box in boxes:
            start, end = edges[box.start], edges[box.end]
            is_below = box.is_below and start in merged
            _lay(cells, box, start, max(end, start + 1), is_below=is_below)
        merged = {edges[box.start] for box in boxes}
        found.append(tuple(cells))
    line = next((box.line for boxes in rows for box in boxes if box.line is not None), None)
    return Table(tuple(found), Place(line=line, cell=f"T{index}"), caption)


def _lay(cells: list[Cell], box: _Box, start: int, end: int, *, is_below: bool) -> None:
    end = min(end, len(cells))
    for column in range(start, end):
        place = replace(cells[column].place, line=box.line)
        is_first = column == start and not is_below
        cells[column] = Cell(
            tuple(box.paragraphs) if is_first else (),
            place,
            columns=end - start if is_first else 1,
            is_continued=not is_first,
            is_bold=box.is_bold and is_first,
        )


def _edges(rows: list[list[_Box]], widths: list[int]) -> dict[int, int]:
    """Grid position to column: positions where no cell starts fall away, near ones fall together."""
    used = sorted({edge for boxes in rows for box in boxes for edge in (box.start, box.end)})
    offsets = _offsets(widths, used[-1] if used else 0)
    edges: dict[int, int] = {}
    column, last = -1, None
    for edge in used:
        if last is None or offsets[edge] - offsets[last] > _SLIVER:
            column, last = column + 1, edge
        edges[edge] = column
    return edges


def _offsets(widths: list[int], count: int) -> list[int]:
    """Where each grid position lies. Columns of no stated width are taken as wide ones."""
    offsets = [0]
    for position in range(count):
        width = widths[position] if position < len(widths) else 0
        offsets.append(offsets[-1] + (width if width > 0 else 10 * _SLIVER))
    return offsets


def _unfolded(rows: list[list[_Box]]) -> list[list[_Box]]:
    """Rows in which no cell holds a table any more.

    A table that fills the width of its cell becomes rows of the outer table, the cells beside it going on
    below; other inner tables become paragraphs, one for each row.
    """
    found: list[list[_Box]] = []
    for boxes in rows:
        found += _with_inner_rows(boxes) if any(box.inner for box in boxes) else [boxes]
    return found


def _with_inner_rows(boxes: list[_Box]) -> list[list[_Box]]:
    host = next((box for box in boxes if _is_filled_by_table(box)), None)
    for box in boxes:
        for inner in box.inner if box is not host else ():
            box.paragraphs += [words for row in _unfolded(inner.rows) if (words := _in_words(row))]
    if host is None:
        return [boxes]
    found: list[list[_Box]] = []
    beside = [box for box in boxes if box is not host]
    for inner_row in _unfolded(host.inner[0].rows):
        row = [replace(box, start=box.start + host.start, end=box.end + host.start) for box in inner_row]
        row += [replace(box, paragraphs=[], is_below=True) for box in beside] if found else beside
        found.append(sorted(row, key=lambda box: box.start))
    return found


def _is_filled_by_table(box: _Box) -> bool:
    if box.paragraphs or len(box.inner) != 1 or not box.inner[0].rows:
        return False
    return max((inner.end for row in box.inner[0].rows for inner in row), default=0) == box.end - box.start


def _in_words(boxes: list[_Box]) -> str:
    return " – ".join(" ".join(box.paragraphs) for box in boxes if box.paragraphs)


def cell_name(table: int, column: int, row: int) -> str:
    """The name "T2!B3" for table 2, column 1 (counted from 0), row 3 (tables and rows counted from 1)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"T{table}!{letters}{row}"


def is_frame(element: Any) -> bool:
    """Whether a table only frames what stands in it: one column, with tables inside."""
    rows = _within(element, f"{W}tr")
    return (
        all(len(_within(row, f"{W}tc")) == 1 for row in rows)
        and element.find(f".//{W}tc//{W}tbl") is not None
    )


def frame_cells(element: Any) -> list[Any]:
    return [cell for row in _within(element, f"{W}tr") for cell in _within(row, f"{W}tc")]
