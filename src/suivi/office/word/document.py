"""Reading a Word file that people worked on, straight from its XML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from suivi.office.archives import Archive, too_deep, too_large
from suivi.office.word.model import Block, Comment, Grid, Paragraph, Span, WordFile
from suivi.office.word.spans import MC, SpanReader, W, chosen, day_in, joined, tracked
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop
from suivi.values.wording_diff import Fate

MAX_PARAGRAPHS = 300_000
_HOLDERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_REMOVED = (f"{W}del", f"{W}moveFrom")
_CONTENTS = ("toc ", "contents ", "toa heading")  # what styles of tables of contents are called


def read_word(data: bytes) -> WordFile:
    """The body, comments and custom properties of a DOCX file. Its table of contents is passed over.

    Tracked changes, footnotes and endnotes are read; formatting is read as far as bold and italics. Raises
    InputRefused for anything that is no readable DOCX.
    """
    archive = Archive(data)
    main = archive.part("", "officeDocument") or "word/document.xml"
    root = archive.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise InputRefused(
            gettext_noop("The file is not a Word document."),
            hint=gettext_noop("Save the paper as .docx and try again."),
        )
    try:
        blocks = _Reader.of(archive, main).read(body)
        comments = dict(_comments(archive, main))
    except RecursionError as error:
        raise too_deep() from error
    return WordFile(tuple(blocks), comments, dict(_properties(archive)))


@dataclass
class _Reader:
    styles: dict[str, str]
    default: str
    words: SpanReader
    count: int = 0
    held: Paragraph | None = None  # its end was deleted: the next paragraph continues it

    @classmethod
    def of(cls, archive: Archive, main: str) -> "_Reader":
        styles, default = _styles(archive, main)
        notes = dict(_notes(archive, main))
        return cls(styles, default, SpanReader(notes, archive.addresses(main)))

    def read(self, elements: Iterable[Any]) -> list[Block]:
        found: list[Block] = []
        for element in self._content(elements):
            if element.tag == f"{W}tbl":
                found += self._let_go()
                found.append(self._grid(element))
            else:
                found += self._paragraph(element, Span(""))
            boxes, self.words.boxes = self.words.boxes, []
            for box in boxes:
                found += self.read(box)
        return found + self._let_go()

    def _content(self, elements: Iterable[Any]) -> Iterator[Any]:
        """The paragraphs and tables, out of content controls and other holders."""
        for element in elements:
            if element.tag in (f"{W}p", f"{W}tbl"):
                yield element
            elif element.tag == f"{MC}AlternateContent":
                yield from self._content(chosen(element))
            elif element.tag in _HOLDERS:
                if not _is_contents(element):
                    yield from self._content(element)
            else:
                self.words.meet_comment(element)

    def _paragraph(self, element: Any, look: Span) -> list[Block]:
        """The paragraph, none where it goes on in the next one or belongs to the table of contents."""
        self.count += 1
        if self.count > MAX_PARAGRAPHS:
            raise too_large()
        properties = element.find(f"{W}pPr")
        named = None if properties is None else properties.find(f"{W}pStyle")
        style = self.styles.get("" if named is None else named.get(f"{W}val", ""), self.default)
        if style.startswith(_CONTENTS):
            return []
        read = self.words.paragraph(element, style, look)
        if self.held:
            spans = tuple(joined((*self.held.spans, Span(" "), *read.spans)))
            read = replace(read, spans=spans, bookmarks=(*self.held.bookmarks, *read.bookmarks))
            self.held = None
        if not _is_end_removed(properties):
            return [read]
        if any(span.text.strip() or span.note for span in read.after()):
            self.held = read
            return []
        return [replace(read, is_removed=True)]

    def _let_go(self) -> list[Block]:
        """A paragraph that waits for its continuation, where none came."""
        waiting, self.held = self.held, None
        return [waiting] if waiting else []

    def _grid(self, table: Any) -> Grid:
        rows = []
        for row in _through(table, f"{W}tr"):
            fate = row.find(f"{W}trPr/{W}del")
            look = Span("") if fate is None else tracked(Span(""), fate, Fate.REMOVED)
            cells = (cell for cell in _through(row, f"{W}tc") if not _is_covered(cell))
            rows.append(tuple(self._cell(cell, look) for cell in cells))
        return Grid(tuple(rows))

    def _cell(self, cell: Any, look: Span) -> tuple[Paragraph, ...]:
        """The paragraphs of a cell, those of tables inside it among them."""
        found: list[Block] = []
        for element in self._content(cell):
            if element.tag == f"{W}tbl":
                inside = self._grid(element)
                found += [one for row in inside.rows for one_cell in row for one in one_cell]
            else:
                found += self._paragraph(element, look)
        found += self._let_go()
        return tuple(one for one in found if isinstance(one, Paragraph))


def _through(parent: Any, tag: str) -> Iterator[Any]:
    """The children of a tag, also inside content controls."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _HOLDERS:
            yield from _through(element, tag)


def _is_covered(cell: Any) -> bool:
    """Whether a cell above reaches down over this one."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val", "").lower() == "table of contents"


def _is_end_removed(properties: Any) -> bool:
    mark = None if properties is None else properties.find(f"{W}rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in _REMOVED)


def _styles(archive: Archive, main: str) -> tuple[dict[str, str], str]:
    """Identifier of a paragraph style to its name in lower case, and the name of the default one."""
    root = archive.xml(archive.part(main, "styles"))
    names, default = {}, "normal"
    for style in () if root is None else root.iterchildren(f"{W}style"):
        name = style.find(f"{W}name")
        if style.get(f"{W}type") == "paragraph" and name is not None:
            names[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "").lower()
            if style.get(f"{W}default") in ("1", "true", "on"):
                default = name.get(f"{W}val", "").lower()
    return names, default


def _notes(archive: Archive, main: str) -> Iterator[tuple[tuple[str, str], Any]]:
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = archive.xml(archive.part(main, part))
        for note in () if root is None else root.iterchildren(f"{W}{tag}"):
            yield (part, note.get(f"{W}id", "")), note


def _comments(archive: Archive, main: str) -> Iterator[tuple[str, Comment]]:
    root = archive.xml(archive.part(main, "comments"))
    reader = SpanReader()
    for comment in () if root is None else root.iterchildren(f"{W}comment"):
        lines = (
            "".join(span.text for span in reader.paragraph(one, "", Span("")).after())
            for one in comment.iter(f"{W}p")
        )
        text = "\n".join(line for line in lines if line.strip())
        yield comment.get(f"{W}id", ""), Comment(comment.get(f"{W}author", ""), day_in(comment), text)


def _properties(archive: Archive) -> Iterator[tuple[str, str]]:
    """The custom properties that are text."""
    root = archive.xml(archive.part("", "custom-properties"))
    for entry in () if root is None else root.iterchildren("{*}property"):
        yield entry.get("name", ""), "".join(entry.itertext())
