"""Differences between two states of a plan, put in order for people: by kind, each with its pieces."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from suivi.documents.comparison import Change, Difference
from suivi.values.messages import gettext_noop
from suivi.values.wording_diff import Fate, Piece, diff_words

# In the order in which readers ask: what came and went, then wording, days and counts, then the rest.
CHANGE_WORDS: dict[Change, str] = {
    Change.ADDED: gettext_noop("Added"),
    Change.DROPPED: gettext_noop("Dropped"),
    Change.TEXT: gettext_noop("Reworded"),
    Change.WINDOW: gettext_noop("Time frame"),
    Change.TARGET: gettext_noop("Target"),
    Change.STRANDS: gettext_noop("Named parts"),
    Change.LEAD: gettext_noop("Lead unit as stated"),
    Change.INDICATOR: gettext_noop("Indicator as stated"),
    Change.LINKS: gettext_noop("Links to other frameworks"),
    Change.MOVED: gettext_noop("Moved"),
    Change.NUMBER: gettext_noop("Number"),
    Change.FOLLOWS: gettext_noop("Split or merged"),
    Change.CONTINUES: gettext_noop("Continues an earlier plan"),
    Change.TITLE: gettext_noop("Title"),
    Change.NOTES: gettext_noop("Footnotes"),
    Change.LABELS: gettext_noop("Names of the levels"),
    Change.HEADER: gettext_noop("Head of the document"),
}
LEVEL_WORDS: dict[str, str] = {
    "plan": gettext_noop("plan"),
    "pillar": gettext_noop("pillar"),
    "action": gettext_noop("action"),
    "deliverable": gettext_noop("deliverable"),
}
HEADER_WORDS: dict[str, str] = {
    "language": gettext_noop("language"),
    "symbol": gettext_noop("symbol"),
    "body": gettext_noop("governing body"),
    "session": gettext_noop("session"),
    "item": gettext_noop("agenda item"),
    "date": gettext_noop("date"),
    "author_unit": gettext_noop("author unit"),
    "original_language": gettext_noop("original language"),
    "paragraphs": gettext_noop("paragraphs"),
    "decision_paragraph": gettext_noop("paragraph of the decision"),
    "footnotes": gettext_noop("footnotes"),
    "cited": gettext_noop("documents cited"),
}
_LISTS = {Change.LINKS, Change.FOLLOWS, Change.NOTES}


@dataclass(frozen=True)
class Group:
    """The differences of one kind; `title` is a template for the translators."""

    change: Change
    title: str
    rows: tuple[Difference, ...]


@dataclass(frozen=True)
class Sorted:
    """What was adopted differently, by kind; beside it what needs no decision."""

    adopted: tuple[Group, ...] = ()
    short_titles: tuple[Difference, ...] = ()
    link_titles: tuple[Difference, ...] = ()
    translations: tuple[Difference, ...] = ()
    adopted_count: int = 0
    translated: Counter[str] = field(default_factory=Counter)  # language -> how many texts


def sort_differences(differences: Iterable[Difference]) -> Sorted:
    """Adopted changes grouped by kind; short titles and translations counted on their own."""
    found = list(differences)
    adopted = [one for one in found if one.is_adopted]
    translations = tuple(one for one in found if one.change is Change.TRANSLATION)
    groups = (
        Group(change, title, tuple(one for one in adopted if one.change is change))
        for change, title in CHANGE_WORDS.items()
    )
    return Sorted(
        adopted=tuple(group for group in groups if group.rows),
        short_titles=tuple(one for one in found if not one.is_adopted and one.change is Change.TITLE),
        link_titles=tuple(one for one in found if one.change is Change.LINK_TITLE),
        translations=translations,
        adopted_count=len(adopted),
        translated=Counter(one.language for one in translations),
    )


def pieces_of(difference: Difference) -> list[Piece]:
    """What stood and what stands, piece by piece: lists by their members, wording by its words.

    A window or a target is replaced as a whole: half a date struck out would not be read.
    """
    if difference.change in _LISTS:
        return _members(difference)
    if difference.change in {Change.WINDOW, Change.TARGET, Change.NUMBER, Change.MOVED}:
        whole = ((Fate.REMOVED, difference.before), (Fate.ADDED, difference.after))
        return _spaced(Piece(fate, words) for fate, words in whole if words)
    return diff_words(difference.before, difference.after)


def _members(difference: Difference) -> list[Piece]:
    before, after = (words.split(", ") if words else [] for words in (difference.before, difference.after))
    kept = set(before) & set(after)
    gone = [Piece(Fate.REMOVED, member) for member in before if member not in kept]
    return _spaced([*gone, *(Piece(Fate.KEPT if member in kept else Fate.ADDED, member) for member in after)])


def _spaced(pieces: Iterable[Piece]) -> list[Piece]:
    """A blank after each piece that stands for itself, as words have theirs."""
    return [Piece(piece.fate, f"{piece.words} ") for piece in pieces]
