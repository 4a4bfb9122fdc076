from itertools import pairwise

import pytest
from lxml import etree

from suivi.render.bars import BarRow, draw_bars
from suivi.render.marks import MARKS, mark_of, status_mark
from suivi.render.svg import checked

WORDS = {"on-track": "on track", "at-risk": "at risk"}


def luminance(colour: str) -> float:
    """Relative luminance of an #rrggbb colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("status", MARKS)
def test_ink_on_ground_has_enough_contrast(status: str) -> None:
    mark = MARKS[status]
    lighter, darker = luminance(mark.ground), luminance(mark.ink)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def grey(status: str) -> float:
    """How light the part of a bar is in grey, from 0 to 255: its ink in its tone, on white paper."""
    mark = MARKS[status]
    tone, colour = (mark.tone, mark.ink) if mark.tone else (1.0, mark.ground)
    red, green, blue = (255 - tone * (255 - int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize(("one", "other"), list(pairwise(MARKS)))
def test_statuses_that_stand_side_by_side_in_a_bar_differ_in_grey_or_by_their_border(
    one: str, other: str
) -> None:
    is_dashed = [MARKS[status].is_dashed for status in (one, other)]
    assert abs(grey(one) - grey(other)) >= 25 or is_dashed[0] != is_dashed[1]


@pytest.mark.parametrize("status", MARKS)
def test_shape_and_number_can_be_read_on_the_tone_of_a_bar(status: str) -> None:
    mark = MARKS[status]
    ground, ink = grey(status) / 255, 1.0 if mark.tone >= 0.8 else grey_of("#1c2430")
    lighter, darker = sorted([ground**2.2, ink**2.2], reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def grey_of(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_no_two_statuses_share_a_shape() -> None:
    assert len({mark.shape for mark in MARKS.values()}) == len(MARKS)


@pytest.mark.parametrize("status", [*MARKS, "postponed", "achieved_late", "never heard of"])
def test_every_mark_is_a_drawing_of_ours(status: str) -> None:
    assert checked(status_mark(status))


def test_a_finer_status_has_the_mark_of_its_kin_and_an_unknown_one_that_of_no_update() -> None:
    assert mark_of("discontinued").status == "decided-otherwise"
    assert mark_of("never heard of").status == "no-recent-update"


def test_a_mark_is_hidden_beside_its_word_and_speaks_when_it_stands_alone() -> None:
    assert etree.fromstring(status_mark("at-risk")).get("aria-hidden") == "true"
    assert etree.fromstring(status_mark("at-risk", label="at risk")).get("aria-label") == "at risk"


def test_bars_are_as_long_as_their_counts() -> None:
    rows = [BarRow("a", {"on-track": 4}), BarRow("b", {"on-track": 2})]
    drawing = draw_bars(rows, title="t", language="en", status_words=WORDS)
    widths = [float(r.get("width")) for r in etree.fromstring(drawing.svg).iter("{*}rect")]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.02)


def test_the_words_and_counts_of_bars_stand_in_their_description() -> None:
    rows = [BarRow("Pillar 1", {"at-risk": 1, "on-track": 3})]
    drawing = draw_bars(rows, title="t", language="en", status_words=WORDS)
    assert etree.fromstring(drawing.svg).findtext("{*}desc") == "Pillar 1: on track 3, at risk 1"


def test_bars_of_nothing_say_so() -> None:
    assert "Nothing to show" in draw_bars([], title="t", language="en", status_words=WORDS).svg
