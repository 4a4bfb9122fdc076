"""Tables that stand on their side: a heading in front of each line, one part of the plan per column.

Some plans give each action a card of its own ("Expected result | ...", "Time frame | ..."). Turned round,
a card is a table like any other.
"""

from dataclasses import replace

from suivi.documents.interpretation.columns import words_of
from suivi.documents.source import Cell, SourceDocument, Table
from suivi.documents.words.numbering import read_label, read_number
from suivi.documents.words.vocabulary import Meaning, Role, meaning_of

_FEWEST_ROWS = 3
_MOST_COLUMNS = 12


def turn_cards(source: SourceDocument) -> SourceDocument:
    """The document with its cards turned into tables with headings on top."""
    blocks = [turned(block) if isinstance(block, Table) else block for block in source.blocks]
    return replace(source, blocks=blocks)


def turned(table: Table) -> Table:
    """The table turned round if its headings stand in the first column, else the table as it is."""
    width = max((len(row) for row in table.rows), default=0)
    if len(table.rows) < _FEWEST_ROWS or not 2 <= width <= _MOST_COLUMNS or not _is_card(table):
        return table
    blank = Cell((), table.place)
    columns = [[row[i] if i < len(row) else blank for row in table.rows] for i in range(width)]
    return replace(table, rows=tuple(tuple(_plain(cell) for cell in column) for column in columns))


def _plain(cell: Cell) -> Cell:
    return replace(cell, columns=1)


def _is_card(table: Table) -> bool:
    """Whether the first column holds headings of a plan, and no row above them does."""
    first = [words_of(row[0]) if row else "" for row in table.rows]
    meanings = [_heading(words) for words in first]
    known = [meaning for meaning in meanings if meaning]
    top = [_heading(words) for cell in table.rows[0][1:] if (words := words_of(cell))]
    roles = {meaning.role for meaning in known}
    return (
        len(known) >= _FEWEST_ROWS
        and len(known) * 10 >= len(first) * 7
        and Role.LEVEL in roles
        and len(roles) >= 2
        and not any(top)
        and len({meaning.phrase for meaning in known}) == len(known)
    )


def _heading(words: str) -> Meaning | None:
    if not words or len(words) > 60 or read_number(words) or ((label := read_label(words)) and label.rest):
        return None
    return meaning_of(words)
