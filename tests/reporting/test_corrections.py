"""What an issued paper said and the record says otherwise since, and the corrigendum made of it."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from suivi.monitoring.commands.evidence import add_link, withdraw_evidence
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.corrections import Corrected, record_corrections
from suivi.monitoring.rules.content import EvidenceSaid, StepSaid
from suivi.render.document import Table
from suivi.render.runs import plain_text
from suivi.reporting.asked import Asked
from suivi.reporting.commands import freeze_paper, issue_paper, revise_paper
from suivi.reporting.kinds import compose_report
from suivi.reporting.models import Paper
from suivi.reporting.queries import corrections_since
from suivi.values.errors import NotFound
from tests.cast import DAY, NOW, at
from tests.reporting.paper_scene import PaperScene, build_paper, correct

YESTERDAY = date(2023, 2, 14)
LATER = date(2023, 3, 1)


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path) -> PaperScene:
    settings.SUIVI_FILES_DIR = tmp_path
    return build_paper()


def _reported(desk: PaperScene) -> ProgressUpdate:
    """An update on 1.1.2 that the paper of the next day knows: the first step of three is reached."""
    return desk.scene.approved(now=at(2023, 2, 13), round=None)


def _issued(desk: PaperScene) -> Paper:
    desk.all_written()
    frozen = freeze_paper(by=None, now=NOW, paper=desk.paper, up_to=YESTERDAY, as_of=YESTERDAY)
    return issue_paper(by=None, now=NOW, paper=frozen, symbol="HB/9/4", dated_on=DAY, release_at=NOW)


def test_nothing_is_corrected_where_nothing_was(desk: PaperScene) -> None:
    _reported(desk)
    paper = _issued(desk)
    assert corrections_since(paper, LATER) == []


def test_later_update_is_no_correction_of_what_the_paper_said(desk: PaperScene) -> None:
    paper = _issued(desk)
    desk.scene.approved(now=at(2023, 2, 20), round=None)
    assert record_corrections(paper.plan, YESTERDAY, LATER) == []
    assert corrections_since(paper, LATER) == []


def test_corrected_update_changes_the_place_that_spoke_of_it(desk: PaperScene) -> None:
    update = _reported(desk)
    paper = _issued(desk)
    correct(
        desk, update, (StepSaid("", "drafted", date(2022, 11, 20)), StepSaid("", "tested", date(2022, 12, 9)))
    )
    (event,) = record_corrections(paper.plan, YESTERDAY, LATER)
    assert (event.what, event.on) == (Corrected.UPDATE, date(2023, 2, 20))
    found = corrections_since(paper, LATER)
    assert ["step 1 of 3" in one.said for one in found if one.kind == "row"].count(True) == 2
    assert ["step 2 of 3" in one.should_read for one in found if one.kind == "row"].count(True) == 2
    assert corrections_since(paper, date(2023, 2, 19)) == []


def test_withdrawn_evidence_corrects_the_record(desk: PaperScene) -> None:
    cast = desk.scene.cast
    given = {"by": cast.director, "now": at(2023, 2, 12), "plan": cast.plan, "unit": cast.region}
    piece = add_link(**given, title="The guide", url="https://example.org/guide")
    desk.scene.approved(now=at(2023, 2, 13), round=None, evidence=(EvidenceSaid(str(piece.key), ""),))
    withdraw_evidence(by=cast.plan_manager, now=at(2023, 2, 20), evidence=piece, reason="Asked for.")
    found = record_corrections(cast.plan, YESTERDAY, LATER)
    assert [one.what for one in found] == [Corrected.EVIDENCE]


def test_corrigendum_lists_each_place_with_what_it_should_read(desk: PaperScene) -> None:
    update = _reported(desk)
    paper = _issued(desk)
    correct(desk, update, ())
    asked = Asked(kind="corrigendum", plan=paper.plan, up_to=LATER, as_of=LATER, language="en", paper=paper)
    table = next(block for block in compose_report(asked).blocks if isinstance(block, Table))
    said = [[plain_text(cell.content) for cell in row.cells] for row in table.body]
    assert len(said) == len(corrections_since(paper, LATER))
    assert any("Table" in row[0] and "step 1 of 3" in row[1] for row in said)


def test_corrigendum_is_issued_like_a_paper(desk: PaperScene) -> None:
    update = _reported(desk)
    paper = _issued(desk)
    correct(desk, update, ())
    then = at(2023, 3, 2)
    made = revise_paper(by=desk.secretary, now=then, paper=paper, revision="corr")
    freeze_paper(by=desk.secretary, now=then, paper=made, up_to=LATER, as_of=LATER)
    issued = issue_paper(
        by=desk.secretary, now=then, paper=made, symbol=made.symbol, dated_on=LATER, release_at=then
    )
    assert (issued.symbol, issued.files.count()) == ("HB/9/4/Corr.1", 9)


def test_paper_that_was_not_issued_has_no_corrigendum(desk: PaperScene) -> None:
    asked = Asked(
        kind="corrigendum", plan=desk.paper.plan, up_to=DAY, as_of=DAY, language="en", paper=desk.paper
    )
    with pytest.raises(NotFound, match="issued"):
        compose_report(asked)
