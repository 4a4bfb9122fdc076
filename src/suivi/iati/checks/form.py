"""What the XML schema says: of a record, of the start tag of the file, of what stands between records.

The official tool reads numbers with an older libxml2, which knows no more than 24 digits and no blanks around
whole numbers, and takes a sign before a blank for 0.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from suivi.iati.checks.model import Check, Fault, Spot, Weight
from suivi.iati.checks.record import Record, Test, Way
from suivi.iati.opening import RECORD_TAGS, Head
from suivi.iati.schemas import schema
from suivi.iati.standard.model import Kind, standard

SCHEMA_CHECK = Check("0.3.1", Weight.CRITICAL, "schema")
_NO_CHILD = "Missing child element"
_BLANKS = "\t\n\r "
_MOST_DIGITS = 24
_SIGN_ALONE = re.compile(
    r".*: '\s*[+-]\s+' is not a valid value of the atomic type 'xs:decimal'\.", re.DOTALL
)
_SHORT = re.compile(r"\d*\.?\d*", re.ASCII)
_NUMBERS = (Kind.DECIMAL, Kind.POSITIVE, Kind.NOT_NEGATIVE, Kind.INTEGER)


def record_faults(compiled: Any, record: Record) -> list[Fault]:
    """What is wrong with the form of a record, and with what stands between it and the one before it."""
    element = record.element
    stray, has_elements = _stray(element)
    faults = list(stray_faults(compiled, element, stray)) if stray is not None else []
    if has_elements and record.as_official:
        return faults  # behind what is not expected, the official tool looks no further
    found = _messages(compiled, element)
    if record.as_official:
        found = {message: lines for message, lines in found.items() if not _SIGN_ALONE.fullmatch(message)}
        for message, line in record.long_numbers:
            found.setdefault(message, []).append(line)
    return faults + list(_as_faults(found))


def schema_faults(compiled: Any, element: Any) -> Iterator[Fault]:
    """What the schema says of an element. Equal messages are one fault with many places."""
    yield from _as_faults(_messages(compiled, element))


def root_faults(head: Head) -> Iterator[Fault]:
    """What the schema says of the start tag of the root. The official tool repeats it for each record."""
    # Attributes of other name spaces may be what they like, and some cannot be set again.
    own = {name: value for name, value in head.attributes.items() if not set(name) & set("{:")}
    found = _messages(schema(head.tag), etree.Element(head.tag, own))
    at_start = {message: [1] * len(lines) for message, lines in found.items() if _NO_CHILD not in message}
    yield from _as_faults(at_start)


def stray_faults(compiled: Any, beside: Any, stray: Any) -> Iterator[Fault]:
    """What the schema says of a root with what no record is. Where a line is lost, it is that of `beside`."""
    line = beside.sourceline or 0
    found = _messages(compiled, stray)
    told = {message: [one or line for one in lines] for message, lines in found.items()}
    yield from _as_faults({message: lines for message, lines in told.items() if _NO_CHILD not in message})


def _stray(element: Any) -> tuple[Any, bool]:
    """A root with what stands before a record and is no record; whether elements are there."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None or (before is None and _is_blank(parent.text)):
        return None, False
    nodes: list[Any] = []
    while before is not None and before.tag != element.tag:
        nodes.insert(0, before)
        before = before.getprevious()
    text = parent.text if before is None else before.tail
    elements = [node for node in nodes if isinstance(node.tag, str)]
    if not elements and all(map(_is_blank, [text, *(node.tail for node in nodes)])):
        return None, False
    root = etree.Element(parent.tag, version="2.03")
    root.text = text
    root.extend(map(deepcopy, nodes))
    return root, bool(elements)


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()


def _messages(compiled: Any, element: Any) -> dict[str, list[int]]:
    """The messages of libxml2 and the lines of each."""
    found: dict[str, list[int]] = {}
    if not compiled.validate(element):
        for entry in compiled.error_log:
            found.setdefault(entry.message, []).append(entry.line)
    return found


def _as_faults(found: dict[str, list[int]]) -> Iterator[Fault]:
    for message, lines in found.items():
        spots = tuple(Spot(line, "", "") for line in lines)
        yield Fault(SCHEMA_CHECK, spots, {"message": message}, tuple(f"At line: {line}" for line in lines))


def add_number_tests(way: Way, root_tag: str) -> None:
    """Hang on the ways of a record what the older libxml2 makes of its numbers."""
    start = standard()[root_tag].children[RECORD_TAGS[root_tag]]
    for spec in start.walk():
        kinds = {key: one.kind for key, one in spec.attributes.items() if one.kind in _NUMBERS}
        if spec.text in _NUMBERS:
            kinds[""] = spec.text
        if kinds:
            below = spec.path.removeprefix(start.path).strip("/")
            way.to(below.split("/") if below else ()).tests += [
                _number_test(kind, key) for key, kind in kinds.items()
            ]


def _number_test(kind: Kind, attribute: str) -> Test:
    where = f", attribute '{attribute}'" if attribute else ""
    most = 1 if kind is Kind.INTEGER else _MOST_DIGITS

    def test(element: Any, record: Record) -> None:
        value = element.get(attribute) if attribute else element.text
        if value and len(value) > most and _is_refused(value, kind):
            what = f"Element '{element.tag}'{where}: '{value}'"
            message = f"{what} is not a valid value of the atomic type 'xs:{kind}'."
            record.long_numbers.append((message, element.sourceline or 0))

    return test


def _is_refused(value: str, kind: Kind) -> bool:
    """A number that is one for today's libxml2, and was none for the older one."""
    stripped = value.strip(_BLANKS)
    if kind is Kind.INTEGER:
        return stripped != value and stripped.lstrip("+-").isdecimal()
    digits = stripped.removeprefix("-" if stripped.startswith("-") else "+").lstrip("0")
    if not _SHORT.fullmatch(digits):
        return False
    whole, point, _fraction = digits.partition(".")
    return len(digits) - len(point) > _MOST_DIGITS or bool(point and len(whole) == _MOST_DIGITS)


def copies(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Each fault again, for another record."""
    for fault in faults:
        yield Fault(fault.check, fault.spots, fault.params, fault.places)
