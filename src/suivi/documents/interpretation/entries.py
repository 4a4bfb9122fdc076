"""An ordinary row: levels from left to right, then the deliverables and what is said of them."""

from collections.abc import Sequence

from suivi.documents.interpretation.columns import Column, words_of
from suivi.documents.interpretation.fields import (
    Values,
    add_fields,
    frames_of,
    match_values,
    read_fields,
    serve_fields,
    single_fields,
)
from suivi.documents.interpretation.items import Item, split_items, strip_bullet
from suivi.documents.interpretation.layout import levels_of
from suivi.documents.interpretation.outline import Part, Said
from suivi.documents.interpretation.rows import Row
from suivi.documents.interpretation.state import State
from suivi.documents.model import Certainty, Use
from suivi.documents.words.fragments import starts_inside
from suivi.documents.words.marks import strip_marks
from suivi.documents.words.numbering import depth_of, label_key, number_alone, read_label, read_number
from suivi.documents.words.vocabulary import Level, Role
from suivi.findings import Place, Severity
from suivi.values.messages import gettext_noop

_DEPTHS = (Level.PILLAR, Level.ACTION, Level.DELIVERABLE)


def read_data(row: Row, state: State) -> None:
    """An ordinary row: levels from left to right, then what is said of the deliverables."""
    columns = state.columns
    _mark_left_out(row, columns)
    numbers = {column.of_level: _number_in(row, column) for column in columns if column.role is Role.NUMBER}
    if _read_outlined(row, state) or _add_roadmap(row, numbers, state):
        return
    is_cut = _is_cut(row, state)
    opened = _read_level(row, Level.PILLAR, numbers.get(Level.PILLAR, ""), is_cut, state)
    if _add_listed_actions(row, state):
        return
    opened = _read_level(row, Level.ACTION, numbers.get(Level.ACTION, ""), is_cut, state) or opened
    _serve_numbers(row, columns, state)
    fields = read_fields(row, state)
    if is_cut and state.outline.deliverable is not None:
        _continue_deliverable(row, fields, state)
        return
    items = _items(row, fields, numbers.get(Level.DELIVERABLE, ""), state)
    if items:
        _add_items(row, items, fields, state)
    elif opened and fields:
        state.action_fields = single_fields(fields)
        serve_fields(row, fields, state.outline.action, state)
    elif fields:
        _say_unowned(row, state)


def _read_outlined(row: Row, state: State) -> bool:
    """A pillar or action that its number alone tells from the deliverables of the same column."""
    column = next((column for column in state.columns if column.depth), None)
    number = number_alone(row.words(column.index)) if column else ""
    if column is None or not 0 < depth_of(number) < column.depth:
        return False
    lowest = _DEPTHS.index(column.of_level or Level.DELIVERABLE)
    level = _DEPTHS[max(0, lowest - column.depth + depth_of(number))]
    words, index, _ = _level_words(row, column.of_level or Level.DELIVERABLE, state.columns)
    if index is None or not words:
        return False
    part = _open_same(Part(level, words, row.place_of(index), number=number), state)
    row.serve(index, part, "title" if level is Level.PILLAR else "text")
    row.serve(column.index, part, "number")
    fields = read_fields(row, state)
    if fields:
        state.action_fields = single_fields(fields)
        serve_fields(row, fields, part, state)
    return True


def _add_roadmap(row: Row, numbers: dict[Level | None, str], state: State) -> bool:
    """Deliverables that stand in the columns of the years, where no column of their own holds them."""
    columns = state.columns
    periods = [column for column in columns if column.role is Role.TICK and row.words(column.index)]
    if Level.DELIVERABLE in levels_of(columns) or not any(_is_text(row.words(c.index)) for c in periods):
        return False
    for level in (Level.PILLAR, Level.ACTION):
        _read_level(row, level, numbers.get(level, ""), False, state)
    _serve_numbers(row, columns, state)
    fields = read_fields(row, state)
    for column in periods:
        place = row.place_of(column.index)
        for item in split_items(row.paragraphs(column.index)):
            part = Part(Level.DELIVERABLE, item.words, place, number=item.number)
            said = {name: values.said[0] for name, values in fields.items()}
            add_fields(part, {**said, "timeframe": Said(column.period, place, Certainty.CONCLUDED)}, state)
            state.outline.add_deliverable(part)
            row.serve(column.index, part, "text")
            serve_fields(row, fields, part, state)
    return True


def _is_text(words: str) -> bool:
    """Whether a cell under a year holds words, more than a mark or a number."""
    return len(words) > 8 and " " in words and not number_alone(words)


def _add_listed_actions(row: Row, state: State) -> bool:
    """Several actions in one cell of a plan without deliverables: bullets, or as many time frames."""
    columns = [column for column in state.columns if column.level is Level.ACTION]
    if len(columns) != 1 or Level.DELIVERABLE in levels_of(state.columns):
        return False
    index = columns[0].index
    items = split_items(row.paragraphs(index))
    if len(items) < 2 or not (all(item.is_bullet for item in items) or _has_times(row, len(items), state)):
        return False
    place = row.place_of(index)
    fields = read_fields(row, state)
    matched = {name: match_values(values, len(items), name, place, state) for name, values in fields.items()}
    for at, item in enumerate(items):
        action = _open_same(Part(Level.ACTION, item.words, place, number=item.number), state)
        row.serve(index, action, "text")
        said = {name: Values(fields[name].index, [values[at]]) for name, values in matched.items()}
        _add_items(row, [Item(item.words, parts=item.parts)], said, state)
    return True


def _has_times(row: Row, count: int, state: State) -> bool:
    times = [column.index for column in state.columns if column.role is Role.TIMEFRAME]
    return any(len(frames_of(row.paragraphs(index))) == count for index in times)


def _mark_left_out(row: Row, columns: Sequence[Column]) -> None:
    for column in columns:
        if column.role is Role.LEVEL and column.level is None and row.words(column.index):
            entry = row.entries[column.index]
            if entry.use is Use.IGNORED:
                entry.reason = gettext_noop("a column that is a level between others")
        if column.role is Role.OTHER and row.words(column.index) and column.index < len(row.entries):
            entry = row.entries[column.index]
            if entry.use is Use.IGNORED:
                entry.reason = (
                    gettext_noop("a column that is no part of a plan") if column.heading else entry.reason
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
    words, _ = strip_bullet(words)
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
    matched = {name: match_values(values, len(items), name, place, state) for name, values in fields.items()}
    for at, item in enumerate(items):
        part = Part(Level.DELIVERABLE, item.words, place, number=item.number, certainty=certainty)
        part.strands = item.parts
        part.is_restated = not columns
        if part.is_restated:
            part.why = gettext_noop("the plan has no column for deliverables: the words of the level above")
        add_fields(part, {name: said[at] for name, said in matched.items() if said[at]}, state)
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
        serve_fields(row, fields, part, state)


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
    serve_fields(row, fields, part, state)
    state.ledger.find(
        "row-joined",
        Severity.NOTE,
        gettext_noop("A row that goes on with the one above it was joined to it."),
        row.place_of(index),
    )


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
            entry.reason = gettext_noop("a row without a deliverable")
    state.ledger.find(
        "row-without-deliverable",
        Severity.WARNING,
        gettext_noop("A row has a time frame or a unit and no deliverable."),
        row.place_of(filled),
        gettext_noop("Add the deliverable by hand if the document names one."),
    )
