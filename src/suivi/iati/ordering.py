"""The order of the standard, and a form of an element in which equal content is equal.

Children stand in the order of the standard; those that it does not know stand behind, and equal names keep
their order. A comment, an instruction or a stray piece of text moves with the element that follows it.
White space between elements says nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from lxml import etree

from suivi.iati.standard import Element

Canonical: TypeAlias = tuple[Any, ...]

_NO_RANKS: Mapping[str, int] = {}


def put_in_order(xml: Any, spec: Element | None) -> None:
    """Bring the children of an element, and theirs, into the order of the standard."""
    ranks = spec.ranks if spec else _NO_RANKS
    last = 0
    is_ordered = True
    for child in xml:
        if not isinstance(child.tag, str):
            continue
        rank = ranks.get(child.tag, len(ranks))
        is_ordered = is_ordered and rank >= last
        last = rank
        if spec and child.tag in ranks:
            put_in_order(child, spec.children[child.tag])
    if not is_ordered:
        replace_nodes(xml, list(ordered_nodes(xml, ranks)))


def ordered_nodes(xml: Any, ranks: Mapping[str, int]) -> Iterator[Any]:
    """The nodes in an element in order: elements, comments and instructions of lxml, and strings for text."""
    units: list[tuple[int, list[Any]]] = []
    waiting: list[Any] = []
    for node in nodes_in(xml):
        waiting.append(node)
        if not isinstance(node, str) and isinstance(node.tag, str):
            units.append((ranks.get(node.tag, len(ranks)), waiting))
            waiting = []
    units.sort(key=lambda unit: unit[0])
    for _, nodes in units:
        yield from nodes
    yield from waiting


def nodes_in(xml: Any) -> Iterator[Any]:
    """The nodes in an element as they stand, without the white space between elements."""
    if xml.text and (not len(xml) or not is_blank(xml.text)):
        yield xml.text
    for child in xml:
        yield child
        if child.tail and not is_blank(child.tail):
            yield child.tail


def is_blank(text: str) -> bool:
    """Whether a text is only what XML counts as white space; other spaces are content."""
    return text.isspace() and text.isascii()


def replace_nodes(xml: Any, nodes: list[Any]) -> None:
    """Let an element hold just these nodes."""
    for child in list(xml):
        child.tail = None
        xml.remove(child)
    xml.text = None
    for node in nodes:
        if isinstance(node, str):
            add_text(xml, node)
        else:
            xml.append(node)


def add_text(xml: Any, text: str) -> None:
    """Append text after everything that an element holds."""
    if len(xml):
        xml[-1].tail = (xml[-1].tail or "") + text
    else:
        xml.text = (xml.text or "") + text


def canonical(xml: Any, spec: Element | None) -> Canonical:
    """Name, attributes, and content of an element such that equal content compares equal."""
    if not isinstance(xml.tag, str):
        return ("comment()" if xml.tag is etree.Comment else "processing-instruction()", xml.text or "")
    ranks = spec.ranks if spec else _NO_RANKS
    nodes: list[Any] = []
    for node in ordered_nodes(xml, ranks):
        if not isinstance(node, str):
            below = spec.children.get(node.tag) if spec and isinstance(node.tag, str) else None
            nodes.append(canonical(node, below))
        elif not (spec and spec.text is None and is_blank(node)):
            nodes.append(node)
    return (xml.tag, tuple(sorted(xml.attrib.items())), tuple(nodes))
