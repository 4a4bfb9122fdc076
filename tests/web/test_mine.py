"""The page "mine": what waits, as verbs that lead to where it is done."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suivi.monitoring.commands.talk import comment
from suivi.monitoring.commands.workflow import return_update
from suivi.monitoring.rules.content import SupportSaid
from tests.cast import DAY, NOW
from tests.monitoring.scene import Scene
from tests.web.conftest import SignedIn


def test_what_a_unit_owes_stands_as_a_verb_with_its_day(scene: Scene, as_person: SignedIn) -> None:
    html = as_person(scene.cast.focal_point).get("/mine").content.decode()
    assert "Report on 1.2.1" in html
    assert "due today" in html
    assert "unit=island&amp;round=2022-2" in html


def test_what_came_back_leads_to_the_form(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted()
    return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Why?")
    html = as_person(scene.cast.director).get("/mine").content.decode()
    assert "Answer the reviewer on 1.1.2" in html
    assert reverse("edit-update", args=[update.key]) in html
    # It is one thing to do, not two.
    assert "Report on 1.1.2" not in html


def test_a_reviewer_is_led_to_the_queue(scene: Scene, as_person: SignedIn) -> None:
    scene.submitted()
    html = as_person(scene.cast.reviewer).get("/mine").content.decode()
    assert "Review 1 update" in html


def test_support_and_mentions(scene: Scene, as_person: SignedIn) -> None:
    scene.submitted(support=(SupportSaid("Oil for the winter", "headquarters", DAY),))
    comment(
        by=scene.cast.director,
        now=NOW,
        deliverable=scene.cast.deliverable("1.1.2"),
        text="@hedda@example.org is there oil?",
    )
    html = as_person(scene.office).get("/mine").content.decode()
    assert "Oil for the winter" in html
    assert "Read what Dora Kest wrote on 1.1.2" in html


def test_nothing_says_what_would_stand_here(scene: Scene, as_person: SignedIn) -> None:
    assert "Nothing waits for you." in as_person(scene.cast.auditor).get("/mine").content.decode()
    assert as_person(None).get("/mine").status_code == 302


@pytest.mark.parametrize("many", [1, 3])
def test_it_takes_the_same_queries_for_any_number(
    scene: Scene,
    as_person: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    many: int,
) -> None:
    for key, unit, by in [
        ("1.1.2", "region", scene.cast.director),
        ("1.2.1", "island", scene.cast.focal_point),
        ("1.1.1", "island", scene.cast.focal_point),
    ][:many]:
        kind = "contribution" if key == "1.1.1" else "update"
        scene.started(key, unit, by, kind=kind)
    client = as_person(scene.cast.director)
    client.get("/mine")
    with django_assert_max_num_queries(24):
        client.get("/mine")
