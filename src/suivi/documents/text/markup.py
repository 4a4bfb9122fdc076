"""Marks of Markdown and fragments of HTML taken off the words they decorate."""

import html
import re

from suivi.documents.words.marks import raise_marks

_BREAK = re.compile(r"</(?:p|li|div|tr|h\d)\s{0,3}>|<br\s{0,3}/?>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,10}(?:\s[^<>]{0,400})?/?>")
_COMMENT = re.compile(r"<!--[^>]{0,400}-->")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,800}(?:\s\"[^\"]{0,200}\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,2000}?)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*(?![\w*])|"
    r"(?<!\w)_(?=\S)([^_\n]{1,1000}?)(?<=\S)_(?!\w)"
)
_CODE = re.compile(r"`([^`]{1,500})`")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>&])")
_STRAY = re.compile(r"^\s*\*\*(?=\S)|(?<=\S)\*\*\s*$|(?<=\S)\*\*(?=\s|$)|(?<=\s)\*\*(?=\S)")
_WHOLLY_BOLD = re.compile(r"^\s*(\*\*|__)[^*_]+\1\s*:?\s*$|^\s*<(b|strong)>[^<]+</\2>\s*$")


def is_wholly_bold(text: str) -> bool:
    """Whether all of a line is set in bold."""
    return len(text) < 2000 and bool(_WHOLLY_BOLD.match(text))


def plain(text: str) -> str:
    """The words without links, emphasis, tags and entities; note marks raised."""
    if "<" in text:
        text = raise_marks(text)
        text = _TAG.sub(" ", _COMMENT.sub(" ", _BREAK.sub("\n", _ITEM.sub("\n• ", text))))
    elif "^" in text:
        text = raise_marks(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _STRONG.sub(r"\2", text)
        text = _EMPHASIS.sub(lambda m: m.group(1) or m.group(2), text)
        text = _STRAY.sub("", text)
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "&" in text and ";" in text:
        text = html.unescape(text)
    return text


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a cell: parted by line breaks, `<p>`, `<br>` and `<li>`."""
    return tuple(part for line in plain(text).split("\n") if (part := " ".join(line.split())))
