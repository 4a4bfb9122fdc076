"""What stands inside a line of a neutral document: words, notes, references.

Everything that a caller gives is text, never markup. `inlines` is the one door through which texts reach
the three renderers, and it makes them safe for all of them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

# XML and PDF have no place for these; overrides of direction would let a text disguise its neighbours.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANKS = re.compile("[ \n]+")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")


@dataclass(frozen=True)
class Run:
    """Words of one look. `language` only where it differs from the document's; `href` is a link outside;
    `status` is a code of `suivi.render.marks`, whose shape is drawn before the words. `figure` is the name of
    the computed figure that these words give: it stays with them in the file, so that they can be checked."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    language: str = ""
    status: str = ""
    figure: str = ""


@dataclass(frozen=True)
class LineBreak:
    """A new line in a paragraph or a cell. A line end in a text means the same."""


@dataclass(frozen=True)
class Note:
    """A footnote that hangs on this place. Notes are numbered through the document."""

    content: "Content"


@dataclass(frozen=True)
class Reference:
    """A link to the heading, numbered paragraph, table or figure with this anchor.

    Without a text of its own it reads "Table 2", "Figure 1", "paragraph 14" or the words of the heading.
    """

    anchor: str
    text: str = ""


Inline: TypeAlias = Run | LineBreak | Note | Reference
Content: TypeAlias = str | Inline | tuple[Inline, ...]


def clean(text: str) -> str:
    """The text with one kind of line end and unprintable characters shown as U+FFFD, so that none is
    dropped in silence and none breaks a file."""
    return _UNPRINTABLE.sub("\ufffd", _LINE_ENDS.sub("\n", text)).replace("\t", " ")


def flat(text: str) -> str:
    """The cleaned text on one line, for titles, labels and properties. No-break spaces stay."""
    return _BLANKS.sub(" ", clean(text)).strip(" ")


def inlines(content: Content) -> tuple[Inline, ...]:
    """The parts of a content in order, texts cleaned, line ends in texts made line breaks."""
    if isinstance(content, str):
        content = Run(content)
    parts = content if isinstance(content, tuple) else (content,)
    return tuple(piece for part in parts for piece in _pieces(part))


def _pieces(part: Inline) -> Iterator[Inline]:
    if not isinstance(part, Run):
        yield part
        return
    for index, line in enumerate(clean(part.text).split("\n")):
        if index:
            yield LineBreak()
        if line or (part.status and index == 0):
            status = part.status if index == 0 else ""
            yield replace(part, text=line, status=status)


def plain_text(content: Content) -> str:
    """The words alone, on one line, without the notes: for contents, bookmarks and alternative texts."""
    words = []
    for part in inlines(content):
        if isinstance(part, Run | Reference):
            words.append(clean(part.text))
        elif isinstance(part, LineBreak):
            words.append(" ")
    return flat("".join(words))


def has_words(text: str) -> bool:
    """Whether there is anything to see in a text: not only blanks and marks without a shape."""
    return any(not unicodedata.category(letter).startswith(("Z", "C")) for letter in clean(text))
