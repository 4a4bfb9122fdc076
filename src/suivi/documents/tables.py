"""Rows of a table into the outline of the plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from suivi.documents.columns import Column, guess_columns, header_at, is_total, words_of
from suivi.documents.items import Item, split_items, split_paragraphs, strip_bullet
from suivi.documents.layout import levels_of, settle_columns
from suivi.documents.ledger import Entry
from suivi.documents.links import link_sentence, read_links
from suivi.documents.marks import note_line, strip_marks
from suivi.documents.model import Certainty, Use
from suivi.documents.numbering import label_key, number_alone, read_label, read_number
from suivi.documents.outline import Part, Said, starts_inside
from suivi.documents.source import Cell, Table
from suivi.documents.state import LinkBlock, State
from suivi.documents.timeframes import (
    is_timeframe,
    split_run,
    split_timeframes,
    trailing_timeframe,
)
from suivi.documents.vocabulary import Level, Role, meaning_of
from suivi.findings import Place, Severity
from suivi.values.messages import gettext_noop

_NOTE = re.compile(
    r"^(?:notes?|sources?|nota|remarques?|fuentes?|legend|légende|leyenda)\s{0,2}[:.]|^\*", re.IGNORECASE
)
_LONGEST_HEADING = 60  # of a line across the table that says something of the part above it
_MARKED = re.compile(r"^(?:x|✓|✔|●|•|■|█|yes|oui|sí|si|1|\*|√)$", re.IGNORECASE)


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
            "columns-guessed", Severity.WARNING,
            gettext_noop("The table has no headings that are known; its columns were guessed from what they hold."),
            table.place, gettext_noop("Check the first rows against the document."),
        )  # fmt: skip
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
    from suivi.documents.head import is_cover_row

    is_cover = False
    for cells in table.rows:
        row = _enter(cells, state)
        cover = is_cover_row([words_of(cell) for cell in cells])
        is_cover = is_cover or cover
        for entry in row.entries:
            if entry.text:
                entry.use = Use.HEADER if cover else Use.IGNORED
                entry.reason = "" if cover else "a table without columns of a plan"
    if not is_cover:
        state.ledger.find(
            "table-left-out", Severity.NOTE,
            gettext_noop("A table without columns of a plan was left out."), table.place,
            gettext_noop("If it belongs to the plan, give its columns headings such as Action, Deliverable, Time frame."),
        )  # fmt: skip


def _read_row(table: Table, at: int, state: State) -> int:
    """Read the row and say how many rows were taken."""
    row = _enter(table.rows[at], state)
    filled = [i for i, cell in enumerate(row.cells) if words_of(cell)]
    if not filled:
        return 1
    header = header_at(table, at)
    if header:
        return _take_header(table, at, row, state)
    if _is_left_out(row, filled):
        return 1
    if len(filled) == 1 and _stands_alone(row, filled[0], table, at, state):
        _read_alone(row, filled[0], table, at, state)
    else:
        state.link_block = None
        _read_data(_aligned(row, state), state)
    return 1


def _enter(cells: Sequence[Cell], state: State) -> Row:
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
                entry = state.ledger.enter(cell.place, words, use, "not understood" if words else "")
            by_place[cell.place] = entry
        elif words_of(cell):
            entry.text = f"{entry.text} | {words_of(cell)}".removeprefix(" | ")
            if entry.use is Use.BLANK:
                entry.use, entry.reason = Use.IGNORED, "not understood"
        entries.append(entry)
    return Row(tuple(cells), entries, place)


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
    taken = [row, *(_enter(table.rows[at + k], state) for k in range(1, header.rows))]
    for entry in (entry for each in taken for entry in each.entries):
        if entry.text:
            entry.use, entry.reason = Use.HEADING, "headings of the columns"
    return header.rows


def _say_left_out(row: Row, state: State) -> None:
    """Columns of a fourth level, for which a plan has no place, are named once."""
    for column in state.columns:
        if column.role is Role.LEVEL and column.level is None and column.heading not in state.left_out:
            state.left_out.add(column.heading)
            state.ledger.find(
                "column-left-out", Severity.WARNING,
                gettext_noop("The column “%(heading)s” is one level too many; the plan keeps three."),
                row.place_of(column.index),
                gettext_noop("Put its words into the pillar or the action if they are needed."), heading=column.heading,
            )  # fmt: skip


def _is_left_out(row: Row, filled: list[int]) -> bool:
    first = row.words(filled[0])
    reason = ""
    if is_total(first):
        reason = "a row of totals"
    elif len(filled) == 1 and _NOTE.match(first):
        reason = "a note under the table"
    if reason:
        for entry in row.entries:
            if entry.text:
                entry.use, entry.reason = Use.IGNORED, reason
        return True
    if len(filled) == 1 and note_line(first):
        row.entries[filled[0]].use, row.entries[filled[0]].reason = Use.FOOTNOTE, ""
        return True
    return False


def _level_column(state: State, index: int) -> Column | None:
    return next((column for column in state.columns if column.index == index and column.level), None)


def _stands_alone(row: Row, index: int, table: Table, at: int, state: State) -> bool:
    """Whether a single filled cell is a line of its own across the table, not an ordinary row."""
    cell = row.cells[index]
    words = row.words(index)
    if cell.columns > 1 or state.link_block is not None or link_sentence(words):
        return True
    label = read_label(words)
    column = _level_column(state, index)
    if label and state.survey.levels.get(label_key(label.label)):
        return column is None or column.level is not state.survey.levels[label_key(label.label)]
    if column is None or (index == 0 and column.level is Level.DELIVERABLE):
        return index == 0
    if index != 0 or column.level is Level.DELIVERABLE:
        return False
    return _is_section(row, index, column, table, at, state)


def _is_section(row: Row, index: int, column: Column, table: Table, at: int, state: State) -> bool:
    """Whether words alone in the first column head a section above it, instead of being its next entry."""
    if column.level is Level.PILLAR or Level.PILLAR in levels_of(state.columns):
        return False
    words = row.words(index)
    if starts_inside(words):
        return False
    known = [action for action in state.outline.actions() if not action.is_stand_in]
    number = read_number(words, bare=True)
    if number:
        return (bool(known) and number.depth < min(_depth(action) for action in known)) or (
            number.depth == 1 and _next_depth(table, at, index) > 1
        )
    if row.cells[index].is_bold or words.isupper():
        return True
    following = table.rows[at + 1] if at + 1 < len(table.rows) else None
    if following is None:
        return False
    return index < len(following) and bool(words_of(following[index]))


def _depth(action: Part) -> int:
    return action.number.count(".") + 1 if action.number else 9


def _next_depth(table: Table, at: int, index: int) -> int:
    """The depth of the number in the same column of the next filled row."""
    for row in table.rows[at + 1 : at + 4]:
        words = words_of(row[index]) if index < len(row) else ""
        if words:
            number = read_number(words, bare=True)
            return number.depth if number else 0
    return 0


def _read_alone(row: Row, index: int, table: Table, at: int, state: State) -> None:
    """A line across the table: a pillar or action, a sentence on links, a list of links."""
    words = row.words(index)
    place = row.place_of(index)
    sentence = link_sentence(words)
    if sentence is not None:
        open_link_block(sentence, place, row.entries[index], state)
        return
    if state.link_block is not None and take_link_items(
        row.paragraphs(index), place, row.entries[index], state
    ):
        return
    state.link_block = None
    if _take_remark(words, place, row.entries[index], state):
        return
    part = read_part(words, place, _missing_level(state, table, at), state)
    if part is None:
        row.entries[index].reason = "a line across the table that is no part of the plan"
        state.ledger.find(
            "row-left-out", Severity.NOTE, gettext_noop("A row across the table was left out: %(words)s"), place,
            gettext_noop("If it names a pillar or an action, number it or label it."), words=words[:80],
        )  # fmt: skip
        return
    row.serve(index, part, "title" if part.level is Level.PILLAR else "text")


def _take_remark(words: str, place: Place, entry: Entry, state: State) -> bool:
    """What a line across the table says of the part above it ("Lead: ...", "Management response: ...")."""
    heading, colon, rest = words.partition(":")
    meaning = meaning_of(heading) if colon and rest.strip() and len(heading) <= _LONGEST_HEADING else None
    above = state.outline.action or state.outline.pillar
    if meaning is None or above is None:
        return False
    if meaning.role is Role.OTHER:
        entry.reason = f"“{heading.strip()}”: not part of a plan"
        return True
    name = _FIELD_ROLES.get(meaning.role)
    if name in (None, "unit", "target"):
        return False
    if name == "links":
        above.links.append(Said(rest.strip(), place))
    else:
        why = "said across the table for what stands below it"
        state.action_fields[name] = Said(rest.strip(), place, Certainty.CONCLUDED, why)
    entry.serve(above, name)
    return True


def open_link_block(numbers: list[str], place: Place, entry: Entry, state: State) -> None:
    """Begin a block of links for the actions named, or for what it stands under."""
    scope = None if numbers else (state.outline.action or state.outline.pillar)
    block = LinkBlock(numbers, place, scope=scope)
    state.link_block = block
    state.link_blocks.append(block)
    entry.use, entry.reason = Use.USED, ""
    entry.serves.extend((number, "links") for number in numbers)
    if scope is not None:
        entry.serves.append((scope, "links"))
    head, colon, tail = entry.text.rpartition(":")
    if read_links(entry.text, state.language, only_known=True) and (not colon or tail.strip() or not head):
        block.items.append(Said(entry.text, place))


def take_link_items(paragraphs: Sequence[str], place: Place, entry: Entry, state: State) -> bool:
    """Items of the open block; False where the words are no links."""
    block = state.link_block
    parts = split_paragraphs(paragraphs)
    if block is None or not parts:
        return False
    bulleted = [strip_bullet(part) for part in parts]
    if not all(
        is_bullet or read_links(words, state.language, only_known=True) for words, is_bullet in bulleted
    ):
        return False
    block.items.extend(Said(words, place) for words, _ in bulleted)
    entry.use, entry.reason = Use.USED, ""
    entry.serves.extend((number, "links") for number in block.numbers)
    if block.scope is not None:
        entry.serves.append((block.scope, "links"))
    return True


def _missing_level(state: State, table: Table, at: int) -> Level | None:
    """The level that a line across this table names: the highest that no column holds."""
    present = levels_of(state.columns)
    missing = [level for level in (Level.PILLAR, Level.ACTION) if level not in present]
    if len(missing) < 2:
        return missing[0] if missing else None
    outline = state.outline
    nothing_below = outline.pillar is not None and not outline.pillar.children
    following = table.rows[at + 1] if at + 1 < len(table.rows) else ()
    follows_another = sum(bool(words_of(cell)) for cell in following) == 1
    if follows_another:
        return Level.PILLAR
    return Level.ACTION if nothing_below or outline.pillar is not None else Level.PILLAR


def read_part(words: str, place: Place, fallback: Level | None, state: State) -> Part | None:
    """A pillar or action named in words of its own, opened in the outline; None where it is neither."""
    label = read_label(words)
    level = state.survey.levels.get(label_key(label.label)) if label else None
    if label and level and level is not Level.DELIVERABLE:
        state.labels.setdefault(level, label.label)
        part = Part(level, label.rest, place, number=label.number, label=label.label)
        return _open(part, state)
    numbered = read_number(words, bare=True)
    if (
        numbered
        and numbered.depth >= 2
        and fallback is Level.PILLAR
        and Level.ACTION not in levels_of(state.columns)
    ):
        fallback = Level.ACTION
    if (
        numbered
        and numbered.depth == 1
        and fallback is Level.ACTION
        and Level.PILLAR not in levels_of(state.columns)
    ):
        if state.outline.pillar and state.outline.pillar.number and _depth_of_actions(state) > 1:
            fallback = Level.PILLAR
    if fallback is None:
        return None
    number, rest = (numbered.number, numbered.rest) if numbered else ("", words)
    why = "words that stand across the table or above it"
    part = Part(fallback, rest, place, number=number, certainty=Certainty.CONCLUDED, why=why)
    return _open(part, state)


def _depth_of_actions(state: State) -> int:
    depths = [_depth(action) for action in state.outline.actions() if action.number]
    return min(depths, default=1)


def _open(part: Part, state: State) -> Part:
    state.action_fields = {}
    if part.level is Level.PILLAR:
        return state.outline.open_pillar(part)
    return state.outline.open_action(part)


def _aligned(row: Row, state: State) -> Row:
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


def _read_data(row: Row, state: State) -> None:
    """An ordinary row: levels from left to right, then what is said of the deliverables."""
    columns = state.columns
    _mark_left_out(row, columns)
    numbers = {column.of_level: _number_in(row, column) for column in columns if column.role is Role.NUMBER}
    is_cut = _is_cut(row, state)
    opened = False
    for level in (Level.PILLAR, Level.ACTION):
        opened = _read_level(row, level, numbers.get(level, ""), is_cut, state) or opened
    _serve_numbers(row, columns, state)
    fields = _fields(row, state)
    if is_cut and state.outline.deliverable is not None:
        _continue_deliverable(row, fields, state)
        return
    items = _items(row, fields, numbers.get(Level.DELIVERABLE, ""), state)
    if items:
        _add_items(row, items, fields, state)
    elif opened and fields:
        state.action_fields = _single(fields)
        _serve_fields(row, fields, state.outline.action, state)
    elif fields:
        _say_unowned(row, state)


def _mark_left_out(row: Row, columns: Sequence[Column]) -> None:
    for column in columns:
        if column.role is Role.LEVEL and column.level is None and row.words(column.index):
            entry = row.entries[column.index]
            if entry.use is Use.IGNORED:
                entry.reason = f"column “{column.heading}”: a level between others"
        if column.role is Role.OTHER and row.words(column.index) and column.index < len(row.entries):
            entry = row.entries[column.index]
            if entry.use is Use.IGNORED:
                entry.reason = (
                    f"column “{column.heading}”: not part of a plan" if column.heading else entry.reason
                )


def _number_in(row: Row, column: Column) -> str:
    words = row.words(column.index)
    return number_alone(words) or words if len(words) <= 20 else ""


def _serve_numbers(row: Row, columns: Sequence[Column], state: State) -> None:
    for column in columns:
        part = {Level.PILLAR: state.outline.pillar, Level.ACTION: state.outline.action}.get(
            column.of_level or Level.DELIVERABLE
        )
        if column.role is Role.NUMBER and part is not None and row.words(column.index):
            row.serve(column.index, part, "number")


def _level_words(row: Row, level: Level, columns: Sequence[Column]) -> tuple[str, int | None, bool]:
    """The words of all columns of a level, the first index, whether the cell is merged into one above."""
    indexes = [column.index for column in columns if column.level is level]
    words = " ".join(part for index in indexes if (part := row.words(index)))
    return words, (indexes[0] if indexes else None), any(row.is_merged(index) for index in indexes)


def _is_cut(row: Row, state: State) -> bool:
    """Whether the row goes on with the deliverable above it, which a page end had cut."""
    last = state.outline.deliverable
    words, _, _ = _level_words(row, Level.DELIVERABLE, state.columns)
    if last is None or not words or not starts_inside(words) or starts_inside(last.words):
        return False
    action, _, _ = _level_words(row, Level.ACTION, state.columns)
    if action and not starts_inside(action):
        return False
    timed = any(row.words(column.index) for column in state.columns if column.role is Role.TIMEFRAME)
    return last.is_cut and not (timed and "timeframe" in last.fields)


def _read_level(row: Row, level: Level, number: str, is_cut: bool, state: State) -> bool:
    """Open the pillar or action that the row names; True where it is a new one."""
    words, index, _ = _level_words(row, level, state.columns)
    if index is None or (not words and not number):
        return False
    outline = state.outline
    current = outline.pillar if level is Level.PILLAR else outline.action
    name = "title" if level is Level.PILLAR else "text"
    if (
        not number
        and current is not None
        and starts_inside(words)
        and (is_cut or current.is_cut)
        and not starts_inside(current.words)
    ):
        current.extend(words)
        row.serve(index, current, name)
        return False
    part = _part(words, number, level, row.place_of(index), state)
    before = outline.action if level is Level.ACTION else outline.pillar
    opened = _open_same(part, state)
    for column in state.columns:
        if column.level is level and row.words(column.index):
            row.serve(column.index, opened, name)
    return opened is not before


def _open_same(part: Part, state: State) -> Part:
    outline = state.outline
    before = outline.action
    opened = outline.open_pillar(part) if part.level is Level.PILLAR else outline.open_action(part)
    if opened is not before:
        state.action_fields = {}
    return opened


def _part(words: str, number: str, level: Level, place: Place, state: State) -> Part:
    label = read_label(words)
    if label and state.survey.levels.get(label_key(label.label), level) is level:
        state.labels.setdefault(level, label.label)
        return Part(level, label.rest, place, number=label.number, label=label.label)
    numbered = read_number(words, bare=level is not Level.DELIVERABLE)
    if numbered and (not number or numbered.number == number):
        return Part(level, numbered.rest, place, number=numbered.number)
    alone = number_alone(words) if not number else ""
    if alone:
        return Part(level, "", place, number=alone)
    return Part(level, words, place, number=number)


_FIELD_ROLES = {
    Role.TIMEFRAME: "timeframe",
    Role.START: "start",
    Role.END: "end",
    Role.LEAD: "lead",
    Role.INDICATOR: "indicator",
    Role.TARGET: "target",
    Role.UNIT: "unit",
    Role.LINKS: "links",
}


@dataclass
class Values:
    """What a row says for one field: one or several entries, from which column, inherited or not."""

    index: int
    said: list[Said]


def _fields(row: Row, state: State) -> dict[str, Values]:
    fields: dict[str, Values] = {}
    for column in state.columns:
        name = _FIELD_ROLES.get(column.role)
        if name is None:
            continue
        values = _values(row, column, name, state)
        if not values:
            continue
        if name in fields:
            fields[name].said.extend(values)
        else:
            fields[name] = Values(column.index, values)
    ticked = _ticked(row, state)
    if ticked and "timeframe" not in fields:
        fields["timeframe"] = ticked
    return fields


def _values(row: Row, column: Column, name: str, state: State) -> list[Said]:
    place = row.place_of(column.index)
    paragraphs = row.paragraphs(column.index)
    if row.is_merged(column.index):
        carried = state.carried.get(column.index)
        return (
            [replace(carried, certainty=Certainty.CONCLUDED, why="a merged cell from above")]
            if carried
            else []
        )
    if name == "timeframe":
        found = split_timeframes(paragraphs)
    elif name == "links":
        found = [" \n".join(paragraphs)] if paragraphs else []
    else:
        found = [item.words for item in split_items(paragraphs)] if len(paragraphs) > 1 else list(paragraphs)
    certainty = column.certainty
    said = [
        Said(" ".join(words.split()) if name != "links" else words, place, certainty)
        for words in found
        if words.strip()
    ]
    if name in ("timeframe", "start", "end") and column.heading and "fiscal" in column.heading.casefold():
        said = [replace(each, words=f"fiscal {each.words}") for each in said]
    if said:
        state.carried[column.index] = (
            said[0] if len(said) == 1 else Said("; ".join(s.words for s in said), place)
        )
    else:
        state.carried.pop(column.index, None)
    return said


def _ticked(row: Row, state: State) -> Values | None:
    """The first to the last period that is marked in the columns of a calendar."""
    ticks = [column for column in state.columns if column.role is Role.TICK]
    marked = [column for column in ticks if _MARKED.match(row.words(column.index))]
    if not marked:
        return None
    periods = [marked[0].period] if len(marked) == 1 else [marked[0].period, marked[-1].period]
    why = "the periods marked in the calendar of the table"
    said = Said(" - ".join(periods), row.place_of(marked[0].index), Certainty.CONCLUDED, why)
    return Values(marked[0].index, [said])


def _items(row: Row, fields: dict[str, Values], number: str, state: State) -> list[Item]:
    """The deliverables of the row, or the action in place of one where the plan has no such column."""
    indexes = [column.index for column in state.columns if column.level is Level.DELIVERABLE]
    if not indexes:
        return _restated(row, state)
    paragraphs = [part for index in indexes for part in row.paragraphs(index)]
    if len(indexes) > 1:
        paragraphs = [" ".join(row.words(index) for index in indexes if row.words(index))]
    expected = len(fields["timeframe"].said) if "timeframe" in fields else 0
    items = split_items([part for part in paragraphs if part.strip()], expected)
    if number and len(items) == 1:
        items[0].number = number
    return [_labelled(item, state) for item in items if strip_marks(item.words)[0]]


def _labelled(item: Item, state: State) -> Item:
    label = read_label(item.words)
    if (
        label
        and state.survey.levels.get(label_key(label.label), Level.DELIVERABLE) is Level.DELIVERABLE
        and label.rest
    ):
        item.words, item.number = label.rest, item.number or label.number
    return item


def _restated(row: Row, state: State) -> list[Item]:
    action = state.outline.action
    words, _, _ = _level_words(row, Level.ACTION, state.columns)
    if Level.ACTION not in levels_of(state.columns):
        words, _, _ = _level_words(row, Level.PILLAR, state.columns)
        action = state.outline.pillar
    if not words or action is None:
        return []
    return [Item(action.words or words)]


def _add_items(row: Row, items: list[Item], fields: dict[str, Values], state: State) -> None:
    columns = [column for column in state.columns if column.level is Level.DELIVERABLE]
    index = columns[0].index if columns else next(c.index for c in state.columns if c.level)
    place = row.place_of(index)
    certainty = columns[0].certainty if columns else Certainty.CONCLUDED
    matched = {name: _match(values, len(items), name, place, state) for name, values in fields.items()}
    for at, item in enumerate(items):
        part = Part(Level.DELIVERABLE, item.words, place, number=item.number, certainty=certainty)
        part.strands = item.parts
        part.is_restated = not columns
        if part.is_restated:
            part.why = "the plan has no column for deliverables: the words of the level above"
        _add_fields(part, {name: said[at] for name, said in matched.items() if said[at]}, state)
        state.outline.add_deliverable(part)
        for column in columns or [state.columns[0]]:
            if row.words(column.index):
                row.serve(column.index, part, "text")
        for column in state.columns:
            if (
                column.role is Role.NUMBER
                and column.of_level is Level.DELIVERABLE
                and row.words(column.index)
            ):
                row.serve(column.index, part, "number")
        _serve_fields(row, fields, part, state)


def _serve_fields(row: Row, fields: dict[str, Values], part: Part | None, state: State) -> None:
    if part is None:
        return
    for column in state.columns:
        name = _FIELD_ROLES.get(column.role)
        if name in fields and row.words(column.index):
            row.serve(column.index, part, name)
        elif column.role is Role.TICK and "timeframe" in fields and row.words(column.index):
            row.serve(column.index, part, "timeframe")


def _add_fields(part: Part, said: dict[str, Said], state: State) -> None:
    fields = {name: value for name, value in said.items() if name != "links"}
    part.fields = {**state.action_fields, **fields}
    part.fields.pop("links", None)
    if "links" in said:
        part.links = [said["links"]]
    if "timeframe" not in part.fields and "end" not in part.fields and "start" not in part.fields:
        trailing = trailing_timeframe(part.words)
        if trailing:
            part.words = trailing[0]
            why = "the time frame stands behind the sentence"
            part.fields["timeframe"] = Said(trailing[1], part.place, Certainty.CONCLUDED, why)


def _match(values: Values, count: int, name: str, place: Place, state: State) -> list[Said]:
    """One entry per deliverable: in order where the counts agree, the same for all where there is one."""
    said = values.said
    if len(said) == count:
        return list(said)
    run = split_run(" ".join(each.words for each in said), count) if name == "timeframe" and count > 1 else []
    if run:
        why = "the time frames of the cell, in order"
        return [replace(said[0], words=words, certainty=Certainty.CONCLUDED, why=why) for words in run]
    if len(said) == 1:
        return [said[0]] * count
    if count == 1:
        joined = "; ".join(each.words for each in said)
        return [replace(said[0], words=joined)]
    if name == "timeframe":
        state.ledger.find(
            "timeframes-unmatched", Severity.WARNING,
            gettext_noop("%(deliverables)s deliverables share a cell with %(frames)s time frames."), place,
            gettext_noop("They were matched in order; check each of them."), deliverables=count, frames=len(said),
        )  # fmt: skip
        why = "fewer or more time frames than deliverables: matched in order"
        guessed = [replace(each, certainty=Certainty.GUESSED, why=why) for each in said]
        return (guessed + [guessed[-1]] * count)[:count]
    joined = "; ".join(each.words for each in said)
    return [replace(said[0], words=joined, certainty=Certainty.CONCLUDED)] * count


def _single(fields: dict[str, Values]) -> dict[str, Said]:
    why = "said beside the action for what stands below it"
    return {
        name: replace(values.said[0], certainty=Certainty.CONCLUDED, why=why)
        for name, values in fields.items()
        if name != "links"
    }


def _continue_deliverable(row: Row, fields: dict[str, Values], state: State) -> None:
    part = state.outline.deliverable
    words, index, _ = _level_words(row, Level.DELIVERABLE, state.columns)
    if part is None or index is None:
        return
    part.extend(words)
    row.serve(index, part, "text")
    for name, values in fields.items():
        if name != "links":
            part.fields.setdefault(name, values.said[0])
    _serve_fields(row, fields, part, state)
    state.ledger.find(
        "row-joined", Severity.NOTE, gettext_noop("A row that goes on with the one above it was joined to it."),
        row.place_of(index),
    )  # fmt: skip


def _say_unowned(row: Row, state: State) -> None:
    if state.outline.deliverable is not None and all(
        not row.words(c.index) or c.role in (Role.LINKS, Role.OTHER) for c in state.columns
    ):
        for column in state.columns:
            if column.role is Role.LINKS and row.words(column.index):
                text = " \n".join(row.paragraphs(column.index))
                state.outline.deliverable.links.append(Said(text, row.place_of(column.index)))
                row.serve(column.index, state.outline.deliverable, "links")
        return
    filled = next(i for i in range(len(row.cells)) if row.words(i)) if any(map(words_of, row.cells)) else 0
    for entry in row.entries:
        if entry.text and entry.use is Use.IGNORED:
            entry.reason = "a row without a deliverable"
    state.ledger.find(
        "row-without-deliverable", Severity.WARNING,
        gettext_noop("A row has a time frame or a unit and no deliverable."), row.place_of(filled),
        gettext_noop("Add the deliverable by hand if the document names one."),
    )  # fmt: skip
