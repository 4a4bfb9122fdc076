"""How differences between editions, and sentences of the pure rooms, look in pages."""

from django import template
from django.utils.translation import gettext as _

from suivi.documents.comparison import Difference, Part, key_of
from suivi.documents.differences import HEADER_WORDS, LEVEL_WORDS, pieces_of
from suivi.values.messages import Message
from suivi.values.wording_diff import Piece
from suivi.web.forms.translation import language_name as name_of

register = template.Library()


@register.filter
def translated(template_words: str | Message) -> str:
    """A sentence that a pure room wrote, in the reader's language."""
    if isinstance(template_words, Message):
        return template_words.in_words(_)
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
