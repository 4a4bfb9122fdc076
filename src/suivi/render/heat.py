"""The heat table: a row for each deliverable, a column for each round, in each cell the mark of a status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from suivi.render.marks import MARKS, mark_of, mark_shape
from suivi.render.svg import INK, LINE, MUTED, Drawing, element, picture, text_width, words, wrap
from suivi.render.wording import Wording

_SIZE = 13
_LINE = _SIZE + 4
_CELL = 26.0
ROWS_KEPT = 2048  # of about four kB each


@dataclass(frozen=True)
class HeatRow:
    """A label and one status code for each column; an empty code is an empty cell. `href` makes it a link."""

    label: str
    statuses: Sequence[str]
    href: str = ""


def draw_heat(
    rows: Sequence[HeatRow],
    columns: Sequence[str],
    *,
    title: str,
    language: str,
    status_words: Mapping[str, str],
    width: int = 960,
) -> Drawing:
    """The table as a drawing. Columns are as wide as there is room, at least as wide as a mark needs."""
    step = min(max((width * 0.5) / max(len(columns), 1), _CELL + 4), 96.0)
    left = max(width - step * len(columns), width * 0.3)
    step = (width - left) / max(len(columns), 1)
    parts, y = _head(columns, left, step)
    place = _Place(tuple(columns), left, step, width)
    for row in rows:
        said = tuple(status_words.get(status, status) for status in row.statuses)
        drawn, height = _row(row.label, row.href, tuple(row.statuses), said, place)
        parts.append(element("g", drawn, transform=f"translate(0 {y:g})"))
        y += height
    if not rows or not columns:
        y += _LINE
        parts.append(_text(Wording.of(language).nothing_to_show, 4, y, MUTED))
        y += 8
    legend, y = _legend(rows, status_words, float(width), y + 8)
    description = "; ".join(_row_in_words(row, columns, status_words) for row in rows)
    role = "group" if any(row.href for row in rows) else "img"
    return picture([*parts, *legend], width=width, height=y, title=title, description=description, role=role)


def _text(
    text: str, x: float, y: float, fill: str = INK, anchor: str | None = None, *, bold: bool = False
) -> str:
    return element(
        "text", words(text), x=float(x), y=float(y), fill=fill, font_size=_SIZE, text_anchor=anchor,
        font_weight="700" if bold else None,
    )  # fmt: skip


def _head(columns: Sequence[str], left: float, step: float) -> tuple[list[str], float]:
    wrapped = [wrap(column, _SIZE, step - 6, 3) for column in columns]
    lines = max((len(one) for one in wrapped), default=0)
    parts = [
        _text(
            line, left + (index + 0.5) * step, (lines - len(one) + at + 1) * _LINE, INK, "middle", bold=True
        )
        for index, one in enumerate(wrapped)
        for at, line in enumerate(one)
    ]
    return parts, lines * _LINE + 8


class _Place(NamedTuple):
    """Where the cells of each row stand."""

    columns: tuple[str, ...]
    left: float
    step: float
    width: int


@lru_cache(ROWS_KEPT)
def _row(
    label: str, href: str, statuses: tuple[str, ...], said: tuple[str, ...], place: _Place
) -> tuple[str, float]:
    """A row from 0 down, and its height. From one look to the next most rows stay as they were."""
    lines = wrap(label, _SIZE, place.left - 12, 3) or ["–"]
    height = max(len(lines) * _LINE + 6, _CELL + 6)
    head = "".join(
        _text(line, 4, (height - len(lines) * _LINE) / 2 + (at + 1) * _LINE - 4)
        for at, line in enumerate(lines)
    )
    if href:
        head = element("a", head, href=href)
    rule = element("line", x1=0, y1=0, x2=place.width, y2=0, stroke=LINE, stroke_width=0.5)
    cells = [
        _cell(status, f"{label}; {column}: {word}", place.left + index * place.step, place.step, height)
        for index, (column, status, word) in enumerate(zip(place.columns, statuses, said, strict=True))
        if status
    ]
    return "".join([rule, head, *cells]), height


def _cell(status: str, in_words: str, x: float, step: float, height: float) -> str:
    mark = mark_of(status)
    wide = min(step - 4, 64.0)
    ground = element(
        "rect", x=x + (step - wide) / 2, y=(height - _CELL) / 2, width=wide, height=_CELL, rx=3,
        fill=mark.ground_colour, stroke=mark.ink_colour, stroke_width=0.8,
        stroke_dasharray="3 2" if mark.is_dashed else None,
    )  # fmt: skip
    shape = mark_shape(mark, x + step / 2 - 7, height / 2 - 7, 14)
    return element("g", element("title", words(in_words)), ground, shape)


def _legend(
    rows: Sequence[HeatRow], status_words: Mapping[str, str], width: float, y: float
) -> tuple[list[str], float]:
    order = list(MARKS)
    present = {status for row in rows for status in row.statuses if status}
    parts: list[str] = []
    x = 4.0
    for status in sorted(present, key=lambda code: (order.index(mark_of(code).status), code)):
        word = status_words.get(status, status)
        taken = 36 + text_width(word, _SIZE)
        if x > 4 and x + taken > width:
            x, y = 4.0, y + _LINE + 3
        parts.append(mark_shape(mark_of(status), x, y, 14) + _text(word, x + 19, y + 12))
        x += taken
    return parts, y + _LINE + 4 if parts else y


def _row_in_words(row: HeatRow, columns: Sequence[str], status_words: Mapping[str, str]) -> str:
    told = ", ".join(
        f"{column}: {status_words.get(status, status) if status else '–'}"
        for column, status in zip(columns, row.statuses, strict=True)
    )
    return f"{row.label} ({told})"
