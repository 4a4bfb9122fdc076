"""Small drawings inside pages: the bar of one time frame on an axis that all rows of a table share.

Colours come from the style sheet by class, so that the drawings follow dark mode and print without inline
styles. Beside each bar the time frame stands in words; the bar itself is decoration for screen readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.utils.safestring import SafeString, mark_safe

from suivi.render.marks import status_mark
from suivi.render.svg import element
from suivi.render.timeline_axis import Axis

WIDTH, HEIGHT = 132.0, 16.0
_YEAR_LABEL = 26.0  # the least room, in pixels, that a year needs on the head of the axis


@dataclass(frozen=True)
class WindowBars:
    """Bars on one axis of whole years. All sizes are in CSS pixels."""

    axis: Axis
    today: date

    @classmethod
    def over(cls, years: Sequence[int], today: date) -> "WindowBars":
        """Bars for these years, at least one, with a line for the day looked at."""
        days = [date(years[0], 1, 1), date(years[-1], 12, 31)]
        return cls(Axis.spanning(days, 0.0, WIDTH, today), today)

    def bar(self, starts_on: date | None, ends_on: date | None, internal_end_on: date | None) -> SafeString:
        """The bar of a time frame, without one an empty axis; an open end is drawn dashed to the edge."""
        parts = [self._ground]
        if starts_on is not None or ends_on is not None:
            left = self.axis.at(starts_on) if starts_on else 0.0
            right = self.axis.at(ends_on, end=True) if ends_on else WIDTH
            kind = "bar-window" if starts_on and ends_on else "bar-window bar-unstated"
            width = max(right - left, 3.0)
            parts.append(element("rect", class_=kind, x=left, y=3.0, width=width, height=10.0, rx=2))
        if internal_end_on is not None:
            x = min(max(self.axis.at(internal_end_on, end=True), 1.0), WIDTH - 1)
            parts.append(element("path", class_="bar-internal", d=f"M{x:.1f} 0v16M{x - 3:.1f} 1h6"))
        parts.append(self._today)
        return self._picture("bar", HEIGHT, parts)

    @cached_property
    def head(self) -> SafeString:
        """The years over the bars, as many as have room."""
        years = range(self.axis.first, self.axis.last + 1)
        step = next(n for n in (1, 2, 5, 10, 20, 40) if self.axis.year_width * n >= _YEAR_LABEL or n == 40)
        labels = [
            element("text", str(year), class_="bar-year", x=self.axis.at(date(year, 1, 1)) + 2, y=11.0)
            for year in years
            if (year - self.axis.first) % step == 0
        ]
        return self._picture("bar bar-head", HEIGHT, [self._ground, *labels, self._today])

    @cached_property
    def _ground(self) -> str:
        ticks = "".join(
            f"M{self.axis.at(date(year, 1, 1)):.1f} 0v16"
            for year in range(self.axis.first, self.axis.last + 1)
        )
        return element("path", class_="bar-years", d=ticks)

    @cached_property
    def _today(self) -> str:
        x = self.axis.at(self.today)
        return element("path", class_="bar-today", d=f"M{x:.1f} 0v16")

    @staticmethod
    def _picture(kind: str, height: float, parts: Sequence[str]) -> SafeString:
        svg = element(
            "svg", *parts, class_=kind, viewBox=f"0 0 {WIDTH:g} {height:g}",
            width=WIDTH, height=height, aria_hidden="true", focusable="false",
        )  # fmt: skip
        # Made of numbers and our own class names alone.
        return mark_safe(svg)  # noqa: S308


@cache
def shape(status: str) -> SafeString:
    """The drawn shape of a state, to stand beside its word."""
    # Our own drawing from a fixed list of shapes.
    return mark_safe(status_mark(status))  # noqa: S308
