"""What the styles and the automatic numbering of a DOCX say about a paragraph."""

import re
from dataclasses import dataclass, field
from typing import Any

from suivi.office.archives import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(
    r"(?:heading|titre|t[íi]tulo|überschrift|intestazione|titolo|rubrik|overskrift|kop)\s*([1-9])",
    re.IGNORECASE,
)
_TITLE_NAMES = frozenset({"title", "titre", "título", "titulo", "titel", "titolo"})
OFF = frozenset({"0", "false", "off", "none"})
_MAX_CHAIN = 20  # styles based on styles; a loop ends here


@dataclass(frozen=True)
class Style:
    name: str = ""
    based_on: str = ""
    outline: int | None = None  # 0 is the highest level
    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    list_id: str | None = None
    list_level: int | None = None


@dataclass
class StyleSheet:
    """The styles of a document by id. Each question is answered by the style or the one it is based on."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""  # id of the paragraph style where none is named
    language: str = ""

    def chain(self, style_id: str) -> list[Style]:
        found: list[Style] = []
        while style_id in self.styles and len(found) < _MAX_CHAIN:
            found.append(self.styles[style_id])
            style_id = found[-1].based_on
        return found

    def first(self, style_id: str, attribute: str) -> Any:
        values = (getattr(style, attribute) for style in self.chain(style_id))
        return next((value for value in values if value is not None), None)

    def heading_level(self, style_id: str) -> int | None:
        """1 to 9, 0 for the title of the document, None for a style that is no heading."""
        for style in self.chain(style_id):
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
            if match := _HEADING_NAME.match(style.name):
                return int(match[1])
            if style.name.lower() in _TITLE_NAMES:
                return 0
        match = _HEADING_NAME.fullmatch(style_id)
        return int(match[1]) if match else None

    def is_named(self, style_id: str, prefix: str) -> bool:
        return any(style.name.lower().startswith(prefix) for style in self.chain(style_id))


def read_styles(archive: Archive, main: str) -> StyleSheet:
    """The style sheet that the main part points to; an empty one where there is none."""
    sheet = StyleSheet()
    root = archive.xml(archive.part(main, "styles"))
    if root is None:
        return sheet
    for element in root.iterchildren(f"{W}style"):
        style_id = element.get(f"{W}styleId", "")
        sheet.styles[style_id] = _style(element, style_id)
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
            sheet.default = style_id
    language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    sheet.language = value(language) or ""
    return sheet


def _style(element: Any, style_id: str) -> Style:
    run, paragraph = element.find(f"{W}rPr"), element.find(f"{W}pPr")
    list_id, list_level = list_of(paragraph)
    return Style(
        name=value(element.find(f"{W}name")) or style_id,
        based_on=value(element.find(f"{W}basedOn")) or "",
        outline=outline_of(paragraph),
        bold=switch(run, "b"),
        hidden=switch(run, "vanish"),
        raised=is_raised(run),
        list_id=list_id,
        list_level=list_level,
    )


def value(element: Any) -> str | None:
    return None if element is None else element.get(f"{W}val")


def number(text: str | None) -> int | None:
    """A whole number of at most nine digits, None for anything else: attributes come from strangers."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else None


def switch(properties: Any, name: str) -> bool | None:
    """An on/off property, None where it is not set."""
    element = None if properties is None else properties.find(f"{W}{name}")
    return None if element is None else value(element) not in OFF


def is_raised(properties: Any) -> bool | None:
    if properties is None:
        return None
    align = value(properties.find(f"{W}vertAlign"))
    if align is not None:
        return align == "superscript"
    position = number(value(properties.find(f"{W}position")))
    return None if position is None else position >= 4  # half points above the line


def outline_of(properties: Any) -> int | None:
    return None if properties is None else number(value(properties.find(f"{W}outlineLvl")))


def list_of(properties: Any) -> tuple[str | None, int | None]:
    """List id and level (from 0) of paragraph properties; the id "0" takes a paragraph out of its list."""
    found = None if properties is None else properties.find(f"{W}numPr")
    if found is None:
        return None, None
    return value(found.find(f"{W}numId")), number(value(found.find(f"{W}ilvl")))
