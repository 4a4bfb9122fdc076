"""Reports on parts of a plan and on what changed hold what the record holds, and nothing that is closed."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suivi.cli import report as command_line
from suivi.monitoring.commands.evidence import withdraw_evidence
from suivi.monitoring.models import Evidence
from suivi.render.document import Box, Document, Table
from suivi.render.runs import plain_text
from suivi.reporting.evidence_annex import annex_blocks
from suivi.reporting.kinds import KINDS, make_report
from suivi.values.errors import InputRefused, NotFound
from tests.cast import DAY, NOW
from tests.reporting.reported_scene import OURS, Reported, as_text, build_reported

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def reported(db: None) -> Reported:
    return build_reported()


def _told(document: Document) -> str:
    """The text with plain spaces, to look for sentences in it."""
    return as_text(document).replace("\u00a0", " ")


def _row(document: Document, start: str) -> list[str]:
    """The cells of the first row whose first cell begins so."""
    rows = [row for block in document.walk() if isinstance(block, Table) for row in block.body]
    found = next(row for row in rows if plain_text(row.cells[0].content).startswith(start))
    return [plain_text(cell.content).replace("\u00a0", " ") for cell in found.cells]


@pytest.mark.parametrize("kind", OURS)
def test_a_small_scene_reads_as_it_was_read_before(reported: Reported, kind: str) -> None:
    path = GOLDEN / f"{kind}.txt"
    told = as_text(reported.compose(kind))
    if not path.exists():
        path.write_text(told, encoding="utf-8")
        pytest.fail(f"{path.name} was written anew: read it, and run the test again")
    assert told == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", OURS)
@pytest.mark.parametrize("language", ["fr", "es"])
def test_each_kind_speaks_the_languages_alone(reported: Reported, kind: str, language: str) -> None:
    told, english = (as_text(reported.compose(kind, language=one)) for one in (language, "en"))
    same = {line for line in told.splitlines() if line.startswith(("Heading", "[purpose]", "[table]"))}
    assert same.isdisjoint(english.splitlines())


@pytest.mark.parametrize("kind", OURS)
def test_each_kind_has_the_same_figures_in_every_language(reported: Reported, kind: str) -> None:
    def names(language: str) -> list[str]:
        told = as_text(reported.compose(kind, language=language))
        return sorted(part.split("}")[0] for part in told.split("{")[1:])

    assert names("en") == names("fr") == names("es") != []


@pytest.mark.parametrize("kind", OURS)
def test_the_number_of_queries_does_not_grow_with_the_record(reported: Reported, kind: str) -> None:
    with CaptureQueriesContext(connection) as few:
        reported.compose(kind)
    scene = reported.scene
    for month in range(1, 7):
        said: dict[str, Any] = {"round": None, "is_public": True, "reported_on": date(2022, month, 28)}
        scene.approved("1.1.2", "region", steps=(), **said)
        scene.approved("1.1.1", "headquarters", by=scene.office, items=(), **said)
    with CaptureQueriesContext(connection) as many:
        reported.compose(kind)
    assert len(many) <= len(few)


def test_closed_evidence_is_counted_and_never_named(reported: Reported) -> None:
    told = _told(reported.compose("evidence-annex"))
    assert "public paper 0(https://example.org/public-0)" in told
    assert "rests on 2" in told
    assert "restricted paper" not in told
    assert "internal paper" not in told


def test_evidence_of_an_update_that_is_not_public_is_not_named(reported: Reported) -> None:
    type(reported.lanterns).objects.filter(pk=reported.lanterns.pk).update(is_public=False)
    told = _told(reported.compose("evidence-annex"))
    assert "1{evidence:1.1.1:public} public piece" in told
    assert "public paper" not in told


def test_evidence_of_a_plan_that_is_not_public_is_not_named(reported: Reported) -> None:
    plan = reported.scene.cast.plan
    plan.is_public = False
    plan.save()
    assert "public paper" not in _told(reported.compose("evidence-annex"))


def test_withdrawn_evidence_counts_up_to_the_day_before_it_was_withdrawn(reported: Reported) -> None:
    piece = Evidence.objects.get(title="public paper 0")
    after = NOW + timedelta(days=1)
    withdraw_evidence(by=reported.scene.cast.plan_manager, now=after, evidence=piece, reason="a name")
    told = [_told(reported.compose("evidence-annex", as_of=day)) for day in (DAY, after.date())]
    assert ["1{evidence:1.1.1:public} public piece" in one for one in told] == [True, False]
    # What was withdrawn is named on no day.
    assert not any("public paper" in one for one in told)


def test_the_annex_is_for_other_papers_too(reported: Reported) -> None:
    from suivi.plan.queries import edition_on
    from suivi.reporting.material import gather

    asked = reported.asked("evidence-annex")
    edition = edition_on(asked.plan, DAY)
    assert edition is not None
    tables = [block for block in annex_blocks(gather(asked, edition)) if isinstance(block, Table)]
    assert [table.wide for table in tables] == [True, True]
    assert sum(row.kind == "body" for table in tables for row in table.body) == 4


def test_only_what_was_agreed_is_said_where_a_report_may_leave_the_house(reported: Reported) -> None:
    # 1.1.2 is on track by the record; the plan manager agreed otherwise, with the reason.
    for kind in ("evidence-annex", "pillar"):
        row = _row(reported.compose(kind), "1.1.2")
        assert any(cell.startswith("at risk up to 31 Dec 2022 The printer is away.") for cell in row)
        assert not any("on track" in cell for cell in row)


def test_progress_says_what_the_record_took_in_since_the_day(reported: Reported) -> None:
    told = _told(reported.compose("progress"))
    assert "1{changed:items} item is newly counted." in told
    assert "2{changed:updates} updates were approved." in told
    assert "another target | 10 | 12 | Board of the harbours, 10 Feb 2023 / Two quays were added." in told


def test_progress_since_the_day_itself_says_that_nothing_changed(reported: Reported) -> None:
    later = DAY + timedelta(days=3)
    told = _told(reported.compose("progress", since=DAY, up_to=later, as_of=later))
    assert "No update was approved between the two days." in told
    assert "No agreed status is another than before." in told


def test_progress_tells_of_what_an_edition_added_dropped_and_moved(reported: Reported) -> None:
    told = _told(reported.compose("progress", since=date(2022, 5, 1)))
    assert "2.1.2  Charts on screens | added" in told
    assert "2.1.1  Charts on paper | dropped" in told
    assert "1.1.2  A guide to lamp oil | another time frame | 2021–2023 | 2021–2024" in told
    assert "3{changed:decided} deliverables were added, dropped or given another time frame" in told


def test_without_a_closed_round_progress_counts_from_before_the_plan(reported: Reported) -> None:
    command = reported.compose("progress", since=None).metadata.provenance["command"]
    assert "--since 2021-01-09" in command


def test_progress_needs_a_first_day_before_the_last(reported: Reported) -> None:
    with pytest.raises(InputRefused, match="is not before"):
        reported.compose("progress", since=DAY)


def test_region_counts_what_took_place_there_and_quotes_as_agreed(reported: Reported) -> None:
    document = reported.compose("region")
    told = _told(document)
    assert "the region as a whole | 1" in told or "Skerra | 1" in told
    assert "We can read the charts at night." in told
    assert "Not for the report." not in told
    assert "1{region.unquoted} statement may not be quoted." in told
    assert sum(isinstance(block, Box) for block in document.blocks) == 1


def test_pillar_quotes_public_updates_alone_and_refers_to_what_was_told(reported: Reported) -> None:
    boxes = [block for block in reported.compose("pillar").blocks if isinstance(block, Box)]
    assert len(boxes) == 1
    said = [plain_text(getattr(block, "content", "")) for block in boxes[0].blocks]
    assert said[0] == "Work went on in the harbours."
    assert said[-1] == "Reported already in HB/2022/7, para. 3."


def test_pillar_is_found_by_number_and_by_key(reported: Reported) -> None:
    edition = reported.scene.cast.plan.editions.latest("number")
    edition.pillareditions.filter(number="2").update(number="B")
    titles = [reported.compose("pillar", part=part).metadata.title for part in ("B", "2")]
    assert titles == ["Pillar B – Shared charts"] * 2


def test_unit_shows_what_waits_for_it(reported: Reported) -> None:
    told = _told(reported.compose("unit"))
    assert "Two pressmen" in told
    assert "postponement to 30 Jun 2025" in told
    assert "1 Mar 2023 | All lanterns lit" in told


@pytest.mark.parametrize("kind", [kind for kind in OURS if KINDS[kind].part])
@pytest.mark.parametrize("part", ["", "nowhere"])
def test_a_part_that_does_not_exist_names_those_there_are(reported: Reported, kind: str, part: str) -> None:
    choices = {"unit": "headquarters, island, region", "region": "region", "pillar": "1, 2"}
    with pytest.raises(NotFound, match=f"Choose one of: {choices[kind]}."):
        reported.compose(kind, part=part)


def test_a_report_on_the_whole_plan_takes_no_part(reported: Reported) -> None:
    with pytest.raises(NotFound, match="whole plan"):
        reported.compose("progress", part="region")


@pytest.mark.parametrize("kind", OURS)
def test_every_picture_has_words_and_a_table(reported: Reported, kind: str) -> None:
    figures = [block for block in reported.compose(kind).blocks if hasattr(block, "svg")]
    assert all(figure.alt and figure.data and figure.data.body for figure in figures)


@pytest.mark.parametrize("kind", OURS)
def test_tables_name_their_rows_and_columns(reported: Reported, kind: str) -> None:
    tables = [block for block in reported.compose(kind).walk() if isinstance(block, Table)]
    assert tables
    for table in tables:
        assert table.header
        assert all(any(cell.is_header for cell in row.cells) for row in table.body)


def test_the_command_line_knows_the_kinds_and_what_they_ask_for() -> None:
    assert set(command_line.KINDS) == set(KINDS)
    assert set(command_line.OF_PART) == {kind.part for kind in KINDS.values() if kind.part}
    assert set(command_line.COMPARING) == {key for key, kind in KINDS.items() if kind.compares}


def test_the_sheet_of_an_ordinary_unit_has_two_pages(reported: Reported, tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    path = tmp_path / "unit.pdf"
    path.write_bytes(make_report(reported.asked("unit"), "pdf"))
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2
