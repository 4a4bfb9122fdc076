"""Counts by country and region: a tile for each country in roughly its place, with no border drawn.

Where the tiles would be too small to read, as on a phone, the countries that count are listed by region.
What has no tile, and words that no country is known for, are named below with their counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Literal

from suivi.render.document import Cell, Column, Row, Table
from suivi.render.svg import (
    ACCENT,
    FAINT,
    INK,
    LINE,
    MUTED,
    PAPER,
    Drawing,
    element,
    picture,
    text_width,
    words,
    wrap,
)
from suivi.render.typography import Typography
from suivi.render.wording import Wording

_SIZE, _SMALL = 13, 11
_LINE = _SIZE + 5
_LEAST, _MOST = 17.0, 34.0  # how large a tile must and may be
_LISTED = 30.0  # the height of a country in the list
# The darker, the more: each tone differs in grey too, and the number stands on it.
_TONES = {1: 0.14, 2: 0.34, 3: 0.8, 4: 1.0}


@dataclass(frozen=True)
class MapPlace:
    """A country: its short code, its name, the name of its region, how many. `tile` is column and row."""

    code: str
    name: str
    region: str
    count: int
    tile: tuple[int, int] | None = None


@dataclass(frozen=True)
class MapRow:
    """A word and how many: a region, or what was written and stands for no country on the list."""

    label: str
    count: int


@dataclass(frozen=True)
class _Grid:
    """Where the tiles stand: the first column and row that have one, and the side of a tile with its gap."""

    column: int
    row: int
    cell: float
    left: float
    top: float
    bottom: float

    def at(self, tile: tuple[int, int]) -> tuple[float, float]:
        return self.left + (tile[0] - self.column) * self.cell, self.top + (tile[1] - self.row) * self.cell


def draw_map(
    places: Sequence[MapPlace],
    *,
    title: str,
    language: str,
    regions: Sequence[MapRow] = (),
    unrecognized: Sequence[MapRow] = (),
    note: str = "",
    shape: Literal["tiles", "circles"] = "tiles",
    width: int = 640,
    typography: Typography | None = None,
) -> Drawing:
    """The map at this width in pixels. `note` stands under it: what the names do not mean.

    "circles" draws, instead of tiles, a circle for each country whose area is its count.
    """
    typography = typography or Typography.of(language)
    wording = Wording.of(language)
    grid = _grid(places, float(width), margin=shape == "circles")
    most = max((place.count for place in places), default=0)
    if grid is None:
        parts, y = _list(places, regions, most, float(width), typography)
        apart: list[MapRow] = []
    else:
        parts = (_tiles if shape == "tiles" else _circles)(places, grid, most, typography)
        region_parts, y = _flow(regions, grid.bottom + 8, float(width), typography)
        parts += region_parts
        apart = [MapRow(place.name, place.count) for place in places if place.count and not place.tile]
    for label, rows in ((wording.not_on_map, apart), (wording.not_recognized, unrecognized)):
        if rows:
            told = typography.labelled(label, _counted(rows, typography))
            lines, y = _lines(told, _SIZE, y + 4, float(width), INK)
            parts += lines
    if not most and not unrecognized:
        lines, y = _lines(wording.nothing_to_show, _SIZE, y, float(width), MUTED)
        parts += lines
    if note:
        lines, y = _lines(note, _SMALL, y + 6, float(width), MUTED)
        parts += lines
    told_of = (regions, _countries(places), unrecognized)
    description = "; ".join(_counted(rows, typography) for rows in told_of if rows)
    return picture(parts, width=width, height=y + 4, title=title, description=description)


def table_of_map(
    places: Sequence[MapPlace],
    unrecognized: Sequence[MapRow] = (),
    *,
    regions: Sequence[MapRow],
    caption: str,
    heads: tuple[str, str],
    language: str,
    typography: Typography | None = None,
) -> Table:
    """The numbers of the map as a table: each region with those of its countries that count, then what was
    not recognized. `heads` are the heads of the two columns.

    What is counted in two countries of a region counts once in the region: its number is no sum.
    """
    typography = typography or Typography.of(language)

    def row(label: str, count: int | None, kind: Literal["body", "group"] = "body") -> Row:
        number = "" if count is None else typography.number(count)
        return Row((Cell(label or "–", is_header=True), Cell(number)), kind)

    totals = {one.label: one.count for one in regions}
    body: list[Row] = []
    for region in [*totals, *sorted({place.region for place in places} - set(totals))]:
        found = [place for place in places if place.region == region and place.count]
        if found or totals.get(region):
            body.append(row(region, totals.get(region), "group"))
            body += [row(_with_code(place), place.count) for place in found]
    if unrecognized:
        body.append(row(Wording.of(language).not_recognized, None, "group"))
        body += [row(one.label, one.count) for one in unrecognized]
    return Table(
        caption=caption,
        columns=(Column(4), Column(1, "end")),
        header=(Row(tuple(Cell(head) for head in heads)),),
        body=tuple(body) or (row(Wording.of(language).nothing_to_show, None),),
    )


def _with_code(place: MapPlace) -> str:
    """A country and, in brackets, what its tile says of it."""
    return f"{place.name} ({place.code})" if place.code else place.name


def _countries(places: Sequence[MapPlace]) -> list[MapRow]:
    """Those that count, most first."""
    found = [MapRow(place.name, place.count) for place in places if place.count]
    return sorted(found, key=lambda row: -row.count)


def _counted(rows: Sequence[MapRow], typography: Typography) -> str:
    return ", ".join(f"{row.label} ({typography.number(row.count)})" for row in rows)


def _grid(places: Sequence[MapPlace], width: float, *, margin: bool) -> _Grid | None:
    """The grid, with room around it where asked; None without tiles, or where they could not be read."""
    tiles = [place.tile for place in places if place.tile]
    if not tiles:
        return None
    columns, rows = [tile[0] for tile in tiles], [tile[1] for tile in tiles]
    across, down = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    cell = min(width / (across + margin), _MOST)
    if cell < _LEAST:
        return None
    top = cell / 2 if margin else 0.0
    left = (width - across * cell) / 2
    return _Grid(min(columns), min(rows), cell, left, top, down * cell + 2 * top)


def _level(count: int, most: int) -> int:
    return ceil(4 * count / most) if count > 0 else 0


def _ink(level: int) -> str:
    return PAPER if level > 2 else INK if level else MUTED


def _text(
    text: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    anchor: str | None = "middle",
    *,
    bold: bool = False,
) -> str:
    return element(
        "text", words(text), x=float(x), y=float(y), fill=fill, font_size=float(size), text_anchor=anchor,
        font_weight="700" if bold else None,
    )  # fmt: skip


def _fitting(text: str, size: float, room: float) -> float:
    """The size at which the text has room, at most the one given."""
    return min(size, size * room / max(text_width(text, size), 0.1))


def _square(x: float, y: float, side: float, level: int) -> str:
    fill = {"fill": ACCENT, "fill_opacity": _TONES[level]} if level else {"fill": FAINT}
    stroke = ACCENT if level else LINE
    return element("rect", x=x, y=y, width=side, height=side, rx=2, stroke=stroke, stroke_width=0.6, **fill)


def _tiles(places: Sequence[MapPlace], grid: _Grid, most: int, typography: Typography) -> list[str]:
    return [_tile(place, grid.at(place.tile), grid.cell, most, typography) for place in places if place.tile]


def _tile(
    place: MapPlace, corner: tuple[float, float], cell: float, most: int, typography: Typography
) -> str:
    (x, y), level = corner, _level(place.count, most)
    side, middle, code = cell - 2, x + cell / 2, _code(place)
    size = _fitting(code, min(cell * 0.38, 12.0), side - 1.5)
    parts = [_named(place, typography), _square(x + 1, y + 1, side, level)]
    if not level:
        return element("g", *parts, _text(code, middle, y + cell / 2 + size * 0.36, size, MUTED))
    number = typography.number(place.count)
    large = _fitting(number, min(cell * 0.46, 15.0), side - 2)
    parts.append(_text(code, middle, y + 1.5 + size, size, _ink(level)))
    parts.append(_text(number, middle, y + cell * 0.855, large, _ink(level), bold=True))
    return element("g", *parts)


def _code(place: MapPlace) -> str:
    """What stands on the tile: the code, or the first letters of one that is too long for it."""
    return place.code[:4]


def _named(place: MapPlace, typography: Typography) -> str:
    return element("title", words(typography.labelled(place.name, typography.number(place.count))))


def _circles(places: Sequence[MapPlace], grid: _Grid, most: int, typography: Typography) -> list[str]:
    """Dots for all, circles for those that count, large ones first, and all words over them."""
    at = {
        place: tuple(corner + grid.cell / 2 for corner in grid.at(place.tile))
        for place in places
        if place.tile
    }
    dots = [
        element("circle", cx=x, cy=y, r=1.4, fill=LINE) for place, (x, y) in at.items() if not place.count
    ]
    counting = sorted((place for place in at if place.count), key=lambda place: -place.count)
    circles, labels = [], []
    for place in counting:
        (x, y), number = at[place], typography.number(place.count)
        radius = max(grid.cell * sqrt(place.count / most), 2.0)
        circle = element("circle", cx=x, cy=y, r=radius, fill=ACCENT, fill_opacity=_TONES[1], stroke=ACCENT)
        circles.append(element("g", _named(place, typography), circle))
        size = _fitting(_code(place), min(grid.cell * 0.38, 11.0), grid.cell - 2)
        labels.append(_text(_code(place), x, y - 0.6, size, INK))
        labels.append(_text(number, x, y + size, _fitting(number, size + 1, grid.cell - 2), INK, bold=True))
    return [*dots, *circles, *labels]


def _flow(rows: Sequence[MapRow], y: float, width: float, typography: Typography) -> tuple[list[str], float]:
    """The regions with their counts, as many on a line as have room; and where the lines end."""
    parts: list[str] = []
    x = 2.0
    for row in rows:
        number = typography.number(row.count)
        label = wrap(row.label, _SIZE, width - 60, 1) or ["–"]
        taken = text_width(number, _SIZE) + text_width(label[0], _SIZE) + 18
        if x > 2 and x + taken > width:
            x, y = 2.0, y + _LINE
        parts.append(_text(number, x, y + _SIZE, _SIZE, INK, None, bold=True))
        parts.append(_text(label[0], x + text_width(number, _SIZE) + 5, y + _SIZE, _SIZE, INK, None))
        x += taken
    return parts, y + _LINE + 2 if rows else y


def _list(
    places: Sequence[MapPlace], regions: Sequence[MapRow], most: int, width: float, typography: Typography
) -> tuple[list[str], float]:
    """Those that count, under the names of their regions: a square with the number, and the name beside."""
    parts: list[str] = []
    y = 2.0
    totals = {row.label: row.count for row in regions}
    for region in [*totals, *sorted({place.region for place in places} - set(totals))]:
        found = [place for place in places if place.region == region and place.count]
        if not found:
            continue
        count = totals.get(region, sum(place.count for place in found))
        lines = wrap(f"{typography.number(count)} {region or '–'}", _SIZE, width - 4, 2)
        parts += [_text(line, 2, y + (at + 1) * _LINE - 4, _SIZE, INK, None, bold=True)
                  for at, line in enumerate(lines)]  # fmt: skip
        y += len(lines) * _LINE + 2
        for place in sorted(found, key=lambda one: -one.count):
            parts.append(_listed(place, y, most, width, typography))
            y += _LISTED
        y += 4
    return parts, y


def _listed(place: MapPlace, y: float, most: int, width: float, typography: Typography) -> str:
    level, side = _level(place.count, most), _LISTED - 6
    number = typography.number(place.count)
    lines = wrap(place.name, _SIZE, width - side - 14, 2) or ["–"]
    size, step = (_SIZE, 0) if len(lines) == 1 else (_SMALL, _SMALL + 1)
    middle, large = y + side / 2 + 4.5, _fitting(number, _SIZE, side - 3)
    return element(
        "g",
        _named(place, typography),
        _square(3, y, side, level),
        _text(number, 3 + side / 2, middle, large, _ink(level), bold=True),
        *(
            _text(line, side + 11, middle + (at - (len(lines) - 1) / 2) * step, size, INK, None)
            for at, line in enumerate(lines)
        ),
    )


def _lines(text: str, size: int, y: float, width: float, fill: str) -> tuple[list[str], float]:
    """Words over as many lines as they need; and where they end."""
    step = size + 4
    lines = wrap(text, size, width - 4, 60)
    parts = [_text(line, 2, y + (at + 1) * step - 3, size, fill, None) for at, line in enumerate(lines)]
    return parts, y + len(lines) * step
