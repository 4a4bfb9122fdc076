"""Reporting rounds: opening one with proposed days and questions, its page, excusing, closing."""

from datetime import date

from pytest_django import DjangoAssertNumQueries

from suivi.monitoring.commands.sheets import write_sheet
from suivi.monitoring.models import Asked, Round
from suivi.plan.queries import edition_on
from tests.cast import DAY, SLUG
from tests.monitoring.scene import OPENED, Scene
from tests.web.conftest import SignedIn

ROUNDS = f"/plans/{SLUG}/rounds"
OPEN, ROUND = f"{ROUNDS}/open", f"{ROUNDS}/2022-2"
DAYS = {
    "period_starts_on": "2023-01-01",
    "period_ends_on": "2023-06-30",
    "opens_on": "2023-02-15",
    "due_on": "2023-07-31",
}


def test_the_days_follow_the_last_round(scene: Scene, as_person: SignedIn) -> None:
    html = as_person(scene.cast.plan_manager).get(OPEN).content.decode()
    assert 'value="2023-01-01"' in html
    assert 'value="2023-06-30"' in html
    assert 'value="2023-1"' in html


def test_ticked_are_the_units_that_answer(scene: Scene, as_person: SignedIn) -> None:
    html = as_person(scene.cast.plan_manager).get(OPEN).content.decode()
    for pair in ("1.1.1 headquarters", "1.1.1 island", "1.1.2 region", "1.2.1 island", "2.1.2 headquarters"):
        assert f'value="{pair}" checked' in html


def test_a_sheet_that_wants_a_report_at_the_end_is_not_ticked(scene: Scene, as_person: SignedIn) -> None:
    edition = edition_on(scene.cast.plan, DAY)
    assert edition is not None
    write_sheet(
        by=None,
        now=OPENED,
        deliverable=scene.cast.deliverable("2.1.2"),
        edition=edition,
        kind="commitment",
        frequency="at_the_end",
    )
    client = as_person(scene.cast.plan_manager)
    html = client.get(OPEN).content.decode()
    assert 'value="2.1.2 headquarters" checked' not in html
    assert "not due by its sheet" in html
    html = client.get(f"{OPEN}?period_ends_on=2025-12-31").content.decode()
    assert 'value="2.1.2 headquarters" checked' in html, "the time frame ends then"


def test_a_round_is_opened_with_what_is_ticked(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.plan_manager)
    sent = {**DAYS, "key": "2023-1", "title_en": "First half of 2023", "asked": ["1.1.2 region", "9.9 x"]}
    assert client.post(OPEN, sent).headers["Location"] == f"{ROUNDS}/2023-1"
    round = Round.objects.get(key="2023-1")
    assert [(one.deliverable.key, one.unit.key) for one in round.asked.all()] == [("1.1.2", "region")]
    assert round.due_on == date(2023, 7, 31)


def test_nobody_asked_and_a_key_that_is_taken(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.plan_manager)
    sent = {**DAYS, "key": "2022-2", "title_en": "Again"}
    assert "Nobody is asked" in client.post(OPEN, sent).content.decode()
    html = client.post(OPEN, {**sent, "asked": ["1.1.2 region"]}).content.decode()
    assert "There is a round “2022-2” already." in html


def test_days_that_are_none_are_refused(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.plan_manager)
    assert client.get(f"{OPEN}?period_ends_on=soon").status_code == 200
    sent = {**DAYS, "period_ends_on": "soon", "key": "x", "title_en": "X", "asked": ["1.1.2 region"]}
    assert "Enter a valid date" in client.post(OPEN, sent).content.decode()


def test_the_page_says_what_came(scene: Scene, as_person: SignedIn) -> None:
    scene.submitted()
    draft = scene.started("1.2.1", "island", scene.cast.focal_point)
    html = as_person(scene.cast.auditor).get(ROUND).content.decode()
    assert "1 of 5 questions answered" in html
    assert "submitted" in html
    assert str(draft.key) not in html, "the draft of another unit is not told"


def test_a_unit_is_excused_and_asked_again(scene: Scene, as_person: SignedIn) -> None:
    asked = Asked.objects.get(deliverable__key="1.2.1")
    client = as_person(scene.cast.plan_manager)
    client.post(ROUND, {"do": "excuse", "asked": asked.pk, "reason": "The ferry does not go."})
    assert "The ferry does not go." in client.get(ROUND).content.decode()
    client.post(ROUND, {"do": "excuse", "asked": asked.pk, "reason": ""})
    asked.refresh_from_db()
    assert asked.excused_reason == ""


def test_a_question_of_another_round_is_refused(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.plan_manager)
    html = client.post(ROUND, {"do": "excuse", "asked": 99999, "reason": "x"}).content.decode()
    assert "This question is not in the round." in html


def test_closing_freezes_what_came(scene: Scene, as_person: SignedIn) -> None:
    scene.submitted()
    client = as_person(scene.cast.plan_manager)
    client.post(ROUND, {"do": "close"})
    html = client.get(ROUND).content.decode()
    assert "Closed by Mara Plane" in html
    assert "Excuse" not in html
    assert set(Asked.objects.values_list("outcome", flat=True)) == {"answered", "missing"}
    assert "1 of 5 answered" in client.get(ROUNDS).content.decode()


def test_the_page_takes_the_same_queries_for_any_number_of_answers(
    scene: Scene, as_person: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(scene.cast.plan_manager)
    client.get(ROUND)
    for key, unit, by in (
        ("1.1.2", "region", scene.cast.director),
        ("2.1.2", "headquarters", scene.office),
        ("1.2.1", "island", scene.cast.focal_point),
    ):
        scene.submitted(key, unit, by=by)
    with django_assert_max_num_queries(20):
        client.get(ROUND)
    with django_assert_max_num_queries(16):
        client.get(ROUNDS)
