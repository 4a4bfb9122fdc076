"""Freezing, issuing and revising a paper."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from suivi.core.commands import path_of
from suivi.reporting.commands import change_paper, freeze_paper, issue_paper, revise_paper, thaw_paper
from suivi.reporting.models import Paper
from suivi.reporting.queries import papers_on, state_of
from suivi.reporting.rules import PaperState
from suivi.values.errors import NotAllowed, RuleBroken
from tests.cast import DAY, NOW, at
from tests.reporting.paper_scene import PaperScene

YESTERDAY = date(2023, 2, 14)
RELEASE = at(2023, 3, 1)
GIVEN: dict[str, Any] = {"symbol": "HB/9/4", "dated_on": DAY, "release_at": RELEASE}


def _frozen(scene: PaperScene) -> Paper:
    return freeze_paper(by=scene.secretary, now=NOW, paper=scene.paper, up_to=YESTERDAY, as_of=YESTERDAY)


def _issued(scene: PaperScene) -> Paper:
    scene.all_written()
    return issue_paper(by=scene.secretary, now=NOW, paper=_frozen(scene), **GIVEN)


def test_paper_is_not_frozen_as_of_a_day_that_can_still_grow(scene: PaperScene) -> None:
    with pytest.raises(RuleBroken, match="still grow"):
        freeze_paper(by=scene.secretary, now=NOW, paper=scene.paper, up_to=DAY, as_of=DAY)


def test_paper_does_not_speak_of_what_came_after_its_record(scene: PaperScene) -> None:
    with pytest.raises(RuleBroken, match="after it"):
        freeze_paper(by=scene.secretary, now=NOW, paper=scene.paper, up_to=DAY, as_of=YESTERDAY)


def test_writer_does_not_freeze_and_issues_nothing(scene: PaperScene) -> None:
    with pytest.raises(NotAllowed):
        freeze_paper(by=scene.writer, now=NOW, paper=scene.paper, up_to=YESTERDAY, as_of=YESTERDAY)
    with pytest.raises(NotAllowed):
        issue_paper(by=scene.translator, now=NOW, paper=_frozen(scene), **GIVEN)


def test_paper_that_follows_the_data_is_not_issued(scene: PaperScene) -> None:
    with pytest.raises(RuleBroken, match="Freeze it first"):
        issue_paper(by=scene.secretary, now=NOW, paper=scene.paper, **GIVEN)


def test_issuing_names_all_that_is_missing(scene: PaperScene) -> None:
    scene.cleared("introduction")
    scene.written("lessons")
    with pytest.raises(RuleBroken) as refused:
        issue_paper(by=scene.secretary, now=NOW, paper=_frozen(scene), **GIVEN)
    said = str(refused.value)
    assert "Introduction (English)" not in said
    assert "Introduction (French): to be translated" in said
    assert "Lessons learned (English): written, to be cleared" in said
    assert "Draft decision (Spanish): to be translated" in said


def test_issued_paper_has_its_files_and_is_public_from_its_moment_on(scene: PaperScene) -> None:
    paper = _issued(scene)
    files = list(paper.files.select_related("file"))
    assert len(files) == 9
    assert len({one.digest for one in files}) == 3
    assert all(path_of(one.file.sha256).exists() for one in files)
    assert state_of(paper, DAY, now=NOW) == PaperState.ISSUED
    assert not papers_on(paper.plan, DAY, now=NOW, inside=False).exists()
    later = datetime(2023, 3, 1, 12, 0, 1, tzinfo=UTC)
    assert papers_on(paper.plan, later.date(), now=later, inside=False).get() == paper
    assert state_of(paper, later.date(), now=later) == PaperState.RELEASED


def test_issued_paper_is_never_changed(scene: PaperScene) -> None:
    paper = _issued(scene)
    for change in (
        lambda: thaw_paper(by=scene.secretary, now=NOW, paper=paper),
        lambda: issue_paper(by=scene.secretary, now=NOW, paper=paper, **GIVEN),
        lambda: change_paper(by=scene.manager, now=NOW, paper=paper, session="10"),
        lambda: scene.written("lessons", text="Other words."),
    ):
        with pytest.raises(RuleBroken, match="HB/9/4"):
            change()


def test_what_revises_a_paper_is_numbered_by_its_kind(scene: PaperScene) -> None:
    paper = _issued(scene)
    made = [revise_paper(by=scene.secretary, now=NOW, paper=paper, revision=one) for one in ("rev", "rev")]
    assert [one.symbol for one in made] == ["HB/9/4/Rev.1", "HB/9/4/Rev.2"]
    assert [one.key for one in made] == ["review-rev-1", "review-rev-2"]
    assert {one.revises for one in made} == {paper}


def test_revised_version_starts_with_the_words_of_the_first(scene: PaperScene) -> None:
    paper = _issued(scene)
    made = revise_paper(by=scene.secretary, now=NOW, paper=paper, revision="rev")
    assert made.sections.count() == paper.sections.count()
    words = list(made.sections.get(key="lessons").versions.values_list("language", "text"))
    assert sorted(words) == sorted(paper.sections.get(key="lessons").versions.values_list("language", "text"))
    assert paper.sections.get(key="lessons").versions.count() == 3


def test_paper_that_was_not_issued_is_not_revised(scene: PaperScene) -> None:
    with pytest.raises(RuleBroken, match="issued"):
        revise_paper(by=scene.secretary, now=NOW, paper=scene.paper, revision="rev")
