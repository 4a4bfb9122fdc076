"""A DOCX file as a source document, straight from its XML."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeGuard

from suivi.documents.docx.notes import note_lines, read_notes
from suivi.documents.docx.numbering import read_numbering
from suivi.documents.docx.paragraphs import ParagraphReader, content, lines_of
from suivi.documents.docx.styles import W, read_styles
from suivi.documents.docx.tables import TableReader, frame_cells, is_frame, table_of
from suivi.documents.docx.words import Seen, WordReader
from suivi.documents.source import Line, LineKind, SourceDocument, Table
from suivi.findings import Finding, Place, Severity
from suivi.office.archives import Archive, too_deep
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop

_FURNITURE = {"header": gettext_noop("page header"), "footer": gettext_noop("page footer")}
_REMARKS = {
    Seen.DELETED: (
        "docx.deleted-text",
        gettext_noop("Tracked changes: %(count)s deleted passages were left out, inserted ones were read."),
        gettext_noop("Accept or reject the changes in the word processor to be sure of the wording."),
    ),
    Seen.HIDDEN: (
        "docx.hidden-text",
        gettext_noop("%(count)s passages of hidden text were left out."),
        gettext_noop("Show the hidden text in the word processor if it belongs to the plan."),
    ),
    Seen.PICTURE: (
        "docx.picture",
        gettext_noop("%(count)s pictures were left out; words inside them are not read."),
        gettext_noop("Type the words of the picture if they belong to the plan."),
    ),
    Seen.EMBEDDED: (
        "docx.embedded-part",
        gettext_noop("%(count)s embedded parts in another format were left out."),
        gettext_noop("Open the file in the word processor and save it again: the parts become text."),
    ),
}


def read(data: bytes) -> SourceDocument:
    """Lines and tables of a DOCX file in reading order, notes at the end.

    A line's place is the paragraph, counted from 1 through the whole document; a cell is named "T2!B3" for
    table 2, column B, row 3. Raises InputRefused for anything that is no readable DOCX.
    """
    archive = Archive(data)
    main = archive.part("", "officeDocument") or "word/document.xml"
    root = archive.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise InputRefused(
            gettext_noop("The file is not a Word document."),
            hint=gettext_noop("Save the plan as .docx and try again."),
        )
    try:
        return _Reader(archive, main).read(body)
    except RecursionError as error:
        raise too_deep() from error


class _Reader:
    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._main = main
        self._styles = read_styles(archive, main)
        self._notes = read_notes(archive, main)
        self._words = WordReader(self._styles, self._notes)
        self._paragraphs = ParagraphReader(self._styles, read_numbering(archive, main), self._words)
        self._tables = TableReader(self._paragraphs)
        self._table_count = 0
        self._caption = ""

    def read(self, body: Any) -> SourceDocument:
        document = SourceDocument(format="docx")
        document.blocks += _under_title(list(self._blocks(body)))
        notes = note_lines(self._archive, self._main, self._notes, self._words)
        document.blocks = [*self._furniture("header"), *document.blocks, *notes]
        document.blocks += self._furniture("footer")
        document.language = self._language()
        document.findings += self._findings()
        if not any(isinstance(block, Table) or block.text for block in document.blocks):
            raise InputRefused(
                gettext_noop("The document has no words."),
                hint=gettext_noop("If its pages are pictures, run text recognition first."),
            )
        return document

    def _blocks(self, elements: Iterable[Any]) -> Iterator[Line | Table]:
        for element in content(elements):
            if element.tag == f"{W}p":
                yield from self._lines(element)
            elif element.tag == f"{W}altChunk":
                self._words.seen[Seen.EMBEDDED] += 1
            elif is_frame(element):
                for cell in frame_cells(element):
                    yield from self._blocks(cell)
            else:
                yield from self._table(element)

    def _lines(self, element: Any) -> Iterator[Line | Table]:
        paragraph = self._paragraphs.read(element)
        lines = lines_of(paragraph, self._styles)
        yield from lines
        if paragraph.text:
            is_caption = self._styles.is_named(paragraph.style, "caption")
            self._caption = paragraph.text if is_caption else ""
        for box in paragraph.boxes:
            yield from self._blocks(box)

    def _table(self, element: Any) -> Iterator[Line | Table]:
        caption, self._caption = self._caption, ""
        grid = self._tables.read(element)
        if grid.rows:
            self._table_count += 1
            yield table_of(grid, self._table_count, caption)
        for box in grid.boxes:
            yield from self._blocks(box)

    def _furniture(self, kind: str) -> list[Line]:
        """The words of page headers or footers, each once."""
        relations = self._archive.relations(self._main)
        names = (relations[key].target for key in relations if relations[key].kind == kind)
        used = (name for name in names if name in self._archive)
        found: dict[str, Line] = {}
        for name in used:
            part = self._archive.xml(name)
            for element in () if part is None else part.iter(f"{W}p"):
                text = " ".join(self._words.read(element, "", 0).text.split())
                if text:
                    found.setdefault(
                        text, Line(text, Place(cell=kind), LineKind.FURNITURE, reason=_FURNITURE[kind])
                    )
        return list(found.values())

    def _language(self) -> str:
        most = self._words.languages.most_common(1)
        stated = most[0][0] if most else ""
        return stated.partition("-")[0].lower()

    def _findings(self) -> list[Finding]:
        self._words.seen[Seen.DELETED] += self._tables.deleted_rows
        return [
            Finding(code, Severity.NOTE, Message(words, {"count": count}), hint=Message(hint))
            for seen, (code, words, hint) in _REMARKS.items()
            if (count := self._words.seen[seen])
        ]


def _under_title(blocks: list[Line | Table]) -> list[Line | Table]:
    """Headings one level lower where the document has a title (level 0 so far), which then is level 1."""
    is_title = any(_is_heading(block) and block.level == 0 for block in blocks)
    if not is_title:
        return blocks
    return [replace(block, level=block.level + 1) if _is_heading(block) else block for block in blocks]


def _is_heading(block: Line | Table) -> TypeGuard[Line]:
    return isinstance(block, Line) and block.kind is LineKind.HEADING
