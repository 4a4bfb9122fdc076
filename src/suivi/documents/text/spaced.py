"""Tables whose columns are held by blanks, as text taken from a page keeps them.

A line of headings with wide gaps gives the offsets of the columns; the lines under it are cut there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from suivi.documents.words.fragments import starts_inside
from suivi.documents.words.timeframes import is_timeframe
from suivi.documents.words.vocabulary import Role, meaning_of

_GAP = re.compile(r" {2,}")
_LONGEST_HEADING_LINE = 300
_NEAR = 3  # characters that a cell may stand off from its heading


@dataclass(frozen=True)
class SpacedRow:
    """The cells of a row, and the indexes of the lines it was written on."""

    cells: tuple[str, ...]
    lines: tuple[int, ...]


def heading_offsets(line: str) -> list[int]:
    """Where the columns begin, if the line holds headings of a plan parted by wide gaps; else []."""
    if "  " not in line.strip() or len(line) > _LONGEST_HEADING_LINE:
        return []
    pieces = [piece for piece in _GAP.split(line.strip()) if piece]
    meanings = [meaning for piece in pieces if (meaning := meaning_of(piece))]
    has_level = any(meaning.role is Role.LEVEL for meaning in meanings)
    if len(pieces) < 2 or not has_level or len(meanings) * 2 < len(pieces) or len(meanings) < 2:
        return []
    offsets: list[int] = []
    at = 0
    for piece in pieces:
        at = line.index(piece, at)
        offsets.append(at)
        at += len(piece)
    return [0, *offsets[1:]]


def read_spaced(lines: Sequence[str], start: int, offsets: list[int]) -> tuple[list[SpacedRow], int]:
    """The rows from the line of headings on, and the index behind the last of them."""
    rows: list[SpacedRow] = []
    at, end, is_open = start, start, False
    while at < len(lines):
        line = lines[at].rstrip()
        if not line:
            if at > start and not lines[at - 1].strip():
                break
            at, is_open = at + 1, False
            continue
        cells = _cut(line, offsets)
        if cells is None:
            break
        if rows and is_open and at > start + 1 and _goes_on(cells):
            last = rows[-1]
            joined = tuple(f"{a} {b}".strip() for a, b in zip(last.cells, cells, strict=True))
            rows[-1] = SpacedRow(joined, (*last.lines, at))
        else:
            rows.append(SpacedRow(cells, (at,)))
        at += 1
        end, is_open = at, True
    return rows, end


def _cut(line: str, offsets: list[int]) -> tuple[str, ...] | None:
    """The cells of a line; None where words run across the columns."""
    starts = [0]
    for offset in offsets[1:]:
        start = _near_gap(line, offset)
        if start is None:
            return None
        starts.append(start)
    ends = [*starts[1:], len(line)]
    cells = tuple(line[a:b].strip() for a, b in zip(starts, ends, strict=True))
    return cells if sum(bool(cell) for cell in cells) >= 2 or line.startswith("  ") else None


def _near_gap(line: str, offset: int) -> int | None:
    if offset >= len(line):
        return len(line)
    for shift in range(_NEAR + 1):
        for at in (offset - shift, offset + shift):
            if (
                0 < at <= len(line)
                and line[max(0, at - 1)] == " "
                and (shift == 0 or line[max(0, at - 2) : at] == "  ")
            ):
                return at
    return None


def _goes_on(cells: tuple[str, ...]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(starts_inside(cell) and not is_timeframe(cell) for cell in filled)
