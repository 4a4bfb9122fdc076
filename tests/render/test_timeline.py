from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from suivi.render.svg import checked, for_documents, text_width, wrap
from suivi.render.timeline import Milestone, TimelineGroup, TimelineRow, draw_timeline

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2023, 2, 15)


def draw(
    *rows: TimelineRow, width: int = 960, today: date | None = DAY, language: str = "en"
) -> etree._Element:
    groups = [TimelineGroup("Pillar 1", rows)]
    drawing = draw_timeline(groups, title="Calendar", language=language, today=today, width=width)
    return etree.fromstring(checked(drawing.svg).encode())


def words_of(root: etree._Element) -> str:
    return " ".join(root.itertext())


def bars_of(root: etree._Element) -> list[etree._Element]:
    return [rect for rect in root.iter(f"{SVG}rect") if rect.get("rx") == "3"]


def test_a_bar_starts_and_ends_where_its_window_does() -> None:
    first = TimelineRow(label="a", starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31))
    second = TimelineRow(label="b", starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31))
    left, right = bars_of(draw(first, second, today=None))
    end_of_first = float(left.get("x")) + float(left.get("width"))
    assert end_of_first == pytest.approx(float(right.get("x")), abs=0.02)


def test_a_row_without_a_window_says_so_and_has_no_bar() -> None:
    root = draw(TimelineRow(label="a"))
    assert bars_of(root) == []
    assert "no time frame stated" in words_of(root)


def test_an_open_end_is_dashed_and_said() -> None:
    root = draw(TimelineRow(label="a", starts_on=date(2022, 1, 1)))
    assert bars_of(root)[0].get("stroke-dasharray")
    assert "end not stated" in words_of(root)


def test_the_title_of_a_row_holds_its_whole_label_its_window_and_its_milestones() -> None:
    label = "word " * 60
    row = TimelineRow(
        label=label,
        starts_on=date(2021, 1, 1),
        ends_on=date(2023, 12, 31),
        status="at-risk",
        status_words="at risk",
        milestones=(Milestone(date(2022, 1, 1), "List agreed"),),
    )
    titles = [title.text for title in draw(row).iter(f"{SVG}title")]
    whole = next(title for title in titles if label.strip() in title)
    assert "at risk" in whole
    assert "List agreed" in whole
    assert "31\u00a0Dec\u00a02023" in whole


def test_the_day_of_today_is_written_inside_the_drawing_even_at_its_edge() -> None:
    root = draw(TimelineRow(label="a", ends_on=date(2030, 1, 1)), today=date(2023, 1, 1), width=300)
    text = next(node for node in root.iter(f"{SVG}text") if "Today" in (node.text or ""))
    half = text_width(text.text, 12) / 2
    assert half <= float(text.get("x")) <= 300 - half


def test_a_phone_gets_labels_above_the_bars() -> None:
    row = TimelineRow(label="a", starts_on=date(2021, 1, 1), ends_on=date(2023, 12, 31))
    narrow, wide = draw(row, width=340), draw(row, width=960)
    assert float(bars_of(narrow)[0].get("x")) < 10
    assert float(bars_of(wide)[0].get("x")) > 300


def test_days_far_away_do_not_stretch_the_axis() -> None:
    root = draw(TimelineRow(label="a", starts_on=date(1, 1, 1), ends_on=date(9999, 12, 31)))
    years = [node.text for node in root.iter(f"{SVG}text") if (node.text or "").isdigit()]
    assert len(years) < 60


def test_a_picture_with_links_does_not_hide_them_behind_the_role_of_an_image() -> None:
    assert draw(TimelineRow(label="a")).get("role") == "img"
    assert draw(TimelineRow(label="a", href="/d/1")).get("role") == "group"


def test_nothing_to_show_is_said() -> None:
    drawing = draw_timeline([], title="Calendar", language="fr")
    assert "Rien à afficher" in drawing.svg


def test_two_hundred_rows_stand_below_one_another() -> None:
    rows = [TimelineRow(label=f"row {n}", starts_on=DAY, ends_on=DAY) for n in range(200)]
    tops = [float(bar.get("y")) for bar in bars_of(draw(*rows))]
    assert tops == sorted(tops)
    assert len(set(tops)) == 200


def test_documents_get_plain_colours() -> None:
    drawing = draw_timeline([TimelineGroup("g", (TimelineRow(label="a"),))], title="t", language="en")
    assert "var(" in drawing.svg
    assert "var(" not in for_documents(drawing.svg)


@given(st.text(max_size=80), st.integers(240, 1400))
def test_whatever_a_label_says_the_drawing_is_well_formed_and_ours(label: str, width: int) -> None:
    group = TimelineGroup(label, (TimelineRow(label=label, href="/x", starts_on=DAY),))
    drawing = draw_timeline([group], title=label, language="en", today=DAY, width=width)
    assert checked(drawing.svg) == drawing.svg


@given(st.text(alphabet="abc MW", max_size=120), st.floats(40, 300))
def test_a_wrapped_line_is_never_wider_than_its_room(text: str, width: float) -> None:
    for line in wrap(text, 13, width, 3):
        assert text_width(line, 13) <= width


@pytest.mark.parametrize(
    "foreign",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:x()"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/x.png"/></svg>',
        '<!DOCTYPE svg [<!ENTITY e "x">]><svg xmlns="http://www.w3.org/2000/svg"><title>&e;</title></svg>',
        "not a drawing",
    ],
)
def test_a_foreign_drawing_is_refused(foreign: str) -> None:
    with pytest.raises(ValueError, match="drawing"):
        checked(foreign)
