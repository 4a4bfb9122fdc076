"""Pillars and actions opened from their words; blocks of links under a sentence."""

from collections.abc import Sequence

from suivi.documents.interpretation.items import split_paragraphs, strip_bullet
from suivi.documents.interpretation.layout import levels_of
from suivi.documents.interpretation.ledger import Entry
from suivi.documents.interpretation.links import read_links
from suivi.documents.interpretation.outline import Part, Said
from suivi.documents.interpretation.state import LinkBlock, State
from suivi.documents.model import Certainty, Use
from suivi.documents.words.numbering import Numbered, label_key, read_label, read_number
from suivi.documents.words.vocabulary import Level
from suivi.findings import Place
from suivi.values.messages import gettext_noop


def read_part(words: str, place: Place, fallback: Level | None, state: State) -> Part | None:
    """A pillar or action named in words of its own, opened in the outline; None where it is neither."""
    label = read_label(words)
    level = state.survey.levels.get(label_key(label.label)) if label else None
    if label and level and level is not Level.DELIVERABLE:
        state.labels.setdefault(level, label.label)
        part = Part(level, label.rest, place, number=label.number, label=label.label)
        return _open(part, state)
    numbered = read_number(words, bare=True)
    if fallback is None:
        return None
    if numbered:
        fallback = _by_depth(numbered, fallback, state)
    number, rest = (numbered.number, numbered.rest) if numbered else ("", words)
    why = gettext_noop("words that stand across the table or above it")
    part = Part(fallback, rest, place, number=number, certainty=Certainty.CONCLUDED, why=why)
    return _open(part, state)


def _by_depth(numbered: Numbered, fallback: Level, state: State) -> Level:
    """The level that the depth of a number speaks for, where no column holds it."""
    present = levels_of(state.columns)
    if fallback is Level.PILLAR and numbered.depth >= 2 and Level.ACTION not in present:
        return Level.ACTION
    pillar = state.outline.pillar
    if fallback is Level.ACTION and numbered.depth == 1 and Level.PILLAR not in present:
        return Level.PILLAR if pillar and pillar.number and depth_of_actions(state) > 1 else fallback
    return fallback


def _open(part: Part, state: State) -> Part:
    state.action_fields = {}
    if part.level is Level.PILLAR:
        return state.outline.open_pillar(part)
    return state.outline.open_action(part)


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


def depth_of_part(action: Part) -> int:
    """How deep the number of an action goes; an action without a number counts as deepest."""
    return action.number.count(".") + 1 if action.number else 9


def depth_of_actions(state: State) -> int:
    """The least depth of the numbered actions so far."""
    depths = [depth_of_part(action) for action in state.outline.actions() if action.number]
    return min(depths, default=1)
