"""Drawings that were looked at and are kept: the same rows give the same bytes.

Where a drawing is meant to change, remove its file, run this test, and look at the one that it writes.
"""

from datetime import date
from pathlib import Path

import pytest

from suivi.places.countries import DEFAULT, read_countries
from suivi.render.bars import BarRow, draw_bars
from suivi.render.charts import CountRow, MonthRow, MovedRow, balance_chart, months_chart, moved_chart
from suivi.render.tilemap import MapPlace, MapRow, draw_map
from suivi.render.vega import draw_charts

FOLDER = Path(__file__).parent / "golden"
DAY = date(2023, 2, 15)
ACTIVITY = {"KEN": 12, "SEN": 7, "TUN": 2, "COL": 4, "LBN": 1, "VNM": 3, "FJI": 1, "GEO": 2, "PRI": 1}


def _map(width: int, shape: str) -> str:
    known, language = read_countries(DEFAULT), "fr"
    places = [
        MapPlace(
            one.code,
            one.name(language),
            known.region_name(one.region, language),
            ACTIVITY.get(one.code, 0),
            one.tile,
        )
        for one in known.on(DAY)
    ]
    totals = {place.region: 0 for place in places if place.region}
    for place in places:
        if place.count:
            totals[place.region] += place.count
    regions = [MapRow(label, count) for label, count in totals.items()]
    drawing = draw_map(
        places, title="33 éléments dans 9 pays", language=language, regions=regions,
        unrecognized=[MapRow("Marenda", 2)], note=known.disclaimer[language], shape=shape, width=width,  # type: ignore[arg-type]
    )  # fmt: skip
    return drawing.svg


def _bars() -> str:
    rows = [
        BarRow("Pillar 1 – Services", {"achieved": 3, "on_track": 2, "in_progress": 1, "at_risk": 2}),
        BarRow(
            "Pillar 2 – Alliances", {"achieved": 1, "off_track": 2, "not_started": 1, "no_recent_update": 3}
        ),
        BarRow("Pillar 3 – Funding", {"at_risk": 4, "off_track": 1, "postponed": 1, "on_track": 40}),
    ]
    words = {status: status.replace("_", " ") for row in rows for status in row.counts}
    return draw_bars(rows, title="46 of 58 deliverables", language="en", status_words=words).svg


def _charts(folder: Path) -> dict[str, str]:
    months = [MonthRow(date(2022, month, 1), count) for month, count in ((3, 2), (4, 11), (9, 4), (12, 7))]
    heard = [CountRow("Gobiernos", 2, "Por grupo"), CountRow("Trabajadores", 0, "Por grupo"),
             CountRow("África", 3, "Por región")]  # fmt: skip
    moved = [MovedRow("1.4.1 Dix partenariats", 3, 7, 10), MovedRow("2.1.1 Alliances", 2, 2, 4)]
    days = (date(2022, 8, 31), DAY)
    charts = {
        "months": months_chart(months, title="24 updates in four months", language="en"),
        "balance": balance_chart(heard, title="Nadie habló por los trabajadores", language="es"),
        "moved": moved_chart(moved, days=days, title="Un livrable sur deux", language="fr"),
        "moved-narrow": moved_chart(moved, days=days, title="Un livrable sur deux", language="fr", width=328),
    }
    drawn = draw_charts(list(charts.values()), folder)
    return {name: drawing.svg for name, drawing in zip(charts, drawn, strict=True)}


def test_drawings_are_those_that_were_looked_at(tmp_path: Path) -> None:
    made = {
        "map": _map(640, "tiles"),
        "map-narrow": _map(328, "tiles"),
        "map-circles": _map(640, "circles"),
        "bars": _bars(),
        **_charts(tmp_path),
    }
    fresh = [name for name in made if not (FOLDER / f"{name}.svg").exists()]
    for name in fresh:
        (FOLDER / f"{name}.svg").write_text(made[name] + "\n", encoding="utf-8")
    if fresh:
        pytest.fail(f"look at {', '.join(fresh)} in {FOLDER.name}, and keep them if they are right")
    kept = {name: (FOLDER / f"{name}.svg").read_text(encoding="utf-8").rstrip("\n") for name in made}
    assert [name for name in made if made[name] != kept[name]] == []
