"""Typed access to the elements of a record, as the description of the standard has them."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from suivi.iati.standard import Element
from suivi.iati.standard.model import XML_LANG
from suivi.iati.standard.values import Value, text_of, value_of
from suivi.values.text import Text


class Node:
    """One element with its place in the standard: typed values over `xml`, the element of lxml itself.

    Names are those of the standard ("iso-date", "transaction-type"); one that it does not know at this place
    is a KeyError. What is there beside the standard stays in `xml` and is written again.
    """

    __slots__ = ("spec", "xml")

    def __init__(self, xml: Any, spec: Element) -> None:
        self.xml = xml
        self.spec = spec

    @classmethod
    def new(cls, spec: Element) -> "Node":
        """An empty element that belongs to no file yet."""
        return cls(etree.Element(spec.name), spec)

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def line(self) -> int:
        """The line of its start tag in the file; 0 where it comes from none."""
        return self.xml.sourceline or 0

    def received(self, name: str) -> str | None:
        """An attribute as it stands in the file; None where there is none."""
        text: str | None = self.xml.get(self._key(name))
        return text

    def get(self, name: str) -> Value | None:
        """An attribute as a value of its type; None where there is none or it is not of the type."""
        key = self._key(name)
        return value_of(self.spec.attributes[key].kind, self.xml.get(key))

    def set(self, name: str, value: Value) -> None:
        self.xml.set(self._key(name), text_of(value))

    @property
    def value(self) -> Value | None:
        """The element's own text as a value of its type; None where the standard has no text here."""
        return value_of(self.spec.text, self.xml.text) if self.spec.text else None

    @value.setter
    def value(self, value: Value) -> None:
        if self.spec.text is None:
            raise KeyError(f"{self.spec.path} has no text")
        self.xml.text = text_of(value)

    def child(self, name: str) -> "Node | None":
        """The first child of this name."""
        return next(self._found(name), None)

    def children(self, name: str) -> list["Node"]:
        """All children of this name, in their order."""
        return list(self._found(name))

    def add(self, name: str) -> "Node":
        """A new child at the end; the writer puts it where it belongs."""
        return Node(etree.SubElement(self.xml, name), self.spec.children[name])

    def words(self, language: str = "") -> Text:
        """The narratives as one text, the first as original. `language` is that of those that state none."""
        texts: dict[str, str] = {}
        for narrative in self._found("narrative"):
            code = narrative.xml.get(XML_LANG) or language
            texts.setdefault(code.lower(), narrative.xml.text or "")
        return Text.of_many(texts, original=next(iter(texts), language.lower()))

    def _found(self, name: str) -> Iterator["Node"]:
        spec = self.spec.children[name]
        return (Node(xml, spec) for xml in self.xml.iterchildren(name))

    def _key(self, name: str) -> str:
        key = XML_LANG if name == "xml:lang" else name
        if key not in self.spec.attributes:
            raise KeyError(f"{self.spec.path} has no attribute {name}")
        return key


class Record(Node):
    """One activity or organisation, with what stood before it outside of any record (`before`)."""

    __slots__ = ("before",)

    def __init__(self, xml: Any, spec: Element, before: tuple[Any, ...] = ()) -> None:
        super().__init__(xml, spec)
        self.before = before

    @property
    def identifier(self) -> str:
        """Its identifier without white space around it; empty where there is none."""
        child = self.xml.find(identifier_tag(self.spec))
        return (child.text or "").strip() if child is not None else ""

    @property
    def language(self) -> str:
        """The language of its narratives that state none."""
        return self.xml.get(XML_LANG) or ""


def identifier_tag(spec: Element) -> str:
    """The name of the element that identifies a record: the first one in the standard."""
    return next(iter(spec.children))
