"""Counts by status as stacked bars: one bar per row, shapes and numbers on it, words beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suivi.render.marks import MARKS, Mark, mark_of, mark_shape
from suivi.render.svg import INK, MUTED, PAPER, Drawing, element, picture, text_width, words, wrap
from suivi.render.typography import Typography
from suivi.render.wording import Wording

_SIZE = 13
_LINE = _SIZE + 4
_BAR = 24
_ROOM = 40  # the width from which a part has room for its shape and number


@dataclass(frozen=True)
class BarRow:
    """One bar: a label, and how many of each status (codes of `suivi.render.marks`)."""

    label: str
    counts: Mapping[str, int]


def draw_bars(
    rows: Sequence[BarRow],
    *,
    title: str,
    language: str,
    status_words: Mapping[str, str],
    width: int = 640,
    typography: Typography | None = None,
) -> Drawing:
    """The bars on one common scale from zero. `status_words` are the words of the codes, for the legend.

    Below 480 pixels labels stand above their bars.
    """
    typography = typography or Typography.of(language)
    sorted_rows = [(row.label, _in_order(row.counts)) for row in rows]
    most = max((sum(count for _, count in counts) for _, counts in sorted_rows), default=0)
    stacked = width < 480
    left = 4.0 if stacked else min(width * 0.34, 260.0)
    scale = (width - left - 44) / most if most else 0.0
    parts, y = [], 6.0
    for label, counts in sorted_rows:
        lines = wrap(label, _SIZE, (width if stacked else left) - 12, 3) or ["–"]
        top = y + len(lines) * _LINE + 6 if stacked else y
        parts.append(_labels(lines, y))
        parts.append(_bar(label, counts, left, top, scale, status_words, typography))
        y = max(top + _BAR, y + len(lines) * _LINE) + 10
    if not most:
        parts.append(_text(Wording.of(language).nothing_to_show, 4, y + _SIZE, MUTED))
        y += _LINE + 6
    legend, y = _legend(sorted_rows, status_words, float(width), y + 6)
    description = "; ".join(
        _in_words(label, counts, status_words, typography) for label, counts in sorted_rows
    )
    return picture([*parts, *legend], width=width, height=y, title=title, description=description)


def _in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts that are not zero, in the order in which status stands everywhere."""
    order = list(MARKS)
    present = [(status, count) for status, count in counts.items() if count > 0]
    return sorted(present, key=lambda pair: (order.index(mark_of(pair[0]).status), pair[0]))


def _text(text: str, x: float, y: float, fill: str = INK, *, bold: bool = False) -> str:
    weight = "700" if bold else None
    return element(
        "text", words(text), x=float(x), y=float(y), fill=fill, font_size=_SIZE, font_weight=weight
    )


def _labels(lines: Sequence[str], y: float) -> str:
    return "".join(_text(line, 4, y + 3 + (index + 1) * _LINE - 5) for index, line in enumerate(lines))


def _bar(
    label: str,
    counts: Sequence[tuple[str, int]],
    left: float,
    top: float,
    scale: float,
    status_words: Mapping[str, str],
    typography: Typography,
) -> str:
    parts, x = [element("title", words(_in_words(label, counts, status_words, typography)))], left
    for status, count in counts:
        parts.append(_part(mark_of(status), count, x, top, count * scale, typography))
        if x > left:  # paper between two parts, so that two dark ones stay two
            parts.append(
                element("line", x1=x, y1=top - 1, x2=x, y2=top + _BAR + 1, stroke=PAPER, stroke_width=2.4)
            )
        x += count * scale
    total = typography.number(sum(count for _, count in counts))
    parts.append(_text(total, x + 8, top + _BAR / 2 + 5, bold=True))
    return element("g", *parts)


def _part(mark: Mark, count: int, x: float, top: float, width: float, typography: Typography) -> str:
    fill = {"fill": mark.ink_colour, "fill_opacity": mark.tone} if mark.tone else {"fill": mark.ground_colour}
    ground = element(
        "rect", x=x, y=top, width=width, height=_BAR, stroke=mark.ink_colour, stroke_width=1,
        stroke_dasharray="3 2" if mark.is_dashed else None, **fill,
    )  # fmt: skip
    number = typography.number(count)
    shape_ink, ink = (PAPER, PAPER) if mark.tone >= 0.8 else (INK if mark.tone else "", INK)
    if width < _ROOM + text_width(number, _SIZE) - _SIZE:
        is_shown = width >= 18
        return ground + (mark_shape(mark, x + width / 2 - 7, top + 5, 14, shape_ink) if is_shown else "")
    shape = mark_shape(mark, x + 6, top + 5, 14, shape_ink)
    return ground + shape + _text(number, x + 25, top + _BAR / 2 + 5, ink)


def _legend(
    rows: Sequence[tuple[str, Sequence[tuple[str, int]]]],
    status_words: Mapping[str, str],
    width: float,
    y: float,
) -> tuple[list[str], float]:
    """The shapes that are there with their words, in as many lines as they need; and where it ends."""
    counts = {status: count for _, pairs in rows for status, count in pairs}
    parts: list[str] = []
    x = 4.0
    for status, _ in _in_order(counts):
        word = status_words.get(status, status)
        taken = 36 + text_width(word, _SIZE)
        if x > 4 and x + taken > width:
            x, y = 4.0, y + _LINE + 3
        parts.append(mark_shape(mark_of(status), x, y, 14) + _text(word, x + 19, y + 12))
        x += taken
    return parts, y + _LINE + 4 if parts else y


def _in_words(
    label: str, counts: Sequence[tuple[str, int]], status_words: Mapping[str, str], typography: Typography
) -> str:
    listed = ", ".join(
        f"{status_words.get(status, status)} {typography.number(count)}" for status, count in counts
    )
    return typography.labelled(label, listed or "0")
