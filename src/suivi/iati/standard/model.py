"""The description as a tree: what may stand in what, in which order and how often, of which type."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Kind(StrEnum):
    """The types of text, by their names in XML Schema."""

    STRING = "string"
    ADDRESS = "anyURI"
    NAME_TOKEN = "NMTOKEN"  # noqa: S105  no secret
    LANGUAGE = "language"
    DATE = "date"
    MOMENT = "dateTime"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    INTEGER = "int"
    POSITIVE = "positiveInteger"
    NOT_NEGATIVE = "nonNegativeInteger"

    @property
    def is_integer(self) -> bool:
        return self in {Kind.INTEGER, Kind.POSITIVE, Kind.NOT_NEGATIVE}


@dataclass(frozen=True)
class CodeList:
    """A list that a value is taken from; only where the vocabulary beside it is this one, if one is named."""

    name: str
    vocabulary: str = ""
    is_default: bool = False  # holds too where no vocabulary is stated


@dataclass(frozen=True)
class Attribute:
    """One attribute: `name` as the standard writes it ("xml:lang"), `key` as lxml does."""

    name: str
    is_required: bool
    kind: Kind
    lists: tuple[CodeList, ...]

    @property
    def key(self) -> str:
        return XML_LANG if self.name == "xml:lang" else self.name


@dataclass(eq=False)
class Element:
    """One element at its place in the tree. `text` is None where no text of its own is allowed."""

    name: str
    path: str
    is_required: bool
    is_repeatable: bool
    text: Kind | None
    lists: tuple[CodeList, ...]
    attributes: dict[str, Attribute] = field(default_factory=dict)  # by `Attribute.key`
    children: dict[str, "Element"] = field(default_factory=dict)  # in the order of the standard

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Name of each child to its place in the order."""
        return {name: rank for rank, name in enumerate(self.children)}

    @property
    def is_narrative(self) -> bool:
        return self.name == "narrative"

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, in the order of the standard."""
        yield self
        for child in self.children.values():
            yield from child.walk()


@cache
def standard() -> Mapping[str, Element]:
    """The two kinds of file by the name of their root."""
    found: dict[str, Element] = {}
    text = files("suivi.iati.standard").joinpath("facts.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines):
        parent, _, name = row["path"].rpartition("/")
        lists = tuple(_code_list(word) for word in row["lists"].split())
        if name.startswith("@"):
            attribute = Attribute(name[1:], row["min"] == "1", Kind(row["type"]), lists)
            found[parent].attributes[attribute.key] = attribute
            continue
        kind = Kind(row["type"]) if row["type"] else None
        element = Element(name, row["path"], row["min"] == "1", row["max"] == "*", kind, lists)
        found[row["path"]] = element
        if parent:
            found[parent].children[name] = element
    return {path: element for path, element in found.items() if "/" not in path}


def _code_list(word: str) -> CodeList:
    name, _, vocabulary = word.partition(":")
    return CodeList(name, vocabulary.rstrip("*"), vocabulary.endswith("*"))
