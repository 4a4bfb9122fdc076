"""The neutral document: composed once, rendered to DOCX, PDF and HTML.

It knows what a paper of a governing body knows: a cover block, headings, paragraphs whose numbers run
through the document, tables with merged cells and group rows, figures with their data, boxes, notes,
references. It knows no page, no point and no colour. All parts are frozen: equal documents are equal, and
the same document gives the same bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from suivi.render.runs import Content, Inline, LineBreak, Note, Reference, Run, has_words, plain_text
from suivi.render.typography import Typography

__all__ = [
    "Block",
    "Box",
    "BulletList",
    "Cell",
    "Column",
    "Content",
    "Cover",
    "CoverRow",
    "Document",
    "Figure",
    "Heading",
    "Inline",
    "LineBreak",
    "Metadata",
    "Note",
    "PageBreak",
    "Paragraph",
    "Reference",
    "Row",
    "Run",
    "Table",
]

UNTITLED = "–"  # where a title has no words: a file and a heading need one

# How many CSS pixels wide a drawing should be made to be set on the page without being made smaller.
FIGURE_WIDTH = 640
WIDE_FIGURE_WIDTH = 970

Alignment: TypeAlias = Literal["start", "center", "end"]


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What the file says of itself. `created_on` comes from the caller: no renderer reads a clock.

    `language` is a BCP 47 code ("en", "fr", "es"). `provenance` is written into the properties of the file
    (plan edition, days, digest, version ...), and printed nowhere.
    """

    title: str
    language: str
    created_on: date
    subject: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not has_words(self.title):
            object.__setattr__(self, "title", UNTITLED)


@dataclass(frozen=True)
class CoverRow:
    """A line of the cover block: "Author unit", and which it is. `origin` as that of a paragraph."""

    label: str
    value: Content
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The head of the first page. `organisation` and `symbol` stand above the title, `subtitle` under it,
    then the boxed purpose, then the rows."""

    organisation: str = ""
    symbol: str = ""
    subtitle: str = ""
    purpose_label: str = ""
    purpose: Content = ""
    rows: tuple[CoverRow, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3. The title of the document stands above level 1 and is no heading block.

    A level that skips one (3 right under 1) is written as the next one down: readers of headings count on it.
    """

    content: Content
    level: int = 1
    anchor: str = ""
    origin: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 3:
            raise ValueError("a heading has level 1, 2 or 3")
        if not has_words(plain_text(self.content)):
            object.__setattr__(self, "content", UNTITLED)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. The numbers of numbered ones run through the document.

    Roles: "body"; "lead", larger, at the start of a part; "small", for remarks under a table. `origin` names
    what the words were written in, such as a section of a paper; it is printed nowhere.
    """

    content: Content
    numbered: bool = False
    anchor: str = ""
    role: Literal["body", "lead", "small"] = "body"
    origin: str = ""


@dataclass(frozen=True)
class BulletList:
    """Items with bullets, or with (a), (b), (c) where `lettered`, as in a decision."""

    items: tuple[Content, ...]
    lettered: bool = False
    origin: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its share of the width against the others, and how its cells are set."""

    weight: float = 1.0
    align: Alignment = "start"


@dataclass(frozen=True)
class Cell:
    """A cell. A cell covers `colspan` columns and `rowspan` rows; rows below leave out what it covers.
    `is_header` marks the cell that names its row."""

    content: Content = ""
    colspan: int = 1
    rowspan: int = 1
    is_header: bool = False
    align: Alignment | None = None


@dataclass(frozen=True)
class Row:
    """A row. Kinds: "body"; "group", a heading row such as a pillar; "subgroup" below it; "total".

    A group row stays on the page of the row after it; `keep_with_next` asks the same of another row.
    """

    cells: tuple[Cell, ...]
    kind: Literal["body", "group", "subgroup", "total"] = "body"
    keep_with_next: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table. The header rows are repeated on each page, rows are not cut. `wide` turns the page;
    `keep_together` asks for one page where it is short; `source` is the line under it."""

    caption: Content
    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    anchor: str = ""
    wide: bool = False
    keep_together: bool = False
    source: Content = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture of ours with caption, alternative text and, where there is one, the table behind it.

    `svg` comes from the shapes of `suivi.render`; other SVG is refused.
    """

    svg: str
    alt: str
    caption: Content
    data: Table | None = None
    anchor: str = ""
    wide: bool = False
    source: Content = ""


@dataclass(frozen=True)
class Box:
    """Paragraphs and lists set apart in a frame."""

    blocks: tuple["Paragraph | BulletList", ...]
    title: Content = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows starts a page."""


Block: TypeAlias = Heading | Paragraph | BulletList | Table | Figure | Box | PageBreak


@dataclass(frozen=True, kw_only=True)
class Document:
    """The whole. `notice` stands on every page (a demonstration says so there); `contents` asks for a table
    of contents; `typography` is the organisation's for this language, by default that of the language."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    cover: Cover | None = None
    notice: str = ""
    contents: bool = True
    typography: Typography | None = None

    @property
    def style(self) -> Typography:
        return self.typography or Typography.of(self.metadata.language)

    def walk(self) -> Iterator[Block]:
        """Every block in order, also those inside boxes and the tables behind figures."""
        for block in self.blocks:
            yield block
            if isinstance(block, Box):
                yield from block.blocks
            elif isinstance(block, Figure) and block.data:
                yield block.data
