"""Issuing asked for on a page and done by a worker: once, whole or not at all."""

from datetime import timedelta
from typing import Any

import pytest

from suivi.core.models import AuditEntry
from suivi.organisation.commands import withdraw_role
from suivi.organisation.models import Grant
from suivi.reporting.commands import issuing, life
from suivi.reporting.commands.issuing import ask_to_issue, issue_what_waits, moment
from suivi.reporting.models import IssuedFile, Issuing, Paper
from suivi.reporting.queries.issuing import SILENCE, issuing_state
from suivi.values.errors import NotAllowed, RuleBroken
from tests.cast import DAY, NOW, at
from tests.reporting.commands.test_life import _frozen
from tests.reporting.paper_scene import PaperScene

GIVEN: dict[str, Any] = {"symbol": "HB/9/4", "dated_on": DAY, "release_at": at(2023, 3, 1)}


@pytest.fixture
def ready(scene: PaperScene) -> Paper:
    """The paper, written, cleared and frozen."""
    scene.all_written()
    return _frozen(scene)


def ask(scene: PaperScene, paper: Paper) -> Issuing:
    return ask_to_issue(by=scene.secretary, now=NOW, paper=paper, **GIVEN)


def work() -> list[Issuing]:
    return list(issue_what_waits(clock=lambda: NOW))


def test_paper_is_issued_by_the_worker_in_the_name_of_who_asked(scene: PaperScene, ready: Paper) -> None:
    ask(scene, ready)
    state = issuing_state(ready, moment())
    assert state is not None
    assert (state.made, state.of, state.is_going_on) == (0, 9, True)
    [done] = work()
    paper = Paper.objects.get(pk=ready.pk)
    assert (paper.symbol, paper.issued_by, paper.files.count()) == ("HB/9/4", scene.secretary, 9)
    assert (done.files_made, done.refusal, work()) == (9, {}, [])
    assert issuing_state(paper, moment()) is None
    assert AuditEntry.objects.get(verb="issue_paper").by == scene.secretary


def test_asked_for_twice_it_is_done_once(scene: PaperScene, ready: Paper) -> None:
    assert ask(scene, ready) == ask(scene, ready)
    assert len(work()) == 1


def test_what_is_not_ready_is_refused_at_once(scene: PaperScene) -> None:
    with pytest.raises(RuleBroken, match="cannot be issued yet"):
        ask(scene, _frozen(scene))
    with pytest.raises(NotAllowed):
        ask_to_issue(by=scene.translator, now=NOW, paper=scene.paper, **GIVEN)
    assert not Issuing.objects.exists()


def test_who_lost_the_role_meanwhile_issues_nothing(scene: PaperScene, ready: Paper) -> None:
    ask(scene, ready)
    withdraw_role(by=None, now=NOW, grant=Grant.objects.get(account=scene.secretary))
    [refused] = work()
    assert "template" in refused.refusal
    state = issuing_state(ready, moment())
    assert state is not None
    assert state.refused
    assert not IssuedFile.objects.exists()


def test_worker_that_breaks_off_leaves_the_paper_as_it_was(
    scene: PaperScene, ready: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(scene, ready)
    render = life.render
    made = []

    def fails_at_the_fifth(document: Any, suffix: Any) -> bytes:
        made.append(suffix)
        if len(made) == 5:
            raise OSError("no space left")
        return render(document, suffix)

    with monkeypatch.context() as patch:
        patch.setattr(life, "render", fails_at_the_fifth)
        with pytest.raises(OSError, match="no space"):
            work()
    state = issuing_state(ready, moment())
    assert state is not None
    assert state.has_broken_off
    assert not IssuedFile.objects.exists()
    assert Paper.objects.get(pk=ready.pk).issued_at is None
    ask(scene, ready)
    assert len(work()) == 1


def test_worker_that_was_killed_is_followed_by_another(
    scene: PaperScene, ready: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(scene, ready)
    assert issuing._claim() is not None
    assert work() == []
    later = moment() + SILENCE + timedelta(seconds=1)
    state = issuing_state(ready, later)
    assert state is not None
    assert state.has_broken_off
    monkeypatch.setattr(issuing, "moment", lambda: later)
    assert len(work()) == 1


def test_translation_that_comes_while_the_files_are_made_keeps_it_back(
    scene: PaperScene, ready: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(scene, ready)
    last = scene.section().versions.filter(language="fr").latest("pk")
    render = life.render

    def translates(document: Any, suffix: Any) -> bytes:
        if suffix == "docx" and document.metadata.language == "en":
            scene.written(language="fr", text="Autres mots.", over=last.pk)
        return render(document, suffix)

    with monkeypatch.context() as patch:
        patch.setattr(life, "render", translates)
        [refused] = work()
    assert "translated while" in refused.refusal["template"]
    assert not IssuedFile.objects.exists()
