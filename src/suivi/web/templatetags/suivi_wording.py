"""Two wordings as one text with what was removed and what was added marked."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from suivi.values.wording_diff import Fate, diff_words

register = template.Library()

ELEMENTS = {Fate.KEPT: "span", Fate.ADDED: "ins", Fate.REMOVED: "del"}


@register.simple_tag
def wording(before: object, after: object) -> SafeString:
    """The later wording over the earlier one, with <ins> and <del>; both arguments are words or a Text."""
    pieces = diff_words(str(before), str(after))
    return format_html_join("", "<{0}>{1}</{0}>", ((ELEMENTS[piece.fate], piece.words) for piece in pieces))
