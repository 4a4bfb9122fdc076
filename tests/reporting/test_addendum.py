"""What is added to a paper after it was issued: begun from it, written, frozen, issued under its symbol."""

from datetime import date, timedelta

import pytest

from suivi.plan.queries import edition_on
from suivi.render.passages import flat_passages
from suivi.reporting.asked import Asked
from suivi.reporting.commands import clear_section, freeze_paper, issue_paper, revise_paper, write_section
from suivi.reporting.kinds import compose_report, make_report
from suivi.reporting.models import Paper, Revision
from suivi.reporting.narrative import unwritten_parts
from suivi.reporting.queries import languages_of, missing_of, state_of
from suivi.reporting.quoted import asked_of
from suivi.reporting.rules import PaperState
from suivi.values.errors import NotFound, RuleBroken
from tests.cast import DAY, NOW, at
from tests.reporting.paper_scene import PaperScene, build_paper

YESTERDAY = date(2023, 2, 14)
LATER = NOW + timedelta(days=5)
ADDED = "Since the paper was issued {{deliverables}} deliverables were looked at again."


@pytest.fixture
def scene(db: None) -> PaperScene:
    return build_paper()


@pytest.fixture
def addendum(scene: PaperScene) -> Paper:
    """Begun to an issued paper."""
    paper = freeze_paper(by=None, now=NOW, paper=scene.paper, up_to=YESTERDAY, as_of=YESTERDAY)
    Paper.objects.filter(pk=paper.pk).update(symbol="HB.9/4", issued_at=NOW, release_at=NOW)
    return revise_paper(by=scene.secretary, now=LATER, paper=paper, revision=Revision.ADDENDUM)


def written(addendum: Paper, scene: PaperScene) -> None:
    for section in addendum.sections.all():
        words = ADDED if section.key == "text" else "None."
        for language in languages_of(addendum):
            version = write_section(
                by=scene.manager, now=LATER, section=section, language=language, text=words, over=None
            )
            clear_section(by=None, now=LATER, section=section, language=language, version=version.pk)


def test_addendum_follows_its_paper_with_the_next_symbol(scene: PaperScene, addendum: Paper) -> None:
    assert (addendum.kind, addendum.symbol, addendum.revises) == ("addendum", "HB.9/4/Add.1", scene.paper)
    second = revise_paper(by=scene.secretary, now=LATER, paper=addendum.revises, revision=Revision.ADDENDUM)
    assert second.symbol == "HB.9/4/Add.2"


def test_addendum_says_what_was_written_under_the_cover_of_a_paper(
    scene: PaperScene, addendum: Paper
) -> None:
    written(addendum, scene)
    document = compose_report(asked_of(addendum, "en", LATER.date()))
    said = " ".join(one.text for one in flat_passages(document))
    assert document.cover is not None
    assert document.cover.symbol == "HB.9/4/Add.1"
    assert "deliverables were looked at again." in said
    assert "Nothing is written here yet" not in said
    assert "Draft" not in document.notice


def test_addendum_that_is_not_written_is_marked_as_a_draft_and_not_issued(
    scene: PaperScene, addendum: Paper
) -> None:
    document = compose_report(asked_of(addendum, "en", LATER.date()))
    assert "Draft: 1 part is not written yet." in document.notice
    edition = edition_on(addendum.plan, DAY)
    assert edition is not None
    assert [one.key for one in unwritten_parts(addendum, "addendum", edition, LATER.date())] == ["text"]
    frozen = freeze_paper(by=None, now=LATER, paper=addendum, up_to=DAY, as_of=DAY)
    with pytest.raises(RuleBroken, match="cannot be issued yet"):
        issue_paper(by=None, now=LATER, paper=frozen, symbol="HB.9/4/Add.1", dated_on=DAY, release_at=LATER)


def test_addendum_is_issued_with_nine_files(scene: PaperScene, addendum: Paper) -> None:
    written(addendum, scene)
    frozen = freeze_paper(by=None, now=LATER, paper=addendum, up_to=DAY, as_of=DAY)
    assert missing_of(frozen, LATER.date()) == []
    release = at(2023, 3, 1)
    issued = issue_paper(
        by=None, now=LATER, paper=frozen, symbol="HB.9/4/Add.1", dated_on=DAY, release_at=release
    )
    assert issued.files.count() == 9
    assert state_of(issued, LATER.date(), now=LATER) == PaperState.ISSUED


def test_there_is_no_addendum_without_one_that_was_begun(scene: PaperScene, addendum: Paper) -> None:
    for paper in (None, scene.paper):
        asked = Asked(
            kind="addendum", plan=scene.paper.plan, up_to=DAY, as_of=DAY, language="en", paper=paper
        )
        with pytest.raises(NotFound, match="adds to an issued paper"):
            make_report(asked, "html")
