"""Rows of a table, each cell with its entry on the account."""

from collections.abc import Sequence
from dataclasses import dataclass

from suivi.documents.interpretation.columns import words_of
from suivi.documents.interpretation.ledger import Entry
from suivi.documents.interpretation.outline import Part
from suivi.documents.interpretation.state import State
from suivi.documents.model import Use
from suivi.documents.source import Cell
from suivi.documents.words.timeframes import is_timeframe
from suivi.documents.words.vocabulary import Role
from suivi.findings import Place
from suivi.values.messages import gettext_noop


@dataclass
class Row:
    """One row with its entry on the account for each cell."""

    cells: tuple[Cell, ...]
    entries: list[Entry]
    place: Place

    def cell(self, index: int) -> Cell | None:
        return self.cells[index] if index < len(self.cells) else None

    def words(self, index: int) -> str:
        cell = self.cell(index)
        return words_of(cell) if cell else ""

    def paragraphs(self, index: int) -> tuple[str, ...]:
        cell = self.cell(index)
        return () if cell is None or cell.is_continued else cell.paragraphs

    def is_merged(self, index: int) -> bool:
        cell = self.cell(index)
        return cell is not None and cell.is_continued

    def place_of(self, index: int) -> Place:
        cell = self.cell(index)
        return cell.place if cell else self.place

    def serve(self, index: int, part: Part, name: str) -> None:
        if index < len(self.entries):
            self.entries[index].serve(part, name)


def enter_row(cells: Sequence[Cell], state: State) -> Row:
    """Put the row on the account: one entry per place, shared by the cells of one line."""
    by_place: dict[Place, Entry] = {}
    entries: list[Entry] = []
    place = next((cell.place for cell in cells), Place())
    for cell in cells:
        entry = by_place.get(cell.place)
        if entry is None:
            use, words = Use.IGNORED if words_of(cell) else Use.BLANK, words_of(cell)
            if use is Use.BLANK and cell.is_continued:
                entry = Entry(cell.place, "", Use.BLANK)
            else:
                entry = state.ledger.enter(
                    cell.place, words, use, gettext_noop("not understood") if words else ""
                )
            by_place[cell.place] = entry
        elif words_of(cell):
            entry.text = f"{entry.text} | {words_of(cell)}".removeprefix(" | ")
            if entry.use is Use.BLANK:
                entry.use, entry.reason = Use.IGNORED, gettext_noop("not understood")
        entries.append(entry)
    return Row(tuple(cells), entries, place)


def aligned(row: Row, state: State) -> Row:
    """A row that lost its first cells, moved so that its time frame stands under the time frames."""
    columns = state.columns
    width = max((column.index for column in columns), default=-1) + 1
    missing = width - len(row.cells)
    if missing <= 0 or any(row.is_merged(i) for i in range(len(row.cells))):
        return row
    timed = next((column.index for column in columns if column.role is Role.TIMEFRAME), None)
    if timed is None or (timed < len(row.cells) and is_timeframe(row.words(timed))):
        return row
    found = next((i for i in range(len(row.cells)) if is_timeframe(row.words(i))), None)
    if found is None or not 0 < timed - found <= missing:
        return row
    shift = timed - found
    blank = Cell((), row.place)
    spare = [row.entries[0]] * shift
    return Row((blank,) * shift + row.cells, [*spare, *row.entries], row.place)
