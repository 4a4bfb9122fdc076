"""The survey of a document before it is read: its tables' headers, its labels, and their levels."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from suivi.documents.interpretation.columns import Column, Header, find_header, is_total, words_of
from suivi.documents.interpretation.head import label_of
from suivi.documents.interpretation.levels import Candidate, settle_levels
from suivi.documents.interpretation.links import link_sentence
from suivi.documents.interpretation.prose import survey_prose
from suivi.documents.model import Certainty
from suivi.documents.source import Line, LineKind, SourceDocument, Table
from suivi.documents.words.numbering import depth_of, label_key, number_alone, read_label, read_number
from suivi.documents.words.timeframes import is_timeframe
from suivi.documents.words.vocabulary import Level, Meaning, Role
from suivi.findings import Place

_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d/-])")
_LEVEL_RANKS = (0.0, 0.5, 2.0)  # of a column of texts whose heading names no level


@dataclass
class Label:
    """A level word seen in front of numbers: how its word ranks and how deep its numbers go."""

    key: str
    meaning: Meaning
    depth: int
    count: int = 0
    heading_level: int = 0


@dataclass
class Survey:
    """What the whole document says of its levels. `labels` gives the level of each label by its key."""

    levels: dict[str, Level] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)  # keys of the labels that stand in front of numbers
    headers: dict[int, Header] = field(
        default_factory=dict
    )  # id of a table -> its first header, levels settled
    has_tables: bool = False
    written: dict[Level, str] = field(default_factory=dict)  # what the document calls a level
    prose: dict[Place, Level] = field(default_factory=dict)  # parts of a plan without tables
    sections: dict[Place, str] = field(default_factory=dict)  # headings that stand over a table of their own
    year: str = ""  # the only year that the lines before the first table name


def survey(source: SourceDocument) -> Survey:
    """Look at all tables and headings, and settle which label and which column is which level."""
    tables = [block for block in source.blocks if isinstance(block, Table)]
    headers = {id(table): header for table in tables if (header := find_header(table))}
    labels = _labels(source)
    result = Survey(has_tables=bool(headers), labels=set(labels), year=_only_year(source, headers))
    ordered = sorted(labels.values(), key=lambda label: (label.depth, label.heading_level))
    candidates = [Candidate(label.key, label.meaning.ranks) for label in ordered if label.count]
    settled: dict[tuple[str, ...], tuple[Column, ...]] = {}
    for table in tables:
        header = headers.get(id(table))
        if header is None:
            continue
        if header.signature not in settled:
            same = [t for t in tables if id(t) in headers and headers[id(t)].signature == header.signature]
            settled[header.signature] = _settle(header, same, candidates, result)
        result.headers[id(table)] = replace(header, columns=settled[header.signature])
    if not headers:
        result.levels = settle_levels(candidates)
        result.prose = survey_prose(source, result.levels)
    _name_labels(result)
    result.sections = _sections(source, result)
    return result


def _only_year(source: SourceDocument, headers: dict[int, Header]) -> str:
    """The year of "Calendar of activities 2025" above a table, where no other year stands there."""
    years: set[str] = set()
    for block in source.blocks:
        if id(block) in headers:
            break
        if isinstance(block, Line):
            years.update(_YEAR.findall(block.text))
    return years.pop() if len(years) == 1 else ""


def settle_columns(header: Header, table: Table, known: Survey) -> tuple[Column, ...]:
    """The columns of a further header inside a table, with the levels that labels already have."""
    for other in known.headers.values():
        if other.signature == header.signature:
            return other.columns
    return _settle(header, [table], [], known)


def _labels(source: SourceDocument) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    for words, heading_level in _possible_labels(source):
        found = read_label(words)
        if not found or found.meaning is None:
            continue
        label = labels.setdefault(
            label_key(found.label),
            Label(label_key(found.label), found.meaning, found.depth, 0, heading_level),
        )
        label.count += 1
        label.depth = min(label.depth, found.depth)
    return labels


def _possible_labels(source: SourceDocument) -> Iterable[tuple[str, int]]:
    """Texts in which a label may stand: headings, short lines, cells that stand alone in their row."""
    for block in source.blocks:
        if isinstance(block, Line):
            if block.kind is LineKind.HEADING or _may_be_label(block):
                yield block.text[:400], block.level or 9
            continue
        for row in block.rows:
            filled = [words for cell in row if (words := words_of(cell))]
            if len(filled) == 1:
                yield filled[0][:400], 9


def _may_be_label(line: Line) -> bool:
    """Whether a line without a style could name a part: short, and no sentence that speaks of one."""
    if line.kind not in (LineKind.TEXT, LineKind.LIST_ITEM) or len(line.text) > 400:
        return False
    return link_sentence(line.text) is None


def _settle(
    header: Header, tables: list[Table], labels: list[Candidate], result: Survey
) -> tuple[Column, ...]:
    """The columns with their levels; the levels of the labels are noted in the result."""
    columns = _retagged(header, tables)
    level_columns = [column for column in columns if column.role is Role.LEVEL]
    unique = {column.heading: column for column in reversed(level_columns)}
    by_column = [
        Candidate(
            _column_key(column),
            column.meaning.ranks,
            _filled(tables, column),
            _is_numbered(tables, column.index),
            _own_rows(tables, column),
        )
        for column in columns
        if unique.get(column.heading) is column
    ]
    keys = {candidate.key for candidate in by_column}
    fixed = dict(result.levels)
    same = {label.key: key for label in labels if (key := _same_word(label.key, keys))}
    enclosing = [label for label in labels if label.key not in same and label.key not in fixed]
    levels = settle_levels([*enclosing, *by_column]) if not fixed else _within(by_column, fixed)
    levels |= {label: levels[key] for label, key in same.items() if key in levels}
    result.levels |= {key: level for key, level in levels.items() if key not in fixed}
    settled = tuple(
        replace(column, level=levels.get(_column_key(column))) if column.role is Role.LEVEL else column
        for column in columns
    )
    return _outlined([_numbering(column, settled, tables) for column in settled], tables)


def _outlined(columns: list[Column], tables: list[Table]) -> tuple[Column, ...]:
    """Columns where the depth of a number tells the level: "1", "1.1", "1.1.1" before one column of texts."""
    texts = [column for column in columns if column.role is Role.LEVEL]
    numbers = [column for column in columns if column.role is Role.NUMBER]
    if len(texts) != 1 or len(numbers) != 1:
        return tuple(columns)
    found = [number_alone(words) for words in _cells(tables, numbers[0].index)]
    depths = {depth_of(number) for number in found if number}
    if len(depths) < 2:
        return tuple(columns)
    deepest = max(depths)
    lowest = Level.DELIVERABLE if deepest >= 3 else Level.ACTION
    text, number = replace(texts[0], level=lowest), replace(numbers[0], of_level=lowest, depth=deepest)
    return tuple({text.index: text, number.index: number}.get(column.index, column) for column in columns)


def _same_word(label: str, columns: set[str]) -> str | None:
    """The column that a label names as well: "Action 1.1" under "Proposed action"."""
    words = set(label.split())
    return next(
        (key for key in sorted(columns) if words <= set(key.split()) or set(key.split()) <= words), None
    )


def _within(columns: list[Candidate], fixed: dict[str, Level]) -> dict[str, Level]:
    """Levels of the columns of a further table, where those of the labels stand already."""
    known = {candidate.key: fixed[candidate.key] for candidate in columns if candidate.key in fixed}
    if len(known) == len(columns):
        return known
    return settle_levels(columns)


def _column_key(column: Column) -> str:
    return label_key(column.meaning.phrase or column.heading)


def _cells(tables: Iterable[Table], index: int) -> list[str]:
    return [words for _, words in _placed_cells(tables, index)]


def _placed_cells(tables: Iterable[Table], index: int) -> Iterator[tuple[tuple[int, int], str]]:
    """Table, row and words of the filled cells of a column, without rows of a single cell and of totals."""
    for table_at, table in enumerate(tables):
        for row_at, row in enumerate(table.rows):
            filled = [words for cell in row if (words := words_of(cell))]
            if index < len(row) and len(filled) > 1 and not is_total(filled[0]) and words_of(row[index]):
                yield (table_at, row_at), words_of(row[index])


def _own_rows(tables: Iterable[Table], column: Column) -> frozenset[tuple[int, int]]:
    placed = _placed_cells(tables, column.index)
    return frozenset(place for place, words in placed if words != column.heading)


def _is_numbered(tables: Iterable[Table], index: int) -> bool:
    cells = _cells(tables, index)[1:]
    return bool(cells) and sum(bool(read_number(words, bare=True)) for words in cells) * 10 >= len(cells) * 6


def _filled(tables: Iterable[Table], column: Column) -> int:
    return len(set(_cells(tables, column.index)) - {column.heading})


def _retagged(header: Header, tables: list[Table]) -> list[Column]:
    """Headings corrected by what the cells hold: a "Target" column of dates is a time frame."""
    columns = list(header.columns)
    roles = {column.role for column in columns}
    for at, column in enumerate(columns):
        cells = _cells(tables, column.index)[header.rows :]
        if column.role is Role.TARGET and not roles & {Role.TIMEFRAME, Role.END}:
            if cells and sum(is_timeframe(words) for words in cells) * 2 > len(cells):
                columns[at] = replace(column, meaning=Meaning(Role.TIMEFRAME))
        elif column.role is Role.LEVEL and cells and _is_wide(columns, at) and _are_numbers(cells):
            columns[at] = replace(column, meaning=Meaning(Role.NUMBER, phrase=column.meaning.phrase))
        elif _is_unit_of_target(columns, at):
            columns[at] = replace(column, meaning=Meaning(Role.UNIT))
        elif column.role is Role.TIMEFRAME and Role.START in roles and Role.END not in roles:
            if sum(is_timeframe(words) for words in cells) * 2 > len(cells):
                columns[at] = replace(column, meaning=Meaning(Role.END))
        elif _is_measure_of_success(columns, at):
            columns[at] = replace(column, meaning=Meaning(Role.INDICATOR))
    if Role.LEVEL not in roles:
        return _with_guessed_levels(columns, tables, header.rows)
    return columns


def _is_wide(columns: list[Column], at: int) -> bool:
    """Whether another column has the same level word ("Pillar" and "Pillar title")."""
    phrase = columns[at].meaning.phrase
    return any(other.meaning.phrase == phrase and other is not columns[at] for other in columns)


def _is_measure_of_success(columns: list[Column], at: int) -> bool:
    """Whether an English "Measure" stands behind what is to be done, by whom and when: an indicator."""
    if not columns[at].heading.casefold().startswith("measure"):
        return False
    before = {column.role for column in columns[:at]}
    levels = sum(column.role is Role.LEVEL for column in columns[:at])
    return levels >= 2 and bool(before & {Role.LEAD, Role.TIMEFRAME, Role.END})


def _is_unit_of_target(columns: list[Column], at: int) -> bool:
    """Whether "Unit" stands behind a target, where another column names who is in charge."""
    column = columns[at]
    if column.role is not Role.LEAD or column.meaning.phrase not in ("unit", "unite", "unidad") or at == 0:
        return False
    others = [other for other in columns if other.role is Role.LEAD and other is not column]
    return columns[at - 1].role is Role.TARGET and bool(others)


def _with_guessed_levels(columns: list[Column], tables: list[Table], header_rows: int) -> list[Column]:
    """For headings that name no level ("Description", "What"): the columns of the longest texts."""
    ranks = _LEVEL_RANKS
    texts: list[tuple[float, int]] = []
    for at, column in enumerate(columns):
        cells = _cells(tables, column.index)[header_rows:]
        if column.role is Role.OTHER and cells:
            texts.append((sum(map(len, cells)) / len(cells), at))
    for _, at in sorted(texts, reverse=True)[:1]:
        columns[at] = replace(
            columns[at], meaning=Meaning(Role.LEVEL, ranks, "text"), certainty=Certainty.GUESSED
        )
    return columns


def _are_numbers(cells: list[str]) -> bool:
    return sum(bool(number_alone(words)) for words in cells) * 10 >= len(cells) * 8


def _numbering(column: Column, columns: tuple[Column, ...], tables: list[Table]) -> Column:
    """A number column belongs to the level it is filled like; of several, to the nearest on its right."""
    if column.role is not Role.NUMBER:
        return column
    levels = [other for other in columns if other.level]
    named = [other for other in levels if other.meaning.phrase.split(" ")[0] in column.heading.casefold()]
    if len(named) == 1:
        return replace(column, of_level=named[0].level)
    mine, rows = _filled(tables, column), _own_rows(tables, column)
    ranked = sorted(
        levels,
        key=lambda other: (
            abs(_filled(tables, other) - mine) + len(_own_rows(tables, other) ^ rows),
            other.index < column.index,
            abs(other.index - column.index),
        ),
    )
    return replace(column, of_level=ranked[0].level if ranked else None)


def _name_labels(result: Survey) -> None:
    """What the document calls its levels, in the words of its headings."""
    for header in result.headers.values():
        for column in header.columns:
            if column.level and column.heading:
                result.written.setdefault(column.level, column.heading)


def levels_of(columns: Iterable[Column]) -> set[Level]:
    """The levels that these columns hold."""
    return {column.level for column in columns if column.level}


def _sections(source: SourceDocument, result: Survey) -> dict[Place, str]:
    """The headings that stand over tables, where at least two tables have one of their own.

    A short line right above a table is one of them, also where no style or mark makes it a heading.
    """
    path: list[Line] = []
    over: dict[Place, str] = {}
    fresh: Line | None = None
    tables = 0
    for block in source.blocks:
        if isinstance(block, Line):
            if not block.text:
                continue
            if block.kind is LineKind.HEADING or block.is_bold:
                path = [line for line in path if (line.level or 9) < (block.level or 9)] + [block]
                fresh = block
            elif _may_head_a_table(block):
                fresh = block
            else:
                fresh = fresh if fresh in path else None
        elif id(block) in result.headers:
            if fresh is not None:
                tables += 1
                over |= {line.place: line.text for line in (*path, fresh)}
            fresh = None
    return over if tables >= 2 else {}


_LONGEST_TITLE = 160


def _may_head_a_table(line: Line) -> bool:
    is_title = line.kind is LineKind.TEXT and len(line.text) <= _LONGEST_TITLE
    if not is_title or line.text.endswith((".", ";", ",", ":")) or line.text[:1].islower():
        return False
    return label_of(line.text) is None
