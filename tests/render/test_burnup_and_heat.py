from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from suivi.render.burnup import BurnUp, Point, Range, draw_burn_up
from suivi.render.heat import HeatRow, draw_heat
from suivi.render.svg import checked

WORDS = {"on_track": "on track", "at_risk": "at risk"}
DAYS = st.dates(date(2021, 1, 1), date(2025, 12, 31))


def _points(days: list[date], values: list[int]) -> list[Point]:
    return [Point(day, value) for day, value in zip(sorted(days), sorted(values), strict=False)]


@given(
    st.lists(DAYS, max_size=12, unique=True),
    st.lists(st.integers(0, 5000), min_size=12, max_size=12),
    st.integers(0, 5000),
    DAYS,
    st.sampled_from([240, 328, 640, 960]),
)
def test_any_burn_up_is_a_drawing_of_ours_within_its_bounds(
    days: list[date], values: list[int], target: int, up_to: date, width: int
) -> None:
    data = BurnUp(
        starts_on=date(2021, 1, 1),
        ends_on=date(2025, 12, 31),
        counted=_points(days, values),
        targets=[Point(date(2021, 1, 1), target)],
        expected=[Point(date(2021, 1, 1), 0), Point(date(2025, 12, 31), target)],
        ahead=Range(date(2025, 12, 31), 1, target + 1),
        up_to=up_to,
    )
    drawing = draw_burn_up(data, title="Some of many", language="fr", width=width)
    root = etree.fromstring(checked(drawing.svg))
    for circle in root.iter("{*}circle"):
        assert 0 <= float(circle.get("cx")) <= drawing.width
        assert 0 <= float(circle.get("cy")) <= drawing.height


def test_a_burn_up_tells_its_counts_and_both_targets_in_words() -> None:
    data = BurnUp(
        starts_on=date(2021, 1, 1),
        ends_on=date(2023, 12, 31),
        counted=[Point(date(2021, 6, 3), 1), Point(date(2022, 3, 1), 3)],
        targets=[Point(date(2021, 1, 1), 10), Point(date(2022, 9, 1), 12)],
        up_to=date(2023, 2, 15),
    )
    told = etree.fromstring(draw_burn_up(data, title="Three of twelve", language="en").svg).findtext(
        "{*}desc"
    )
    assert told is not None
    assert told.replace("\xa0", " ") == (
        "3 Jun 2021: 1; 1 Mar 2022: 3; target 10 (1 Jan 2021); target 12 (1 Sep 2022)"
    )


def test_the_count_starts_at_zero_and_a_higher_count_stands_higher() -> None:
    data = BurnUp(
        starts_on=date(2021, 1, 1),
        ends_on=date(2021, 12, 31),
        counted=[Point(date(2021, 3, 1), 1), Point(date(2021, 6, 1), 4)],
    )
    root = etree.fromstring(draw_burn_up(data, title="t", language="en").svg)
    heights = [float(circle.get("cy")) for circle in root.iter("{*}circle")]
    zero = max(float(line.get("y1")) for line in root.iter("{*}line") if line.get("y1") == line.get("y2"))
    assert zero - heights[1] == pytest.approx(4 * (zero - heights[0]), abs=0.1)


@given(
    st.lists(st.text(max_size=60), max_size=6),
    st.lists(st.text(max_size=20), max_size=5),
    st.sampled_from([240, 328, 960]),
)
def test_any_heat_table_is_a_drawing_of_ours(labels: list[str], columns: list[str], width: int) -> None:
    statuses = ["on_track", "", "at_risk", "unheard of", "postponed"]
    rows = [HeatRow(label, statuses[: len(columns)], href="/somewhere") for label in labels]
    assert checked(draw_heat(rows, columns, title="t", language="es", status_words=WORDS, width=width).svg)


def test_each_cell_says_its_status_in_words() -> None:
    drawing = draw_heat(
        [HeatRow("1.1 Lanterns", ["on_track", ""])],
        ["2021", "2022"],
        title="t",
        language="en",
        status_words=WORDS,
    )
    root = etree.fromstring(drawing.svg)
    assert root.findtext("{*}desc") == "1.1 Lanterns (2021: on track, 2022: –)"
    assert "1.1 Lanterns; 2021: on track" in [title.text for title in root.iter("{*}title")]
