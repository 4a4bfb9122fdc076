"""The marks of status: a drawn shape, an ink and a ground for each, the same in pages and documents.

A mark never stands alone: the word is written beside it. The shapes differ so much that they hold in grey
and for every kind of colour vision.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from suivi.render.svg import colour, element, picture


class Shape(StrEnum):
    CHECK = "check"
    TRIANGLE = "triangle"
    HALF = "half"
    DIAMOND = "diamond"
    SQUARE = "square"
    RING = "ring"
    QUESTION = "question"
    DASH = "dash"


@dataclass(frozen=True)
class Mark:
    """How a status looks. `ink` on `ground` has at least 4.5 to 1; `letter` stands for it in plain text.

    `tone` is how dark it is in a bar, from 0 (its ground) to 1 (its ink): neighbours differ in grey."""

    status: str
    shape: Shape
    ink: str
    ground: str
    letter: str
    tone: float = 0.0
    is_dashed: bool = False

    @property
    def ink_colour(self) -> str:
        return colour(f"status-{self.status}", self.ink)

    @property
    def ground_colour(self) -> str:
        return colour(f"status-{self.status}-ground", self.ground)


# In the order in which they stand everywhere.
MARKS = {
    mark.status: mark
    for mark in (
        Mark("achieved", Shape.CHECK, "#0b4f8a", "#e3eef8", "✔", 1.0),
        Mark("on-track", Shape.TRIANGLE, "#0a5c45", "#e0f2ea", "▲", 0.4),
        Mark("in-progress", Shape.HALF, "#3d4a7a", "#e6e9f6", "◐"),
        Mark("at-risk", Shape.DIAMOND, "#6b4700", "#fbeecb", "◆", 0.58),
        Mark("off-track", Shape.SQUARE, "#8a2f0b", "#fbe3d8", "■", 0.8),
        Mark("not-started", Shape.RING, "#4a5360", "#eceef0", "○"),
        Mark("no-recent-update", Shape.QUESTION, "#4a5360", "#eceef0", "?", is_dashed=True),
        Mark("decided-otherwise", Shape.DASH, "#4a5360", "#eceef0", "–", 0.3),
    )
}

# Finer states share the mark of their kin; the word beside it tells them apart.
_KIN = {
    "achieved-late": "achieved",
    "partially-achieved": "in-progress",
    "not-achieved": "off-track",
    "postponed": "decided-otherwise",
    "discontinued": "decided-otherwise",
    "suspended": "decided-otherwise",
}


def mark_of(status: str) -> Mark:
    """The mark of a status code such as "on-track" (or "on_track"); an unknown code has that of no update."""
    code = status.replace("_", "-").replace(" ", "-").lower()
    return MARKS.get(_KIN.get(code, code), MARKS["no-recent-update"])


def mark_shape(mark: Mark, x: float = 0, y: float = 0, size: float = 16, ink: str = "") -> str:
    """The shape as an SVG fragment in a square of `size` at x, y, in the ink of the mark or in another."""
    shape = _shape(mark, ink or mark.ink_colour)
    return element("g", shape, transform=f"translate({x:g} {y:g}) scale({size / 16:g})")


def mark_drawing(mark: Mark) -> str:
    """The shape as SVG elements in a square of 16, in the ink of the mark."""
    return _shape(mark, mark.ink_colour)


@cache
def _shape(mark: Mark, ink: str) -> str:
    """The shape in a square of 16; a heat table has hundreds of each."""
    stroke = {"fill": "none", "stroke": ink, "stroke_width": 2, "stroke_linecap": "round"}
    shapes = {
        Shape.CHECK: element("path", d="M3 8.5 L6.5 12 L13 4.5", **{**stroke, "stroke_width": 2.6}),
        Shape.TRIANGLE: element("path", d="M8 2.5 L14.2 13.5 L1.8 13.5 Z", fill=ink),
        Shape.HALF: element("circle", cx=8, cy=8, r=5.5, **stroke)
        + element("path", d="M8 2.5 A5.5 5.5 0 0 0 8 13.5 Z", fill=ink),
        Shape.DIAMOND: element("path", d="M8 1.5 L14.5 8 L8 14.5 L1.5 8 Z", fill=ink),
        Shape.SQUARE: element("rect", x=2.5, y=2.5, width=11, height=11, fill=ink),
        Shape.RING: element("circle", cx=8, cy=8, r=5.5, **stroke),
        Shape.QUESTION: element(
            "circle", cx=8, cy=8, r=7, stroke_dasharray="2.2 2.2", fill="none", stroke=ink
        )
        + element("path", d="M6 6.6 A2 2 0 1 1 8.6 8.4 Q8 8.7 8 9.6", **{**stroke, "stroke_width": 1.5})
        + element("circle", cx=8, cy=12, r=1, fill=ink),
        Shape.DASH: element("line", x1=3, y1=8, x2=13, y2=8, **{**stroke, "stroke_width": 2.6}),
    }
    return shapes[mark.shape]


@lru_cache(256)
def status_mark(status: str, size: float = 16, label: str = "") -> str:
    """The mark of a status as an SVG element of its own.

    Beside the word it is decoration and hidden from screen readers; with a `label` it speaks for itself.
    """
    drawn = mark_shape(mark_of(status), size=size)
    if label:
        return picture([drawn], width=size, height=size, title=label, description="").svg
    return element(
        "svg",
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size:g} {size:g}",
        width=size,
        height=size,
        aria_hidden="true",
        focusable="false",
        class_="status-mark",
    )
