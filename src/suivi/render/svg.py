"""SVG written by us: elements from data, widths of words, and the check that a drawing is only a drawing.

Colours are written as `var(--name, #fallback)` in presentation attributes: a page restyles them (also for
dark mode) without inline styles, and `for_documents` leaves the fallbacks for DOCX and PDF.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from suivi.render.glyphs import advances
from suivi.render.runs import flat

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
SANS = "'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

_FONT = "NotoSans-Bold"  # measured bold, so that there is room in whatever sans a browser takes
_BROADEST = 1.0

_ELEMENTS = {"svg", "g", "title", "desc", "rect", "path", "circle", "line", "text", "tspan", "a"}
_ATTRIBUTES = {
    *("xmlns", "viewBox", "width", "height", "role", "aria-label", "aria-labelledby", "aria-hidden", "class"),
    *("id", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d", "transform", "fill", "stroke"),
    *("stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "focusable"),
    *("font-family", "font-size", "font-weight", "font-style", "text-anchor", "href", "lang", "fill-opacity"),
}
_TO_ESCAPE = re.compile(r"""[&<>"\n\r\t]""")
_VARIABLE = re.compile(r"var\(--[\w-]+, (#[0-9a-f]{3,6})\)")


@dataclass(frozen=True)
class Drawing:
    """A finished picture. `svg` is one well-formed element; sizes are in CSS pixels."""

    svg: str
    width: float
    height: float


def colour(name: str, fallback: str) -> str:
    """A colour by the name of its custom property, with the value that holds where none is set."""
    return f"var(--{name}, {fallback})"


def plain_colour(named: str) -> str:
    """The colour that holds where no custom property is known."""
    return _VARIABLE.sub(r"\1", named)


INK = colour("ink", "#1c2430")
MUTED = colour("muted", "#55606e")
PAPER = colour("paper", "#ffffff")
LINE = colour("line", "#c9cdd3")
FAINT = colour("faint", "#eceef0")
ACCENT = colour("accent", "#1d4e89")


def element(tag: str, *children: str, **attributes: object) -> str:
    """One element. Children are markup made here; `stroke_width=1` gives stroke-width="1", None nothing."""
    written = "".join(
        [
            f' {_attribute_name(name)}="{value}"'
            if type(value) is int
            else f" {_attribute_name(name)}={_quoted(_attribute(value))}"
            for name, value in attributes.items()
            if value is not None
        ]
    )
    inside = "".join(children)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


@cache
def _attribute_name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _attribute(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else flat(str(value))


def _quoted(value: str) -> str:
    """As quoteattr does; a drawing has ten thousand values, and hardly any needs it."""
    return quoteattr(value) if _TO_ESCAPE.search(value) else f'"{value}"'


def words(text: str) -> str:
    """The text on one line, escaped, to stand inside an element."""
    return escape(flat(text))


def picture(
    children: Iterable[str], *, width: float, height: float, title: str, description: str, role: str = "img"
) -> Drawing:
    """The outer element, with its title and description for those who do not see it."""
    svg = element(
        "svg",
        element("title", words(title)),
        element("desc", words(description)) if description else "",
        *children,
        xmlns=SVG_NAMESPACE,
        viewBox=f"0 0 {_attribute(float(width))} {_attribute(float(height))}",
        width=float(width),
        height=float(height),
        role=role,
        aria_label=title,
        font_family=SANS,
    )
    return Drawing(svg, width, height)


def text_width(text: str, size: float) -> float:
    """How wide the words are in the bold of the documents' sans, in the unit of `size`."""
    widths = advances(_FONT)
    return size * sum(widths.get(letter, _BROADEST) for letter in text)


def wrap(text: str, size: float, width: float, lines: int) -> list[str]:
    """The words broken into at most so many lines of this width; what is cut ends in "…"."""
    broken: list[str] = []
    rest = flat(text)
    while rest and len(broken) < lines:
        fitting = _fitting(rest, size, width)
        if len(fitting) < len(rest) and len(broken) == lines - 1:
            fitting = _fitting(rest, size, width - size).rstrip() + "…"
            rest = ""
        else:
            rest = rest[len(fitting) :].lstrip()
        broken.append(fitting.rstrip())
    return broken


def _fitting(text: str, size: float, width: float) -> str:
    """The longest start of the text that fits, cut between words where there is such a place."""
    used, widths = 0.0, advances(_FONT)
    for index, letter in enumerate(text):
        used += size * widths.get(letter, _BROADEST)
        if used > width:
            blank = text.rfind(" ", 0, index + 1)
            return text[:blank] if blank > 0 else text[: max(index, 1)]
    return text


def for_documents(svg: str) -> str:
    """The drawing with its fallback colours, for formats that know no custom properties."""
    return _VARIABLE.sub(r"\1", checked(svg))


def checked(svg: str) -> str:
    """The drawing, if it is one: well-formed, with our elements and attributes alone.

    Raises ValueError otherwise: a neutral document takes no foreign SVG.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the drawing is not well-formed: {error}") from error
    for node in root.iter():
        tag = etree.QName(node.tag) if isinstance(node.tag, str) else None
        if tag is None or tag.namespace != SVG_NAMESPACE or tag.localname not in _ELEMENTS:
            raise ValueError(f"a drawing has no {node.tag!r}")
        for name, value in node.attrib.items():
            if name not in _ATTRIBUTES or value.strip().lower().startswith(("javascript:", "data:")):
                raise ValueError(f"a drawing has no attribute {name!r} like this")
    return svg
