"""A PDF file as a source document."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from suivi.documents.pdf.furniture import note_mark, notes_start, running_lines, without_mark
from suivi.documents.pdf.grids import PageTable, ruled_table
from suivi.documents.pdf.isolation import pages_of
from suivi.documents.pdf.lines import Piece, TextLine, Vocabulary, left_edges, lines_of, pieces_of
from suivi.documents.pdf.pages import Page, broken_pdf
from suivi.documents.pdf.paragraphs import BULLET, Paragraph, paragraphs_of
from suivi.documents.pdf.rivers import regions_of, river_table
from suivi.documents.pdf.rules import Lattice, joined, lattices_of
from suivi.documents.pdf.spreads import Spread, join_pages, table_of
from suivi.documents.source import Line, LineKind, SourceDocument
from suivi.findings import Finding, Place, Severity
from suivi.office.archives import MAX_BYTES, too_large
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop

MAX_CELLS = 200_000
_FEW_LETTERS = 12  # on a page: a stamp or page number on a picture, no text
_STRANGE_SHARE = 0.3
_SENTENCE_END = re.compile(r"[.;:!?…][’'\"»”)\]⁰¹²³⁴⁵⁶⁷⁸⁹\s]*$")
_HEADING_SIZE = 1.1  # of the letters of the text
_LONGEST_HEADING = 220


def read(data: bytes) -> SourceDocument:
    """Lines and tables of a PDF in reading order; notes after the text of their page.

    Places name page and line, both counted from 1. Running heads, page numbers and repeated table headers
    are lines of kind furniture. Raises InputRefused for scanned, locked, broken and far too long files.
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    if b"%PDF-" not in data[:2048]:
        raise broken_pdf()
    pages = pages_of(data)
    findings = _refuse_pictures(pages)
    layout = _Layout(pages)
    document = SourceDocument(format="pdf", findings=findings)
    blocks = join_pages(list(layout.blocks()), layout.vocabulary)
    document.blocks = [table_of(block) if isinstance(block, Spread) else block for block in blocks]
    return document


def _refuse_pictures(pages: list[Page]) -> list[Finding]:
    """Refuse a file whose pages are pictures; remarks for single pages that are."""
    empty = [page for page in pages if sum(len(word.text) for word in page.words) < _FEW_LETTERS]
    pictures = [page for page in empty if page.has_picture]
    letters = sum(len(word.text) for page in pages for word in page.words)
    if not letters or (pictures and len(empty) == len(pages)):
        raise InputRefused(
            gettext_noop("The PDF has no text layer: its pages are pictures or empty."),
            hint=gettext_noop("Run text recognition (OCR) on it first, or ask for the original document."),
        )
    if sum(page.strange_letters for page in pages) > _STRANGE_SHARE * letters:
        raise InputRefused(
            gettext_noop("The fonts of the PDF do not say which letters they show."),
            hint=gettext_noop("Run text recognition (OCR) on it first, or ask for the original document."),
        )
    return [
        Finding(
            "pdf.page-without-text",
            Severity.WARNING,
            Message(gettext_noop("The page is a picture; its words were not read.")),
            Place(page=page.number),
            Message(gettext_noop("Run text recognition (OCR) on the file if the page belongs to the plan.")),
        )
        for page in pictures
    ]


@dataclass
class _Sheet:
    """One page while it is taken apart."""

    page: Page
    edges: frozenset[int]  # left edges of columns
    lines: list[TextLine]
    numbers: dict[int, int] = field(default_factory=dict)  # order of a piece -> number of its line
    lattices: list[Lattice] = field(default_factory=list)

    def is_ruled(self, line: TextLine) -> bool:
        return any(lattice.holds(line.pieces[0].middle, line.y) for lattice in self.lattices)


class _Layout:
    """The pages of one document, taken apart to lines and tables."""

    def __init__(self, pages: list[Page]) -> None:
        self.vocabulary = Vocabulary()
        self._sheets = []
        sizes: Counter[float] = Counter()
        for page in pages:
            self.vocabulary.add(page.words)
            for word in page.words:
                sizes[round(word.size * 2) / 2] += len(word.text)
            edges = left_edges(page.words)
            pieces = pieces_of(page.words, edges)
            lines = lines_of(pieces)
            for number, line in enumerate(lines, start=1):
                line.number = number
            numbers = {piece.order: line.number for line in lines for piece in line.pieces}
            self._sheets.append(_Sheet(page, edges, lines, numbers, lattices_of(page)))
        self._body = sizes.most_common(1)[0][0]
        self._headings = _heading_sizes(sizes, self._body)
        self._running = running_lines(
            [
                (sheet.page, [line for line in sheet.lines if not sheet.is_ruled(line)])
                for sheet in self._sheets
            ]
        )
        self._cells = 0
        self._open_table: PageTable | None = None

    def blocks(self) -> Iterator[Line | Spread]:
        for sheet in self._sheets:
            yield from self._page(sheet)

    def _page(self, sheet: _Sheet) -> Iterator[Line | Spread]:
        page = sheet.page
        running = [line for line in sheet.lines if id(line) in self._running]
        text = [line for line in sheet.lines if id(line) not in self._running]
        tables, rest = self._ruled(sheet, text)
        across = joined(page.across)
        start = notes_start(rest, across, page, self._body)
        if start < len(rest) and any(table.bottom < rest[start].y for table in tables):
            start = len(rest)
        notes, rest = rest[start:], rest[:start]
        for region in regions_of(rest, sheet.edges, across, self._open_table):
            table = river_table(page.number, region, across, sheet.numbers, self.vocabulary)
            if table is not None:
                self._count(table)
                taken = {id(line) for line in region.lines}
                rest = [line for line in rest if id(line) not in taken]
                tables.append(table)
        self._open_table = _open_table(tables, rest)
        reason = gettext_noop("running head or page number")
        for line in running:
            yield Line(line.text, Place(line.number, page.number), LineKind.FURNITURE, reason=reason)
        yield from self._in_order(tables, rest, page)
        yield from self._notes(notes, page)

    def _ruled(self, sheet: _Sheet, lines: list[TextLine]) -> tuple[list[PageTable], list[TextLine]]:
        """The ruled tables of a page, and the lines outside them."""
        tables: list[PageTable] = []
        pieces = [piece for line in lines for piece in line.pieces]
        for lattice in sheet.lattices:
            inside = [piece for piece in pieces if lattice.holds(piece.middle, piece.y + 0.3 * piece.size)]
            table = ruled_table(sheet.page.number, lattice, inside, sheet.numbers, self.vocabulary)
            if table is not None:
                self._count(table)
                taken = {id(piece) for piece in inside}
                pieces = [piece for piece in pieces if id(piece) not in taken]
                tables.append(table)
        if not tables:
            return tables, lines
        rest = lines_of(pieces)
        for line in rest:
            line.number = sheet.numbers[line.order]
        return tables, rest

    def _count(self, table: PageTable) -> None:
        self._cells += len(table.rows) * len(table.columns)
        if self._cells > MAX_CELLS:
            raise too_large()

    def _in_order(
        self, tables: list[PageTable], lines: list[TextLine], page: Page
    ) -> Iterator[Line | Spread]:
        """Lines and tables from top to bottom."""
        right = max((line.x1 for line in lines), default=0.0)
        waiting = sorted(tables, key=lambda table: -table.top)
        run: list[TextLine] = []
        for line in _apart(lines):
            while waiting and waiting[0].top > line.y:
                yield from self._paragraphs(run, right, page)
                run = []
                yield Spread([waiting.pop(0)])
            run.append(line)
        yield from self._paragraphs(run, right, page)
        for table in waiting:
            yield Spread([table])

    def _paragraphs(self, lines: list[TextLine], right: float, page: Page) -> Iterator[Line]:
        for paragraph in paragraphs_of(lines, right, self.vocabulary):
            yield self._paragraph(paragraph, page)

    def _paragraph(self, paragraph: Paragraph, page: Page) -> Line:
        place = Place(line=paragraph.first.number, page=page.number)
        text = paragraph.text
        if match := BULLET.match(text):
            return Line(text[match.end() :], place, LineKind.LIST_ITEM, is_bold=paragraph.is_bold)
        if level := self._heading_level(paragraph):
            return Line(text, place, LineKind.HEADING, level, paragraph.is_bold)
        return Line(text, place, is_bold=paragraph.is_bold)

    def _heading_level(self, paragraph: Paragraph) -> int:
        """The level of a heading by its letters, largest first, bold text last; 0 for other paragraphs."""
        if len(paragraph.text) > _LONGEST_HEADING:
            return 0
        size = round(paragraph.size * 2) / 2
        if size >= _HEADING_SIZE * self._body:
            return next(i for i, known in enumerate(self._headings, start=1) if size >= known)
        ends_openly = not paragraph.text.rstrip().endswith((".", ";", ","))
        return len(self._headings) + 1 if paragraph.is_bold and ends_openly else 0

    def _notes(self, lines: list[TextLine], page: Page) -> Iterator[Line]:
        mark, words, number, hyphen = "", "", 0, False
        for line in lines:
            found = note_mark(line)
            if found and (line.starts_raised or not mark or _is_next_mark(mark, found)):
                if mark:
                    yield Line(words, Place(number, page.number), LineKind.FOOTNOTE, mark=mark)
                mark, words, number = found, without_mark(line), line.number
            else:
                words = self.vocabulary.glue(words, line.text, hyphen=hyphen)
            hyphen = line.ends_in_hyphen
        if mark:
            yield Line(words, Place(number, page.number), LineKind.FOOTNOTE, mark=mark)


def _is_next_mark(mark: str, found: str) -> bool:
    """Whether a number at the start of a line goes on with the notes, and is not one of their words."""
    return not (mark.isdecimal() and found.isdecimal()) or int(found) == int(mark) + 1


def _open_table(tables: list[PageTable], rest: list[TextLine]) -> PageTable | None:
    """The table without rules that ends a page, None where something else ends it."""
    last = min(tables, key=lambda table: table.bottom, default=None)
    if last is None or last.is_ruled or any(line.y < last.bottom for line in rest):
        return None
    return last


def _heading_sizes(sizes: Counter[float], body: float) -> list[float]:
    """The letter sizes above that of the text, from the largest, near ones as one."""
    found: list[float] = []
    for size in sorted((size for size in sizes if size >= _HEADING_SIZE * body), reverse=True):
        if not found or size < 0.95 * found[-1]:
            found.append(size)
    return [min(size, max(body * _HEADING_SIZE, size * 0.95)) for size in found]


def _apart(lines: list[TextLine]) -> list[TextLine]:
    """Lines of running text; what stands far apart on one base line becomes lines of its own."""
    found: list[TextLine] = []
    for line in lines:
        groups: list[list[Piece]] = []
        for piece in line.pieces:
            last = groups[-1][-1] if groups else None
            if last and (piece.x0 - last.x1 < 2.5 * line.size or last.words[-1].text.endswith(":")):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        if len(groups) == 1 or BULLET.match(f"{groups[0][0].words[0].text} x"):
            found.append(line)
            continue
        for group in groups:
            part = lines_of(group)[0]
            part.number = line.number
            found.append(part)
    return found
