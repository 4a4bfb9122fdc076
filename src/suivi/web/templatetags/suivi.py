"""How values look in pages: texts in the reader's language, days, marks of a state."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from suivi.organisation.queries import UnitNode, UnitTree
from suivi.render.marks import status_mark
from suivi.render.typography import NO_BREAK
from suivi.values.text import Text
from suivi.web import days
from suivi.web.labels import internal_mark, named_by_level

register = template.Library()


@register.filter
def words(text: Text | None) -> SafeString | str:
    """A text in the reader's language; a fallback or a stale translation says so."""
    if not text:
        return ""
    shown = text.shown(get_language() or "en")
    if not shown.is_fallback and not shown.is_stale:
        return shown.text
    language = get_language_info(shown.language)["name_translated"] if shown.is_fallback else ""
    if shown.is_stale:
        note = _("The original was reworded after this translation was made.")
        return format_html('{} <abbr class="note" title="{}">*</abbr>', shown.text, note)
    note = _("Not translated yet: shown in %(language)s.") % {"language": language}
    return format_html('<span lang="{}" title="{}">{}</span>', shown.language, note, shown.text)


@register.filter
def plain(text: Text | None) -> str:
    """A text in the reader's language without any mark, for titles and attributes."""
    return text.shown(get_language() or "en").text if text else ""


@register.filter
def short(row: Any) -> SafeString | str:
    """The short title of an action or deliverable, or its whole sentence where it has none."""
    return words(row.title) or words(row.text)


@register.simple_tag(takes_context=True)
def part_name(context: dict[str, Any], row: Any, level: str) -> SafeString | str:
    """The words of a pillar, action or deliverable; "Pillar 1" where the document names it nowhere.

    Needs `edition`, whose words for the levels are used.
    """
    return _own_words(row) or named_by_level(context["edition"], level, row.number)


@register.simple_tag(takes_context=True)
def part_line(context: dict[str, Any], row: Any, level: str) -> SafeString:
    """The same after its number, which is marked where the document does not give it."""
    mark = internal_mark() if row.number_is_internal else ""
    named = _own_words(row)
    if not named:
        return format_html("{}{}", named_by_level(context["edition"], level, row.number), mark)
    return format_html('<span class="number nowrap">{}{}</span> {}', row.number, mark, named)


def _own_words(row: Any) -> SafeString | str:
    return words(getattr(row, "title", None)) or words(getattr(row, "text", None))


@register.filter
def day(value: date | None) -> SafeString | str:
    """A day for tables: 15 Feb 2023."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>',
        value.isoformat(),
        days.short_day(value).replace(" ", NO_BREAK),
    )


@register.filter
def long_day(value: date | None) -> SafeString | str:
    """A day in a sentence: 15 February 2023."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), days.long_day(value))


@register.simple_tag
def mark(status: str, label: str = "") -> SafeString:
    """The drawn shape of a state; its word stands beside it, or in `label`."""
    # Our own drawing from a fixed list of shapes, with the label escaped.
    return mark_safe(status_mark(status, 16, label))  # noqa: S308


@register.simple_tag
def unit_name(tree: UnitTree, pk: int | None) -> SafeString | str:
    """The name of a unit as of the day of the tree."""
    node = tree.get(pk)
    return words(node.name) if node else ""


@register.filter
def unit_in(tree: UnitTree, pk: int | None) -> UnitNode | None:
    """The unit as of the day of the tree."""
    return tree.get(pk)


@register.simple_tag(takes_context=True)
def with_filter(context: dict[str, Any], **changes: Any) -> str:
    """The address of this page with some of its filters changed."""
    query = context["address_query"].copy()
    query.pop("as_of", None)
    query.pop("up_to", None)
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{urlencode(list(query.lists()), doseq=True)}"
