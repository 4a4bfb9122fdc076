from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from suivi.organisation.commands import grant_role
from suivi.plan.commands import DecisionGiven, load_plan, set_accountable
from suivi.plan.models import Plan
from tests.cast import DAY, NOW, SLUG, Cast, at, first_edition
from tests.web.conftest import SignedIn


def _page(as_person: SignedIn, account: object, address: str = "/") -> str:
    response = as_person(account).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_plan_manager_gets_three_sentences_with_one_button_each(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.plan_manager)
    assert "<strong>1</strong> milestone is due in the next 30 days." in page
    assert "<strong>1</strong> milestone is late." in page
    assert "<strong>2</strong> deliverables lack an accountable or a responsible unit." in page
    for show in ("due", "late", "gaps"):
        assert page.count(f'href="/plans/harbour-plan/management?show={show}"') == 1


def test_one_button_is_the_primary_one(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.plan_manager)
    assert page.count("button primary") == 1
    assert 'class="button primary" href="/plans/harbour-plan/management?show=late"' in page


def test_the_sentences_follow_the_day_looked_at(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.plan_manager, "/?as_of=2023-01-20")
    assert "No milestone is late." in page


def test_a_focal_point_reads_what_the_unit_owes(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.focal_point)
    assert "Isle of Skerra" in page
    assert "Your unit owes <strong>1</strong> milestone in the next 30 days." in page
    assert 'href="/units/island#late"' in page
    assert 'href="/plans/harbour-plan/management?show=gaps&amp;unit=island"' in page


def test_a_director_reads_what_the_units_below_owe_too(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.director)
    assert "Your unit is late with <strong>1</strong> milestone." in page
    assert "<strong>1</strong> deliverable of your unit lacks" in page
    assert 'href="/units/region?below=1#this_quarter"' in page


def test_a_unit_below_another_one_of_the_reader_is_not_told_twice(cast: Cast, as_person: SignedIn) -> None:
    grant_role(by=None, now=NOW, account=cast.director, role="contributor", scope=cast.island.scope)
    assert _page(as_person, cast.director).count('<section class="board"') == 1


def test_a_reviewer_sees_the_plans_without_being_told_to_close_gaps(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.reviewer)
    assert "<strong>2</strong> deliverables lack" in page
    assert "Close the gaps" not in page


@pytest.mark.parametrize("who", ["stranger", "public_reader", None])
def test_readers_from_outside_see_public_plans_and_nothing_of_the_inside(
    cast: Cast, as_person: SignedIn, who: str | None
) -> None:
    page = _page(as_person, getattr(cast, who) if who else None)
    assert "Plan of the harbours" in page
    assert "Skerra" not in page
    assert "late" not in page.lower()
    assert ("Sign in to see who is responsible" in page) is (who is None)


def test_a_plan_that_is_not_public_is_not_named_to_the_public(cast: Cast, as_person: SignedIn) -> None:
    Plan.objects.update(is_public=False)
    page = _page(as_person, None)
    assert "Plan of the harbours" not in page
    assert "No plan is public yet." in page


def test_the_first_visit_shows_the_last_changes(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.plan_manager)
    assert "The last changes" in page
    assert "“Draft of the guide” as done on 20 November 2022" in page


def _was_here(cast: Cast, who: str) -> None:
    account = getattr(cast, who)
    account.previous_visit_at, account.last_seen_at = NOW - timedelta(days=7), NOW
    account.save()


def test_a_later_visit_shows_what_others_changed_since(cast: Cast, as_person: SignedIn) -> None:
    _was_here(cast, "plan_manager")
    deliverable = cast.deliverable("1.2.1")
    for by, unit in ((cast.plan_manager, cast.region), (None, cast.island)):
        set_accountable(by=by, now=NOW, deliverables=[deliverable], unit=unit, starts_on=DAY)
    page = _page(as_person, cast.plan_manager)
    assert "Changed since you were last here, on 8 February 2023" in page
    assert "The command line made" in page
    assert "Mara Plane made" not in page
    assert "Draft of the guide" not in page


def test_a_visit_after_which_nothing_changed_says_so(cast: Cast, as_person: SignedIn) -> None:
    _was_here(cast, "plan_manager")
    assert "Nothing changed since." in _page(as_person, cast.plan_manager)


def test_a_focal_point_reads_only_of_deliverables_of_the_unit(cast: Cast, as_person: SignedIn) -> None:
    _was_here(cast, "focal_point")
    for key in ("1.1.1", "1.2.1"):
        set_accountable(
            by=None, now=NOW, deliverables=[cast.deliverable(key)], unit=cast.region, starts_on=DAY
        )
    page = _page(as_person, cast.focal_point)
    assert "deliverables/1.1.1" in page
    assert "deliverables/1.2.1" not in page


def test_who_may_load_a_plan_can_drop_a_document(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.plan_manager)
    assert 'action="/imports" enctype="multipart/form-data"' in page
    assert 'type="file"' in page


def test_others_are_told_whom_to_ask(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.focal_point)
    assert 'type="file"' not in page
    assert f'<a href="/people/{cast.plan_manager.pk}">Mara Plane</a>' in page


def test_an_installation_without_a_plan_says_how_one_gets_there(cast: Cast, as_person: SignedIn) -> None:
    Plan.objects.filter(pk=cast.plan.pk).update(is_public=False)
    page = _page(as_person, cast.plan_manager, "/?as_of=2020-06-01")
    assert "Start with your own plan" in page


def test_an_empty_installation_starts_with_a_document(db: None, as_person: SignedIn) -> None:
    from suivi.core.commands import create_account

    keeper = create_account(by=None, now=NOW, email="keeper@example.org", name="Kip Ersten")
    grant_role(by=None, now=NOW, account=keeper, role="plan_manager")
    page = _page(as_person, keeper)
    assert "There is no plan yet." in page
    assert page.count("button primary") == 1


def test_several_plans_are_added_up_and_listed(cast: Cast, as_person: SignedIn) -> None:
    _load_another("second-plan")
    page = _page(as_person, cast.plan_manager)
    assert "2 plans" in page
    assert "<strong>6</strong> deliverables lack" in page
    assert 'href="/plans?show=gaps"' in page
    assert 'href="/plans/second-plan/management?show=gaps"' in page


def _load_another(slug: str) -> None:
    decision = DecisionGiven(at(2021, 1, 10).date(), "Harbour Assembly")
    load_plan(by=None, now=at(2021, 1, 10), slug=slug, document=first_edition(), decision=decision)


def test_the_number_of_queries_does_not_grow_with_the_plans(
    cast: Cast, as_person: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _load_another("second-plan")
    client = as_person(cast.plan_manager)
    client.get("/")
    with django_assert_num_queries(12):
        client.get("/")
    for number in range(5):
        _load_another(f"plan-{number}")
    with django_assert_num_queries(12):
        client.get("/")


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_page_stands_in_other_languages(cast: Cast, as_person: SignedIn, language: str) -> None:
    client = as_person(cast.plan_manager)
    client.cookies["django_language"] = language
    assert f'<html lang="{language}">' in client.get("/").content.decode()


def test_the_last_changes_are_five_and_the_record_holds_the_rest(cast: Cast, as_person: SignedIn) -> None:
    text = _page(as_person, cast.plan_manager)
    news = text.partition('<dl class="changes">')[2].partition("</dl>")[0]
    assert news.count("<li>") == 5
    assert f'href="/plans/{SLUG}/record"' in text
