from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suivi.learning.commands import (
    answer_guidance,
    link_reported_elsewhere,
    record_guidance,
    record_lesson,
)
from suivi.learning.models import GuidanceAnswer, GuidanceWording, Lesson, ReportedElsewhere
from tests.cast import NOW, SLUG, at, words
from tests.learning.given import asked_for, learned
from tests.monitoring.scene import Scene
from tests.web.conftest import SignedIn

PAGE = f"/plans/{SLUG}/guidance"
DELIVERABLE = f"/plans/{SLUG}/deliverables/1.1.1"


@pytest.fixture
def manager(scene: Scene, as_person: SignedIn) -> Client:
    return as_person(scene.cast.plan_manager)


def recorded(scene: Scene, **changes: Any) -> GuidanceWording:
    """Guidance about 1.1.1 that the island sees to, recorded in June 2022."""
    given = asked_for(deliverables=[scene.cast.deliverable("1.1.1")], owner_unit=scene.cast.island, **changes)
    return record_guidance(by=None, now=at(2022, 6, 3), plan=scene.cast.plan, given=given)


def kept(scene: Scene, **changes: Any) -> Lesson:
    given = learned(deliverables=[scene.cast.deliverable("1.1.1")], **changes)
    return record_lesson(by=scene.cast.focal_point, now=NOW, plan=scene.cast.plan, given=given)


def test_the_list_names_standing_owner_day_and_source(scene: Scene, manager: Client) -> None:
    recorded(scene)
    said = manager.get(PAGE).content.decode()
    for part in ("Light the small harbours first", "late", "Isle of Skerra", "31 December 2022", "HB/2022/M"):
        assert part in said


def test_the_public_reads_guidance_and_public_lessons_alone(scene: Scene, client: Client) -> None:
    wording = recorded(scene)
    answer_guidance(
        by=None, now=at(2022, 8, 1), guidance=wording.guidance, state="in_hand", text=words("Among us")
    )
    kept(scene)
    given = learned(title=words("Lamps are cleaned at dawn"), is_public=True)
    record_lesson(by=None, now=NOW, plan=scene.cast.plan, given=given)
    for address in (PAGE, DELIVERABLE):
        said = client.get(address).content.decode()
        assert "Light the small harbours first" in said
        for inside in (
            "Among us",
            "</svg>late",
            "Isle of Skerra",
            "31 December 2022",
            "Oil is bought",
            "in hand",
        ):
            assert inside not in said, (address, inside)
    assert "Lamps are cleaned at dawn" in client.get(PAGE).content.decode()
    assert "Finn Oduya" not in client.get(PAGE).content.decode()


def test_guidance_is_recorded_by_the_numbers_of_what_it_speaks_of(scene: Scene, manager: Client) -> None:
    sent = {
        "text_en": "Teach the keepers to swim",
        "given_by_en": "Committee of Pilots",
        "given_on": "2023-02-10",
        "about": "1.2.1, 2",
        "owner_unit": "region",
        "due_on": "2023-06-30",
    }
    assert manager.post(f"{PAGE}/add", sent).headers["Location"] == PAGE
    wording = GuidanceWording.objects.get()
    assert [one.key for one in wording.deliverables.all()] == ["1.2.1"]
    assert [one.key for one in wording.pillars.all()] == ["2"]
    assert wording.owner_unit == scene.cast.region


def test_a_number_that_is_not_there_is_named(scene: Scene, manager: Client) -> None:
    sent = {"text_en": "Swim", "given_by_en": "Pilots", "given_on": "2023-02-10", "about": "1.2.1, 9.9"}
    response = manager.post(f"{PAGE}/add", sent)
    assert "with the number 9.9" in response.content.decode()
    assert not GuidanceWording.objects.exists()


def test_the_unit_that_sees_to_it_answers(scene: Scene, as_person: SignedIn) -> None:
    recorded(scene)
    client = as_person(scene.cast.focal_point)
    assert reverse("answer-guidance", args=[SLUG, 1]) in client.get(PAGE).content.decode()
    sent = {"state": "done", "text_en": "All small harbours are lit", "done_on": "2023-02-01"}
    assert client.post(f"{PAGE}/1/answer", sent).status_code == 302
    answer = GuidanceAnswer.objects.get()
    assert (answer.state, answer.done_on, answer.recorded_by) == (
        "done",
        date(2023, 2, 1),
        scene.cast.focal_point,
    )
    assert "All small harbours are lit" in client.get(PAGE).content.decode()


def test_an_answer_that_is_refused_says_why_in_the_form(scene: Scene, manager: Client) -> None:
    recorded(scene)
    response = manager.post(f"{PAGE}/1/answer", {"state": "done", "text_en": "Lit"})
    assert "has a day on which it was done" in response.content.decode()
    assert not GuidanceAnswer.objects.exists()


def test_guidance_written_anew_shows_what_it_said_before(scene: Scene, manager: Client) -> None:
    wording = recorded(scene)
    page = f"{PAGE}/1/edit"
    sent = {
        "text_en": "Light the smallest harbours first",
        "given_by_en": "Harbour Assembly",
        "given_on": "2022-06-01",
        "about": "1.1.1",
        "reason": "The minutes were corrected",
        "based_on": wording.pk,
    }
    assert manager.post(page, sent).status_code == 302
    shown = manager.get(page).content.decode()
    assert "The minutes were corrected" in shown
    assert "Light the small harbours first" in shown
    again = manager.post(page, sent | {"text_en": "Light all"})
    assert "Somebody else changed this" in again.content.decode()


def test_withdrawn_guidance_is_gone_today(scene: Scene, manager: Client) -> None:
    recorded(scene)
    assert manager.post(f"{PAGE}/1/edit", {"do": "withdraw", "why": "Not for us"}).status_code == 302
    assert "Light the small harbours" not in manager.get(PAGE).content.decode()
    assert "Light the small harbours" in manager.get(f"{PAGE}?as_of=2023-02-14").content.decode()


def test_a_lesson_is_written_from_an_update(scene: Scene, as_person: SignedIn) -> None:
    update = scene.approved(now=at(2023, 2, 13))
    client = as_person(scene.cast.director)
    address = f"/plans/{SLUG}/lessons/add?of=1.1.2&amp;update={update.key}"
    assert address in client.get(f"/updates/{update.key}").content.decode()
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert str(update.key) in form
    texts = {
        f"{name}_en": f"Said of {name}" for name in ("title", "happened", "why", "audience", "next_time")
    }
    sent = texts | {"about": "1.1.2", "update": str(update.key), "is_public": "on"}
    assert client.post(f"/plans/{SLUG}/lessons/add", sent).headers["Location"] == PAGE
    lesson = Lesson.objects.get()
    assert (lesson.update_row, lesson.is_public) == (update, False)  # the director may not open it


def test_a_lesson_without_a_source_comes_back(scene: Scene, manager: Client) -> None:
    texts = {f"{name}_en": "Said" for name in ("title", "happened", "why", "audience", "next_time")}
    response = manager.post(f"/plans/{SLUG}/lessons/add", texts)
    assert "names its source" in response.content.decode()


def test_a_lesson_is_opened_to_the_public_by_who_keeps_the_plan(scene: Scene, manager: Client) -> None:
    lesson = kept(scene)
    texts = {f"{name}_en": "Said" for name in ("title", "happened", "why", "audience", "next_time")}
    sent = texts | {"source_text": "Log", "is_public": "on", "reason": "Of use", "based_on": lesson.pk}
    assert manager.post(f"/plans/{SLUG}/lessons/1/edit", sent).status_code == 302
    assert Lesson.objects.current().get().is_public
    shown = manager.get(f"/plans/{SLUG}/lessons/1/edit").content.decode()
    assert "Of use" in shown
    assert "Oil is bought in summer" in shown


def test_where_it_was_reported_stands_on_the_page_of_the_deliverable(
    scene: Scene, as_person: SignedIn
) -> None:
    client = as_person(scene.cast.focal_point)
    sent = {"symbol": "HB/2022/7", "paragraph": "12"}
    assert client.post(f"{DELIVERABLE}/reported", sent).headers["Location"] == f"{DELIVERABLE}#learned"
    assert "HB/2022/7, paragraph 12" in client.get(DELIVERABLE).content.decode()
    line = ReportedElsewhere.objects.get()
    assert client.post(f"{DELIVERABLE}/reported", {"line": line.pk, "why": "Not there"}).status_code == 302
    assert "HB/2022/7" not in client.get(DELIVERABLE).content.decode()


def test_a_document_that_told_of_an_update_names_it(scene: Scene, manager: Client) -> None:
    update = scene.approved(now=at(2023, 2, 13))
    page = f"/plans/{SLUG}/deliverables/1.1.2"
    sent = {"symbol": "HB/2022/7", "update": str(update.key)}
    assert manager.post(f"{page}/reported", sent).status_code == 302
    assert ReportedElsewhere.objects.get().update_row == update
    assert f"/updates/{update.key}" in manager.get(page).content.decode()


def test_nothing_is_written_while_another_day_is_looked_at(scene: Scene, manager: Client) -> None:
    manager.get(f"{PAGE}?as_of=2023-02-01")
    sent = {"text_en": "Swim", "given_by_en": "Pilots", "given_on": "2023-01-10"}
    assert manager.post(f"{PAGE}/add", sent).status_code == 409
    assert not GuidanceWording.objects.exists()


def test_the_list_asks_no_more_for_more_lines(scene: Scene, manager: Client) -> None:
    def load() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert manager.get(PAGE).status_code == 200
        return len(asked)

    recorded(scene)
    kept(scene)
    link_reported_elsewhere(by=None, now=NOW, about=scene.cast.deliverable("1.1.1"), symbol="HB/1")
    load()
    few = load()
    for _turn in range(5):
        recorded(scene)
        kept(scene)
    assert load() <= few
    assert few <= 22
