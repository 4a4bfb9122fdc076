"""Tables and paragraphs that a page end has cut, put together again."""

import re
from dataclasses import dataclass, field, replace

from suivi.documents.pdf.grids import PageTable, Slot
from suivi.documents.pdf.lines import Vocabulary
from suivi.documents.source import Cell, Line, LineKind, Table
from suivi.documents.words.timeframes import is_timeframe
from suivi.findings import Place
from suivi.values.messages import gettext_noop

_OPEN = re.compile(r"[^.;:!?…][’'\"»”)\]⁰¹²³⁴⁵⁶⁷⁸⁹\s]*$")
_STARTS_ITEM = re.compile(r"[•‣▪●◦–-]\s|\(?\d{1,2}[.)]?(?:\.\d+)*\s|\(?[a-z]\)\s")
_BARE_NUMBER = re.compile(r"\d{1,2}\s")  # "21 de la red" may go on with a sentence
_NEARLY_ALWAYS = 0.9


@dataclass
class Spread:
    """A table, with its parts on following pages."""

    parts: list[PageTable]
    rows: list[tuple[int, list[Slot]]] = field(default_factory=list)  # page, cells

    def __post_init__(self) -> None:
        if not self.rows:
            self.rows = [(part.page, row) for part in self.parts for row in part.rows]

    @property
    def columns(self) -> list[tuple[float, float]]:
        return self.parts[0].columns


def join_pages(blocks: list[Line | Spread], vocabulary: Vocabulary) -> list[Line | Spread]:
    """Blocks with the parts of tables and paragraphs joined that only a page end divides."""
    found: list[Line | Spread] = []
    open_at: int | None = None  # where in `found` the last block of the text stands
    for block in blocks:
        if isinstance(block, Line) and block.kind in (LineKind.FURNITURE, LineKind.FOOTNOTE):
            found.append(block)
            continue
        last = None if open_at is None else found[open_at]
        if isinstance(block, Spread) and isinstance(last, Spread) and _is_next(last, block):
            found += _append(last, block, vocabulary)
            continue
        if (
            isinstance(block, Line)
            and isinstance(last, Line)
            and _is_cut(last, block)
            and open_at is not None
        ):
            text = vocabulary.glue(last.text, block.text, hyphen=False)
            found[open_at] = replace(last, text=text)
            continue
        open_at = len(found)
        found.append(block)
    return found


def _is_cut(last: Line, line: Line) -> bool:
    if (last.place.page or 0) + 1 != line.place.page or line.kind is not LineKind.TEXT:
        return False
    if last.kind is LineKind.HEADING or last.is_bold != line.is_bold:
        return False
    return bool(_OPEN.search(last.text)) and line.text[:1].islower() and not _STARTS_ITEM.match(line.text)


def _is_next(last: Spread, block: Spread) -> bool:
    """Whether a table goes on with the one that ended the page before: it stands in the same columns."""
    if last.parts[-1].page + 1 != block.parts[0].page:
        return False
    return _mapping(last, block) is not None


def _mapping(last: Spread, block: Spread) -> list[int] | None:
    """For each column of the second table the one of the first that it lies under, None without such."""
    places: list[int] = []
    for start, end in block.columns:
        under = [i for i, (left, right) in enumerate(last.columns) if min(end, right) - max(start, left) > 2]
        if len(under) != 1 or (places and under[0] <= places[-1]):
            return None
        places.append(under[0])
    is_ruled = last.parts[-1].is_ruled and block.parts[0].is_ruled
    return None if is_ruled and len(places) != len(last.columns) else places


def _append(last: Spread, block: Spread, vocabulary: Vocabulary) -> list[Line]:
    """Put the rows of the next page under the table; gives the repeated header rows as furniture."""
    places = _mapping(last, block) or []
    width = len(last.columns)
    rows = [(page, _moved(row, places, width)) for page, row in block.rows]
    furniture: list[Line] = []
    header = _header(last)
    while rows and len(furniture) < len(header) and _texts(rows[0][1]) == header[len(furniture)]:
        page, row = rows.pop(0)
        words = " | ".join(" ".join(slot.paragraphs) for slot in row if slot.paragraphs)
        line = next((slot.line for slot in row if slot.line), None)
        reason = gettext_noop("repeated table header")
        furniture.append(Line(words, Place(line, page), LineKind.FURNITURE, reason=reason))
    if rows and last.rows:
        _mark_reaching_down(last, rows[0][1])
        _join_cut_row(last, rows, vocabulary)
    last.rows += rows
    last.parts += block.parts
    return furniture


def _moved(row: list[Slot], places: list[int], width: int) -> list[Slot]:
    slots = [Slot() for _ in range(width)]
    for slot, place in zip(row, places, strict=True):
        slots[place] = slot
    return slots


def _texts(row: list[Slot]) -> list[list[str]]:
    return [slot.paragraphs for slot in row]


def _header(spread: Spread) -> list[list[list[str]]]:
    """The texts of the first rows, which may be repeated on each page."""
    return [_texts(row) for _, row in spread.rows[:3]]


def _mark_reaching_down(last: Spread, first: list[Slot]) -> None:
    """Mark empty cells at the top of the page as covered where cells may reach over several rows.

    That is in the first column of a ruled table, and in columns where another cell does so.
    """
    for column, slot in enumerate(first):
        reaches = column == 0 and last.parts[-1].is_ruled
        reaches |= any(row[column].is_continued and not _is_beside_wide(row, column) for _, row in last.rows)
        if reaches and not slot.paragraphs and slot.columns == 1 and any(other.paragraphs for other in first):
            slot.is_continued = True


def _is_beside_wide(row: list[Slot], column: int) -> bool:
    return any(row[i].columns > column - i for i in range(column))


def _join_cut_row(last: Spread, rows: list[tuple[int, list[Slot]]], vocabulary: Vocabulary) -> None:
    """Give the words of a row or cell that a page end cuts back to where they began."""
    first = rows[0][1]
    filled = [i for i, slot in enumerate(first) if slot.paragraphs]
    owners = {i: _owner(last, i) for i in filled}
    goes_on = {i for i in filled if (owner := owners[i]) is not None and _continues(owner, first[i])}
    if (
        _misses_key(last, first)
        and all(owners[i] is not None for i in filled)
        and not _starts_row(first, filled, is_cut=bool(goes_on))
    ):
        goes_on = set(filled)
    for i in goes_on:
        owner = owners[i]
        if owner is not None:
            text = vocabulary.glue(owner.paragraphs[-1], first[i].paragraphs[0], hyphen=False)
            joined = _OPEN.search(owner.paragraphs[-1]) or first[i].paragraphs[0][:1].islower()
            before = [*owner.paragraphs[:-1], text] if joined else [*owner.paragraphs, first[i].paragraphs[0]]
            owner.paragraphs = before + first[i].paragraphs[1:]
            first[i].paragraphs, first[i].is_continued = [], True
    if filled and goes_on == set(filled):
        rows.pop(0)


def _owner(last: Spread, column: int) -> Slot | None:
    """The cell that stands lowest in a column, however many rows above."""
    for _, row in reversed(last.rows):
        slot = row[column]
        if slot.paragraphs:
            return slot
        if not slot.is_continued and column > 0:
            return None
    return None


def _continues(owner: Slot, slot: Slot) -> bool:
    """Whether the words of a cell go on in the middle of a sentence."""
    before, after = owner.paragraphs[-1], slot.paragraphs[0]
    if _STARTS_ITEM.match(after) or (is_timeframe(before) and is_timeframe(after)):
        return False
    return after[:1].islower() and (bool(_OPEN.search(before)) or not after[:1].isupper())


def _misses_key(last: Spread, first: list[Slot]) -> bool:
    """Whether a column that is filled in nearly every row is empty here, such as that of the time frame."""
    body = [row for _, row in last.rows if sum(bool(slot.paragraphs) for slot in row) > 1]
    if len(body) < 3:
        return False
    for column, slot in enumerate(first):
        share = sum(bool(row[column].paragraphs) for row in body) / len(body)
        if share >= _NEARLY_ALWAYS and not slot.paragraphs and not slot.is_continued:
            return True
    return False


def _starts_row(first: list[Slot], filled: list[int], *, is_cut: bool) -> bool:
    """Whether a row looks like one of its own: a band over the columns, or a cell with a number.

    Where another cell of the row goes on in small letters (`is_cut`), a number without a mark says nothing.
    """
    if any(first[i].columns > 1 for i in filled):
        return True
    starts = [first[i].paragraphs[0] for i in filled]
    return any(_STARTS_ITEM.match(text) and not (is_cut and _BARE_NUMBER.match(text)) for text in starts)


def table_of(spread: Spread) -> Table:
    """The table, its parts joined; cells name page and line."""
    rows = []
    for page, slots in spread.rows:
        line = next((slot.line for slot in slots if slot.line), None)
        rows.append(
            tuple(
                Cell(
                    tuple(slot.paragraphs),
                    Place(line=slot.line or line, page=page),
                    columns=slot.columns,
                    is_continued=slot.is_continued,
                    is_bold=slot.is_bold,
                )
                for slot in slots
            )
        )
    place = rows[0][0].place if rows and rows[0] else Place(page=spread.parts[0].page)
    return Table(tuple(rows), place)
