"""Opening IATI files from strangers: XML or gzipped XML, record by record, in bounded memory, no network.

A file is broken where it is not well-formed XML (`BrokenXml`, with the line). It is refused (`InputRefused`)
where it is something else: an archive of many files, one that declares entities, one past the bounds below.
"""

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from lxml import etree

from suivi.iati.mending import START_BYTES, Mended, is_mendable
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

MAX_BYTES = 4 * 2**30  # of XML in one file, unpacked
MAX_RECORD_BYTES = 32 * 2**20  # between the ends of two records; the largest real activities are near 10 MB
MAX_RECORD_MARKS = 2_000_000  # "<" and "=" there: bounds the memory of its tree
MAX_ATTRIBUTES = 10_000  # of one tag: what a parser does with them grows with their square
MAX_NAMESPACES = 1_000  # of the root: looked through for each element below it
PIECE_BYTES = 2**21  # of a record that are waited for, where it may come in pieces
_FEW_MARKS = 2**20  # bytes at the start of a record in which they are not counted

# A kind of file is known by its root; each child of this name is one record.
RECORD_TAGS = {"iati-activities": "iati-activity", "iati-organisations": "iati-organisation"}

_NO_RECORD = "no-record"  # the parser wants some name to wait for, also in files of another kind
_GZIP_MAGIC = b"\x1f\x8b"
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh")
_NAMESPACE = etree.ErrorDomains.NAMESPACE
_UNKNOWN_ENTITY = etree.ErrorTypes.WAR_UNDECLARED_ENTITY
_MAX_PREFIX_ERRORS = 10_000
_CHUNK = 2**15
_HEAD_CHUNK = 2**12
# Not collect_ids=False, which makes libxml2 load the document type that a file names, from the disk, too.
_PARSING = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


class BrokenXml(InputRefused):
    """The file is not well-formed XML. Line and column count from 1; `reason` is the parser's, in English."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        self.reason, self.line, self.column = reason, line, column
        super().__init__(
            gettext_noop("The file is not well-formed XML: line %(line)s: %(reason)s."),
            {"line": line, "reason": reason.rstrip(".")},
            gettext_noop("Look at this line and the one before it, or make the file again."),
        )


@dataclass(frozen=True)
class Head:
    """The start tag of the root: its name, attributes and name spaces (prefix to address)."""

    tag: str
    attributes: Mapping[str, str]
    namespaces: Mapping[str | None, str]

    @property
    def local_tag(self) -> str:
        """The name of the root without its name space."""
        return self.tag.rpartition("}")[2]

    @property
    def version(self) -> str:
        """The version of the standard as the file states it; empty where it does not."""
        return self.attributes.get("version", "")

    @property
    def record_tag(self) -> str | None:
        """The name of the records in such a file, None where the file is not an IATI file."""
        return RECORD_TAGS.get(self.tag)


class XmlFile:
    """An opened file. `head` is known at once; `records()` may be called once.

    `root` is there from the first record on. While a record is out, its preceding siblings (comments) hang
    before it; they are freed with it. After the last record, what follows it hangs below `root`.
    """

    def __init__(self, stream: BinaryIO, raw: BinaryIO | None = None) -> None:
        self._stream = stream
        self._raw = raw or stream  # the bytes on the disk, where `stream` unpacks them
        self.root: Any = None
        self.head = _read_head(stream)
        stream.seek(0)

    @property
    def position(self) -> int:
        """How many bytes of XML have been read so far."""
        return self._stream.tell()

    @property
    def bytes_taken(self) -> int:
        """How many bytes of the file itself have been read so far, packed or not."""
        return self._raw.tell()

    def records(self) -> Iterator[Any]:
        """Each record as an element with its whole tree. It is emptied when the next one is asked for.

        Raises `BrokenXml` where the XML breaks, after the records before it. A prefix that is not declared
        does not break it: the file is read again from the start, and such names keep their colon.
        """
        return (piece.element for piece in self.pieces())

    def pieces(self, piece_bytes: int = 0) -> Iterator["Piece"]:
        """The same. With `piece_bytes`, a larger record comes in parts, each with what was read since."""
        given = 0
        try:
            for piece in self._pieces(_Parser(self._tag), piece_bytes):
                given += 1
                yield piece
        except _UndeclaredPrefix:
            self._stream.seek(0)
            again = self._pieces(_Parser(self._tag, is_lenient=True), piece_bytes)
            yield from islice(again, given, None)

    @property
    def _tag(self) -> str:
        return self.head.record_tag or _NO_RECORD

    def _pieces(self, parser: "_Parser", piece_bytes: int) -> Iterator["Piece"]:
        bounds, piece, waiting = _Bounds(), None, 0
        while chunk := _read(self._stream, _CHUNK):
            bounds.count(chunk)
            waiting += len(chunk)
            broken = parser.feed(chunk)
            for element in parser.finished():
                bounds.reset()
                waiting = 0
                yield from self._let_out(element, piece)
                piece = None
            if broken:
                raise broken
            if piece_bytes and waiting > piece_bytes and (begun := self._begun(parser)) is not None:
                waiting = 0
                piece = Piece(begun, begun[:-1], is_last=False, before=piece)
                yield piece
                piece.let_go()
        self.root = parser.close()
        for element in parser.finished():
            yield from self._let_out(element, piece)
            piece = None

    def _let_out(self, element: Any, piece: "Piece | None") -> Iterator["Piece"]:
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:
            return  # a record inside a record, or a root of that name
        self.root = parent
        yield Piece(element, element, is_last=True, before=piece)
        element.clear(keep_tail=True)  # what stands behind it is looked at with the next one
        while element.getprevious() is not None:
            del parent[0]

    def _begun(self, parser: "_Parser") -> Any:
        """The record that has begun and not ended, if it holds something whole; else None."""
        element = parser.begun
        parent = element.getparent() if element is not None else None
        if parent is None or parent.getparent() is not None or len(element) < 2:
            return None
        self.root = parent
        return element


class Piece:
    """A record, or what has been read of it since the piece before. Only the last node may still be growing.

    `gone` are the names of the elements of earlier pieces, which are no longer there, with their counts.
    """

    def __init__(self, element: Any, nodes: Any, *, is_last: bool, before: "Piece | None") -> None:
        self.element = element
        self.nodes = nodes
        self.is_first = before is None
        self.is_last = is_last
        self.gone: Counter[str] = Counter() if before is None else before.gone

    def items(self) -> list[tuple[str, str]]:
        """The attributes; those of the first piece only."""
        return list(self.element.items()) if self.is_first else []

    @property
    def text(self) -> str | None:
        """The text before the first node."""
        text: str | None = self.element.text if self.is_first else None
        return text

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.nodes)

    def let_go(self) -> None:
        """Take the nodes away that were looked at."""
        self.gone.update(node.tag for node in self.nodes if isinstance(node.tag, str))
        self.nodes = ()
        del self.element[:-1]


class _Bounds:
    """What was taken in since the last record, and in all."""

    def __init__(self) -> None:
        self._total = self._bytes = self._marks = self._attributes = 0

    def count(self, chunk: bytes) -> None:
        """Take a chunk in. Raises `InputRefused` past a bound."""
        self._total += len(chunk)
        self._bytes += len(chunk)
        if self._bytes > _FEW_MARKS:
            self._marks += chunk.count(b"<") + chunk.count(b"=")
        if self._total > MAX_BYTES:
            raise InputRefused(
                gettext_noop("The file unpacks to more than %(limit)s gigabytes and was not read further."),
                {"limit": MAX_BYTES // 2**30},
                gettext_noop("Publish it as several files."),
            )
        if self._bytes > MAX_RECORD_BYTES or self._marks > MAX_RECORD_MARKS:
            raise InputRefused(
                gettext_noop("One activity or organisation of the file is larger than %(limit)s megabytes."),
                {"limit": MAX_RECORD_BYTES // 2**20},
                gettext_noop("Look whether its end tag is missing."),
            )
        self._count_attributes(chunk)

    def _count_attributes(self, chunk: bytes) -> None:
        """A start tag holds no "<" but its own and a "=" for each attribute; no text has as many."""
        start = chunk.find(b"<")
        self._attributes += chunk.count(b"=") if start < 0 else chunk.count(b"=", 0, start)
        if self._attributes > MAX_ATTRIBUTES:
            raise InputRefused(
                gettext_noop("One element of the file has more than %(limit)s attributes."),
                {"limit": MAX_ATTRIBUTES},
                gettext_noop("Look whether its start tag is closed, and what wrote it."),
            )
        if start >= 0:
            self._attributes = chunk.count(b"=", chunk.rfind(b"<"))

    def reset(self) -> None:
        """A record has ended."""
        self._bytes = self._marks = 0


@contextmanager
def open_xml(path: Path, *, as_official: bool = False) -> Iterator[XmlFile]:
    """Open a file of XML, gzipped or not whatever its name. Raises `BrokenXml`, `InputRefused`, `OSError`.

    `as_official` mends bytes that are no UTF-8, as the official tool does.
    """
    with path.open("rb") as stream, _unpacked(stream) as xml:
        mended = as_official and is_mendable(_read(xml, START_BYTES))
        xml.seek(0)
        yield XmlFile(cast(BinaryIO, Mended(xml)) if mended else xml, stream)


@contextmanager
def _unpacked(stream: BinaryIO) -> Iterator[BinaryIO]:
    start = stream.read(8)
    stream.seek(0)
    if start.startswith(_ARCHIVES):
        raise InputRefused(
            gettext_noop("The file is an archive, not XML."),
            hint=gettext_noop(
                "Unpack it and give the XML files in it; one gzipped XML file (.xml.gz) is read as it is."
            ),
        )
    if not start.startswith(_GZIP_MAGIC):
        yield stream
        return
    with gzip.GzipFile(fileobj=stream) as unpacked:
        yield cast(BinaryIO, unpacked)


def _read_head(stream: BinaryIO) -> Head:
    try:
        return _head_by(stream, _Parser())
    except _UndeclaredPrefix:
        stream.seek(0)
        return _head_by(stream, _Parser(is_lenient=True))


def _head_by(stream: BinaryIO, parser: "_Parser") -> Head:
    bounds = _Bounds()
    while chunk := _read(stream, _HEAD_CHUNK):
        bounds.count(chunk)
        broken = parser.feed(chunk)
        for root in parser.finished():
            return _head_of(root)
        if broken:
            raise broken
    return _head_of(parser.close())


def _head_of(root: Any) -> Head:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise InputRefused(
            gettext_noop(
                "The file declares entities of its own, which IATI files never need and attacks do."
            ),
            hint=gettext_noop("Write the file again without a document type (<!DOCTYPE ...>)."),
        )
    namespaces = dict(root.nsmap)
    if len(namespaces) > MAX_NAMESPACES:
        raise InputRefused(
            gettext_noop("The file declares more than %(limit)s name spaces."),
            {"limit": MAX_NAMESPACES},
            gettext_noop("Write the file again with those that it uses."),
        )
    return Head(root.tag, dict(root.attrib), namespaces)


def _read(stream: BinaryIO, size: int) -> bytes:
    try:
        return stream.read(size)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputRefused(
            gettext_noop("The gzipped file is damaged or cut off."),
            hint=gettext_noop("Fetch or make it again."),
        ) from error


class _UndeclaredPrefix(BrokenXml):
    """What breaks is only the prefix of a name."""


class _Parser:
    """The parser of libxml2, fed by chunks. Waits for the ends of elements of a name, or for the first start.

    Lenient, it goes on after undeclared prefixes, and only after these.
    """

    def __init__(self, tag: str = "", *, is_lenient: bool = False) -> None:
        self._is_lenient = is_lenient
        self._is_for_records = bool(tag)
        self.begun: Any = None  # the last element of the name that has begun and not ended
        events, tags = (("start", "end"), [tag]) if tag else (("start",), None)
        self._parser = etree.XMLPullParser(events=events, tag=tags, recover=is_lenient, **_PARSING)

    def feed(self, chunk: bytes) -> BrokenXml | None:
        """Take a chunk. What broke comes back, so that the records before it are not lost.

        Raises `BrokenXml` for an entity that only a document type elsewhere could declare: a record with it
        cannot be checked.
        """
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            return _broken(error, self._parser)
        unknown = next((one for one in self._parser.feed_error_log if one.type == _UNKNOWN_ENTITY), None)
        if unknown is not None:
            raise _told(BrokenXml, unknown)
        return self._found_broken()

    def finished(self) -> Iterator[Any]:
        """The elements waited for."""
        for event, element in self._parser.read_events():
            if event == "start" and self._is_for_records:
                self.begun = element
            else:
                self.begun = None
                yield element

    def close(self) -> Any:
        """The root. Raises `BrokenXml` where the file is cut off."""
        try:
            root = self._parser.close()
        except etree.XMLSyntaxError as error:
            raise _broken(error, self._parser) from error
        broken = self._found_broken()
        if broken is not None:
            raise broken
        return root

    def _found_broken(self) -> BrokenXml | None:
        if not self._is_lenient:
            return None
        errors = _errors(self._parser)
        fatal = next((one for one in errors if one.domain != _NAMESPACE), None)
        if fatal is None and len(errors) <= _MAX_PREFIX_ERRORS:
            return None
        return _told(BrokenXml, fatal or errors[-1])


def _broken(error: Any, parser: Any) -> BrokenXml:
    errors = _errors(parser)
    fatal = next((one for one in errors if one.domain != _NAMESPACE), None)
    if fatal is not None:
        return _told(BrokenXml, fatal)
    if errors:
        return _told(_UndeclaredPrefix, errors[0])
    line, column = error.position
    return BrokenXml(str(error.msg), max(line, 1), max(column, 1))


def _errors(parser: Any) -> list[Any]:
    return [one for one in parser.feed_error_log if one.level > etree.ErrorLevels.WARNING]


def _told(kind: type[BrokenXml], entry: Any) -> BrokenXml:
    return kind(entry.message.strip(), max(entry.line, 1), max(entry.column, 1))
