"""Invented records made from the description: valid ones, and ones with all that people add and forget."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from suivi.iati.ordering import canonical
from suivi.iati.standard import Element, Kind, standard

ACTIVITY = standard()["iati-activities"].children["iati-activity"]
ORGANISATION = standard()["iati-organisations"].children["iati-organisation"]
FOREIGN = "{http://example.org/own}"

PLAIN = {
    Kind.STRING: "Water for all",
    Kind.ADDRESS: "http://example.org/a",
    Kind.NAME_TOKEN: "a",
    Kind.LANGUAGE: "fr",
    Kind.DATE: "2024-02-29",
    Kind.MOMENT: "2024-02-29T10:00:00Z",
    Kind.DECIMAL: "12.5",
    Kind.BOOLEAN: "1",
    Kind.INTEGER: "2",
    Kind.POSITIVE: "2024",
    Kind.NOT_NEGATIVE: "0",
}
# Right and wrong for each type, and what spreadsheets take for something else.
ODD = [
    *PLAIN.values(),
    *("", " ", "1000.00", "1,000", "-0.50", "1E3", ".5", "5.", "+3", "0", "00012", "0.1234567890123456789"),
    *("99999999999999999999999", "true", "false", "TRUE", "2024-02-30", "2024-02-29Z", "2024-1-1"),
    *("2024-02-29T10:00:00", "2024-02-29T10:00:00.250+02:00", "0001-01-01T00:00:00+05:00", "NaN"),
    *("=1+1", "'=1+1", "'s-Hertogenbosch", "@a", "+a", "-", "\ta", "a\nb", " a ", "_x000D_", "é€𝄞", '<&>"'),
]


def minimal(spec: Element, *, everything: bool = False) -> Any:
    """The smallest valid element, or one with every part once."""
    xml = etree.Element(spec.name)
    for key, attribute in spec.attributes.items():
        if attribute.is_required or everything:
            xml.set(key, PLAIN[attribute.kind])
    if spec.text:
        xml.text = PLAIN[spec.text]
    for child in spec.children.values():
        if child.is_required or everything:
            xml.append(minimal(child, everything=everything))
    return xml


def texts() -> st.SearchStrategy[str]:
    """Any text that XML can hold; line ends are those that a parser gives."""
    letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", codec="utf-8")
    return st.sampled_from(ODD) | st.text(letters | st.sampled_from("\n\t'=+-@"), max_size=12)


@st.composite
def elements(draw: st.DrawFn, spec: Element, *, strange: bool = True, depth: int = 0) -> Any:
    """An element of this kind with some of its parts in any order; `strange` adds what the standard lacks."""
    xml = etree.Element(spec.name)
    for key in draw(st.lists(st.sampled_from(sorted(spec.attributes) or [""]), max_size=4, unique=True)):
        if key:
            xml.set(key, draw(texts()))
    if spec.text and draw(st.booleans()):
        xml.text = draw(texts())
    names = draw(st.lists(st.sampled_from(sorted(spec.children) or [""]), max_size=6 if depth < 2 else 3))
    for name in names:
        if name:
            xml.append(draw(elements(spec.children[name], strange=strange, depth=depth + 1)))
    if strange and draw(st.integers(0, 3)) == 0:
        _add_strange(draw, xml)
    return xml


def _add_strange(draw: st.DrawFn, xml: Any) -> None:
    for _ in range(draw(st.integers(1, 3))):
        what = draw(st.sampled_from(["attribute", "comment", "instruction", "element", "foreign", "tail"]))
        at = draw(st.integers(0, len(xml)))
        if what == "attribute":
            xml.set(draw(st.sampled_from(["vocab", FOREIGN + "vocab"])), draw(texts()))
        elif what == "comment":
            xml.insert(at, etree.Comment(draw(st.sampled_from(["", "a note", " 2 < 3 "]))))
        elif what == "instruction":
            xml.insert(at, etree.ProcessingInstruction("print", "now"))
        elif what == "tail" and len(xml):
            xml[at - 1].tail = draw(st.sampled_from(["stray", "  ", "\n stray \n"]))
        else:
            child = etree.Element(FOREIGN + "own" if what == "foreign" else "sektor", code=draw(texts()))
            child.text = draw(st.sampled_from([None, "x", " "]))
            xml.insert(at, child)


@st.composite
def files(draw: st.DrawFn, spec: Element, *, strange: bool = True) -> bytes:
    """A whole file as bytes."""
    root_name = spec.path.split("/", maxsplit=1)[0]
    root = etree.Element(root_name, version="2.03", nsmap={"own": "http://example.org/own"})
    for record in draw(st.lists(elements(spec, strange=strange), max_size=4)):
        root.append(record)
    if strange and draw(st.booleans()):
        root.insert(draw(st.integers(0, len(root))), etree.Comment("between"))
        root.set("note", draw(texts()))
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data


def content(path: Path) -> tuple[Any, ...]:
    """All that a file says, for comparison: what stands before the root, the root, what stands after."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
    before = [canonical(node, None) for node in root.itersiblings(preceding=True)][::-1]
    after = [canonical(node, None) for node in root.itersiblings()]
    return (before, canonical(root, standard()[root.tag]), after)
