"""Which characters our fonts have a shape for, read from the fonts themselves.

PDF/UA asks that every character has a shape. Those that have none are shown as □, and the document says
which they were.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from suivi.render.typst_process import FONTS

MISSING = "□"
_FORMAT_SEGMENTS, _FORMAT_GROUPS = 4, 12  # the two kinds of character maps that our fonts have


@cache
def covered() -> frozenset[int]:
    """The code points that at least one of our fonts covers."""
    return frozenset(code for path in sorted(FONTS.glob("*.ttf")) for code in _characters(path))


def is_shown(letter: str) -> bool:
    """Whether a character has a shape, or needs none: blanks, marks of direction, soft hyphens."""
    return ord(letter) in covered() or unicodedata.category(letter) in {"Cf", "Zs", "Zl", "Zp"}


def shapeless(text: str) -> set[str]:
    """The characters of a text that no font of ours can show."""
    return {letter for letter in set(text) if not is_shown(letter)}


def _characters(path: Path) -> Iterator[int]:
    data = path.read_bytes()
    for offset in _character_maps(data):
        kind = struct.unpack_from(">H", data, offset)[0]
        if kind == _FORMAT_SEGMENTS:
            yield from _from_segments(data, offset)
        elif kind == _FORMAT_GROUPS:
            count = struct.unpack_from(">I", data, offset + 12)[0]
            for group in range(count):
                first, last = struct.unpack_from(">II", data, offset + 16 + 12 * group)
                yield from range(first, last + 1)


def _character_maps(data: bytes) -> set[int]:
    """Where the Unicode character maps of a font start."""
    tables = struct.unpack_from(">H", data, 4)[0]
    for entry in range(12, 12 + 16 * tables, 16):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, entry)
        if tag == b"cmap":
            count = struct.unpack_from(">H", data, start + 2)[0]
            records = [struct.unpack_from(">HHI", data, start + 4 + 8 * index) for index in range(count)]
            return {start + offset for platform, _, offset in records if platform in {0, 3}}
    return set()


def _from_segments(data: bytes, offset: int) -> Iterator[int]:
    """The characters of a map in segments that lead to a glyph; reserved last segment left out."""
    double = struct.unpack_from(">H", data, offset + 6)[0]
    count = double // 2
    ends = struct.unpack_from(f">{count}H", data, offset + 14)
    starts = struct.unpack_from(f">{count}H", data, offset + 16 + double)
    deltas = struct.unpack_from(f">{count}H", data, offset + 16 + 2 * double)
    ranges_at = offset + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if ranges[index] == 0:
                glyph = (code + deltas[index]) & 0xFFFF
            else:
                at = ranges_at + 2 * index + ranges[index] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, at)[0]
            if glyph:
                yield code
