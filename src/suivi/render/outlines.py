"""The marks of status as outlines, which a page is drawn with directly.

A picture on each of two thousand rows costs the one who sets the page far more than a few curves do.
"""

import cmath
import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from suivi.render.marks import Mark, mark_drawing
from suivi.render.svg import plain_colour

_STEP = re.compile(r"([MLQAZ])([^MLQAZ]*)")
_QUARTER = math.pi / 2


@cache
def outlines_of(mark: Mark) -> list[dict[str, Any]]:
    """The pieces of a mark in a square of 16.

    Each has `steps`, as lists of a letter (M, L, Q, C or Z, as in paths of SVG) and numbers; `fill` or
    `stroke`, a colour; and with a stroke `width`, `is-round` and `dashes`.
    """
    drawn = etree.fromstring(f"<g>{mark_drawing(mark)}</g>".encode())
    return [{"steps": list(_steps(piece)), **_look(piece)} for piece in drawn]


def _look(piece: Any) -> dict[str, Any]:
    fill, stroke = piece.get("fill", "none"), piece.get("stroke")
    look: dict[str, Any] = {} if fill == "none" else {"fill": plain_colour(fill)}
    if stroke:
        look |= {
            "stroke": plain_colour(stroke),
            "width": float(piece.get("stroke-width", "1")),
            "is-round": piece.get("stroke-linecap") == "round",
            "dashes": [float(length) for length in piece.get("stroke-dasharray", "").split()],
        }
    return look


def _steps(piece: Any) -> Iterator[list[Any]]:
    """The outline of one element of a mark. Raises ValueError for one that no mark has."""
    sides = {
        name: float(piece.get(name, "0")) for name in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r")
    }
    match piece.tag:
        case "path":
            yield from _path(piece.get("d"))
        case "line":
            yield ["M", sides["x1"], sides["y1"]]
            yield ["L", sides["x2"], sides["y2"]]
        case "rect":
            x, y = sides["x"], sides["y"]
            right, foot = x + float(piece.get("width")), y + float(piece.get("height"))
            yield ["M", x, y]
            yield from (["L", right, y], ["L", right, foot], ["L", x, foot], ["Z"])
        case "circle":
            centre, arm = complex(sides["cx"], sides["cy"]), complex(sides["r"], 0)
            yield ["M", *_at(centre + arm)]
            yield from _turn(centre, arm, 2 * math.pi)
            yield ["Z"]
        case _:
            raise ValueError(f"a mark has no {piece.tag!r}")


def _numbers(piece: Any, *names: str) -> list[float]:
    return [float(piece.get(name, "0")) for name in names]


def _path(written: str) -> Iterator[list[Any]]:
    """The steps of a path in absolute coordinates, its arcs (of circles) as curves."""
    pen = 0j
    for letter, rest in _STEP.findall(written):
        numbers = [float(number) for number in rest.split()]
        if letter == "A":
            end = complex(*numbers[-2:])
            yield from _arc(pen, end, numbers[0], is_long=bool(numbers[3]), is_clockwise=bool(numbers[4]))
        else:
            yield [letter, *numbers]
        pen = complex(*numbers[-2:]) if numbers else pen


def _arc(
    start: complex, end: complex, radius: float, *, is_long: bool, is_clockwise: bool
) -> Iterator[list[Any]]:
    """An arc between two points, by the rule of SVG for which of the four there are."""
    chord = end - start
    lift = math.sqrt(max(radius**2 - abs(chord) ** 2 / 4, 0.0))
    side = 1 if is_long != is_clockwise else -1
    centre = (start + end) / 2 + side * lift * 1j * chord / abs(chord)
    turn = cmath.phase((end - centre) / (start - centre)) % (2 * math.pi)
    yield from _turn(centre, start - centre, turn if is_clockwise else turn - 2 * math.pi)


def _turn(centre: complex, arm: complex, angle: float) -> Iterator[list[Any]]:
    """Curves along a circle, none longer than a quarter of it."""
    count = math.ceil(abs(angle) / _QUARTER - 1e-9)
    part = angle / count
    pull = 4 / 3 * math.tan(part / 4) * 1j
    for _number in range(count):
        after = arm * cmath.exp(1j * part)
        yield [
            "C",
            *_at(centre + arm + pull * arm),
            *_at(centre + after - pull * after),
            *_at(centre + after),
        ]
        arm = after


def _at(point: complex) -> tuple[float, float]:
    return round(point.real, 3), round(point.imag, 3)
