"""The burn-up of a counted deliverable: what was counted by which day, what is expected, and the target.

The count is a line of steps from zero. A target that was revised is drawn with its step, the old one beside
the new. The axis of counts starts at zero and has whole numbers only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from suivi.render.svg import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    PAPER,
    Drawing,
    colour,
    element,
    picture,
    text_width,
    words,
)
from suivi.render.timeline_axis import Axis
from suivi.render.typography import Typography
from suivi.render.wording import Wording

_SIZE = 12
_LINE = _SIZE + 4
_TODAY = colour("today", "#a3123a")
_TARGET = colour("status-on-track", "#0a5c45")
_BAND = colour("status-in-progress-ground", "#e6e9f6")


@dataclass(frozen=True)
class Point:
    """A value that holds from a day on."""

    on: date
    value: int


@dataclass(frozen=True)
class Range:
    """What a look ahead expects by a day."""

    on: date
    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class BurnUp:
    """What is drawn. `counted` and `targets` are steps in the order of their days, `expected` a path."""

    starts_on: date
    ends_on: date
    counted: Sequence[Point]
    targets: Sequence[Point] = ()
    expected: Sequence[Point] = ()
    ahead: Range | None = None
    up_to: date | None = None  # the count is known up to this day


@dataclass(frozen=True)
class _Frame:
    axis: Axis
    top: float
    bottom: float
    most: int

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.most

    def x(self, day: date) -> float:
        return self.axis.at(day, end=True)


def draw_burn_up(
    data: BurnUp, *, title: str, language: str, width: int = 640, typography: Typography | None = None
) -> Drawing:
    """The drawing at this width in pixels. `title` says the finding ("Seven of ten, three years left")."""
    typography = typography or Typography.of(language)
    wording = Wording.of(language)
    frame = _frame(data, float(width))
    parts = [*_grid(frame, typography)]
    if data.ahead:
        parts.append(_band(data, data.ahead, frame))
    parts += _targets(data, frame, wording, typography)
    if data.expected:
        path = [(frame.x(point.on), frame.y(point.value)) for point in data.expected]
        parts.append(_line(path, MUTED, 1.4, "5 4"))
        parts.append(_expected_label(path, data, frame, wording))
    parts += _count(data, frame, typography)
    parts += _today(data, frame, wording, typography)
    height = frame.bottom + 2 * _LINE + 2  # years, and quarters where they have room
    return picture(
        parts, width=width, height=height, title=title, description=_in_words(data, wording, typography)
    )


def _frame(data: BurnUp, width: float) -> _Frame:
    values = [point.value for point in (*data.counted, *data.targets, *data.expected)]
    most = max([*values, data.ahead.high if data.ahead else 0, 1])
    days = [data.starts_on, data.ends_on, *(point.on for point in data.counted)]
    left = text_width(str(most), _SIZE) + 14
    axis = Axis.spanning(days, left, width - 12, data.up_to)
    return _Frame(axis, _LINE * 2 + 4.0, _LINE * 2 + 4.0 + max(140.0, min(width * 0.3, 260.0)), most)


def _grid(frame: _Frame, typography: Typography) -> list[str]:
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if frame.most / n <= 6)
    parts = list(frame.axis.grid(frame.top, frame.bottom))
    for value in range(0, frame.most + 1, step):
        y = frame.y(value)
        parts.append(
            element(
                "line", x1=frame.axis.left, y1=y, x2=frame.axis.right, y2=y,
                stroke=LINE if value else INK, stroke_width=0.5 if value else 1,
            )
        )  # fmt: skip
        parts.append(
            element(
                "text", words(typography.number(value)), x=frame.axis.left - 6, y=y + 4, fill=MUTED,
                font_size=_SIZE, text_anchor="end",
            )
        )  # fmt: skip
    return [*parts, *frame.axis.labels(frame.bottom + _LINE, _SIZE)]


def _steps(points: Sequence[Point], until: float, frame: _Frame) -> list[tuple[float, float]]:
    """The corners of a line of steps from the first point to the place `until`."""
    corners: list[tuple[float, float]] = []
    for point in points:
        x, y = frame.x(point.on), frame.y(point.value)
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    return [*corners, (max(until, corners[-1][0]), corners[-1][1])]


def _line(
    corners: Sequence[tuple[float, float]], stroke: str, width: float, dashes: str | None = None
) -> str:
    d = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in corners)
    return element("path", d=d, fill="none", stroke=stroke, stroke_width=width, stroke_dasharray=dashes)


def _count(data: BurnUp, frame: _Frame, typography: Typography) -> list[str]:
    points = [Point(data.starts_on, 0), *data.counted]
    until = frame.x(data.up_to) if data.up_to else frame.x(points[-1].on)
    corners = _steps(points, until, frame)
    parts = [_line(corners, ACCENT, 2.6)]
    for point in data.counted:
        title = element("title", words(f"{typography.short_day(point.on)}: {typography.number(point.value)}"))
        x, y = frame.x(point.on), frame.y(point.value)
        dot = element("circle", cx=x, cy=y, r=3.4, fill=PAPER, stroke=ACCENT, stroke_width=1.8)
        parts.append(element("g", title, dot))
    x, y = corners[-1]
    expected = [(frame.x(point.on), frame.y(point.value)) for point in data.expected]
    # Under the line where what was expected runs right above it.
    is_crowded = bool(expected) and y - 2 * _LINE < _height_at(expected, x - 8) < y + 2
    below = y + _LINE + 3
    place = below if is_crowded and below < frame.bottom - 2 else y - 7
    parts.append(_label(typography.number(points[-1].value), x - 5, place, ACCENT, frame, bold=True))
    return parts


def _expected_label(
    path: Sequence[tuple[float, float]], data: BurnUp, frame: _Frame, wording: Wording
) -> str:
    """The word under the path that is still ahead, to the right of it: there the rising line leaves room."""
    width = text_width(wording.expected, _SIZE)
    start = frame.x(data.up_to) if data.up_to else path[0][0]
    x = (max(start, path[0][0]) + path[-1][0]) / 2 + 8
    x = min(x, frame.axis.right - width)
    y = min(_height_at(path, x) + _LINE + 4, frame.bottom - 4)
    return element("text", words(wording.expected), x=x, y=y, fill=MUTED, font_size=_SIZE)


def _height_at(path: Sequence[tuple[float, float]], x: float) -> float:
    """Where a line of corners from left to right is at a place; before and after it, where it ends."""
    for (left, above), (right, below) in pairwise(path):
        if left <= x <= right and right > left:
            return above + (below - above) * (x - left) / (right - left)
    return path[0][1] if x < path[0][0] else path[-1][1]


def _targets(data: BurnUp, frame: _Frame, wording: Wording, typography: Typography) -> list[str]:
    if not data.targets:
        return []
    corners = _steps(data.targets, frame.x(data.ends_on), frame)
    label = f"{wording.target} {typography.number(data.targets[-1].value)}"
    x, y = corners[-1]
    return [_line(corners, _TARGET, 2, "9 4"), _label(label, x, y - 5, _TARGET, frame)]


def _band(data: BurnUp, ahead: Range, frame: _Frame) -> str:
    last = data.counted[-1].value if data.counted else 0
    start = frame.x(data.up_to or data.starts_on)
    x = frame.x(ahead.on)
    corners = [(start, frame.y(last)), (x, frame.y(ahead.high)), (x, frame.y(ahead.low))]
    d = "M" + " L".join(f"{a:.1f} {b:.1f}" for a, b in corners) + " Z"
    title = element("title", words(f"{ahead.low}–{ahead.high}"))
    return element("g", title, element("path", d=d, fill=_BAND, stroke=MUTED, stroke_width=0.6))


def _label(text: str, x: float, y: float, fill: str, frame: _Frame, *, bold: bool = False) -> str:
    """Words that end where the line ends, and stay inside the drawing."""
    right = min(max(x, frame.axis.left + text_width(text, _SIZE) + 2), frame.axis.right)
    return element(
        "text", words(text), x=right, y=max(y, float(_SIZE)), fill=fill, font_size=_SIZE, text_anchor="end",
        font_weight="700" if bold else None,
    )  # fmt: skip


def _today(data: BurnUp, frame: _Frame, wording: Wording, typography: Typography) -> list[str]:
    if data.up_to is None:
        return []
    x = frame.x(data.up_to)
    label = f"{wording.up_to} {typography.short_day(data.up_to)}"
    half = text_width(label, _SIZE) / 2
    middle = min(max(x, half + 2), frame.axis.right - half)
    return [
        element("line", x1=x, y1=_LINE + 2.0, x2=x, y2=frame.bottom, stroke=_TODAY, stroke_width=1.4),
        element("text", words(label), x=middle, y=float(_SIZE), fill=_TODAY, font_size=_SIZE,
                text_anchor="middle", font_weight="700"),
    ]  # fmt: skip


def _in_words(data: BurnUp, wording: Wording, typography: Typography) -> str:
    parts = [f"{typography.short_day(point.on)}: {typography.number(point.value)}" for point in data.counted]
    parts += [
        f"{wording.target} {typography.number(point.value)} ({typography.short_day(point.on)})"
        for point in data.targets
    ]
    return "; ".join(parts) or wording.nothing_to_show
