"""Where the cells of a table stand once spans are counted: the same places for all renderers."""

from collections.abc import Sequence
from dataclasses import dataclass

from suivi.render.document import Alignment, Cell, Row, Table
from suivi.render.runs import plain_text


@dataclass(frozen=True)
class Placed:
    """A cell at its first column, counted from 0. `is_continued` marks the part of a row span that stands in
    a later row; its `cell` is the one above."""

    cell: Cell
    column: int
    align: Alignment
    is_continued: bool = False


_LETTERS_TOGETHER, _ROWS_TOGETHER = 1_800, 12  # more would not fit on a page beside its head
_LETTERS_WHOLE, _ROWS_WHOLE = 2_500, 12  # more would leave too much of the page before it empty


def is_kept_whole(table: Table) -> bool:
    """Whether a table that asks for one page is short enough to have it."""
    letters = sum(len(plain_text(cell.content)) for row in table.body for cell in row.cells)
    return table.keep_together and len(table.body) <= _ROWS_WHOLE and letters <= _LETTERS_WHOLE


def stays_together(table: Table) -> set[int]:
    """The body rows, counted from 0, that go on the page of the next one because a cell spans both.

    Spans that are too long for one page are left to break.
    """
    lines = placed_rows(table, table.body)
    together: set[int] = set()
    for index, line in enumerate(lines):
        if any(cell.is_continued for cell in line):
            continue
        after = index + 1
        while after < len(lines) and any(cell.is_continued for cell in lines[after]):
            after += 1
        letters = sum(len(plain_text(each.cell.content)) for row in lines[index:after] for each in row)
        if after - index <= _ROWS_TOGETHER and letters <= _LETTERS_TOGETHER:
            together |= set(range(index, after - 1))
    return together


def placed_rows(table: Table, rows: Sequence[Row]) -> list[list[Placed]]:
    """The cells of each row with their columns, continued ones included, in order.

    `rows` are the header or the body of the table. Raises ValueError where a row does not cover each column
    once, or a row span goes beyond the last row.
    """
    width = len(table.columns)
    waiting: dict[int, tuple[Cell, int]] = {}  # first column -> the cell from above, rows still to cover
    placed = []
    for number, row in enumerate(rows, 1):
        line, waiting = _place(row, table, waiting)
        covered = sum(item.cell.colspan for item in line)
        if covered != width:
            raise ValueError(f"row {number} of a table covers {covered} columns, the table has {width}")
        placed.append(line)
    if waiting:
        raise ValueError("a cell of a table goes on below its last row")
    return placed


def _place(
    row: Row, table: Table, waiting: dict[int, tuple[Cell, int]]
) -> tuple[list[Placed], dict[int, tuple[Cell, int]]]:
    """One row, and what it leaves waiting for the next."""
    width, column, cells = len(table.columns), 0, iter(row.cells)
    line: list[Placed] = []
    after: dict[int, tuple[Cell, int]] = {}
    while column < width:
        if column in waiting:
            cell, left = waiting[column]
            is_continued = True
        else:
            following = next(cells, None)
            if following is None:
                break
            cell, left, is_continued = following, following.rowspan, False
        line.append(Placed(cell, column, cell.align or table.columns[column].align, is_continued))
        if left > 1:
            after[column] = (cell, left - 1)
        column += cell.colspan
    if next(cells, None) is not None:
        raise ValueError(f"a row of a table has more cells than the {width} columns take")
    return line, after
