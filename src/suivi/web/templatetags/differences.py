"""How differences between editions, and sentences of the pure rooms, look in pages."""

from django import template
from django.utils.translation import gettext as _

from suivi.documents.comparison import Difference, Part, key_of
from suivi.documents.differences import HEADER_WORDS, LEVEL_WORDS, pieces_of
from suivi.documents.model import Certainty, Use
from suivi.findings import Place
from suivi.reporting.sentences import language_name as name_of
from suivi.values.messages import Message, gettext_noop
from suivi.values.wording_diff import Piece
from suivi.web.sentences import sentence

register = template.Library()

USE_WORDS = {
    Use.USED: gettext_noop("used"),
    Use.HEADING: gettext_noop("heading"),
    Use.FOOTNOTE: gettext_noop("footnote"),
    Use.PARAGRAPH: gettext_noop("paragraph"),
    Use.HEADER: gettext_noop("head of the document"),
    Use.BLANK: gettext_noop("blank"),
    Use.IGNORED: gettext_noop("left out"),
}
CERTAINTY_WORDS = {
    Certainty.STATED: gettext_noop("stated"),
    Certainty.CONCLUDED: gettext_noop("concluded by a rule"),
    Certainty.GUESSED: gettext_noop("guessed"),
}
FIELD_WORDS = {
    "number": gettext_noop("number"),
    "title": gettext_noop("title"),
    "text": gettext_noop("text"),
    "window": gettext_noop("time frame"),
    "starts_on": gettext_noop("first day"),
    "ends_on": gettext_noop("last day"),
    "target": gettext_noop("target"),
    "strands": gettext_noop("named parts"),
    "lead": gettext_noop("lead unit"),
    "indicator": gettext_noop("indicator"),
    "links": gettext_noop("links"),
    "footnotes": gettext_noop("footnotes"),
}


@register.filter
def translated(template_words: str | Message) -> str:
    """A sentence that a pure room wrote, in the reader's language."""
    if isinstance(template_words, Message):
        return sentence(template_words)
    return _(template_words) if template_words else ""


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the reader's language; an unknown code as it is."""
    return name_of(code)


@register.filter
def pieces(difference: Difference) -> list[Piece]:
    """What went, what stayed and what came."""
    return pieces_of(difference)


@register.filter
def difference_place(difference: Difference) -> str:
    """What a difference is about: the level, or the field of the head of the document."""
    if difference.level == "plan" and difference.key in HEADER_WORDS:
        return _(HEADER_WORDS[difference.key])
    if difference.level == "plan" and difference.key in LEVEL_WORDS:
        return _(LEVEL_WORDS[difference.key])
    return _(LEVEL_WORDS[difference.level])


@register.filter
def part_key(part: Part) -> str:
    """The key by which a part is known through the editions."""
    return key_of(part)


@register.filter
def level_words(level: str) -> str:
    """The name of a level in the reader's language."""
    return _(LEVEL_WORDS[level])


@register.filter
def place_words(place: Place) -> str:
    """A place in the reader's language."""
    return place.in_words(_)


@register.filter
def use_words(use: str) -> str:
    """What became of a line of the source."""
    return _(USE_WORDS[Use(use)])


@register.filter
def certainty_words(certainty: str) -> str:
    """How sure a reading is."""
    return _(CERTAINTY_WORDS[Certainty(certainty)])


@register.filter
def field_words(name: str) -> str:
    """The name of a field of a row as people call it."""
    return _(FIELD_WORDS.get(name, name))


@register.filter
def row_number(anchor: str) -> str:
    """The number in the anchor of a row."""
    return anchor.partition("-")[2]
