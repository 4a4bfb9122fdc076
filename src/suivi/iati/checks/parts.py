"""A large file checked by several processes, each on its part of the records.

The file is cut behind the end tags of records, which are found as bytes. Each part is read with the start tag
of the root before it and an end tag behind, so that a cut inside a comment or the like breaks that part; then
the file is not cut at all. Empty lines after the start tag make the lines of a part those of the file.
"""

import gzip
import io
import pickle
import re
import tempfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, cast

from suivi.iati.checks.checker import CheckedRecord, RecordChecker, Settings, rare_collection
from suivi.iati.opening import MAX_BYTES, Head, XmlFile
from suivi.values.errors import InputRefused

_LEAST = 4 * 2**20  # bytes of a part that are worth a process
_MOST_UNPACKED = 2**30  # bytes that a packed file may take on the disk
_WINDOW = 2**20
_HEAD_LIMIT = 2**16
_BATCH = 200  # records written at a time
_LINES_IN_A_ROW = 1_000_000  # of empty lines, before a comment: a text has a greatest length


@dataclass(frozen=True)
class _Part:
    """Bytes `start` to `stop` of a file, and what makes a file of them."""

    path: Path
    start: int
    stop: int
    before: bytes
    lines_before: int
    behind: bytes


@contextmanager
def checked_in_parts(
    path: Path, head: Head, settings: Settings, jobs: int
) -> Iterator[Iterator[CheckedRecord] | None]:
    """The checked records of a file, in order; None where it is too small to cut or cannot be."""
    with tempfile.TemporaryDirectory(prefix="suivi-iati-") as folder:
        plain = _plain(path, Path(folder)) if jobs > 1 else None
        parts = _parts(plain, head, jobs) if plain is not None else []
        if len(parts) < 2:
            yield None
            return
        outputs = [Path(folder) / f"{number}.records" for number in range(len(parts))]
        with ProcessPoolExecutor(len(parts), mp_context=get_context("fork")) as pool:
            waiting = [
                pool.submit(_check_part, part, head, settings, output)
                for part, output in zip(parts, outputs, strict=True)
            ]
            fine = [one.result() for one in waiting]
        yield _read_back(outputs) if all(fine) else None


def _plain(path: Path, folder: Path) -> Path | None:
    """The file itself, or unpacked into the folder; None where that would take too much, or it is damaged."""
    with path.open("rb") as stream:
        if stream.read(2) != b"\x1f\x8b":
            return path
    unpacked = folder / "unpacked.xml"
    try:
        with gzip.open(path) as source, unpacked.open("wb") as target:
            while window := source.read(_WINDOW):
                target.write(window)
                if target.tell() > _MOST_UNPACKED:
                    return None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return None
    return unpacked


def _parts(path: Path, head: Head, jobs: int) -> list[_Part]:
    size = path.stat().st_size
    count = min(jobs, size // _LEAST)
    if count < 2 or size > MAX_BYTES:
        return []
    with path.open("rb") as stream:
        opening = re.search(rb"<%s(\s[^>]*)?>" % head.tag.encode(), stream.read(_HEAD_LIMIT))
        if opening is None:
            return []
        stream.seek(0)
        before = stream.read(opening.end())
        end_tag = f"</{head.record_tag}>".encode()
        cuts = [cut for n in range(1, count) if (cut := _cut(stream, size * n // count, end_tag)) is not None]
        starts = [opening.end(), *sorted(set(cuts))]
        lines = _lines_before(stream, starts)
    closing = f"</{head.tag}>".encode()
    stops = [*starts[1:], size]
    return [
        _Part(path, start, stop, before, line - lines[0], closing if stop < size else b"")
        for start, stop, line in zip(starts, stops, lines, strict=True)
    ]


def _cut(stream: BinaryIO, near: int, end_tag: bytes) -> int | None:
    """Where the next end tag of a record ends."""
    stream.seek(near)
    tail, position = b"", near
    while window := stream.read(_WINDOW):
        found = (tail + window).find(end_tag)
        if found >= 0:
            return position - len(tail) + found + len(end_tag)
        position += len(window)
        tail = window[-len(end_tag) :]
    return None


def _lines_before(stream: BinaryIO, places: list[int]) -> list[int]:
    """How many lines end before each of these places."""
    stream.seek(0)
    counted, lines, found = 0, 0, []
    for place in places:
        while counted < place:
            window = stream.read(min(_WINDOW, place - counted))
            counted += len(window)
            lines += window.count(b"\n")
        found.append(lines)
    return found


def _check_part(part: _Part, head: Head, settings: Settings, output: Path) -> bool:
    """Check a part and write its records. False where it is no file of its own."""
    checker = RecordChecker(head.tag, head.version, settings)
    try:
        with part.path.open("rb") as stream, output.open("wb") as out, rare_collection():
            section = io.BufferedReader(_Section(stream, part), _WINDOW)
            batch: list[CheckedRecord] = []
            for element in XmlFile(cast(BinaryIO, section)).records():
                batch.append(checker.check(element))
                if len(batch) >= _BATCH:
                    pickle.dump(batch, out, pickle.HIGHEST_PROTOCOL)
                    batch = []
            pickle.dump(batch, out, pickle.HIGHEST_PROTOCOL)
    except InputRefused:
        return False
    return True


def _read_back(outputs: list[Path]) -> Iterator[CheckedRecord]:
    for output in outputs:
        end = output.stat().st_size
        with output.open("rb") as records:
            while records.tell() < end:
                yield from pickle.load(records)  # noqa: S301  written by our own processes in our own folder


class _Section(io.RawIOBase):
    """A part as a stream of its own."""

    def __init__(self, stream: BinaryIO, part: _Part) -> None:
        self._stream, self._part = stream, part
        full, rest = divmod(part.lines_before, _LINES_IN_A_ROW)
        empty = (b"\n" * _LINES_IN_A_ROW + b"<!-- -->") * full + b"\n" * rest
        self._before = part.before + empty
        self._length = len(self._before) + part.stop - part.start + len(part.behind)
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        starts = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._length}
        self._place = starts[whence] + offset
        return self._place

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        data = self._bytes(len(buffer))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)

    def _bytes(self, size: int) -> bytes:
        place, body = self._place - len(self._before), self._part.stop - self._part.start
        if place < 0:
            return self._before[self._place : self._place + size]
        if place < body:
            self._stream.seek(self._part.start + place)
            return self._stream.read(min(size, body - place))
        return self._part.behind[place - body : place - body + size]
