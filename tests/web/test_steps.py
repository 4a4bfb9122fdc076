from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from suivi.plan.commands import add_milestone, change_milestone, set_resource
from suivi.plan.models import Milestone, MilestoneState, Resource
from tests.cast import DAY, NOW, Cast, words
from tests.web.conftest import SignedIn

DELIVERABLE = "/plans/harbour-plan/deliverables/1.1.1"
STEPS, STEP, RESOURCES = f"{DELIVERABLE}/steps", f"{DELIVERABLE}/steps/m1", f"{DELIVERABLE}/resources"


def _current(key: str = "m1", deliverable: str = "1.1.1") -> MilestoneState:
    state: MilestoneState = MilestoneState.objects.current().get(
        milestone__key=key, milestone__deliverable__key=deliverable
    )
    return state


def _said(**more: object) -> dict[str, object]:
    return {
        "do": "save",
        "based_on": _current().pk,
        "title_en": "First five lanterns lit",
        "due_on": "2023-02-01",
        "owner_unit": "island",
        **more,
    }


def test_who_may_open_which_page(cast: Cast, as_person: SignedIn) -> None:
    expected = {
        "plan_manager": (200, 200, 200),
        "focal_point": (200, 200, 200),
        "director": (200, 200, 200),
        "auditor": (403, 200, 200),
        "stranger": (403, 403, 403),
    }
    for name, codes in expected.items():
        client = as_person(getattr(cast, name))
        assert tuple(client.get(page).status_code for page in (STEPS, STEP, RESOURCES)) == codes, name
    for page in (STEPS, STEP, RESOURCES):
        assert as_person(None).get(page).status_code == 302


@pytest.mark.parametrize("step", ["m9", "m3"])
def test_a_milestone_that_is_not_there(cast: Cast, as_person: SignedIn, step: str) -> None:
    assert as_person(cast.plan_manager).get(f"{STEPS}/{step}").status_code == 404


def test_a_milestone_is_added_in_two_languages(cast: Cast, as_person: SignedIn) -> None:
    need = _current().milestone
    sent = {
        "title_en": "Wicks bought",
        "title_fr": "Mèches achetées",
        "due_on": "2023-04-01",
        "owner_unit": "island",
        "owner": cast.focal_point.pk,
        "depends_on": [need.pk],
    }
    response = as_person(cast.focal_point).post(STEPS, sent)
    assert response.headers["Location"] == DELIVERABLE
    state = _current("m3")
    assert state.title.plain() == {"en": "Wicks bought", "fr": "Mèches achetées"}
    assert (state.due_on, state.owner_unit, list(state.depends_on.all())) == (
        date(2023, 4, 1),
        cast.island,
        [need],
    )


def test_words_and_a_day_are_needed(cast: Cast, as_person: SignedIn) -> None:
    html = as_person(cast.focal_point).post(STEPS, {"title_fr": "Mèches"}).content.decode()
    assert html.count("This field is required.") == 2
    assert 'value="Mèches"' in html
    assert Milestone.objects.filter(deliverable__key="1.1.1").count() == 2


def test_a_milestone_is_changed_and_its_history_says_so(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    client.post(STEP, _said(due_on="2023-03-15", done_on="2023-02-10"))
    html = client.get(STEP).content.decode()
    assert "now due" in html
    assert "done on" in html
    assert "added, due" in html
    assert _current().due_on == date(2023, 3, 15)


def test_a_milestone_is_dropped_and_taken_up_again(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    client.post(STEP, _said(do="drop"))
    assert _current().is_dropped
    assert "Take up again" in client.get(STEP).content.decode()
    client.post(STEP, _said())
    assert not _current().is_dropped


def test_one_button_says_that_it_is_done_and_goes_back(cast: Cast, as_person: SignedIn) -> None:
    back = "/plans/harbour-plan/management?show=late"
    sent = {"do": "done", "done_on": "2023-02-15", "based_on": _current().pk, "next": back}
    response = as_person(cast.focal_point).post(STEP, sent)
    assert response.headers["Location"] == back
    assert (_current().done_on, str(_current().title)) == (DAY, "First five lanterns lit")


def test_the_way_back_leads_to_no_other_site(cast: Cast, as_person: SignedIn) -> None:
    sent = {"do": "done", "done_on": "2023-02-15", "based_on": _current().pk, "next": "https://example.org/"}
    assert as_person(cast.focal_point).post(STEP, sent).headers["Location"] == DELIVERABLE


def test_of_two_who_write_at_once_the_second_sees_both(cast: Cast, as_person: SignedIn) -> None:
    shown = _current()
    as_person(cast.director).post(STEP, _said(due_on="2023-03-10"))
    client = as_person(cast.focal_point)
    html = client.post(STEP, _said(due_on="2023-03-20", based_on=shown.pk)).content.decode()
    assert "Somebody else changed this milestone meanwhile" in html
    assert "10 March 2023" in html, "what stands there now"
    assert 'value="2023-03-20"' in html, "what was written"
    assert f'name="based_on" value="{_current().pk}"' in html
    assert _current().due_on == date(2023, 3, 10)
    client.post(STEP, _said(due_on="2023-03-20"))
    assert _current().due_on == date(2023, 3, 20)


def test_the_button_of_an_old_page_does_not_overwrite(cast: Cast, as_person: SignedIn) -> None:
    shown = _current()
    as_person(cast.director).post(STEP, _said(due_on="2023-03-10"))
    sent = {"do": "done", "done_on": "2023-02-15", "based_on": shown.pk}
    html = as_person(cast.focal_point).post(STEP, sent).content.decode()
    assert "Somebody else changed this" in html
    assert _current().done_on is None


def test_a_loop_is_refused_in_the_form(cast: Cast, as_person: SignedIn) -> None:
    first = _current()
    other = add_milestone(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.2.1"),
        title=words("Needs the first"),
        due_on=DAY,
        depends_on=[first.milestone],
    )
    html = as_person(cast.focal_point).post(STEP, _said(depends_on=[other.milestone_id])).content.decode()
    assert "would wait for itself" in html


def test_a_milestone_of_another_plan_is_not_to_choose(cast: Cast, as_person: SignedIn) -> None:
    html = as_person(cast.focal_point).post(STEP, _said(depends_on=["99999"])).content.decode()
    assert "Select a valid choice" in html


def test_an_earlier_day_shows_what_was_said_then(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    client.post(STEP, _said(due_on="2023-03-15"))
    html = client.get(f"{STEP}?as_of=2023-02-14").content.decode()
    assert "1 February 2023" in html
    assert "15 March 2023" not in html
    assert "Change this milestone" not in html
    assert client.post(STEP, _said()).status_code == 409


def test_writing_needs_the_permission_and_a_token(cast: Cast, as_person: SignedIn) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.plan_manager)
    money = {"do": "staff", "staff-planned": "3", "staff-secured": "", "staff-based_on": "0"}
    for page, sent in ((STEPS, _said()), (STEP, _said()), (RESOURCES, money)):
        assert strict.post(page, sent).status_code == 403
        for account in (cast.auditor, cast.reviewer, cast.stranger):
            assert as_person(account).post(page, sent).status_code == 403
    elsewhere = STEPS.replace("1.1.1", "1.1.2")
    assert as_person(cast.focal_point).post(elsewhere, _said()).status_code == 403


def test_hostile_words_are_written_out(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    client.post(STEP, _said(title_en="<img src=x onerror=alert(1)>"))
    html = client.get(STEP).content.decode()
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


def test_the_page_of_a_milestone_takes_the_same_queries_with_a_long_history(
    cast: Cast, as_person: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    state = _current()
    for _ in range(12):
        state = change_milestone(
            by=cast.director,
            now=NOW,
            milestone=state.milestone,
            title=state.title,
            due_on=state.due_on,
            done_on=None,
            owner_unit=cast.island,
            depends_on=[_current("m2").milestone],
        )
    client = as_person(cast.focal_point)
    client.get(STEP)
    with django_assert_max_num_queries(26):
        client.get(STEP)


def test_staff_time_and_money_are_stated_exactly(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    client.post(RESOURCES, {"do": "staff", "staff-planned": "2.5", "staff-based_on": "0"})
    sent = {"do": "money", "money-currency": "usd", "money-planned": "1200.0001", "money-secured": "0"}
    client.post(RESOURCES, {**sent, "money-based_on": "0"})
    rows = [(r.kind, r.currency, r.planned, r.secured) for r in Resource.objects.current().order_by("pk")]
    assert rows == [
        ("staff", "", Decimal("2.5"), None),
        ("money", "USD", Decimal("1200.0001"), Decimal(0)),
    ]
    html = client.get(RESOURCES).content.decode()
    assert "1,200.0001" in html
    assert "not known" in html


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"money-currency": "US", "money-planned": "1"}, "three letters"),
        ({"money-currency": "USD", "money-planned": "1.00001"}, "4 decimal places"),
        ({"money-currency": "USD", "money-planned": "-1"}, "greater than or equal to 0"),
    ],
)
def test_amounts_that_make_no_sense_are_refused_in_the_form(
    cast: Cast, as_person: SignedIn, sent: dict[str, str], said: str
) -> None:
    sent = {"do": "money", "money-based_on": "0", **sent}
    assert said in as_person(cast.focal_point).post(RESOURCES, sent).content.decode()
    assert not Resource.objects.exists()


def test_a_currency_that_is_stated_is_changed_in_its_own_form(cast: Cast, as_person: SignedIn) -> None:
    _state_money(cast, 5)
    sent = {"do": "money", "money-currency": "usd", "money-planned": "9", "money-based_on": "0"}
    assert "USD is stated already" in as_person(cast.focal_point).post(RESOURCES, sent).content.decode()


def _state_money(cast: Cast, planned: int) -> Resource:
    row = set_resource(
        by=cast.director,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        kind="money",
        currency="USD",
        planned=Decimal(planned),
        secured=None,
    )
    assert row is not None
    return row


def test_of_two_who_state_money_at_once_the_second_sees_both(cast: Cast, as_person: SignedIn) -> None:
    first = _state_money(cast, 5)
    _state_money(cast, 7)
    sent = {"do": "money-usd", "money-usd-planned": "9", "money-usd-based_on": str(first.pk)}
    client = as_person(cast.focal_point)
    html = client.post(RESOURCES, sent).content.decode()
    assert "planned 7, secured –" in html
    assert 'value="9"' in html
    assert Resource.objects.current().get().planned == 7


def test_a_statement_ended_meanwhile_is_not_brought_back_unseen(cast: Cast, as_person: SignedIn) -> None:
    first = _state_money(cast, 5)
    set_resource(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        kind="money",
        currency="USD",
        planned=None,
        secured=None,
    )
    sent = {"do": "money-usd", "money-usd-planned": "9", "money-usd-based_on": str(first.pk)}
    html = as_person(cast.focal_point).post(RESOURCES, sent).content.decode()
    assert "Somebody else changed this" in html
    assert not Resource.objects.current().exists()


@pytest.mark.parametrize("do", ["", "gold", "money-"])
def test_a_form_that_is_not_there_is_not_there(cast: Cast, as_person: SignedIn, do: str) -> None:
    assert as_person(cast.plan_manager).post(RESOURCES, {"do": do}).status_code == 404
