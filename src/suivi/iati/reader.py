"""Reading IATI files record by record: `for activity in read(path)`. Memory does not grow with the file."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from suivi.iati.nodes import Record
from suivi.iati.opening import PIECE_BYTES, Head, Piece, XmlFile, open_xml
from suivi.iati.standard import Element, standard
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop


class Reading:
    """The records of one file; may be gone through several times.

    A record is good until the next one is asked for, then its `xml` is emptied. `prologue` (comments before
    the root) is known with the first record, `rest` (what follows the last record in the root) and `epilogue`
    (comments after the root) at the end.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with open_xml(path) as file:
            self.head: Head = file.head
        self.root: Element = _root_of(path, self.head)
        self.position = 0  # how many bytes of XML have been read
        self.prologue: tuple[Any, ...] = ()
        self.rest: tuple[Any, ...] = ()
        self.epilogue: tuple[Any, ...] = ()

    @property
    def spec(self) -> Element:
        """The records' place in the standard."""
        return next(iter(self.root.children.values()))

    def __iter__(self) -> Iterator[Record]:
        with open_xml(self.path) as file:
            for piece in self._followed(file, file.pieces()):
                yield Record(piece.element, self.spec, _before(piece.element))

    def pieces(self) -> Iterator[tuple[Piece, tuple[Any, ...]]]:
        """Each record, a large one in several pieces; with what stood before it, before its first piece."""
        with open_xml(self.path) as file:
            for piece in self._followed(file, file.pieces(PIECE_BYTES)):
                yield piece, _before(piece.element) if piece.is_first else ()

    def _followed(self, file: XmlFile, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Note meanwhile what stands around the records."""
        spec, root = self.spec, None
        for piece in pieces:
            if root is None:
                root = file.root
                self.prologue = tuple(root.itersiblings(preceding=True))[::-1]
            self.position = file.position
            yield piece
        root = file.root
        self.prologue = tuple(root.itersiblings(preceding=True))[::-1]
        self.rest = tuple(node for node in root if node.tag != spec.name)
        self.epilogue = tuple(root.itersiblings())


def read(path: Path) -> Reading:
    """Open a file of activities or organisations.

    Raises `BrokenXml` where it is not well-formed (for what breaks later: while going through the records),
    `InputRefused` where it is no IATI file or past a bound.
    """
    return Reading(path)


def _root_of(path: Path, head: Head) -> Element:
    root = standard().get(head.tag)
    if root is None:
        raise InputRefused(
            gettext_noop("%(name)s is not an IATI file: its outermost element is <%(tag)s>."),
            {"name": path.name, "tag": head.tag[:80]},
            gettext_noop("Give a file of <iati-activities> or <iati-organisations>."),
        )
    return root


def _before(xml: Any) -> tuple[Any, ...]:
    """What stands between the record before and this one."""
    return tuple(node for node in xml.itersiblings(preceding=True) if node.tag != xml.tag)[::-1]
