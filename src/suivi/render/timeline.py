"""The timeline of a plan as a drawing: groups of rows, each with its window, milestones and internal end.

`draw_timeline` draws for a width: from 640 pixels on, labels stand left of the bars; below, above them, so
that a phone gets a drawing of its own and not a small picture of a large one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from suivi.render.marks import Mark, mark_of, mark_shape
from suivi.render.runs import flat
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
    wrap,
)
from suivi.render.timeline_axis import Axis
from suivi.render.typography import Typography
from suivi.render.wording import Wording

TODAY = colour("today", "#a3123a")
_MOST_LINES = 4  # of a label; what is longer is cut with "…" and stands whole in the title of its row
_PLAIN = Mark("none", mark_of("not-started").shape, "#1d4e89", "#dfe8f2", "")


@dataclass(frozen=True)
class Milestone:
    """A dated step. A done one is drawn full, one to come hollow."""

    due_on: date
    label: str
    is_done: bool = False


@dataclass(frozen=True, kw_only=True)
class TimelineRow:
    """One deliverable: its window (an end that is not stated is None), what stands on it, its status.

    `status` is a code of `suivi.render.marks` with `status_words` beside it; `href` makes the label a link.
    """

    label: str
    starts_on: date | None = None
    ends_on: date | None = None
    number: str = ""
    milestones: tuple[Milestone, ...] = ()
    internal_ends_on: date | None = None
    status: str = ""
    status_words: str = ""
    href: str = ""

    @property
    def name(self) -> str:
        return flat(f"{self.number} {self.label}")


@dataclass(frozen=True)
class TimelineGroup:
    """Rows under one heading, such as a pillar."""

    label: str
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True)
class _Frame:
    """The measures of a drawing, in pixels, and its languages."""

    width: float
    axis: Axis
    typography: Typography
    wording: Wording
    stacked: bool
    today: date | None
    size: float = 13
    bar: float = 14

    @property
    def label_width(self) -> float:
        return self.width - 8 if self.stacked else self.axis.left - 14

    @property
    def line(self) -> float:
        return self.size + 4


def draw_timeline(
    groups: Sequence[TimelineGroup],
    *,
    title: str,
    language: str,
    today: date | None = None,
    width: int = 960,
    typography: Typography | None = None,
) -> Drawing:
    """The drawing of the groups at this width in pixels (240 at least).

    Windows without a start, an end or both are drawn as going on beyond the edge, dashed, and say so.
    """
    width = max(width, 240)
    frame = _frame(groups, float(width), today, typography or Typography.of(language), Wording.of(language))
    top = (2 + (frame.today is not None)) * frame.line + 4
    body, bottom = _body(groups, frame, top)
    parts = [*frame.axis.grid(top, bottom), *frame.axis.labels(frame.line - 4, frame.size), *body]
    parts += _today_label(frame, top)
    legend, bottom = _legend(groups, frame, bottom + 10)
    has_links = any(row.href for group in groups for row in group.rows)
    return picture(
        [*parts, *legend],
        width=frame.width,
        height=bottom,
        title=title,
        description=_description(groups, frame, today),
        role="group" if has_links else "img",  # a picture as a whole would hide its links from some readers
    )


def window_in_words(row: TimelineRow, typography: Typography, wording: Wording) -> str:
    """The window of a row for people, what is not stated said so."""
    if row.starts_on is None and row.ends_on is None:
        return wording.no_window
    first = typography.short_day(row.starts_on) if row.starts_on else wording.open_start
    last = typography.short_day(row.ends_on) if row.ends_on else wording.open_end
    return wording.window % {"first": first, "last": last}


def _frame(
    groups: Sequence[TimelineGroup],
    width: float,
    today: date | None,
    typography: Typography,
    wording: Wording,
) -> _Frame:
    stacked = width < 640
    left = 4.0 if stacked else min(0.42 * width, 420.0)
    days = [
        day
        for group in groups
        for row in group.rows
        for day in (row.starts_on, row.ends_on, row.internal_ends_on, *(m.due_on for m in row.milestones))
        if day
    ]
    axis = Axis.spanning(days, left, width - 12, today)
    shown = today if today and axis.shows(today) else None
    return _Frame(width, axis, typography, wording, stacked, shown)


def _body(groups: Sequence[TimelineGroup], frame: _Frame, top: float) -> tuple[list[str], float]:
    """The drawn groups, and where the last one ends."""
    parts: list[str] = []
    y = top
    for group in groups:
        if group.label:
            lines = wrap(group.label, frame.size, frame.width - 16, _MOST_LINES)
            height = len(lines) * frame.line + 8
            parts.append(_group_heading(lines, frame, y, height))
            y += height
        for row in group.rows:
            drawn, height = _row(row, frame, y)
            parts.append(drawn)
            y += height
    if not any(group.rows for group in groups):
        y += frame.line * 1.5
        parts.append(_line_of_text(frame.wording.nothing_to_show, 8, y - 4, frame.size, MUTED))
        y += 8
    return parts, y


def _group_heading(lines: list[str], frame: _Frame, y: float, height: float) -> str:
    ground = element("rect", x=0, y=y, width=frame.width, height=height, fill=PAPER)
    rule = element("line", x1=0, y1=y, x2=frame.width, y2=y, stroke=INK, stroke_width=1)
    texts = [
        _line_of_text(line, 4, y + (index + 1) * frame.line, frame.size, INK, bold=True)
        for index, line in enumerate(lines)
    ]
    return ground + rule + "".join(texts)


def _line_of_text(text: str, x: float, y: float, size: float, fill: str, *, bold: bool = False) -> str:
    weight = "700" if bold else None
    return element("text", words(text), x=float(x), y=float(y), fill=fill, font_size=size, font_weight=weight)


def _row(row: TimelineRow, frame: _Frame, y: float) -> tuple[str, float]:
    """One row and its height."""
    indent = 22 if row.status else 4
    lines = wrap(row.name, frame.size, frame.label_width - indent, _MOST_LINES) or ["–"]
    label_height = len(lines) * frame.line
    bar_top = y + label_height + 6 if frame.stacked else y + max((label_height + 10 - frame.bar) / 2, 5)
    height = label_height + frame.bar + 16 if frame.stacked else max(label_height + 10, frame.bar + 10)
    label = "".join(
        _line_of_text(line, indent, y + 4 + (index + 1) * frame.line - 3, frame.size, INK)
        for index, line in enumerate(lines)
    )
    if row.href:
        label = element("a", label, href=row.href)
    mark = mark_shape(mark_of(row.status), 3, y + 6, 14) if row.status else ""
    ground = "" if frame.stacked else _label_ground(frame, y, height)
    rule = element("line", x1=0, y1=y, x2=frame.width, y2=y, stroke=LINE, stroke_width=0.5)
    title = element("title", words(_row_in_words(row, frame)))
    marks = "".join(_milestone(milestone, frame, bar_top) for milestone in row.milestones)
    bar = _window(row, frame, bar_top)
    internal = _internal_end(row.internal_ends_on, frame, bar_top)
    line = _today_line(frame, bar_top - 4 if frame.stacked else y, y + height)
    return element("g", title, ground, rule, mark, label, bar, line, internal, marks), height


def _label_ground(frame: _Frame, y: float, height: float) -> str:
    return element("rect", x=0, y=y, width=frame.axis.left, height=height, fill=PAPER)


def _row_in_words(row: TimelineRow, frame: _Frame) -> str:
    parts = [row.name, window_in_words(row, frame.typography, frame.wording)]
    if row.status_words:
        parts.append(row.status_words)
    if row.internal_ends_on:
        day = frame.typography.short_day(row.internal_ends_on)
        parts.append(frame.typography.labelled(frame.wording.internal_end, day))
    return "; ".join([*parts, *(_milestone_in_words(m, frame) for m in row.milestones)])


def _milestone_in_words(milestone: Milestone, frame: _Frame) -> str:
    kind = frame.wording.milestone_done if milestone.is_done else frame.wording.milestone_due
    label = f"{milestone.label} ({frame.typography.short_day(milestone.due_on)})"
    return frame.typography.labelled(kind, label)


def _window(row: TimelineRow, frame: _Frame, top: float) -> str:
    """The bar; without any day, words in its place."""
    axis, mark = frame.axis, mark_of(row.status) if row.status else _PLAIN
    if row.starts_on is None and row.ends_on is None:
        return _line_of_text(frame.wording.no_window, axis.left + 6, top + 11, frame.size - 1, MUTED)
    left = axis.at(row.starts_on) if row.starts_on else axis.left
    right = axis.at(row.ends_on, end=True) if row.ends_on else axis.right
    cut_left = row.starts_on is None or row.starts_on.year < axis.first
    cut_right = row.ends_on is None or row.ends_on.year > axis.last
    bar = element(
        "rect", x=left, y=top, width=max(right - left, 3.0), height=frame.bar, rx=3,
        fill=mark.ground_colour, stroke=mark.ink_colour, stroke_width=1.2,
        stroke_dasharray="4 3" if mark.is_dashed or None in (row.starts_on, row.ends_on) else None,
    )  # fmt: skip
    edges = [(left, -1)] * cut_left + [(right, 1)] * cut_right
    return bar + "".join(_beyond(x, top, frame.bar, way, mark) for x, way in edges)


def _beyond(x: float, top: float, height: float, way: int, mark: Mark) -> str:
    """An arrowhead at the edge: the window goes on, or nobody said where it ends."""
    inner = x - way * 5
    d = f"M{inner:.1f} {top + 3:.1f} L{x:.1f} {top + height / 2:.1f} L{inner:.1f} {top + height - 3:.1f}"
    return element("path", d=d, fill="none", stroke=mark.ink_colour, stroke_width=1.6)


def _milestone(milestone: Milestone, frame: _Frame, top: float) -> str:
    x, y = frame.axis.at(milestone.due_on), top + frame.bar / 2
    d = f"M{x:.1f} {y - 6:.1f} L{x + 6:.1f} {y:.1f} L{x:.1f} {y + 6:.1f} L{x - 6:.1f} {y:.1f} Z"
    title = element("title", words(_milestone_in_words(milestone, frame)))
    fill = INK if milestone.is_done else PAPER
    return element("g", title, element("path", d=d, fill=fill, stroke=INK, stroke_width=1.4))


def _internal_end(day: date | None, frame: _Frame, top: float) -> str:
    if day is None:
        return ""
    x = frame.axis.at(day, end=True)
    return element(
        "path", d=f"M{x - 4:.1f} {top - 3:.1f} h8 M{x:.1f} {top - 3:.1f} v{frame.bar + 6:.1f}",
        fill="none", stroke=ACCENT, stroke_width=2,
    )  # fmt: skip


def _today_label(frame: _Frame, top: float) -> list[str]:
    """The day of today, just above the first row and inside the drawing."""
    if frame.today is None:
        return []
    x = frame.axis.at(frame.today)
    label = f"{frame.wording.today}, {frame.typography.short_day(frame.today)}"
    half = text_width(label, frame.size - 1) / 2
    middle = min(max(x, half + 2), frame.width - half - 2)
    return [
        element(
            "text", words(label), x=middle, y=top - 6, fill=TODAY, font_size=frame.size - 1,
            text_anchor="middle", font_weight="700",
        ),
        element("line", x1=x, y1=top - 4, x2=x, y2=top, stroke=TODAY, stroke_width=1.6),
    ]  # fmt: skip


def _today_line(frame: _Frame, top: float, bottom: float) -> str:
    """The piece of the line of today that crosses one row: it never crosses words."""
    if frame.today is None:
        return ""
    x = frame.axis.at(frame.today)
    return element("line", x1=x, y1=top, x2=x, y2=bottom, stroke=TODAY, stroke_width=1.6)


def _legend(groups: Sequence[TimelineGroup], frame: _Frame, y: float) -> tuple[list[str], float]:
    """What the signs mean, only those that are there, in as many lines as they need."""
    rows = [row for group in groups for row in group.rows]
    milestones = [milestone for row in rows for milestone in row.milestones]
    entries = []
    if any(milestone.is_done for milestone in milestones):
        entries.append(("M7 1 L13 7 L7 13 L1 7 Z", INK, INK, frame.wording.milestone_done))
    if any(not milestone.is_done for milestone in milestones):
        entries.append(("M7 1 L13 7 L7 13 L1 7 Z", PAPER, INK, frame.wording.milestone_due))
    if any(row.internal_ends_on for row in rows):
        entries.append(("M3 1 h8 M7 1 v12", "none", ACCENT, frame.wording.internal_end))
    parts: list[str] = []
    x = 4.0
    for d, fill, stroke, text in entries:
        taken = 26 + text_width(text, frame.size - 1)
        if x > 4 and x + taken > frame.width:
            x, y = 4.0, y + frame.line + 2
        sign = element("path", d=d, fill=fill, stroke=stroke, stroke_width=1.4)
        parts.append(element("g", sign, transform=f"translate({x:.1f} {y:.1f})"))
        parts.append(_line_of_text(text, x + 19, y + 11, frame.size - 1, INK))
        x += taken
    return parts, y + frame.line + 4 if entries else y


def _description(groups: Sequence[TimelineGroup], frame: _Frame, today: date | None) -> str:
    rows = sum(len(group.rows) for group in groups)
    span = frame.typography.years(frame.axis.first, frame.axis.last)
    summary = frame.wording.timeline_summary % {"rows": rows, "years": span}
    parts = [summary if rows else frame.wording.nothing_to_show]
    if today:
        parts.append(f"{frame.wording.today}, {frame.typography.day(today)}")
    return "; ".join(parts)
