"""What a document says, paragraph by paragraph and cell by cell, in the order of its DOCX file.

This is what a file that comes back, another language or an earlier paper is compared with. Each passage knows
where it stands and, where its words were written by somebody, in which section and block.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from suivi.render.document import (
    Block,
    Box,
    BulletList,
    Cover,
    CoverRow,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from suivi.render.numbering import Numbering
from suivi.render.runs import Content, LineBreak, Note, Reference, Run, flat, inlines
from suivi.render.spoken import Spoken

Kind: TypeAlias = Literal["cover", "title", "heading", "paragraph", "item", "caption", "source", "cell"]

_PLACE_LETTERS = 60  # of a paragraph that has neither number nor heading

# A footnote stands in the words as what it says, between these.
NOTE_OPENS, NOTE_CLOSES = " [^ ", "]"


@dataclass(frozen=True)
class Passage:
    """A paragraph of the file.

    `heading` is the one above it, `number` that of a numbered paragraph, `anchor` that of its bookmark.
    `origin` is that of the block; `item` counts from 1 in a list. `content` are the parts of its line.
    """

    content: Content
    spoken: Spoken
    kind: Kind
    heading: str = ""
    number: str = ""
    anchor: str = ""
    origin: str = ""
    item: int = 0

    @property
    def text(self) -> str:
        return self.spoken.text

    @property
    def section(self) -> str:
        """The section its words were written in, empty where they are computed."""
        return self.origin.rpartition("#")[0]

    @property
    def place(self) -> str:
        """Where a reader finds it: its heading and number, else its first words."""
        if self.number:
            return f"{self.heading}, {self.number}" if self.heading else self.number
        return self.heading or self.text[:_PLACE_LETTERS]

    @property
    def block(self) -> int:
        """The block of that section, from 1; 0 where the words are computed."""
        number = self.origin.rpartition("#")[2]
        return int(number) if self.section and number.isdigit() else 0


@dataclass(frozen=True)
class PassageGrid:
    """A table: its caption and, row by row, what its cells say."""

    caption: str
    rows: tuple[tuple[Passage, ...], ...]
    heading: str = ""


def passages(document: Document) -> list[Passage | PassageGrid]:
    """Raises ValueError where the document contradicts itself."""
    return list(_Walk(document, Numbering.of(document)).all())


def flat_passages(document: Document) -> list[Passage]:
    """The same with the cells of the tables one after the other."""
    found: list[Passage] = []
    for one in passages(document):
        found += [one] if isinstance(one, Passage) else chain.from_iterable(one.rows)
    return found


@dataclass
class _Walk:
    document: Document
    numbering: Numbering
    heading: str = ""

    def all(self) -> Iterator[Passage | PassageGrid]:
        yield from self._cover(self.document.cover or Cover())
        for block in self.document.blocks:
            yield from self._block(block)

    def _cover(self, cover: Cover) -> Iterator[Passage | PassageGrid]:
        yield from (self._said(flat(words), "cover") for words in (cover.organisation, cover.symbol) if words)
        yield self._said(flat(self.document.metadata.title), "title")
        if cover.subtitle:
            yield self._said(flat(cover.subtitle), "cover")
        if cover.purpose:
            if cover.purpose_label:
                yield self._said(flat(cover.purpose_label), "cover")
            yield self._said(cover.purpose, "cover")
        if cover.rows:
            rows = (
                (self._said(flat(row.label), "cell"), self._said(row.value, "cell", row))
                for row in cover.rows
            )
            yield PassageGrid("", tuple(rows))

    def _block(self, block: Block) -> Iterator[Passage | PassageGrid]:
        match block:
            case Heading():
                said = self._said(block.content, "heading", block)
                self.heading = said.text
                yield said
            case Paragraph():
                yield self._said(block.content, "paragraph", block)
            case BulletList():
                for number, item in enumerate(block.items, 1):
                    yield self._said(item, "item", block, number)
            case Table():
                yield self._captioned(block)
                yield from self._table(block)
            case Figure():
                yield self._captioned(block)
                yield from self._source(block.source)
                if block.data:
                    name = self.numbering.names[id(block)]
                    yield self._said(self.numbering.wording.data_of_figure % {"figure": name}, "caption")
                    yield from self._table(block.data)
            case Box():
                if block.title:
                    yield self._said(block.title, "paragraph")
                for inner in block.blocks:
                    yield from self._block(inner)
            case PageBreak():
                pass

    def _captioned(self, block: Table | Figure) -> Passage:
        label = Run(f"{self.numbering.names[id(block)]}. ")
        return self._said((label, *inlines(block.caption)), "caption", block)

    def _table(self, table: Table) -> Iterator[Passage | PassageGrid]:
        rows = tuple(tuple(self._cells(row)) for row in (*table.header, *table.body))
        yield PassageGrid(self._said(table.caption, "caption").text, rows, self.heading)
        yield from self._source(table.source)

    def _cells(self, row: Row) -> Iterator[Passage]:
        return (self._said(cell.content, "cell") for cell in row.cells)

    def _source(self, source: Content) -> Iterator[Passage]:
        said = self._said(source, "source")
        if said.text:
            yield said

    def _said(
        self,
        content: Content,
        kind: Kind,
        block: Heading | Paragraph | BulletList | Table | Figure | CoverRow | None = None,
        item: int = 0,
    ) -> Passage:
        return Passage(
            content,
            Spoken.of(self._pieces(content)),
            kind,
            self.heading,
            self.numbering.names.get(id(block), "") if isinstance(block, Paragraph) else "",
            self.numbering.targets.get(id(block), ""),
            getattr(block, "origin", ""),
            item,
        )

    def _pieces(self, content: Content) -> Iterator[tuple[str, str]]:
        for part in inlines(content):
            match part:
                case Run():
                    yield part.text, part.figure
                case LineBreak():
                    yield " ", ""
                case Reference():
                    yield self.numbering.reference(part), ""
                case Note():
                    yield NOTE_OPENS, ""
                    yield from self._pieces(part.content)
                    yield NOTE_CLOSES, ""
