"""The axis of time under a timeline: which years it spans, where a day stands, what is written on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from suivi.render.svg import FAINT, INK, LINE, MUTED, element, text_width, words

_LONGEST = 40  # years; what lies outside is drawn as going on beyond the edge


@dataclass(frozen=True)
class Axis:
    """Whole years from `first` to `last` between two horizontal places, in pixels."""

    first: int
    last: int
    left: float
    right: float

    @classmethod
    def spanning(cls, days: Iterable[date], left: float, right: float, today: date | None) -> "Axis":
        """The years that hold all the days and today; about today where they are absurdly many."""
        years = [day.year for day in days] + ([today.year] if today else [])
        first, last = (min(years), max(years)) if years else (2000, 2000)
        if last - first >= _LONGEST:
            middle = today.year if today else sorted(years)[len(years) // 2]
            first, last = max(first, middle - _LONGEST // 2), min(last, middle + _LONGEST // 2 - 1)
        return cls(first, last, left, right)

    @property
    def year_width(self) -> float:
        return (self.right - self.left) / (self.last - self.first + 1)

    def shows(self, day: date) -> bool:
        return self.first <= day.year <= self.last

    def at(self, day: date, *, end: bool = False) -> float:
        """Where a day starts, or ends; days beyond the axis stand at its edge."""
        if day.year < self.first:
            return self.left
        if day.year > self.last:
            return self.right
        length = 366 if date(day.year, 12, 31).timetuple().tm_yday == 366 else 365
        share = (day.timetuple().tm_yday - (0 if end else 1)) / length
        return self.left + (day.year - self.first + share) * self.year_width

    def grid(self, top: float, bottom: float) -> Iterator[str]:
        """Bands for every other year, lines between years, faint ones between quarters if there is room."""
        for year in range(self.first, self.last + 1):
            x = self.left + (year - self.first) * self.year_width
            if (year - self.first) % 2 == 0:
                yield element("rect", x=x, y=top, width=self.year_width, height=bottom - top, fill=FAINT)
            yield element("line", x1=x, y1=top, x2=x, y2=bottom, stroke=LINE, stroke_width=1)
            if self.year_width >= 72:
                for quarter in (1, 2, 3):
                    tick = x + self.year_width * quarter / 4
                    yield element(
                        "line", x1=tick, y1=top, x2=tick, y2=bottom, stroke=LINE, stroke_width=0.5,
                        stroke_dasharray="1 3",
                    )  # fmt: skip

    def labels(self, baseline: float, size: float) -> Iterator[str]:
        """The years, as many as have room; the quarters under them where they fit."""
        step = next(
            n for n in (1, 2, 5, 10, 20) if self.year_width * n >= text_width("2000", size) + 6 or n == 20
        )
        for year in range(self.first, self.last + 1):
            x = self.left + (year - self.first) * self.year_width
            if (year - self.first) % step == 0:
                middle = x + self.year_width / 2 if step == 1 else x + 2
                yield element(
                    "text", words(str(year)), x=middle, y=baseline, fill=INK, font_size=size,
                    text_anchor="middle" if step == 1 else "start", font_weight="600",
                )  # fmt: skip
            if self.year_width / 4 >= text_width("T4", size - 3) + 6:
                yield from self._quarters(x, baseline + size, size - 3)

    def _quarters(self, x: float, baseline: float, size: float) -> Iterator[str]:
        for quarter in range(4):
            middle = x + self.year_width * (quarter + 0.5) / 4
            yield element(
                "text", str(quarter + 1), x=middle, y=baseline, fill=MUTED, font_size=size,
                text_anchor="middle",
            )  # fmt: skip
