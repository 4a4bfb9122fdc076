"""What an HTML file of ours says, block by block. What could hide or add something is a line of its own."""

import hashlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

PROPERTY = "suivi:"  # before the names of the provenance, in the names of meta elements
_MAX_MARKS = 4_000_000  # tags and attributes
_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "dd",
            "desc",
            "details",
            "div",
            "dl",
        ),
        *("dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "text", "tfoot", "thead"),
        *("title", "tr", "ul"),
    )
)
# Ours have none of these: whatever stands in one was added, and may change what is seen.
_FOREIGN = frozenset(
    (
        *("audio", "base", "canvas", "embed", "form", "iframe", "img", "input", "link", "object", "picture"),
        *("script", "video"),
    )
)
_CELLS = frozenset(("td", "th", "br"))


def read_html(data: bytes) -> tuple[list[str], dict[str, str]]:
    """The lines and the provenance. Raises InputRefused where the file is damaged or far too large."""
    if data.count(b"<") + data.count(b"=") > _MAX_MARKS:
        raise InputRefused(gettext_noop("The file is larger than any document made here and was not read."))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise InputRefused(gettext_noop("The file is damaged and cannot be read."))
    return list(_lines(root)), _provenance(root)


def _provenance(root: Any) -> dict[str, str]:
    return {
        meta.get("name").removeprefix(PROPERTY): meta.get("content", "")
        for meta in root.iter("meta")
        if (meta.get("name") or "").startswith(PROPERTY)
    }


def _lines(root: Any) -> Iterator[str]:
    words: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _BLOCKS:
            yield "".join(words)
            words = []
        if event == "start":
            yield from _said_by_attributes(node, tag)
            if tag == "style":
                yield f"[style {hashlib.sha256((node.text or '').encode()).hexdigest()}]"
            elif tag in _CELLS:
                words.append(" ")
            words.append((node.text or "") if tag != "style" else "")
        else:
            words.append(node.tail or "")
    yield "".join(words)


def _said_by_attributes(node: Any, tag: str) -> Iterator[str]:
    """Alternative texts, and every way in which an element can be shown otherwise or not at all."""
    if tag in _FOREIGN:
        yield f"[{tag} {node.get('src') or node.get('href') or node.get('data') or ''}]"
    for name, value in node.items():
        if name == "aria-label":
            yield value
        elif name in {"style", "hidden"} or name.startswith("on"):
            yield f"[{tag} {name} {value}]"
        elif name == "class" and tag != "a" and "skip" in value.split():
            yield f"[{tag} class {value}]"  # the class of what only screen readers are told
