"""Opening zip-based documents (DOCX, XLSX) from strangers: bounded in size, without entities, named errors.

Sizes are measured while the members are unpacked, never taken from the headers of the archive.
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

MAX_BYTES = 64 * 2**20  # of a file as it comes
MAX_UNPACKED_BYTES = 200 * 2**20  # of all the members that are read
MAX_PART_BYTES = 64 * 2**20  # of one member
MAX_MEMBERS = 5_000
MAX_RATIO = 300  # unpacked to packed: repetitive sheets reach 100, bombs 1,000
RATIO_COUNTS_FROM = 8 * 2**20  # small members may be as repetitive as they like
MAX_MARKS = 4_000_000  # tags and attributes in one XML part: bounds the memory of its tree

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The two packings that the office formats allow. Others would only widen what a stranger can reach.
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 2**18
_ENTRY_MAGIC = b"PK\x01\x02"
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, RuntimeError)

# "Strict" files say the same with other names of the name spaces.
_OPEN_XML = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _OPEN_XML + b"wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": _OPEN_XML + b"spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": _OPEN_XML + b"officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/main": _OPEN_XML + b"drawingml/2006/main",
}

_CAREFUL: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
}
_SAVE_AGAIN = gettext_noop(
    "Open it in the program it was made with, save it again and try with the new file."
)


@dataclass(frozen=True)
class Relation:
    """What a part points to: the last word of the relation's type ("styles"), and the name of the part."""

    kind: str
    target: str


class Archive:
    """An opened zip-based document. Members are found whatever the case of their names."""

    def __init__(self, data: bytes) -> None:
        _refuse_strange_containers(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN_ZIP as error:
            raise broken_file() from error
        if len(members) > MAX_MEMBERS:
            raise too_large()
        self._members = {_folded(member.filename): member for member in members}
        self._unpacked = 0

    def __contains__(self, name: str) -> bool:
        return _folded(name) in self._members

    def names(self) -> list[str]:
        """The names of the members, in lower case."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a member; empty where there is none. Refused when past the bounds."""
        member = self._members.get(_folded(name))
        if member is None:
            return b""
        if member.flag_bits & 1:
            raise InputRefused(
                gettext_noop("The file is protected by a password."),
                hint=gettext_noop("Remove the password and try again."),
            )
        if member.compress_type not in _PACKINGS:
            raise broken_file()
        try:
            return self._unpack(member)
        except _BROKEN_ZIP as error:
            raise broken_file() from error

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        parts, size = [], 0
        with self._zip.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                parts.append(chunk)
                size += len(chunk)
                self._unpacked += len(chunk)
                is_bomb = size > RATIO_COUNTS_FROM and size > MAX_RATIO * max(member.compress_size, 1)
                if is_bomb or size > MAX_PART_BYTES or self._unpacked > MAX_UNPACKED_BYTES:
                    raise too_large()
        return b"".join(parts)

    def xml(self, name: str) -> Any:
        """The root element of an XML member, None where there is no such member (lxml has no types)."""
        data = self.read(name)
        return parse_xml(data) if data else None

    def elements(self, name: str, tag: str) -> Iterator[Any]:
        """The elements of a tag in an XML member, one after the other, so that the tree is never whole.

        Each holds for its turn only. The attributes of the elements around them are not read.
        """
        data = self.read(name)
        return stream_xml(data, tag) if data else iter(())

    def relations(self, name: str) -> dict[str, Relation]:
        """What the part `name` ("" for the package) points to inside the archive, by relation id."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, Relation] = {}
        for element in () if root is None else root.iterchildren("{*}Relationship"):
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                found[element.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return found

    def addresses(self, name: str) -> dict[str, str]:
        """The addresses outside that the part `name` links to, by relation id."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {
            element.get("Id", ""): element.get("Target", "")
            for element in (() if root is None else root.iterchildren("{*}Relationship"))
            if element.get("TargetMode") == "External"
        }

    def part(self, of: str, kind: str) -> str:
        """The name of the part of this kind that part `of` points to, empty where there is none."""
        return next(
            (r.target for r in self.relations(of).values() if r.kind == kind and r.target in self), ""
        )


def parse_xml(data: bytes) -> Any:
    """The root element. Document types are refused: office files have none, and attacks need one."""
    if data.count(b"<") + data.count(b"=") > MAX_MARKS:
        raise too_large()
    try:
        root = etree.fromstring(_usual_xml(data), etree.XMLParser(**_CAREFUL))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken_file() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _has_document_type()
    return root


def stream_xml(data: bytes, tag: str) -> Iterator[Any]:
    """The elements of a tag, one after the other and each for its turn only."""
    try:
        for _event, element in etree.iterparse(BytesIO(_usual_xml(data)), tag=tag, **_CAREFUL):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken_file() from error


def _usual_xml(data: bytes) -> bytes:
    """The same in the usual name spaces. Refused with a document type in it."""
    if any(mark in data for mark in _DOCTYPES):
        raise _has_document_type()
    for strict, usual in _STRICT_NAMES.items():
        if strict in data:
            data = data.replace(strict, usual)
    return data


def broken_file() -> InputRefused:
    """The refusal of a file that cannot be unpacked or whose parts are not what they should be."""
    return InputRefused(gettext_noop("The file is damaged and cannot be read."), hint=_SAVE_AGAIN)


def too_large() -> InputRefused:
    """The refusal of a file that would take more memory than one plan ever needs."""
    return InputRefused(
        gettext_noop("The file unpacks to more than a plan ever needs and was not read."),
        hint=gettext_noop("Save only the part with the plan as a new file and try with that."),
    )


def too_deep() -> InputRefused:
    """The refusal of a file whose parts stand in each other without end."""
    return InputRefused(gettext_noop("The parts of the file are nested too deeply."), hint=_SAVE_AGAIN)


def _refuse_strange_containers(data: bytes) -> None:
    if len(data) > MAX_BYTES or data.count(_ENTRY_MAGIC) > 2 * MAX_MEMBERS:
        raise too_large()
    if data.startswith(OLE_MAGIC):
        raise InputRefused(
            gettext_noop("The file is protected by a password, or in the format of before 2007."),
            hint=gettext_noop("Remove the password, save it as .docx or .xlsx and try again."),
        )


def _has_document_type() -> InputRefused:
    return InputRefused(
        gettext_noop("The file has a document type with entities inside, which office files never have."),
        hint=_SAVE_AGAIN,
    )


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
