"""The text of a neutral document, line by line: every word, number and date, and where each line stands.

The digest of a document is made from it, and a difference found in a file is named by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from suivi.render.document import (
    Block,
    Box,
    BulletList,
    Cover,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from suivi.render.numbering import Numbering
from suivi.render.runs import Content, LineBreak, Note, Reference, Run, clean, flat, inlines

BETWEEN_CELLS = "\t"  # no cleaned text has one


@dataclass(frozen=True)
class Line:
    """One line of the text.

    `kind` says what it is; `name` what the part is called, such as "14", "Table 2" or the words of the
    heading above; `row` counts the rows of a table from 1, its head included.
    """

    kind: str
    text: str
    name: str = ""
    row: int = 0


def lines_of(document: Document) -> list[Line]:
    """Every line in the order of the document; notes stand after the line that they hang on."""
    return list(_Walk(document, Numbering.of(document)).lines())


@dataclass
class _Walk:
    document: Document
    numbering: Numbering
    notes: int = 0
    waiting: list[Line] = field(default_factory=list)  # the notes of the line being read

    def lines(self) -> Iterator[Line]:
        for line in self._lines():
            waiting, self.waiting = self.waiting, []
            if line.text:
                yield line
            yield from waiting

    def _lines(self) -> Iterator[Line]:
        if self.document.notice:
            yield Line("notice", flat(self.document.notice))
        yield from self._cover(self.document.cover or Cover())
        above = ""
        for block in self.document.blocks:
            if isinstance(block, Heading):
                above = flat(self._text(block.content, with_notes=False))
            yield from self._block(block, above)

    def _cover(self, cover: Cover) -> Iterator[Line]:
        title = self.document.metadata.title
        for text in (cover.organisation, cover.symbol, title, cover.subtitle, cover.purpose_label):
            yield Line("cover", flat(text))
        yield Line("cover", self._text(cover.purpose))
        for row in cover.rows:
            yield Line("cover", f"{flat(row.label)}{BETWEEN_CELLS}{self._text(row.value)}")

    def _block(self, block: Block, above: str) -> Iterator[Line]:
        match block:
            case Heading():
                yield Line("heading", self._text(block.content), above)
            case Paragraph():
                yield self._paragraph(block, above)
            case BulletList():
                yield from (Line("item", self._text(item), above) for item in block.items)
            case Table():
                name = self.numbering.names[id(block)]
                yield Line("caption", self._text(block.caption), name)
                yield from self._rows(block, name)
            case Figure():
                yield from self._figure(block)
            case Box():
                yield Line("box", self._text(block.title), above)
                for inner in block.blocks:
                    yield from self._block(inner, above)
            case PageBreak():
                return

    def _paragraph(self, block: Paragraph, above: str) -> Line:
        number = self.numbering.names.get(id(block), "")
        return Line("numbered" if number else "paragraph", self._text(block.content), number or above)

    def _rows(self, table: Table, name: str) -> Iterator[Line]:
        for number, row in enumerate((*table.header, *table.body), 1):
            yield Line("row", self._row(row), name, number)
        yield Line("source", self._text(table.source), name)

    def _row(self, row: Row) -> str:
        return BETWEEN_CELLS.join(self._text(cell.content) for cell in row.cells)

    def _figure(self, figure: Figure) -> Iterator[Line]:
        name = self.numbering.names[id(figure)]
        yield Line("caption", self._text(figure.caption), name)
        yield Line("picture", flat(figure.alt), name)
        yield from (Line("picture", words, name) for words in texts_of_drawing(figure.svg.encode()))
        yield Line("source", self._text(figure.source), name)
        if figure.data:
            # The table behind a figure goes by the name of the figure, not by its own caption.
            yield from self._rows(figure.data, name)

    def _text(self, content: Content, *, with_notes: bool = True) -> str:
        """The words on one line. Notes wait until the line has been given."""
        words = []
        for part in inlines(content):
            match part:
                case Run():
                    words.append(clean(part.text))
                case LineBreak():
                    words.append(" ")
                case Reference():
                    words.append(self.numbering.reference(part))
                case Note() if with_notes:
                    self.notes += 1
                    number = self.notes
                    self.waiting.append(Line("note", self._text(part.content), str(number)))
        return flat("".join(words))


def texts_of_drawing(svg: bytes) -> list[str]:
    """What a drawing says: its title, its description and the words in it. Raises ValueError for no SVG."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the drawing is not well-formed: {error}") from error
    said = (node for node in root.iter("{*}title", "{*}desc", "{*}text"))
    return [words for node in said if (words := flat("".join(node.itertext())))]
