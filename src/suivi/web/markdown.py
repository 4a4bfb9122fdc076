"""Markdown that units write, as HTML: paragraphs, lists, emphasis, quotes and links, and nothing else."""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Headings and pictures would break the page they stand in; written HTML is shown as it was typed.
_SYNTAX = ("list", "blockquote", "emphasis", "link", "autolink", "escape", "newline", "entity")


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(list(_SYNTAX))


def as_html(written: str) -> SafeString:
    """The words as HTML. Only http, https and mailto links lead anywhere; all else is text."""
    # Everything that is not of the syntax above is escaped by the reader, which knows no HTML.
    html: str = _reader().render(written)
    return mark_safe(html)  # noqa: S308
