"""The rows of `extras` back into an element: attributes, comments, foreign elements, stray texts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from suivi.iati.ordering import add_text
from suivi.iati.tables.walk import OUTSIDE, What

_ANCHOR = re.compile(r"(.+)\[([1-9][0-9]{0,8})\]")
_PARSING = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_NODES = {What.TEXT, What.COMMENT, What.INSTRUCTION, What.ELEMENT}


@dataclass(frozen=True)
class Extra:
    """One row of `extras`; see `What` for what the parts mean."""

    number: int
    path: str
    what: What
    name: str
    before: str
    content: str

    @property
    def is_possible(self) -> bool:
        """Outside of the root, XML has comments and instructions only."""
        return self.path != OUTSIDE or self.what in {What.COMMENT, What.INSTRUCTION}

    @property
    def column_path(self) -> str:
        """The path of the column that a received text belongs to."""
        name = self.name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
        return (f"{self.path}/@{name}" if name else self.path).lstrip("/")


def node_of(extra: Extra) -> Any:
    """The comment, instruction, element or text (a string). Raises ValueError where its content is none."""
    if extra.what is What.COMMENT:
        return etree.Comment(extra.content)
    if extra.what is What.INSTRUCTION:
        return etree.ProcessingInstruction(extra.name, extra.content or None)
    if extra.what is What.TEXT:
        return extra.content
    try:
        element = etree.fromstring(extra.content, etree.XMLParser(**_PARSING))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if element.getroottree().docinfo.doctype:
        raise ValueError("a document type")
    return element


def apply_attributes(extras: Sequence[Extra], find: Callable[[str], Any]) -> None:
    """Set the attributes; `find` gives the element at a path and makes it where there is none."""
    for extra in extras:
        if extra.path == OUTSIDE or extra.what is What.RECEIVED:
            continue
        element = find(extra.path)
        if extra.what is What.ATTRIBUTE:
            element.set(extra.name, extra.content)
        elif extra.what is What.EMPTY and extra.name and extra.name not in element.attrib:
            element.set(extra.name, "")


def apply_nodes(extras: Sequence[Extra], find: Callable[[str], Any]) -> None:
    """Put the nodes where they stood: first what has no element behind it, then the others before theirs."""
    nodes = [(one, node_of(one)) for one in extras if one.what in _NODES and one.path != OUTSIDE]
    for extra, node in nodes:
        if not extra.before:
            _append(find(extra.path), node)
    for extra, node in nodes:
        if extra.before:
            _insert(find(extra.path), node, extra.before)


def _append(parent: Any, node: Any) -> None:
    if isinstance(node, str):
        add_text(parent, node)
    else:
        parent.append(node)


def _insert(parent: Any, node: Any, before: str) -> None:
    match = _ANCHOR.fullmatch(before)
    siblings = parent.findall(match[1]) if match else []
    if match is None or len(siblings) < int(match[2]):
        _append(parent, node)  # the element was taken away; what stood before it stays
        return
    anchor = siblings[int(match[2]) - 1]
    if not isinstance(node, str):
        anchor.addprevious(node)
        return
    previous = anchor.getprevious()
    if previous is None:
        parent.text = (parent.text or "") + node
    else:
        previous.tail = (previous.tail or "") + node
