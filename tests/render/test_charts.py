"""Charts: specifications from rows, drawn by Vega in a child process, made drawings of ours, and kept."""

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from suivi.render import render
from suivi.render import vega as vega_module
from suivi.render.charts import (
    CountRow,
    MonthRow,
    MovedRow,
    balance_chart,
    fill_months,
    months_chart,
    moved_chart,
)
from suivi.render.child import RenderingFailed
from suivi.render.document import Document, Figure, Metadata
from suivi.render.svg import Drawing, checked, for_documents
from suivi.render.vega import adopted, digest_of, draw_charts
from suivi.render.vega_process import run_vega

DAYS = (date(2022, 8, 31), date(2023, 2, 15))
HOSTILE = ["<script>alert(1)</script>", "\"&'", "\x00\x07", "\u0600\u202eabc", "datum.count", "", "a" * 300]
WORDS = st.text(max_size=30) | st.sampled_from(HOSTILE)
COUNTS = st.integers(0, 10**6)
MONTHS = st.lists(st.builds(MonthRow, st.dates(date(2019, 1, 1), date(2025, 12, 31)), COUNTS), max_size=8)
BALANCE = st.lists(
    st.builds(CountRow, WORDS, COUNTS, st.sampled_from(["", "By group", "By region"])), max_size=6
)
MOVED = st.lists(st.builds(MovedRow, WORDS, COUNTS, COUNTS, st.none() | COUNTS), max_size=5)

SAMPLES = [
    months_chart([MonthRow(date(2022, 11, 1), 4), MonthRow(date(2023, 1, 1), 9)], title="t", language="fr"),
    balance_chart(
        [CountRow("Governments", 2, "By group"), CountRow("Workers", 0, "By group")], title="t", language="en"
    ),
    moved_chart([MovedRow("1.4.1 Partnerships", 3, 7, 10)], days=DAYS, title="t", language="es"),
]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Drawing]:
    return draw_charts(SAMPLES, tmp_path_factory.mktemp("charts"))


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in etree.fromstring(svg.encode()).iter("{*}text")]


@given(MONTHS, BALANCE, MOVED, st.sampled_from([240, 328, 640, 970]), st.sampled_from(["en", "fr", "es"]))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_draw_charts_of_ours_with_their_numbers(
    tmp_path: Path,
    months: list[MonthRow],
    balance: list[CountRow],
    moved: list[MovedRow],
    width: int,
    language: str,
) -> None:
    charts = [
        months_chart(months, title="t", language=language, width=width),
        balance_chart(balance, title="t", language=language, width=width),
        moved_chart(moved, days=DAYS, title="t", language=language, width=width),
    ]
    pictures = draw_charts(charts, tmp_path)
    for picture, chart in zip(pictures, charts, strict=True):
        root = etree.fromstring(checked(for_documents(picture.svg)).encode())
        assert float(root.get("width")) == chart.width == width
        assert root.findtext("{*}desc") or not chart.description
    shown = [text.replace("\u00a0", "").replace(",", "") for text in texts(pictures[1].svg)]
    assert all(str(row.count) in shown for row in balance)


@given(MONTHS)
def test_months_without_anything_are_filled_and_nothing_is_lost(rows: list[MonthRow]) -> None:
    filled = fill_months(rows)
    assert sum(row.count for row in filled) == sum(row.count for row in rows)
    months = [row.month.year * 12 + row.month.month for row in filled]
    assert months == list(range(months[0], months[-1] + 1)) if rows else not filled


@given(BALANCE, MOVED)
def test_a_specification_holds_the_numbers_of_its_rows(
    balance: list[CountRow], moved: list[MovedRow]
) -> None:
    values = balance_chart(balance, title="t", language="en").specification["data"]["values"]
    told_of = [value["count"] for value in values] if balance else []
    assert told_of == [row.count for row in balance]
    values = moved_chart(moved, days=DAYS, title="t", language="en").specification["data"]["values"]
    told = [(value["before"], value["after"], value["target"]) for value in values] if moved else []
    assert told == [(row.before, row.after, row.target) for row in moved]


def test_the_words_of_the_samples_stand_in_their_drawings(drawn: list[Drawing]) -> None:
    assert texts(drawn[0].svg) == ["4", "9", "nov.", "déc.", "janv.", "2022", "2023"]
    assert texts(drawn[1].svg) == ["By group", "Governments", "Workers", "2", "0"]
    assert texts(drawn[2].svg)[:2] == ["1.4.1 Partnerships", "3 → 7 / 10"]


def test_the_same_rows_give_the_same_bytes_in_another_process_time_zone_and_locale(
    drawn: list[Drawing],
) -> None:
    code = (
        "import hashlib, pathlib, sys, tempfile\n"
        "from tests.render.test_charts import SAMPLES, draw_charts\n"
        "for one in draw_charts(SAMPLES, pathlib.Path(tempfile.mkdtemp())):\n"
        "    print(hashlib.sha256(one.svg.encode()).hexdigest())\n"
    )
    other = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "ar_EG.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "HOME": "/",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **other}
    )
    assert done.stdout.split() == [hashlib.sha256(one.svg.encode()).hexdigest() for one in drawn]


def test_no_place_is_measured_with_a_font() -> None:
    """Another font moves nothing, so the fonts of a machine cannot."""
    specifications = [chart.specification for chart in SAMPLES]
    other = [{**one, "config": {**one["config"], "font": "No Such Font"}} for one in specifications]
    made = run_vega([*specifications, *other])
    half = len(SAMPLES)
    assert made[:half] == [svg.replace("No Such Font", "Noto Sans") for svg in made[half:]]


def test_a_chart_is_drawn_once_and_kept_by_its_digest(tmp_path: Path) -> None:
    first = draw_charts(SAMPLES[:1], tmp_path)
    path = tmp_path / f"{digest_of(SAMPLES[0])}.svg"
    assert path.read_text(encoding="utf-8") == first[0].svg
    path.write_text(first[0].svg.replace(">9<", ">8<"), encoding="utf-8")
    assert ">8<" in draw_charts(SAMPLES[:1], tmp_path)[0].svg


def test_other_rows_words_or_language_have_another_digest() -> None:
    rows = [MonthRow(date(2022, 11, 1), 4)]
    charts = [
        months_chart(rows, title="t", language="en"),
        months_chart(rows, title="u", language="en"),
        months_chart(rows, title="t", language="fr"),
        months_chart([MonthRow(date(2022, 11, 1), 5)], title="t", language="en"),
        months_chart(rows, title="t", language="en", width=328),
    ]
    assert len({digest_of(chart) for chart in charts}) == len(charts)


def test_the_folder_keeps_so_many_and_the_oldest_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vega_module, "MOST_KEPT", 4)
    for age in range(6):
        path = tmp_path / f"{age}.svg"
        path.write_text("<svg/>")
        os.utime(path, (age, age))
    draw_charts(SAMPLES[:1], tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(["4", "5", digest_of(SAMPLES[0])])


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/x.png"/>',
        '<path d="M0,0" onclick="alert(1)"/>',
        '<path d="M0,0" style="fill:url(#x)"/>',
        '<g transform="url(#x)"><path d="M0,0"/></g>',
        "<foreignObject/>",
    ],
)
def test_what_no_chart_of_ours_has_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match="a chart has no"):
        adopted(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', SAMPLES[0])


def test_a_specification_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(RenderingFailed, match="could not be drawn"):
        run_vega([{"mark": "nonsense"}])


def test_the_engine_stays_within_its_memory() -> None:
    with pytest.raises(RenderingFailed, match="60 MB of memory"):
        run_vega([SAMPLES[0].specification], memory=60 * 2**20)


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_a_chart_goes_into_every_kind_of_document(drawn: list[Drawing], suffix: str) -> None:
    figures = tuple(Figure(svg=one.svg, alt="a", caption="c") for one in drawn)
    about = Metadata(title="t", language="en", created_on=date(2023, 2, 15))
    assert render(Document(metadata=about, blocks=figures), suffix)  # type: ignore[arg-type]


def test_charts_of_nothing_say_so(tmp_path: Path) -> None:
    charts = [
        months_chart([], title="t", language="en"),
        balance_chart([], title="t", language="fr"),
        moved_chart([], days=DAYS, title="t", language="es"),
    ]
    said = [texts(one.svg) for one in draw_charts(charts, tmp_path)]
    assert said == [
        ["Nothing to show yet."],
        ["Rien à afficher pour le moment."],
        ["Nada que mostrar todavía."],
    ]
