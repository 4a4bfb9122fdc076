"""Rounds: asked once, excused with a reason, frozen when they close."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from suivi.core.models import AuditEntry
from suivi.monitoring.commands.rounds import ask_also, close_round, excuse, open_round
from suivi.monitoring.commands.workflow import recall_update, return_update, send_update
from suivi.monitoring.models import Round
from suivi.monitoring.queries.asked import chase_list, whom_to_ask
from suivi.monitoring.rules.rounds import kind_of_answer, outcome_of
from suivi.values.errors import NotAllowed, RuleBroken
from tests.cast import DAY, NOW, words
from tests.monitoring.scene import Scene


def _given(scene: Scene, **changes: Any) -> dict[str, Any]:
    return {
        "by": scene.cast.plan_manager,
        "now": NOW,
        "plan": scene.cast.plan,
        "key": "2023-1",
        "title": words("First half of 2023"),
        "period_starts_on": date(2023, 1, 1),
        "period_ends_on": date(2023, 6, 30),
        "opens_on": DAY,
        "due_on": date(2023, 7, 15),
        "asked": [(scene.cast.deliverable("1.1.2"), scene.cast.region)] * 2,
        **changes,
    }


def test_a_round_asks_each_unit_once_about_a_deliverable(scene: Scene) -> None:
    assert open_round(**_given(scene)).asked.count() == 1
    assert AuditEntry.objects.get(verb="open_round", object_key="2023-1").details["asked"] == 1


def test_only_who_keeps_rounds_opens_closes_and_excuses(scene: Scene) -> None:
    asked = scene.round.asked.first()
    assert asked is not None
    for name in ("focal_point", "director", "reviewer", "auditor", "stranger"):
        somebody = getattr(scene.cast, name)
        with pytest.raises(NotAllowed):
            open_round(**_given(scene, by=somebody))
        with pytest.raises(NotAllowed):
            close_round(by=somebody, now=NOW, round=scene.round)
        with pytest.raises(NotAllowed):
            excuse(by=somebody, now=NOW, asked=asked, reason="Because.")
        with pytest.raises(NotAllowed):
            ask_also(by=somebody, now=NOW, round=scene.round, asked=[])


def test_a_key_is_taken_once_and_days_follow_one_another(scene: Scene) -> None:
    with pytest.raises(RuleBroken, match="already"):
        open_round(**_given(scene, key="2022-2"))
    with pytest.raises(ValidationError, match="before it starts"):
        open_round(**_given(scene, due_on=DAY - timedelta(days=1)))
    assert Round.objects.count() == 1


def test_everybody_who_is_accountable_or_responsible_is_asked(scene: Scene) -> None:
    deliverables = [scene.cast.deliverable(key) for key in ("1.1.1", "1.2.1", "2.1.2")]
    found = {(one.key, unit.key) for one, unit in whom_to_ask(scene.cast.plan, deliverables, DAY)}
    assert found == {
        ("1.1.1", "headquarters"),
        ("1.1.1", "island"),
        ("1.2.1", "island"),
        ("2.1.2", "headquarters"),
    }


def test_more_can_be_asked_while_a_round_is_open(scene: Scene) -> None:
    more = [
        (scene.cast.deliverable("2.1.2"), scene.cast.region),
        (scene.cast.deliverable("1.1.2"), scene.cast.region),
    ]
    assert ask_also(by=scene.cast.plan_manager, now=NOW, round=scene.round, asked=more) == 1


def test_closing_freezes_what_became_of_each_question(scene: Scene) -> None:
    manager = scene.cast.plan_manager
    scene.submitted()  # in time
    late = NOW + timedelta(days=3)
    scene.submitted("2.1.2", "headquarters", by=scene.office, now=late)
    back = scene.submitted("1.2.1", "island", by=scene.cast.focal_point)
    back = return_update(by=scene.cast.reviewer, now=NOW, update=back, reason="Why?")
    asked = scene.round.asked.get(deliverable__key="1.1.1", unit=scene.cast.island)
    excuse(by=manager, now=NOW, asked=asked, reason="The boat is late.")
    close_round(by=manager, now=late, round=scene.round)
    frozen = {
        ("1.1.1", "headquarters"): "missing",
        ("1.1.1", "island"): "excused",
        ("1.1.2", "region"): "answered",
        ("1.2.1", "island"): "missing",
        ("2.1.2", "headquarters"): "late",
    }
    assert _outcomes(scene) == frozen
    send_update(by=scene.cast.focal_point, now=late, update=back, version=back.version)
    scene.submitted("1.1.1", "headquarters", by=scene.office, now=late)
    assert _outcomes(scene) == frozen
    assert {
        (one.asked.deliverable.key, one.asked.unit.key): one.state for one in chase_list(scene.round, DAY)
    } == frozen


def _outcomes(scene: Scene) -> dict[tuple[str, str], str]:
    return {(one.deliverable.key, one.unit.key): one.outcome for one in scene.round.asked.all()}


def test_a_closed_round_stays_as_it_is(scene: Scene) -> None:
    manager, asked = scene.cast.plan_manager, scene.round.asked.first()
    assert asked is not None
    close_round(by=manager, now=NOW, round=scene.round)
    with pytest.raises(RuleBroken, match="frozen"):
        close_round(by=manager, now=NOW, round=scene.round)
    with pytest.raises(RuleBroken, match="frozen"):
        excuse(by=manager, now=NOW, asked=asked, reason="Too late.")
    with pytest.raises(RuleBroken, match="frozen"):
        ask_also(by=manager, now=NOW, round=scene.round, asked=[])


def test_what_came_in_time_and_came_back_later_was_in_time(scene: Scene) -> None:
    update = scene.submitted()
    later = NOW + timedelta(days=30)
    update = recall_update(by=scene.cast.director, now=later, update=update)
    send_update(by=scene.cast.director, now=later, update=update, version=update.version)
    close_round(by=scene.cast.plan_manager, now=later, round=scene.round)
    assert _outcomes(scene)["1.1.2", "region"] == "answered"


def test_an_excuse_can_be_taken_back(scene: Scene) -> None:
    asked = scene.round.asked.get(deliverable__key="1.1.2")
    for reason in ("The boat is late.", ""):
        assert excuse(by=None, now=NOW, asked=asked, reason=reason).excused_reason == reason


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ((False, "", None), "missing"),
        ((False, "draft", None), "missing"),
        ((False, "in_clearance", None), "missing"),
        ((False, "submitted", DAY), "answered"),
        ((False, "approved", DAY + timedelta(days=1)), "late"),
        ((False, "returned", DAY), "missing"),
        ((True, "submitted", DAY), "excused"),
    ],
)
def test_an_outcome_follows_from_what_came_and_when(facts: Any, outcome: str) -> None:
    is_excused, state, day = facts
    assert outcome_of(is_excused=is_excused, state=state, first_submitted_on=day, due_on=DAY) == outcome


@pytest.mark.parametrize(
    ("unit", "accountable", "responsible", "kind"),
    [
        (1, 1, {1, 2}, "update"),
        (2, 1, {1, 2}, "contribution"),
        (3, 1, {1, 2}, None),
        (2, None, {2}, "update"),
        (2, None, {2, 3}, "contribution"),
        (1, None, set(), None),
    ],
)
def test_the_accountable_unit_gives_the_update_and_a_single_unit_too(
    unit: int, accountable: int | None, responsible: set[int], kind: str | None
) -> None:
    assert kind_of_answer(unit, accountable, responsible) == kind
