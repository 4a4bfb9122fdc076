"""Writing IATI files record by record, always in the order of the standard."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from lxml import etree

from suivi.iati.nodes import Record
from suivi.iati.opening import Head
from suivi.iati.ordering import is_blank, put_in_order
from suivi.iati.standard import standard

_INDENT = "  "


class Writer:
    """Takes the records of one file. What stands outside of records is given as elements and comments.

    `epilogue` may be filled with comments that follow the root.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.epilogue: list[Any] = []

    def write(self, record: Record) -> None:
        """Write a record behind what stood before it. Its children are put in order in place."""
        self.write_nodes(record.before)
        put_in_order(record.xml, record.spec)
        self._write(record.xml)

    def write_nodes(self, nodes: Iterable[Any]) -> None:
        """Write elements, comments or instructions that are no records."""
        for node in nodes:
            self._write(node)

    def _write(self, node: Any) -> None:
        self._stream.write("\n" + _INDENT)
        node.tail = None
        if len(node):
            _indent(node, 1)
        self._stream.write(node)


@contextmanager
def writing(path: Path, head: Head, prologue: Iterable[Any] = ()) -> Iterator[Writer]:
    """Write a file with this root; it takes its name only when all is written.

    `prologue` are comments before the root. Raises KeyError where the root is none of the standard.
    """
    root = standard()[head.tag]
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as temporary:
        try:
            with etree.xmlfile(temporary, encoding="UTF-8") as stream:
                stream.write_declaration()
                for node in prologue:
                    node.tail = None
                    stream.write(node)
                with stream.element(root.name, head.attributes, nsmap=dict(head.namespaces)):
                    writer = Writer(stream)
                    yield writer
                    stream.write("\n")
            for node in writer.epilogue:
                temporary.write(b"\n" + etree.tostring(node, with_tail=False))
            temporary.write(b"\n")
        except BaseException:
            Path(temporary.name).unlink()
            raise
    Path(temporary.name).replace(path)


def _indent(xml: Any, level: int) -> None:
    """Set the white space between elements. That of lxml also replaces spaces that are content in XML."""
    inner = "\n" + _INDENT * (level + 1)
    if not xml.text or is_blank(xml.text):
        xml.text = inner
    last = len(xml) - 1
    for place, child in enumerate(xml):
        if len(child):
            _indent(child, level + 1)
        if not child.tail or is_blank(child.tail):
            child.tail = inner if place < last else "\n" + _INDENT * level
