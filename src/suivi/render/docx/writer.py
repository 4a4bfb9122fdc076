"""What the parts of a DOCX share while it is written: numbers, links, notes, pictures."""

from dataclasses import dataclass, field

from suivi.render.direction import is_right_to_left
from suivi.render.document import Document
from suivi.render.docx.package import Relationships
from suivi.render.docx.xml import (
    FIGURE_TAG,
    attribute,
    bookmark,
    bookmark_name,
    content_control,
    link_within,
    locale,
    paragraph,
    run,
)
from suivi.render.docx.xml import (
    field as word_field,
)
from suivi.render.links import link_of
from suivi.render.marks import mark_of, status_mark
from suivi.render.numbering import Numbering
from suivi.render.pictures import size_of
from suivi.render.runs import Content, Inline, LineBreak, Note, Reference, Run, inlines

_EMU_PER_PIXEL = 9525
_MARK_POINTS = 8
_EMU_PER_POINT = 12700


@dataclass
class Writer:
    """One document being written. Notes and pictures gather here in the order of the text."""

    document: Document
    numbering: Numbering
    related: Relationships = field(default_factory=Relationships)
    notes_related: Relationships = field(default_factory=Relationships)
    notes: list[str] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)  # SVG -> name without its ending
    lettered_lists: int = 0
    locks_figures: bool = False
    _bookmarks: dict[str, tuple[int, str]] = field(default_factory=dict)
    _drawings: int = 0
    _in_note: bool = False

    def content(self, content: Content) -> str:
        """The runs of a content."""
        return "".join(self._inline(part) for part in inlines(content))

    def paragraph(self, content: Content, style: str, properties: str = "") -> str:
        return paragraph(self.content(content), style, properties)

    def bookmark_of(self, anchor: str) -> tuple[int, str]:
        """Number and name of the bookmark for an anchor."""
        if anchor not in self._bookmarks:
            number = len(self._bookmarks) + 1
            self._bookmarks[anchor] = (number, bookmark_name(number, anchor))
        return self._bookmarks[anchor]

    def marked(self, anchor: str, inside: str) -> str:
        """The runs with the bookmark of an anchor around them."""
        return bookmark(*self.bookmark_of(anchor), inside)

    def _inline(self, part: Inline) -> str:
        match part:
            case Run():
                return self._run(part)
            case LineBreak():
                return "<w:r><w:br/></w:r>"
            case Reference():
                words = run(self.numbering.reference(part), '<w:rStyle w:val="Hyperlink"/>')
                return link_within(self.bookmark_of(part.anchor)[1], words)
            case Note():
                return self._note(part)

    def _run(self, part: Run) -> str:
        address = link_of(part.href)
        properties = '<w:rStyle w:val="Hyperlink"/>' if address else ""
        properties += "<w:b/><w:bCs/>" if part.bold else ""
        properties += "<w:i/><w:iCs/>" if part.italic else ""
        properties += _language(part.language)
        words = run(part.text, properties)
        if part.figure:
            words = content_control(f"{FIGURE_TAG}{part.figure}", words, is_locked=self.locks_figures)
        if part.status:
            words = self.mark(part.status) + run("\u00a0") + words
        if not address:
            return words
        related = self.notes_related if self._in_note else self.related
        identifier = related.add("hyperlink", address, is_outside=True)
        return f'<w:hyperlink r:id="{identifier}" w:history="1">{words}</w:hyperlink>'

    def _note(self, note: Note) -> str:
        self._in_note = True
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        words = paragraph(mark + run(" ") + self.content(note.content), "FootnoteText")
        self._in_note = False
        self.notes.append(words)
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
        )

    def mark(self, status: str) -> str:
        """The drawn mark of a status, decoration beside its word."""
        size = _MARK_POINTS * _EMU_PER_POINT
        return self._drawing(status_mark(mark_of(status).status), size, size, "", lowered=2)

    def picture(self, svg: str, alt: str, most_wide: float, most_high: float) -> str:
        """A drawing with its alternative text, made smaller where it exceeds the page; sizes in EMU."""
        width, height = (side * _EMU_PER_PIXEL for side in size_of(svg))
        scale = min(1.0, most_wide / width, most_high / height)
        return self._drawing(svg, round(width * scale), round(height * scale), alt)

    def _drawing(self, svg: str, width: int, height: int, alt: str, *, lowered: int = 0) -> str:
        related = self.notes_related if self._in_note else self.related
        name = self.pictures.setdefault(svg, f"picture{len(self.pictures) + 1}")
        png = related.add("image", f"media/{name}.png")
        drawn = related.add("image", f"media/{name}.svg")
        self._drawings += 1
        look = f'<w:rPr><w:position w:val="-{lowered}"/></w:rPr>' if lowered else ""
        decorative = '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"/></a:ext>'
        about = f"<a:extLst>{decorative}</a:extLst>" if not alt else ""
        return (
            f'<w:r>{look}<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="{self._drawings}" name="{name}" descr={attribute(alt)}>{about}</wp:docPr>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{self._drawings}" name="{name}" descr={attribute(alt)}/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{png}"><a:extLst>'
            f'<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip r:embed="{drawn}"/></a:ext>'
            "</a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def caption(self, name: str, anchor: str, words: Content) -> str:
        """A caption with a counted number, bookmarked for references."""
        kind, _, number = name.rpartition(" ")
        label = run(f"{kind} ") + word_field(f"SEQ {kind} \\* ARABIC", number)
        return paragraph(self.marked(anchor, label) + run(". ") + self.content(words), "Caption")


def _language(language: str) -> str:
    """Run properties for words in another language; words from right to left are marked so."""
    if not language:
        return ""
    code = attribute(locale(language))
    if is_right_to_left(language):
        return f"<w:rtl/><w:lang w:bidi={code}/>"
    return f"<w:lang w:val={code} w:eastAsia={code}/>"
