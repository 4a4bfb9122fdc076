"""Pieces of WordprocessingML as text: runs, fields, links, bookmarks. Every text is escaped here."""

import re
from xml.sax.saxutils import escape, quoteattr

from suivi.render.runs import clean, flat

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
FIGURE_TAG = "figure:"  # before the name of a computed figure, in the tag of its control
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_NUMBERED = re.compile(r"^_s\d+_")
_KEPT_LETTERS = 32  # of an anchor, in the name of a bookmark with a number of four digits

# Word wants a region with each language; these are the ones of the adopted documents.
_REGIONS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA", "pt": "pt-PT", "de": "de-DE"}


def root(tag: str, *inside: str) -> bytes:
    """A whole part with this root element, joined as bytes alone: a part can be large."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    # Readers that do not know the youngest of these spaces may leave out what stands in it.
    opening = f'{DECLARATION}<{tag}{spaces} mc:Ignorable="w15">'
    return b"".join(piece.encode() for piece in (opening, *inside, f"</{tag}>"))


def text(words: str) -> str:
    return escape(clean(words))


def attribute(words: str) -> str:
    """The words on one line, quoted."""
    return quoteattr(flat(words))


def locale(language: str) -> str:
    """A language code with the region that Word expects."""
    return _REGIONS.get(language.lower(), language.replace("_", "-"))


def run(words: str, properties: str = "") -> str:
    """Words with run properties, which the caller gives in the order of the standard."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text(words)}</w:t></w:r>'


def paragraph(inside: str, style: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def field(instruction: str, result: str, properties: str = "", *, is_dirty: bool = False) -> str:
    """A field with its result, so that it reads right before anything is updated."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    dirty = ' w:dirty="true"' if is_dirty else ""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(result, properties)}"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def content_control(tag: str, inside: str, *, is_locked: bool = False) -> str:
    """Words inside a control that shows no frame; its tag stays with them when Word saves the file.

    LibreOffice drops tags and keeps titles, so that the tag is the title too.
    What is locked can be moved with its control, and not be typed over.
    """
    lock = '<w:lock w:val="contentLocked"/>' if is_locked else ""
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={attribute(tag)}/><w:tag w:val={attribute(tag)}/>{lock}"
        '<w15:appearance w15:val="hidden"/><w:text/></w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def bookmark(number: int, name: str, inside: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def bookmark_name(number: int, anchor: str) -> str:
    """The name of the bookmark of an anchor: at most 40 letters, unique by its number."""
    return f"_s{number}_{anchor.replace('-', '_')}"[:40]


def bookmark_key(name: str) -> str:
    """What a bookmark's name and its anchor have in common, whatever the number was."""
    return _NUMBERED.sub("", name).replace("-", "_")[:_KEPT_LETTERS]


def link_within(name: str, inside: str) -> str:
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{inside}</w:hyperlink>'
