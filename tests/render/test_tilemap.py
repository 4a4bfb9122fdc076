from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from suivi.render.runs import plain_text
from suivi.render.svg import checked, for_documents
from suivi.render.tilemap import MapPlace, MapRow, draw_map, table_of_map

HOSTILE = [
    "<script>alert(1)</script>",
    "\"&'",
    "\x00\x07",
    "\u0600\u202eabc",
    "\U0001d518" * 80,
    "",
    "a" * 500,
]
NAMES = st.text(max_size=40) | st.sampled_from(HOSTILE)
TILES = st.none() | st.tuples(st.integers(0, 60), st.integers(0, 60))
PLACES = st.lists(
    st.builds(MapPlace, NAMES, NAMES, st.sampled_from(["North", "South", ""]), st.integers(0, 10**7), TILES),
    max_size=12,
)
ROWS = st.lists(st.builds(MapRow, NAMES, st.integers(0, 999)), max_size=4)
PLACE = MapPlace("XMA", "Marenda", "Africa", 3, (4, 2))


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in etree.fromstring(svg.encode()).iter("{*}text")]


@given(
    PLACES,
    ROWS,
    ROWS,
    st.text(max_size=80),
    st.sampled_from(["tiles", "circles"]),
    st.sampled_from([240, 328, 640]),
)
def test_any_rows_draw_a_map_of_ours_within_its_bounds(places, regions, others, note, shape, width) -> None:  # type: ignore[no-untyped-def]
    drawing = draw_map(
        places,
        title="t",
        language="es",
        regions=regions,
        unrecognized=others,
        note=note,
        shape=shape,
        width=width,
    )
    root = etree.fromstring(checked(drawing.svg).encode())
    for rect in root.iter("{*}rect"):
        assert float(rect.get("x")) >= -0.01
        assert float(rect.get("x")) + float(rect.get("width")) <= width + 0.01
        assert float(rect.get("y")) + float(rect.get("height")) <= drawing.height


@given(PLACES, ROWS, st.integers(0, 99))
def test_the_numbers_of_the_table_are_those_of_the_rows(
    places: list[MapPlace], others: list[MapRow], north: int
) -> None:
    regions = [MapRow("North", north)]
    table = table_of_map(
        places, others, regions=regions, caption="c", heads=("Country", "Items"), language="en"
    )
    told = [(row.kind, plain_text(row.cells[1].content).replace(",", "")) for row in table.body]
    counts = sorted(int(number) for kind, number in told if kind == "body" and number)
    assert counts == sorted([place.count for place in places if place.count] + [row.count for row in others])
    totals = [number for kind, number in told if kind == "group" and number]
    assert totals == ([str(north)] if north or any(p.count for p in places if p.region == "North") else [])


def test_a_tile_has_its_code_and_its_number_and_says_its_name() -> None:
    svg = draw_map([PLACE], title="t", language="en").svg
    assert texts(svg) == ["XMA", "3"]
    assert "<title>Marenda: 3</title>" in svg


def test_what_has_no_tile_and_what_is_no_country_is_named_with_its_number() -> None:
    svg = draw_map(
        [PLACE, MapPlace("XIS", "The Isles", "Americas", 2)],
        title="t",
        language="fr",
        unrecognized=[MapRow("Talanor & <b>", 4)],
    ).svg
    assert "Hors de la carte: The Isles (2)" in texts(svg)
    assert "Non reconnus, tels qu'écrits: Talanor & <b> (4)" in texts(svg)


def test_where_tiles_would_be_too_small_the_countries_are_listed_by_region() -> None:
    places = [
        PLACE,
        MapPlace("XTA", "Talanor", "Asia", 1, (34, 3)),
        MapPlace("XZZ", "Nowhere", "Asia", 0, (30, 3)),
    ]
    told = texts(draw_map(places, title="t", language="en", width=328).svg)
    assert told == ["3 Africa", "3", "Marenda", "1 Asia", "1", "Talanor"]


def test_the_darkest_tile_is_the_one_that_counts_most() -> None:
    places = [
        PLACE,
        MapPlace("XTA", "Talanor", "Asia", 12, (5, 2)),
        MapPlace("XZZ", "Nowhere", "Asia", 0, (6, 2)),
    ]
    root = etree.fromstring(for_documents(draw_map(places, title="t", language="en").svg).encode())
    assert [rect.get("fill-opacity") for rect in root.iter("{*}rect")] == ["0.14", "1", None]


def test_the_area_of_a_circle_is_its_count() -> None:
    places = [PLACE, MapPlace("XTA", "Talanor", "Asia", 12, (15, 2))]
    root = etree.fromstring(draw_map(places, title="t", language="en", shape="circles").svg.encode())
    large, small = [float(circle.get("r")) for circle in root.iter("{*}circle")]
    assert round((large / small) ** 2, 1) == 4


def test_a_map_of_nothing_says_so_and_has_a_table() -> None:
    assert texts(draw_map([], title="t", language="en").svg) == ["Nothing to show yet."]
    assert len(table_of_map([], regions=[], caption="c", heads=("a", "b"), language="en").body) == 1
