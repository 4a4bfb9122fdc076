"""The figures of reports: their titles say the finding, their tables hold the numbers that are drawn."""

from datetime import date
from pathlib import Path

import pytest
from django.test.utils import override_settings
from django.utils.translation import override

from suivi.monitoring.commands.status import agree_status
from suivi.monitoring.queries.changes import Days
from suivi.monitoring.rules.content import ItemSaid
from suivi.plan.queries import edition_on
from suivi.render import render
from suivi.render.document import Document, Figure, Metadata, Table
from suivi.render.runs import plain_text
from suivi.render.svg import checked
from suivi.reporting import pictures
from suivi.reporting.asked import Asked
from suivi.reporting.material import Material, gather
from suivi.values.errors import InputRefused
from tests.cast import DAY, NOW
from tests.monitoring.scene import LANTERN, Scene, build_scene

BEFORE = Days(date(2022, 10, 1), DAY)


@pytest.fixture
def scene(db: None) -> Scene:
    """The scene with one item counted, in two places, one of which is on no list."""
    scene = build_scene()
    quay = ItemSaid(
        LANTERN, "North quay", "concluded", date(2022, 11, 3), countries=("kenia", "Marenda"),
        regions=("north",), criteria={"new": True, "own": True},
    )  # fmt: skip
    scene.approved("1.1.1", "headquarters", by=scene.office, items=(quay,))
    return scene


def material(scene: Scene, language: str = "en") -> Material:
    edition = edition_on(scene.cast.plan, DAY)
    assert edition is not None
    asked = Asked(kind="overview", plan=scene.cast.plan, up_to=DAY, as_of=DAY, language=language)
    return gather(asked, edition)


def rows(figure: Figure) -> list[list[str]]:
    assert figure.data is not None
    return [[plain_text(cell.content) for cell in row.cells] for row in figure.data.body]


def every(scene: Scene, language: str = "en") -> list[Figure]:
    with override(language):
        about = material(scene, language)
        return [
            pictures.status_by_pillar(about),
            pictures.status_by_pillar(about, is_public=False),
            pictures.activity_map(about),
            pictures.reporting_activity(about),
            pictures.constituent_balance(about),
            pictures.progress_between(about, BEFORE),
            *pictures.burn_ups(about),
            *pictures.timelines(about),
            *pictures.heat_tables(about),
            *pictures.heat_tables(about, is_public=False),
        ]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_figure_is_a_drawing_of_ours_with_words_and_a_table(scene: Scene, language: str) -> None:
    figures = every(scene, language)
    assert len(figures) >= 10
    for figure in figures:
        assert checked(figure.svg)
        assert isinstance(figure.data, Table)
        assert figure.alt
        assert plain_text(figure.caption)
    about = Metadata(title="t", language=language, created_on=DAY)
    for suffix in ("pdf", "docx", "html"):
        assert render(Document(metadata=about, blocks=tuple(figures)), suffix)  # type: ignore[arg-type]


def test_outside_nothing_but_what_was_agreed_is_counted(scene: Scene) -> None:
    figure = pictures.status_by_pillar(material(scene))
    assert rows(figure) == [["Pillar 1 – Safe harbours", "3", "3"], ["Pillar 2 – Shared charts", "1", "1"]]
    assert "not agreed yet" in figure.svg
    _agree(scene)
    figure = pictures.status_by_pillar(material(scene))
    assert rows(figure)[0] == ["Pillar 1 – Safe harbours", "3", "1", "2"]
    assert plain_text(figure.caption) == "1 of 4 deliverables achieved or on track"


def _agree(scene: Scene) -> None:
    agree_status(
        by=scene.cast.plan_manager, now=NOW, round=scene.round, deliverable=scene.cast.deliverable("1.1.1"),
        status="on_track", reason="Seen in the harbour.",
    )  # fmt: skip


def test_outside_the_heat_table_has_the_rounds_in_which_something_was_agreed(scene: Scene) -> None:
    assert pictures.heat_tables(material(scene)) == []
    assert pictures.heat_tables(material(scene), is_public=False)
    _agree(scene)
    first, second = pictures.heat_tables(material(scene))
    assert [row[1] for row in rows(first)] == ["on track", "–", "–"]
    assert [row[1] for row in rows(second)] == ["–"]


def test_the_map_names_what_is_on_no_list_as_it_was_written(scene: Scene) -> None:
    figure = pictures.activity_map(material(scene))
    assert ["Kenya (KEN)", "1"] in rows(figure)
    assert ["Marenda", "1"] in rows(figure)
    assert ["Africa", "1"] in rows(figure)
    assert plain_text(figure.caption) == "1 counted item in 1 country and 2 regions"
    assert "list of countries of 1 January 2026" in plain_text(figure.source).replace("\u00a0", " ")
    assert "express no opinion" in figure.svg


def test_an_organisation_draws_its_own_list(scene: Scene, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'day = 2023-01-01\n[disclaimer]\nen = "Ours."\n[regions]\nnorth = { en = "The North" }\n'
        '[countries]\nXMA = { en = "Marenda", region = "north", tile = [0, 0] }\n'
    )
    with override_settings(SUIVI_COUNTRIES=own):
        figure = pictures.activity_map(material(scene))
    assert ["The North", "1"] in rows(figure)
    assert ["Marenda (XMA)", "1"] in rows(figure)
    assert ["kenia", "1"] in rows(figure)
    assert ">XMA<" in figure.svg
    assert "<rect" in figure.svg


def test_the_list_says_how_its_map_is_drawn(scene: Scene, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'day = 2023-01-01\nshape = "circles"\n[disclaimer]\nen = "Ours."\n'
        '[regions]\nnorth = { en = "The North" }\n'
        '[countries]\nXMA = { en = "Marenda", region = "north", tile = [0, 0] }\n'
    )
    with override_settings(SUIVI_COUNTRIES=own):
        figure = pictures.activity_map(material(scene))
    assert "<circle" in figure.svg
    assert "<rect" not in figure.svg


def test_a_list_that_cannot_be_read_is_said_and_nothing_is_drawn(scene: Scene, tmp_path: Path) -> None:
    with override_settings(SUIVI_COUNTRIES=tmp_path / "absent.toml"), pytest.raises(InputRefused):
        pictures.activity_map(material(scene))


def test_progress_between_two_days_is_told_deliverable_by_deliverable(scene: Scene) -> None:
    figure = pictures.progress_between(material(scene), BEFORE)
    assert rows(figure) == [["1.1.1 Lanterns on every quay", "0", "1", "10"]]
    caption = plain_text(figure.caption).replace("\u00a0", " ")
    assert caption == "1 of 1 counted deliverable moved between 1 October 2022 and 15 February 2023"


def test_the_burn_up_says_what_stands_and_how_long_there_is(scene: Scene) -> None:
    (figure,) = pictures.burn_ups(material(scene))
    assert "Lanterns on every quay: 1 of 10" in plain_text(figure.caption)


def test_the_same_record_gives_the_same_figures(scene: Scene) -> None:
    assert every(scene) == every(scene)
