"""What a worked-on Word file holds, in reading order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from suivi.values.wording_diff import Fate


@dataclass(frozen=True)
class Span:
    """Words of one look and one fate. `\\n` is a line break.

    `author` and `on` name who tracked an insertion or deletion, and the day. `tag` is that of the content
    control around the words, `href` a link outside, `anchor` the bookmark that a link inside leads to.
    `note` is the text of a footnote or endnote that hangs here; such a span has no words. `comments` are the
    numbers of the comments whose range covers the words.
    """

    text: str
    fate: Fate = Fate.KEPT
    author: str = ""
    on: date | None = None
    tag: str = ""
    bold: bool = False
    italic: bool = False
    href: str = ""
    anchor: str = ""
    note: tuple["Span", ...] = ()
    comments: frozenset[str] = frozenset()

    @property
    def is_tracked(self) -> bool:
        return self.fate is not Fate.KEPT or any(span.is_tracked for span in self.note)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `style` is the name of its style in lower case; `bookmarks` those that start in it.

    `is_removed`: its end is tracked as deleted and nothing of its words stays.
    """

    spans: tuple[Span, ...]
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    is_removed: bool = False

    def before(self) -> tuple[Span, ...]:
        """The words before anything tracked was done."""
        return tuple(span for span in self.spans if span.fate is not Fate.ADDED)

    def after(self) -> tuple[Span, ...]:
        """The words with all that is tracked accepted."""
        return tuple(span for span in self.spans if span.fate is not Fate.REMOVED)


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells of paragraphs, without the cells that one above covers."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


Block: TypeAlias = Paragraph | Grid


@dataclass(frozen=True)
class Comment:
    """A remark in the margin."""

    author: str
    on: date | None
    text: str


@dataclass(frozen=True)
class WordFile:
    """The body without the table of contents; comments by number; the custom properties of the file."""

    blocks: tuple[Block, ...]
    comments: Mapping[str, Comment] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)

    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph in reading order, also those in cells."""
        found: list[Paragraph] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                found.append(block)
            else:
                found += [one for row in block.rows for cell in row for one in cell]
        return found
