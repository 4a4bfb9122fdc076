"""Rows of a table into the outline of the plan."""

import re

from suivi.documents.interpretation.across import read_alone, stands_alone
from suivi.documents.interpretation.columns import guess_columns, header_at, is_total, words_of
from suivi.documents.interpretation.entries import read_data
from suivi.documents.interpretation.layout import settle_columns
from suivi.documents.interpretation.rows import Row, aligned, enter_row
from suivi.documents.interpretation.state import State
from suivi.documents.model import Use
from suivi.documents.source import Table
from suivi.documents.words.marks import note_line
from suivi.documents.words.timeframes import is_timeframe
from suivi.documents.words.vocabulary import Role
from suivi.findings import Severity
from suivi.values.messages import gettext_noop

_NOTE = re.compile(
    r"^(?:notes?|sources?|nota|remarques?|fuentes?|legend|légende|leyenda)\s{0,2}[:.]|^\*", re.IGNORECASE
)


def read_table(table: Table, state: State) -> None:
    """Take every row of a table into the outline, or say on the account why it is left out."""
    header = state.survey.headers.get(id(table))
    width = max((len(row) for row in table.rows), default=0)
    if header:
        state.columns, state.carried = header.columns, {}
    elif not _inherits(table, width, state):
        guessed = guess_columns(table)
        if guessed is None or (state.survey.has_tables and not state.columns):
            _leave_out(table, state)
            return
        state.columns, state.carried = guessed, {}
        state.ledger.find(
            "columns-guessed",
            Severity.WARNING,
            gettext_noop(
                "The table has no headings that are known; its columns were guessed from what they hold."
            ),
            table.place,
            gettext_noop("Check the first rows against the document."),
        )
    at = 0
    while at < len(table.rows):
        at += _read_row(table, at, state)


def _inherits(table: Table, width: int, state: State) -> bool:
    """Whether a table without headings goes on with the columns of the one before it."""
    if not state.columns or not state.outline.pillars:
        return False
    last = max(column.index for column in state.columns) + 1
    if width == last:
        return True
    timed = any(is_timeframe(words_of(cell)) for row in table.rows for cell in row)
    return 2 <= width < last and timed


def _leave_out(table: Table, state: State) -> None:
    from suivi.documents.interpretation.head import is_cover_row

    is_cover = False
    for cells in table.rows:
        row = enter_row(cells, state)
        cover = not state.outline.pillars and is_cover_row([words_of(cell) for cell in cells])
        is_cover = is_cover or cover
        for entry in row.entries:
            if entry.text:
                entry.use = Use.HEADER if cover else Use.IGNORED
                entry.reason = "" if cover else gettext_noop("a table without columns of a plan")
    if not is_cover:
        state.ledger.find(
            "table-left-out",
            Severity.NOTE,
            gettext_noop("A table without columns of a plan was left out."),
            table.place,
            gettext_noop(
                "Give its columns headings such as Action, Deliverable, Time frame if it belongs to the plan."
            ),
        )


def _read_row(table: Table, at: int, state: State) -> int:
    """Read the row and say how many rows were taken."""
    row = enter_row(table.rows[at], state)
    filled = [i for i, cell in enumerate(row.cells) if words_of(cell)]
    if not filled:
        return 1
    header = header_at(table, at)
    if header:
        return _take_header(table, at, row, state)
    if _is_left_out(row, filled):
        return 1
    if len(filled) == 1 and stands_alone(row, filled[0], table, at, state):
        read_alone(row, filled[0], table, at, state)
    else:
        state.link_block = None
        read_data(aligned(row, state), state)
    return 1


def _take_header(table: Table, at: int, row: Row, state: State) -> int:
    header = header_at(table, at)
    first = state.survey.headers.get(id(table))
    if header is None:
        return 1
    if first and first.row == at:
        state.columns = first.columns
    else:
        state.columns = settle_columns(header, table, state.survey)
    state.carried = {}
    state.link_block = None
    _say_left_out(row, state)
    taken = [row, *(enter_row(table.rows[at + k], state) for k in range(1, header.rows))]
    for entry in (entry for each in taken for entry in each.entries):
        if entry.text:
            entry.use, entry.reason = Use.HEADING, gettext_noop("headings of the columns")
    return header.rows


def _say_left_out(row: Row, state: State) -> None:
    """Columns of a fourth level, for which a plan has no place, are named once."""
    for column in state.columns:
        if column.role is Role.LEVEL and column.level is None and column.heading not in state.left_out:
            state.left_out.add(column.heading)
            state.ledger.find(
                "column-left-out",
                Severity.WARNING,
                gettext_noop("The column “%(heading)s” is one level too many; the plan keeps three."),
                row.place_of(column.index),
                gettext_noop("Put its words into the pillar or the action if they are needed."),
                heading=column.heading,
            )


def _is_left_out(row: Row, filled: list[int]) -> bool:
    first = row.words(filled[0])
    reason = ""
    if is_total(first):
        reason = gettext_noop("a row of totals")
    elif len(filled) == 1 and _NOTE.match(first):
        reason = gettext_noop("a note under the table")
    if reason:
        for entry in row.entries:
            if entry.text:
                entry.use, entry.reason = Use.IGNORED, reason
        return True
    if len(filled) == 1 and note_line(first):
        row.entries[filled[0]].use, row.entries[filled[0]].reason = Use.FOOTNOTE, ""
        return True
    return False
