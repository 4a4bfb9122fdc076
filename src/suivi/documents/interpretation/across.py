"""Lines across a table: pillars and actions, sentences on links and their lists, remarks."""

from suivi.documents.interpretation.columns import Column, words_of
from suivi.documents.interpretation.fields import FIELD_ROLES
from suivi.documents.interpretation.layout import levels_of
from suivi.documents.interpretation.ledger import Entry
from suivi.documents.interpretation.links import link_sentence
from suivi.documents.interpretation.outline import Said
from suivi.documents.interpretation.parts import depth_of_part, open_link_block, read_part, take_link_items
from suivi.documents.interpretation.rows import Row
from suivi.documents.interpretation.state import State
from suivi.documents.model import Certainty
from suivi.documents.source import Table
from suivi.documents.words.fragments import starts_inside
from suivi.documents.words.numbering import label_key, read_label, read_number
from suivi.documents.words.vocabulary import Level, Role, meaning_of
from suivi.findings import Place, Severity
from suivi.values.messages import gettext_noop

_LONGEST_HEADING = 60  # of a line across the table that says something of the part above it


def _level_column(state: State, index: int) -> Column | None:
    return next((column for column in state.columns if column.index == index and column.level), None)


def stands_alone(row: Row, index: int, table: Table, at: int, state: State) -> bool:
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
        return (bool(known) and number.depth < min(depth_of_part(action) for action in known)) or (
            number.depth == 1 and _next_depth(table, at, index) > 1
        )
    if row.cells[index].is_bold or words.isupper():
        return True
    following = table.rows[at + 1] if at + 1 < len(table.rows) else None
    if following is None:
        return False
    return index < len(following) and bool(words_of(following[index]))


def _next_depth(table: Table, at: int, index: int) -> int:
    """The depth of the number in the same column of the next filled row."""
    for row in table.rows[at + 1 : at + 4]:
        words = words_of(row[index]) if index < len(row) else ""
        if words:
            number = read_number(words, bare=True)
            return number.depth if number else 0
    return 0


def read_alone(row: Row, index: int, table: Table, at: int, state: State) -> None:
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
        row.entries[index].reason = gettext_noop("a line across the table that is no part of the plan")
        state.ledger.find(
            "row-left-out",
            Severity.NOTE,
            gettext_noop("A row across the table was left out: %(words)s"),
            place,
            gettext_noop("If it names a pillar or an action, number it or label it."),
            words=words[:80],
        )
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
        entry.reason = gettext_noop("words that are no part of a plan")
        return True
    name = FIELD_ROLES.get(meaning.role)
    if name in (None, "unit", "target"):
        return False
    if name == "links":
        above.links.append(Said(rest.strip(), place))
    else:
        why = gettext_noop("said across the table for what stands below it")
        state.action_fields[name] = Said(rest.strip(), place, Certainty.CONCLUDED, why)
    entry.serve(above, name)
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
