"""Which characters our fonts have a shape for, read from the fonts themselves.

PDF/UA asks that every character has a shape. Those that have none are shown as □, and the document says
which they were.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
MISSING = "□"
_FORMAT_SEGMENTS, _FORMAT_GROUPS = 4, 12  # the two kinds of character maps that our fonts have


@cache
def covered() -> frozenset[int]:
    """The code points that at least one of our fonts covers."""
    return frozenset(code for path in sorted(FONTS.glob("*.ttf")) for code, _ in _glyphs(path.read_bytes()))


@cache
def advances(font: str) -> dict[str, float]:
    """How wide each character of a font of ours is, as a share of the size of the type."""
    data = (FONTS / f"{font}.ttf").read_bytes()
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    start = tables[b"hmtx"]
    widths = struct.unpack_from(">" + "Hh" * count, data, start)[::2]
    return {chr(code): widths[min(glyph, count - 1)] / units for code, glyph in _glyphs(data)}


def is_shown(letter: str) -> bool:
    """Whether a character has a shape, or needs none: blanks, marks of direction, soft hyphens."""
    return ord(letter) in covered() or unicodedata.category(letter) in {"Cf", "Zs", "Zl", "Zp"}


def _tables(data: bytes) -> dict[bytes, int]:
    """Where the tables of a font start."""
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    return {tag: start for tag, _, start, _ in entries}


def _glyphs(data: bytes) -> Iterator[tuple[int, int]]:
    """Code points and the numbers of their glyphs."""
    start = _tables(data)[b"cmap"]
    count = struct.unpack_from(">H", data, start + 2)[0]
    records = [struct.unpack_from(">HHI", data, start + 4 + 8 * index) for index in range(count)]
    for offset in sorted({start + where for platform, _, where in records if platform in {0, 3}}):
        kind = struct.unpack_from(">H", data, offset)[0]
        if kind == _FORMAT_SEGMENTS:
            yield from _from_segments(data, offset)
        elif kind == _FORMAT_GROUPS:
            yield from _from_groups(data, offset)


def _from_groups(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    groups = struct.unpack_from(">I", data, offset + 12)[0]
    for group in range(groups):
        first, last, glyph = struct.unpack_from(">III", data, offset + 16 + 12 * group)
        yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)


def _from_segments(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
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
                yield code, glyph
