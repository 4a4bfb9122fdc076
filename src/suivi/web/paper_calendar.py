"""The calendar of a paper as a small line of dated steps; the words stand in the list below it."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from suivi.render.marks import mark_of, mark_shape
from suivi.render.svg import LINE, element
from suivi.reporting.rules import StepOnDay

WIDTH, HEIGHT, EDGE = 320.0, 28.0, 10.0


def draw_calendar(steps: Sequence[StepOnDay], today: date) -> SafeString:
    """The steps on one line from the first to the last day, with today; empty with fewer than two days."""
    days = [step.on for step in steps]
    if len(set(days)) < 2:
        return SafeString("")
    first, last = min([*days, today]), max([*days, today])
    scale = (WIDTH - 2 * EDGE) / (last - first).days

    def at(day: date) -> float:
        return EDGE + (day - first).days * scale

    parts = [element("line", x1=EDGE, x2=WIDTH - EDGE, y1=14.0, y2=14.0, stroke=LINE, stroke_width=2)]
    parts += [mark_shape(mark_of(_status(step)), at(step.on) - 7, 7.0, 14) for step in steps]
    parts.append(element("path", class_="bar-today", d=f"M{at(today):.1f} 0v{HEIGHT:g}"))
    svg = element(
        "svg", *parts, class_="paper-calendar", viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        width=WIDTH, height=HEIGHT, aria_hidden="true", focusable="false",
    )  # fmt: skip
    # Made of numbers and our own class names alone.
    return mark_safe(svg)  # noqa: S308


def _status(step: StepOnDay) -> str:
    if step.is_done:
        return "achieved"
    return "off_track" if step.is_late else "not_started"
