"""DOCX paragraphs in document order: words, list labels and headings, counted from 1."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from suivi.documents.breaks import split_soft_breaks
from suivi.documents.docx.numbering import BULLET, Numbering
from suivi.documents.docx.styles import StyleSheet, W, list_of, outline_of, value
from suivi.documents.docx.words import MC, TAKEN_OUT, WordReader, chosen
from suivi.documents.source import Line, LineKind
from suivi.documents.superscripts import note_start
from suivi.findings import Place
from suivi.office.archives import too_large
from suivi.values.messages import gettext_noop

MAX_PARAGRAPHS = 300_000
_HOLDERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_NO_NUMBER = "0"


@dataclass
class Paragraph:
    """One paragraph. `label` is its automatic number or bullet; `level` is None where it is no heading."""

    line: int
    text: str
    style: str = ""
    label: str = ""
    level: int | None = None
    is_list_item: bool = False
    is_bold: bool = False
    boxes: list[Any] = field(default_factory=list)

    def labelled(self) -> str:
        return f"{self.label} {self.text}".strip()


class ParagraphReader:
    """Reads paragraphs one after the other, in the order of the document."""

    def __init__(self, styles: StyleSheet, numbering: Numbering, words: WordReader) -> None:
        self.styles = styles
        self.numbering = numbering
        self.words = words
        self.count = 0
        self._carried = ""  # words whose paragraph end was deleted: the next paragraph continues them

    def read(self, element: Any) -> Paragraph:
        self.count += 1
        if self.count > MAX_PARAGRAPHS:
            raise too_large()
        properties = element.find(f"{W}pPr")
        style = self._style(properties)
        words = self.words.read(element, style, self.count)
        paragraph = Paragraph(
            self.count, words.text, style, level=self._level(properties, style),
            is_bold=words.is_bold, boxes=words.boxes,
        )  # fmt: skip
        self._number(paragraph, properties)
        if self._carried:
            paragraph.text, self._carried = f"{self._carried} {paragraph.text}".strip(), ""
        if _is_end_deleted(properties):
            paragraph.text, self._carried = "", paragraph.text
        return paragraph

    def _style(self, properties: Any) -> str:
        named = None if properties is None else value(properties.find(f"{W}pStyle"))
        return named or self.styles.default

    def _level(self, properties: Any, style: str) -> int | None:
        outline = outline_of(properties)
        if outline is None:
            return self.styles.heading_level(style)
        return outline + 1 if 0 <= outline < 9 else None

    def _number(self, paragraph: Paragraph, properties: Any) -> None:
        list_id, depth = list_of(properties)
        if list_id is None:
            list_id = self.styles.first(paragraph.style, "list_id")
        if list_id is None or list_id == _NO_NUMBER:
            return
        if depth is None:
            depth = self.styles.first(paragraph.style, "list_level")
        if depth is None:
            depth = self.numbering.level_of_style(list_id, paragraph.style)
        paragraph.label = self.numbering.label(list_id, depth)
        paragraph.is_list_item = True


def _is_end_deleted(properties: Any) -> bool:
    mark = None if properties is None else properties.find(f"{W}rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in TAKEN_OUT)


def content(elements: Iterable[Any]) -> Iterator[Any]:
    """The paragraphs and tables among these elements, out of content controls and other holders."""
    for element in elements:
        if element.tag in (f"{W}p", f"{W}tbl", f"{W}altChunk"):
            yield element
        elif element.tag == f"{MC}AlternateContent":
            yield from content(chosen(element))
        elif element.tag in _HOLDERS:
            yield from content(element)


def lines_of(paragraph: Paragraph, styles: StyleSheet) -> list[Line]:
    """The lines of a paragraph outside tables; a heading is one line, whatever its line breaks."""
    place = Place(line=paragraph.line)
    if paragraph.level is not None and paragraph.text:
        text = " ".join(paragraph.labelled().split())
        return [Line(text, place, LineKind.HEADING, paragraph.level, paragraph.is_bold)]
    if styles.is_named(paragraph.style, "toc "):
        return [Line(paragraph.text, place, LineKind.FURNITURE, reason=gettext_noop("table of contents"))]
    if note := note_start(paragraph.text):
        return [Line(note[1], place, LineKind.FOOTNOTE, mark=note[0])]
    texts = split_soft_breaks(paragraph.text)
    kind = LineKind.LIST_ITEM if paragraph.is_list_item else LineKind.TEXT
    if texts and paragraph.label and paragraph.label != BULLET:
        texts[0] = f"{paragraph.label} {texts[0]}"
    return [Line(text, place, kind, is_bold=paragraph.is_bold) for text in texts]


def cell_texts(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The paragraphs of a cell, with their bullets and numbers before them."""
    texts: list[str] = []
    for paragraph in paragraphs:
        parts = split_soft_breaks(paragraph.text) or [""]
        parts[0] = f"{paragraph.label} {parts[0]}".strip()
        texts += [" ".join(part.split()) for part in parts if part and part != BULLET]
    return texts
