"""Clearing and reviewing: before and now, approve with criteria, return with a reason, next, in bulk."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suivi.monitoring.commands.sheets import set_rules
from suivi.monitoring.commands.workflow import report_no_change, return_update, send_update
from suivi.monitoring.models import ItemState, ProgressUpdate
from suivi.monitoring.rules.content import ItemSaid
from suivi.plan.queries import edition_on
from tests.cast import DAY, NOW, SLUG
from tests.monitoring.scene import LANTERN, SAID, Scene
from tests.web.conftest import SignedIn

QUEUE = f"/plans/{SLUG}/review"
SECOND = "0b0e9a52-6f5c-4f0e-9d3a-222222222222"


def _page(update: ProgressUpdate) -> str:
    return reverse("update", args=[update.key])


def test_before_and_now_stand_beside_each_other(scene: Scene, as_person: SignedIn) -> None:
    scene.approved(reported_on=date(2022, 11, 30), round=None, narrative="The printer is closed.")
    update = scene.submitted(narrative="The printer is open.")
    html = as_person(scene.cast.reviewer).get(_page(update)).content.decode()
    assert "<del>closed</del><ins>open</ins>" in html
    assert "Before: " in html


def test_an_item_is_compared_with_what_was_approved_of_it(scene: Scene, as_person: SignedIn) -> None:
    known = SAID["1.1.1"].items[0]
    scene.approved("1.1.1", "headquarters", by=scene.office, round=None, reported_on=date(2022, 11, 30))
    later = ItemSaid(**{**vars(known), "partners": ("Guild of Lamps", "Port of Skerra")})
    fresh = ItemSaid(SECOND, "South quay", "identified", date(2022, 12, 1))
    update = scene.submitted("1.1.1", "headquarters", by=scene.office, items=(later, fresh))
    html = as_person(scene.cast.reviewer).get(_page(update)).content.decode()
    assert "Guild of Lamps, Port of Skerra" in html
    assert 'South quay <span class="tag accent">new</span>' in html


def test_approved_with_the_criteria_that_are_ticked(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted("1.1.1", "headquarters", by=scene.office)
    client = as_person(scene.cast.reviewer)
    html = client.get(_page(update)).content.decode()
    assert html.count('name="confirm"') == 2
    assert "the unit says yes" in html
    client.post(_page(update), {"do": "approve", "confirm": [f"{LANTERN} new"]})
    update.refresh_from_db()
    assert update.state == "approved"
    assert ItemState.objects.get(update_row=update).confirmed == {"new": True, "own": False}


def test_a_return_needs_its_reason_and_keeps_what_was_typed(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted()
    client = as_person(scene.cast.reviewer)
    html = client.post(_page(update), {"do": "return", "reason": " "}).content.decode()
    assert "Write in a sentence why" in html
    client.post(_page(update), {"do": "return", "reason": "Which printer?"})
    update.refresh_from_db()
    assert update.state == "returned"
    html = as_person(scene.cast.director).get(_page(update)).content.decode()
    assert "returned by Remi Sallow" in html
    assert "Which printer?" in html


def test_nobody_is_offered_to_approve_what_they_wrote(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted(by=scene.cast.plan_manager)
    client = as_person(scene.cast.plan_manager)
    assert 'value="approve"' not in client.get(_page(update)).content.decode()
    assert client.post(_page(update), {"do": "approve"}).status_code == 403
    update.refresh_from_db()
    assert update.state == "submitted"


def test_the_next_of_the_queue_follows(scene: Scene, as_person: SignedIn) -> None:
    first = scene.submitted()
    second = scene.submitted("2.1.2", "headquarters", by=scene.office)
    client = as_person(scene.cast.reviewer)
    assert f'href="{_page(second)}" data-key="n"' in client.get(_page(first)).content.decode()
    response = client.post(_page(first), {"do": "return", "reason": "More words."})
    assert response.headers["Location"] == _page(second)
    response = client.post(_page(second), {"do": "approve"})
    assert response.headers["Location"] == "/mine"


def test_the_queue_names_what_each_says(scene: Scene, as_person: SignedIn) -> None:
    scene.submitted("1.1.1", "headquarters", by=scene.office)
    scene.submitted()
    html = as_person(scene.cast.reviewer).get(QUEUE).content.decode()
    assert "2 updates wait" in html
    assert "1 item, “on track”" in html
    assert "1 step, “on track”" in html
    assert 'name="update"' not in html, "only what says nothing new is approved in bulk"


def test_only_no_change_is_approved_in_bulk(scene: Scene, as_person: SignedIn) -> None:
    scene.approved(reported_on=date(2022, 11, 30), round=None)
    same = report_no_change(
        by=scene.cast.director,
        now=NOW,
        deliverable=scene.cast.deliverable("1.1.2"),
        unit=scene.cast.region,
        round=scene.round,
        sentence="As before.",
        language="en",
    )
    other = scene.submitted("2.1.2", "headquarters", by=scene.office)
    client = as_person(scene.cast.reviewer)
    assert client.get(QUEUE).content.decode().count('name="update"') == 1
    both = {"do": "approve_unchanged", "update": [str(same.key), str(other.key)]}
    assert "says something new" in client.post(QUEUE, both).content.decode()
    assert "Tick at least one" in client.post(QUEUE, {"do": "approve_unchanged"}).content.decode()
    client.post(QUEUE, {"do": "approve_unchanged", "update": [str(same.key)]})
    states = dict(ProgressUpdate.objects.values_list("key", "state"))
    assert (states[same.key], states[other.key]) == ("approved", "submitted")


def test_after_two_returns_the_plan_manager_decides(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted()
    for reason in ("Which printer?", "Which one of the two?"):
        return_update(by=scene.cast.reviewer, now=NOW, update=update, reason=reason)
        update.refresh_from_db()
        update = send_update(by=scene.cast.director, now=NOW, update=update, version=update.version)
    director = as_person(scene.cast.director)
    assert "Ask for a decision" in director.get(_page(update)).content.decode()
    director.post(_page(update), {"do": "ask_decision", "reason": "There is only one printer."})
    manager = as_person(scene.cast.plan_manager)
    html = manager.get(_page(update)).content.decode()
    assert "You were asked to decide" in html
    assert 'value="approve"' not in html
    manager.post(_page(update), {"do": "decide_approved", "reason": "One printer it is."})
    update.refresh_from_db()
    assert update.state == "approved"
    html = director.get(_page(update)).content.decode()
    for words in ("Which one of the two?", "There is only one printer.", "One printer it is."):
        assert words in html, "both views stay"


def test_an_approved_update_is_corrected_by_another(scene: Scene, as_person: SignedIn) -> None:
    update = scene.approved()
    client = as_person(scene.cast.director)
    response = client.post(_page(update), {"do": "correct"})
    html = client.get(response.headers["Location"]).content.decode()
    assert "Corrects the approved update of" in html
    correction = ProgressUpdate.objects.get(corrects=update)
    send_update(by=scene.cast.director, now=NOW, update=correction, version=correction.version)
    as_person(scene.cast.reviewer).post(_page(correction), {"do": "approve"})
    assert "Corrected by an update approved on" in client.get(_page(update)).content.decode()


def test_a_step_that_does_not_exist_is_no_step(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted()
    assert as_person(scene.cast.reviewer).post(_page(update), {"do": "burn"}).status_code == 400


def test_everybody_inside_reads_what_was_approved(scene: Scene, as_person: SignedIn) -> None:
    update = scene.approved()
    for who in (scene.cast.focal_point, scene.cast.auditor, scene.office):
        html = as_person(who).get(_page(update)).content.decode()
        assert "Work went on in the <em>harbours</em>." in html
    for stranger in (scene.cast.stranger, scene.cast.public_reader):
        assert as_person(stranger).get(_page(update)).status_code == 404


def test_the_director_clears(scene: Scene, as_person: SignedIn) -> None:
    edition = edition_on(scene.cast.plan, DAY)
    assert edition is not None
    set_rules(by=None, now=NOW, edition=edition, settings={"needs_clearance": True})
    update = scene.submitted("1.2.1", "island", scene.cast.focal_point)
    client = as_person(scene.cast.director)
    assert "Clear 1.2.1" in client.get("/mine").content.decode()
    client.post(_page(update), {"do": "clear"})
    update.refresh_from_db()
    assert update.state == "submitted"


@pytest.mark.parametrize("many", [1, 4])
def test_the_queue_takes_the_same_queries_for_any_number(
    scene: Scene,
    as_person: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    many: int,
) -> None:
    things = [("1.1.2", "region", scene.cast.director), ("2.1.2", "headquarters", scene.office)]
    things += [("1.1.1", "headquarters", scene.office), ("1.2.1", "island", scene.cast.focal_point)]
    for key, unit, by in things[:many]:
        scene.submitted(key, unit, by=by)
    client = as_person(scene.cast.reviewer)
    client.get(QUEUE)
    with django_assert_max_num_queries(24):
        client.get(QUEUE)
