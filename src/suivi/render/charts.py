"""Charts as Vega-Lite specifications: one function each from rows, without drawing anything.

Lengths start at zero, every number stands as a label beside what it measures, and no legend is needed. Where
words stand is said here, and never measured by the engine: the drawing is the same on every machine.
Colours are those that hold in documents; `suivi.render.vega` gives them the names by which pages restyle
them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from suivi.render import svg
from suivi.render.svg import plain_colour, text_width, wrap
from suivi.render.typography import Typography
from suivi.render.wording import Wording

ACCENT, INK, LINE, MUTED, PAPER = map(plain_colour, (svg.ACCENT, svg.INK, svg.LINE, svg.MUTED, svg.PAPER))
_SIZE = 13
_STEP = _SIZE + 4  # from a line of words to the next
_NARROW = 480  # pixels, below which labels stand above their bars

Json = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A specification with what the picture says of itself. Sizes are in CSS pixels."""

    specification: Json
    title: str
    description: str
    width: float
    height: float


@dataclass(frozen=True)
class CountRow:
    """A label and how many; `heading` opens a group of rows above the first that has it."""

    label: str
    count: int
    heading: str = ""


@dataclass(frozen=True)
class MonthRow:
    """How many in a month, named by its first day."""

    month: date
    count: int


@dataclass(frozen=True)
class MovedRow:
    """What was counted on two days, and what is to be reached; None where there is no target."""

    label: str
    before: int
    after: int
    target: int | None = None


def months_chart(
    rows: Sequence[MonthRow],
    *,
    title: str,
    language: str,
    width: int = 640,
    typography: Typography | None = None,
) -> Chart:
    """A column for each month from the first to the last, those without anything included."""
    typography = typography or Typography.of(language)
    filled = fill_months(rows)
    left, right, top, bottom = 14.0, width - 14.0, _STEP + 2.0, 190.0
    band = (right - left) / max(len(filled), 1)
    names = [typography.short_month(row.month) for row in filled]
    every = max(1, -int(-(max((text_width(name, 12) for name in names), default=0) + 6) // band))
    numbers = _numbers(filled, band, typography)
    values = [
        {
            "at": index,
            "count": row.count,
            "number": numbers[index],
            "month": name if index % every == 0 else "",
            "year": str(row.month.year) if index == 0 or row.month.month == 1 else "",
        }
        for index, (row, name) in enumerate(zip(filled, names, strict=True))
    ]
    x = {"field": "at", "type": "ordinal", "axis": None,
         "scale": {"range": [left, right], "paddingInner": 0.25, "paddingOuter": 0.12}}  # fmt: skip
    most = max((row.count for row in filled), default=0) or 1
    y = {
        "field": "count",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, most], "range": [bottom, top]},
    }
    layers: list[Json] = [
        {"mark": {"type": "bar", "color": ACCENT}, "encoding": {"x": x, "y": y}},
        {
            "mark": _words("center", INK, bold=True, dy=-5),
            "encoding": {"x": x, "y": y, "text": _text("number")},
        },
        {
            "mark": _words("center", MUTED, size=12, y=bottom + 15),
            "encoding": {"x": x, "text": _text("month")},
        },
        {
            "mark": _words("center", MUTED, size=12, y=bottom + 31),
            "encoding": {"x": x, "text": _text("year")},
        },
        _rule((left, right), (bottom, bottom), INK),
    ]
    told = ", ".join(
        typography.labelled(typography.month(row.month), typography.number(row.count))
        for row in filled
        if row.count
    )
    return _chart(values, layers if filled else [], title, told, width, bottom + 38, language)


def fill_months(rows: Sequence[MonthRow]) -> list[MonthRow]:
    """One row for each month from the first to the last, in order; what was not said is zero."""
    if not rows:
        return []
    counts: dict[tuple[int, int], int] = {}
    for row in rows:
        key = (row.month.year, row.month.month)
        counts[key] = counts.get(key, 0) + row.count
    first, last = min(counts), max(counts)
    numbers = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
    keys = [(number // 12, number % 12 + 1) for number in numbers]
    return [MonthRow(date(year, month, 1), counts.get((year, month), 0)) for year, month in keys]


def _numbers(rows: Sequence[MonthRow], band: float, typography: Typography) -> list[str]:
    """The number over each column that has room for it; the highest have theirs in any case."""
    most, free = max((row.count for row in rows), default=0), 0
    numbers = []
    for index, row in enumerate(rows):
        number = typography.number(row.count) if row.count else ""
        taken = text_width(number, _SIZE) / band
        is_shown = taken <= 1 or (row.count == most and index >= free)
        if is_shown and row.count == most:
            free = index + int(taken) + 1
        numbers.append(number if is_shown else "")
    return numbers


def balance_chart(
    rows: Sequence[CountRow],
    *,
    title: str,
    language: str,
    width: int = 640,
    typography: Typography | None = None,
) -> Chart:
    """A bar for each row, in groups under their headings, all on one scale; of zero the number alone."""
    typography = typography or Typography.of(language)
    lines = _Lines(width)
    bars: list[Json] = []
    for index, row in enumerate(rows):
        if row.heading and (index == 0 or rows[index - 1].heading != row.heading):
            lines.head(row.heading)
        y = lines.row(row.label)
        bars.append({"y": y, "count": row.count, "number": typography.number(row.count)})
    most = max((row.count for row in rows), default=0) or 1
    x = _length("count", most, lines, width, text_width(typography.number(most), _SIZE) + 12)
    at = _pixels("y")
    layers = [
        *lines.layers(),
        {
            "mark": {"type": "bar", "orient": "horizontal", "color": ACCENT, "height": 16},
            "encoding": {"x": x, "y": at},
        },
        {
            "mark": _words("left", INK, bold=True, dx=6, dy=5),
            "encoding": {"x": x, "y": at, "text": _text("number")},
        },
        *lines.zero(),
    ]
    told = "; ".join(typography.labelled(row.label, typography.number(row.count)) for row in rows)
    return _chart(bars, layers if rows else [], title, told, width, lines.y + 4, language)


def moved_chart(
    rows: Sequence[MovedRow],
    *,
    days: tuple[date, date],
    title: str,
    language: str,
    width: int = 640,
    typography: Typography | None = None,
) -> Chart:
    """From where to where each row moved between two days, and its target, on one scale from zero."""
    typography = typography or Typography.of(language)
    said = [_said(row, typography) for row in rows]
    lines = _Lines(width, top=_STEP + 14.0)
    values: list[Json] = []
    for row, words in zip(rows, said, strict=True):
        y = lines.row(row.label)
        values.append({"y": y, "before": row.before, "after": row.after, "target": row.target, "said": words})
    numbers = [number for row in rows for number in (row.before, row.after, row.target or 0)]
    room = max((text_width(words, _SIZE) for words in said), default=0) + 14
    scale = _length("after", max(numbers, default=0) or 1, lines, width, room)
    at = _pixels("y")
    moves = "datum.before != datum.after"
    layers = [
        *lines.layers(),
        *lines.zero(),
        {
            "transform": [{"filter": moves}],
            "mark": {"type": "rule", "color": ACCENT, "strokeWidth": 4},
            "encoding": {"x": scale | {"field": "before"}, "x2": {"field": "after"}, "y": at},
        },
        _points("before", PAPER, scale, at),
        _points("after", ACCENT, scale, at),
        {
            "transform": [{"filter": "datum.target != null"}],
            "mark": {"type": "tick", "color": INK, "thickness": 2, "size": 22, "orient": "vertical"},
            "encoding": {"x": scale | {"field": "target"}, "y": at},
        },
        {
            "mark": _words("right", INK, bold=True, dy=5, x=width - 2.0),
            "encoding": {"y": at, "text": _text("said")},
        },
        *_key(days, any(row.target is not None for row in rows), typography, language),
    ]
    told = "; ".join(typography.labelled(row.label, words) for row, words in zip(rows, said, strict=True))
    return _chart(values, layers if rows else [], title, told, width, lines.y + 4, language)


def _said(row: MovedRow, typography: Typography) -> str:
    """The numbers of a row: "3 → 7 / 10"."""
    moved = " → ".join(typography.number(number) for number in dict.fromkeys((row.before, row.after)))
    return moved if row.target is None else f"{moved} / {typography.number(row.target)}"


def _points(field: str, fill: str, scale: Json, at: Json) -> Json:
    mark = {"type": "point", "shape": "circle", "filled": False, "size": 90, "fill": fill, "stroke": ACCENT,
            "strokeWidth": 2, "opacity": 1}  # fmt: skip
    return {"mark": mark, "encoding": {"x": scale | {"field": field}, "y": at}}


def _key(days: tuple[date, date], has_targets: bool, typography: Typography, language: str) -> list[Json]:
    """Which point is which day, and what the tick means, in one line above the rows."""
    words = [typography.short_day(day) for day in days]
    if has_targets:
        words.append(Wording.of(language).target)
    places, x = [], 8.0
    for index, word in enumerate(words):
        places.append({"x": x, "label_x": x + 12, "word": word, "index": index})
        x += text_width(word, 12) + 38
    x_at, y_at = _pixels("x"), {"value": 9}
    return [
        {"data": {"values": [place]}, "mark": mark, "encoding": {"x": x_at, "y": y_at}}
        for place, mark in zip(
            places,
            (
                _points("", PAPER, {}, {})["mark"],
                _points("", ACCENT, {}, {})["mark"],
                {"type": "tick", "color": INK, "thickness": 2, "size": 16, "orient": "vertical"},
            ),
            strict=False,
        )
    ] + [
        {
            "data": {"values": places},
            "mark": _words("left", MUTED, size=12, y=13.0),
            "encoding": {"x": _pixels("label_x"), "text": _text("word")},
        }
    ]


class _Lines:
    """Rows from top to bottom: their labels beside the bars, or above them where there is little room."""

    def __init__(self, width: int, top: float = 2.0) -> None:
        self.width, self.is_narrow = width, width < _NARROW
        self.left = 8.0 if self.is_narrow else min(width * 0.4, 280.0)
        self.top = self.y = top
        self._labels: list[Json] = []
        self._heads: list[Json] = []

    def head(self, words: str) -> None:
        self.y += 4
        for line in wrap(words, _SIZE, self.width - 8, 2):
            self._heads.append({"x": 2, "y": self.y + _SIZE, "words": line})
            self.y += _STEP
        self.y += 4

    def row(self, label: str) -> float:
        """Put the label down, and give the middle of the bar beside or below it."""
        room = (self.width if self.is_narrow else self.left) - 14
        lines = wrap(label, _SIZE, room, 2) or ["–"]
        first = self.y + _SIZE + (0 if self.is_narrow or len(lines) > 1 else 2)
        for index, line in enumerate(lines):
            self._labels.append({"x": 2, "y": first + index * _STEP, "words": line})
        below = self.y + len(lines) * _STEP
        middle = (
            below + 11 if self.is_narrow else self.y + len(lines) * _STEP / 2 + (1 if len(lines) == 1 else 0)
        )
        self.y = max(below, middle + 11) + 7
        return middle

    def zero(self) -> list[Json]:
        """The line from which the bars start; above their bars the labels would be crossed by it."""
        return [] if self.is_narrow else [_rule((self.left, self.left), (self.top, self.y), LINE)]

    def layers(self) -> list[Json]:
        found = [(self._heads, _words("left", MUTED, bold=True)), (self._labels, _words("left", INK))]
        return [
            {
                "data": {"values": values},
                "mark": mark,
                "encoding": {"x": _pixels("x"), "y": _pixels("y"), "text": _text("words")},
            }
            for values, mark in found
            if values
        ]


def _length(field: str, most: int, lines: _Lines, width: int, room: float) -> Json:
    """A length from zero to `most`, with room for words at its end."""
    scale = {"domain": [0, most], "range": [lines.left, max(width - room, lines.left + 20)]}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _pixels(field: str) -> Json:
    """A place that is given in pixels."""
    return {"field": field, "type": "quantitative", "axis": None, "scale": None}


def _text(field: str) -> Json:
    return {"field": field, "type": "nominal"}


def _words(align: str, colour: str, *, size: int = _SIZE, bold: bool = False, **place: float) -> Json:
    weight = "bold" if bold else "normal"
    # No limit: what has no room was cut before, by our own measure.
    return {"type": "text", "align": align, "color": colour, "fontSize": size, "fontWeight": weight,
            "baseline": "alphabetic", "limit": 0, **place}  # fmt: skip


def _rule(x: tuple[float, float], y: tuple[float, float], colour: str) -> Json:
    """A line between two places in pixels."""
    places = {"x": x[0], "x2": x[1], "y": y[0], "y2": y[1]}
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": colour, "strokeWidth": 1},
        "encoding": {name: {"value": place} for name, place in places.items()},
    }


def _chart(
    values: list[Json], layers: list[Json], title: str, told: str, width: int, height: float, language: str
) -> Chart:
    if not layers:
        height, told = _STEP + 6.0, Wording.of(language).nothing_to_show
        values = [{"words": told}]
        layers = [{"mark": _words("left", MUTED, x=2.0, y=_SIZE + 2.0), "encoding": {"text": _text("words")}}]
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "padding": 0,
        "autosize": "none",
        "background": None,
        "config": {"font": "Noto Sans", "view": {"stroke": None}},
        "data": {"values": values},
        "layer": layers,
    }
    return Chart(specification, title, told, float(width), height)
