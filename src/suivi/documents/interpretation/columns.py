"""The columns of a table: their headings, and what each of them holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from suivi.documents.model import Certainty
from suivi.documents.source import Cell, Table
from suivi.documents.words.numbering import number_alone, read_label, read_number
from suivi.documents.words.timeframes import is_open_timeframe, is_timeframe
from suivi.documents.words.vocabulary import Level, Meaning, Role, meaning_of

# One period of a calendar: "2024", "Q1", "T2 2024", "2024-Q3", "Mar", "March 2024".
_TICK = re.compile(
    r"^(?:(?:19|20)\d\d(?:[ /-]{0,3}[qQtThHsS] ?[1-4])?|[qQtThHsS] ?[1-4](?:[ /-]{0,3}(?:(?:19|20)\d\d|"
    r"\d\d))?"
    r"|[^\W\d_]{3,10}\.?(?:[ /-]{1,3}(?:(?:19|20)\d\d|\d\d))?"
    r"|(?:[IV]{1,3}|[1-4](?:\.?[^\W\d_ºª]{0,3}[ºª]?)|[^\W\d_]{4,9}) "
    r"(?:trim(?:estre)?|qua?r?te?r|sem(?:estre)?|half)\b\.?(?: (?:19|20)\d\d)?"
    r"|[^\W\d_]{3,10}\.?\s?[-–/]\s?[^\W\d_]{3,10}\.?(?: (?:19|20)\d\d)?)$"
)
_LONGEST_TEXT = 110
_LONGEST_PART = 30
_ROWS_SEARCHED = 8


@dataclass(frozen=True)
class Column:
    """One column: its place from the left, heading, role; for a level, which one; for a tick, its period."""

    index: int
    heading: str
    meaning: Meaning
    level: Level | None = None
    of_level: Level | None = None  # the level that a number column numbers
    period: str = ""
    depth: int = 0  # of the deepest numbers, where a column of numbers alone tells the levels apart
    certainty: Certainty = Certainty.STATED

    @property
    def role(self) -> Role:
        return self.meaning.role


@dataclass(frozen=True)
class Header:
    """The heading rows of a table: the first row, how many there are, the columns."""

    row: int
    rows: int
    columns: tuple[Column, ...]

    @property
    def signature(self) -> tuple[str, ...]:
        """The headings, folded by their look-up keys, to see whether two headers are the same."""
        return tuple(column.heading.casefold() for column in self.columns)


_UNKNOWN = Meaning(Role.OTHER)
_TOTAL = re.compile(
    r"^(?:(?:grand |sub-?|sous-?)?total(?:es|s)?|(?:overall |global )?(?:budget|co[uû]t|cost[oe]?|montant|"
    r"importe|monto|presupuesto)s? (?:global |général )?total)\b",
    re.IGNORECASE,
)


def is_total(words: str) -> bool:
    """Whether the first words of a row make it a row of totals ("Total", "Subtotal", "Sous-total axe 2")."""
    return bool(_TOTAL.match(words))


def words_of(cell: Cell) -> str:
    """The words of a cell in one line; a continued cell has none of its own."""
    return "" if cell.is_continued else " ".join(" ".join(cell.paragraphs).split())


def find_header(table: Table, start: int = 0) -> Header | None:
    """The first heading row from `start` on, looked for in the next rows; None where there is none."""
    for at in range(start, min(start + _ROWS_SEARCHED, len(table.rows))):
        header = header_at(table, at)
        if header:
            return header
    return None


def header_at(table: Table, at: int) -> Header | None:
    """The header whose first row is this one, a second row of headings taken in; None if it is none."""
    row = table.rows[at]
    headings = [words_of(cell) for cell in row]
    if not _is_heading_row(headings, is_first=at == 0):
        return None
    below = table.rows[at + 1] if at + 1 < len(table.rows) else ()
    second = [words_of(cell) for cell in below]
    if _is_second_row(row, below, second):
        columns = _two_rows(row, headings, second)
        return Header(at, 2, tuple(columns))
    return Header(at, 1, tuple(_one_row(row, headings)))


def _is_heading_row(headings: Sequence[str], *, is_first: bool) -> bool:
    filled = [words for words in headings if words]
    if not filled or any(len(words) > _LONGEST_TEXT for words in filled):
        return False
    if any(_is_numbered_part(words) for words in filled):
        return False
    meanings = [meaning_of(words) for words in filled]
    known = [meaning for meaning in meanings if meaning]
    ticks = [
        words for words, meaning in zip(filled, meanings, strict=True) if not meaning and _is_tick(words)
    ]
    ticks = ticks if len(ticks) >= 2 else []
    has_level = any(meaning.role is Role.LEVEL for meaning in known)
    has_time = any(meaning.role in (Role.TIMEFRAME, Role.END) for meaning in known) or bool(ticks)
    if not (has_level or (has_time and len(known) >= 3)) or any(
        words.endswith((".", ";")) and len(words) > 30 for words in filled
    ):
        return False
    if len(filled) == 1:
        return is_first and len(headings) == 1
    distinct = {meaning.phrase for meaning in known}
    enough = len(distinct) + len(ticks) >= 2 or (is_first and len(filled) == 2)
    return enough and (len(known) + len(ticks)) * 2 >= len(filled)


def _is_numbered_part(words: str) -> bool:
    label = read_label(words)
    if label and (label.rest or label.number):
        return True
    numbered = read_number(words)
    return bool(numbered and "." in numbered.number) or (is_timeframe(words) and not _is_tick(words))


def _is_tick(words: str) -> bool:
    return bool(_TICK.match(words)) and (is_timeframe(words) or is_timeframe(f"{words} 2000"))


def _is_second_row(first: Sequence[Cell], below: Sequence[Cell], second: Sequence[str]) -> bool:
    """Whether the next row gives the parts of a wide heading ("Start", "End"; "2024", "2025")."""
    if not below or not any(second) or not any(cell.columns > 1 for cell in first):
        if not any(second) or not first:
            return False
        gaps = [i for i, cell in enumerate(first) if not words_of(cell)]
        return (
            bool(gaps)
            and all(_is_part_heading(words) for i, words in enumerate(second) if words)
            and any(second[i] for i in gaps if i < len(second))
        )
    if _is_under_wide(first, second):
        return True
    return all(_is_part_heading(words) for words in second if words)


def _is_under_wide(first: Sequence[Cell], second: Sequence[str]) -> bool:
    """Whether short words stand under wide headings alone, some of them known ("Main", "Unit")."""
    under = [words for at, words in enumerate(second) if words and at < len(first)]
    is_apart = all(
        first[at].is_continued or first[at].columns > 1 or not words_of(first[at])
        for at, words in enumerate(second)
        if words and at < len(first)
    )
    are_headings = all(len(words) <= _LONGEST_PART and not _is_numbered_part(words) for words in under)
    known = sum(_is_part_heading(words) for words in under)
    return is_apart and are_headings and len(under) >= 2 and known * 2 >= len(under)


def _is_part_heading(words: str) -> bool:
    return _is_tick(words) or (
        meaning_of(words) is not None and len(words) <= 40 and not _is_numbered_part(words)
    )


def _one_row(row: Sequence[Cell], headings: Sequence[str]) -> list[Column]:
    columns: list[Column] = []
    for index, (cell, words) in enumerate(zip(row, headings, strict=True)):
        if cell.is_continued and columns:
            columns.append(replace(columns[-1], index=index))
            continue
        columns.append(_column(index, words))
    return columns


def _column(index: int, words: str, above: str = "") -> Column:
    meaning = meaning_of(words)
    if meaning is None and _is_tick(words):
        dated = f"{words} {above}".strip()
        period = dated if not is_timeframe(words) and is_timeframe(dated) else words
        return Column(index, words, Meaning(Role.TICK), period=period)
    if meaning is None and above:
        meaning = meaning_of(above)
    return Column(index, words or above, meaning or _UNKNOWN)


def _two_rows(row: Sequence[Cell], headings: Sequence[str], second: Sequence[str]) -> list[Column]:
    columns: list[Column] = []
    above = ""
    for index, words in enumerate(headings):
        if words or not row[index].is_continued:
            above = words or (
                above if not row[index].is_continued and index < len(second) and second[index] else ""
            )
        below = second[index] if index < len(second) else ""
        if below:
            columns.append(_column(index, below, above))
        else:
            columns.append(_column(index, words or (above if row[index].is_continued else "")))
    return columns


def guess_columns(table: Table) -> tuple[Column, ...] | None:
    """Roles from what the cells hold, for a table without headings; None where nothing speaks for a plan.

    A column of time frames must be there; number columns hold numbers, texts the levels from left to right
    (at most three of them), short repeated words the lead unit.
    """
    width = max((len(row) for row in table.rows), default=0)
    contents = [
        [words_of(row[i]) for row in table.rows if i < len(row) and words_of(row[i])] for i in range(width)
    ]
    roles = [_role_of(cells) for cells in contents]
    if Role.TIMEFRAME not in roles or Role.LEVEL not in roles:
        return None
    levels = [i for i, role in enumerate(roles) if role is Role.LEVEL][:3]
    named = dict(zip(levels, (Level.PILLAR, Level.ACTION, Level.DELIVERABLE)[3 - len(levels) :], strict=True))
    return tuple(
        Column(i, "", Meaning(role), level=named.get(i), certainty=Certainty.GUESSED)
        for i, role in enumerate(roles)
    )


def _role_of(cells: Sequence[str]) -> Role:
    if not cells:
        return Role.OTHER
    timed = sum(is_timeframe(words) or is_open_timeframe(words) for words in cells)
    if timed * 10 >= len(cells) * 6:
        return Role.TIMEFRAME
    if sum(bool(number_alone(words)) for words in cells) * 10 >= len(cells) * 8:
        return Role.NUMBER
    if (
        sum(bool(read_number(words, bare=True) or read_label(words)) for words in cells) * 10
        >= len(cells) * 6
    ):
        return Role.LEVEL
    average = sum(len(words) for words in cells) / len(cells)
    if average >= 25:
        return Role.LEVEL
    return (
        Role.LEAD
        if average <= 25 and not any(any(c.isdigit() for c in words) for words in cells)
        else Role.OTHER
    )
