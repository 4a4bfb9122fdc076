"""What a Word file takes from the organisation's own template: styles by name, heads, feet, page, theme.

Our styles stand in where the template has none of that name, without fonts and colours of their own. The
numbers of paragraphs and lists stay ours. What is written in the body of the template is left out.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

from suivi.office.archives import Archive, broken_file
from suivi.render.docx.page import PageShape
from suivi.render.docx.xml import NAMESPACES, locale
from suivi.render.house import docx_template

_W = f"{{{NAMESPACES['w']}}}"
_R = f"{{{NAMESPACES['r']}}}"
_NUMBERED = ("NumberedParagraph", "ListBullet")
# Where a style is named by its identifier.
_NAMED = tuple(f"{_W}{tag}" for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"))
_ASKS = "{{provenance}}"


@dataclass(frozen=True)
class Template:
    """A template taken apart. `parts` are those that our file takes as they are, heads and feet among them;
    `furniture` the tag, type and name of each head and foot."""

    styles: bytes
    page: PageShape
    parts: Mapping[str, bytes] = field(default_factory=dict)
    furniture: tuple[tuple[str, str, str], ...] = ()
    has_first_page: bool = False
    asks_provenance: bool = False


def chosen_template() -> Template | None:
    """The organisation's template, None where it has none. Raises InputRefused where it cannot be read."""
    data = docx_template()
    return None if data is None else read_template(data)


@lru_cache(2)
def read_template(data: bytes) -> Template:
    """Take a DOCX apart. Raises InputRefused where it is damaged or no DOCX."""
    archive = Archive(data)
    name = archive.part("", "officeDocument")
    root = archive.xml(name) if name else None
    styles = archive.part(name, "styles") if name else ""
    if root is None or not styles:
        raise broken_file()
    section = next(iter(root.iter(f"{_W}body"))).find(f"{_W}sectPr")
    renamed = _renamed(archive.xml(styles))
    parts: dict[str, bytes] = {}
    furniture = tuple(_furniture(archive, name, section, parts))
    theme = archive.part(name, "theme")
    if theme:
        parts["word/theme/theme1.xml"] = archive.read(theme)
    return Template(
        styles=archive.read(styles),
        page=_page(section),
        parts={
            part: _with_styles(data, renamed) if _is_words(part) else data for part, data in parts.items()
        },
        furniture=furniture,
        has_first_page=section is not None and section.find(f"{_W}titlePg") is not None,
        asks_provenance=_ASKS in "".join(root.itertext()),
    )


def _is_words(part: str) -> bool:
    return part.startswith(("word/header", "word/footer")) and part.endswith(".xml")


def _page(section: Any) -> PageShape:
    ours = PageShape()
    size = None if section is None else section.find(f"{_W}pgSz")
    margins = None if section is None else section.find(f"{_W}pgMar")
    sides = [_twips(size, "w", ours.short), _twips(size, "h", ours.long)]
    edges = {
        edge: _twips(margins, edge, getattr(ours, edge))
        for edge in ("top", "right", "bottom", "left", "header", "footer")
    }
    return PageShape(short=min(sides), long=max(sides), **edges)


def _twips(node: Any, name: str, ours: int) -> int:
    value = "" if node is None else node.get(f"{_W}{name}", "")
    return abs(round(float(value))) if value.lstrip("-").replace(".", "", 1).isdigit() else ours


def _furniture(
    archive: Archive, name: str, section: Any, parts: dict[str, bytes]
) -> Iterator[tuple[str, str, str]]:
    """Heads and feet, with the pictures that stand in them, under names of ours."""
    relations = archive.relations(name)
    for tag in ("headerReference", "footerReference"):
        for number, reference in enumerate(() if section is None else section.findall(f"{_W}{tag}"), 1):
            related = relations.get(reference.get(f"{_R}id", ""))
            if related is None or related.target not in archive:
                continue
            kind = tag.removesuffix("Reference")
            file = f"{kind}_of_template{number}.xml"
            parts[f"word/{file}"] = archive.read(related.target)
            parts |= _pictures_of(archive, related.target, file)
            yield tag, reference.get(f"{_W}type", "default"), file


def _pictures_of(archive: Archive, name: str, file: str) -> dict[str, bytes]:
    """The pictures of a part, and its relationships that lead to them under their new names."""
    found: dict[str, bytes] = {}
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for identifier, related in archive.relations(name).items():
        if related.kind == "image" and related.target in archive:
            target = f"media/{file.removesuffix('.xml')}_{posixpath.basename(related.target)}"
            found[f"word/{target}"] = archive.read(related.target)
            kind = f"{NAMESPACES['r']}/image"
            etree.SubElement(root, f"{{{space}}}Relationship", Id=identifier, Type=kind, Target=target)
    if found:
        found[f"word/_rels/{file}.rels"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return found


def styles_with(template: Template, ours: bytes, language: str) -> bytes:
    """The styles of the template under our identifiers, with ours where it has none of the name."""
    root, own = etree.fromstring(template.styles), etree.fromstring(ours)
    renamed = _renamed(root)
    _rename(root, renamed)
    for style in root.iter(f"{_W}style"):
        identifier = style.get(f"{_W}styleId", "")
        style.set(f"{_W}styleId", renamed.get(identifier, identifier))
        for numbered in style.findall(f"{_W}pPr/{_W}numPr"):
            numbered.getparent().remove(numbered)
    there = {style.get(f"{_W}styleId") for style in root.iter(f"{_W}style")}
    for style in own.iter(f"{_W}style"):
        if style.get(f"{_W}styleId") not in there:
            style.attrib.pop(f"{_W}default", None)
            for look in (*style.findall(f"{_W}rPr/{_W}rFonts"), *style.findall(f"{_W}rPr/{_W}color")):
                look.getparent().remove(look)
            root.append(style)
    _number(root, own)
    _set_language(root, locale(language))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _renamed(root: Any) -> dict[str, str]:
    """Identifiers of the template to ours, for styles of the same name; others that stand in the way move."""
    from suivi.render.docx.styles import styles

    own = {
        style.find(f"{_W}name").get(f"{_W}val", "").lower(): style.get(f"{_W}styleId", "")
        for style in etree.fromstring(styles("en", is_right_to_left=False)).iter(f"{_W}style")
    }
    taken = set(own.values())
    found: dict[str, str] = {}
    for style in root.iter(f"{_W}style"):
        name, identifier = style.find(f"{_W}name"), style.get(f"{_W}styleId", "")
        same = own.get(name.get(f"{_W}val", "").lower()) if name is not None else None
        if same:
            found[identifier] = same
        elif identifier in taken:
            found[identifier] = f"{identifier}OfTemplate"
    return found


def _rename(root: Any, renamed: Mapping[str, str]) -> None:
    for node in root.iter(*_NAMED):
        value = node.get(f"{_W}val", "")
        node.set(f"{_W}val", renamed.get(value, value))


def _with_styles(data: bytes, renamed: Mapping[str, str]) -> bytes:
    root = etree.fromstring(data)
    _rename(root, renamed)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _number(root: Any, own: Any) -> None:
    """The styles that give numbers and bullets give those of our lists."""
    for identifier in _NUMBERED:
        path = f"{_W}style[@{_W}styleId='{identifier}']"
        ours, theirs = own.find(path), root.find(path)
        if ours is None:  # the style stands in already, with its number
            continue
        properties = theirs.find(f"{_W}pPr")
        if properties is None:
            properties = etree.Element(f"{_W}pPr")
            before = theirs.find(f"{_W}rPr")
            theirs.insert(len(theirs) if before is None else theirs.index(before), properties)
        place = sum(one.tag in _BEFORE_NUMBERS for one in properties)
        properties.insert(place, ours.find(f"{_W}pPr/{_W}numPr"))


# What the standard puts before numPr among the properties of a paragraph.
_BEFORE_NUMBERS = tuple(
    f"{_W}{tag}" for tag in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


def _set_language(root: Any, code: str) -> None:
    """The language of the document for all words, whatever that of the template is."""
    for language in root.iter(f"{_W}lang"):
        for name in ("val", "eastAsia", "bidi"):
            language.set(f"{_W}{name}", code)
    look = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    if look is not None and look.find(f"{_W}lang") is None:
        etree.SubElement(look, f"{_W}lang", {f"{_W}val": code, f"{_W}eastAsia": code, f"{_W}bidi": code})
