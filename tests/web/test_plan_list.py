import pytest
from pytest_django import DjangoAssertNumQueries

from suivi.plan.commands import DecisionGiven, load_plan
from suivi.plan.models import Plan
from tests.cast import Cast, at, first_edition
from tests.web.conftest import SignedIn


def _load_another(slug: str) -> None:
    decision = DecisionGiven(at(2021, 1, 10).date(), "Harbour Assembly")
    load_plan(by=None, now=at(2021, 1, 10), slug=slug, document=first_edition(), decision=decision)


def _page(as_person: SignedIn, account: object, address: str = "/plans") -> str:
    return as_person(account).get(address).content.decode()


def test_people_inside_see_all_plans_with_what_needs_attention(cast: Cast, as_person: SignedIn) -> None:
    _load_another("closed-plan")
    page = _page(as_person, cast.focal_point)
    assert "/plans/closed-plan" in page
    assert '<a href="/plans/harbour-plan/management?show=late">1</a>' in page


@pytest.mark.parametrize("who", ["stranger", None])
def test_others_see_public_plans_only(cast: Cast, as_person: SignedIn, who: str | None) -> None:
    _load_another("closed-plan")
    page = _page(as_person, getattr(cast, who) if who else None)
    assert "Plan of the harbours" in page
    assert "closed-plan" not in page
    assert "management" not in page


def test_the_list_can_be_narrowed_to_plans_with_late_milestones(cast: Cast, as_person: SignedIn) -> None:
    _load_another("quiet-plan")
    page = _page(as_person, cast.plan_manager, "/plans?show=late")
    assert "Plans with late milestones." in page
    assert "quiet-plan" not in page


def test_before_the_adoption_a_plan_is_said_not_to_be_adopted(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.plan_manager, "/plans?as_of=2020-06-01")
    assert "Not adopted yet on the day you look at." in page


def test_an_empty_list_says_how_a_plan_gets_there(cast: Cast, as_person: SignedIn) -> None:
    Plan.objects.update(is_public=False)
    assert "No plan is public yet." in _page(as_person, None)


def test_the_number_of_queries_does_not_grow_with_the_plans(
    cast: Cast, as_person: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(cast.plan_manager)
    client.get("/plans")
    with django_assert_num_queries(7):
        client.get("/plans")
    for number in range(5):
        _load_another(f"plan-{number}")
    with django_assert_num_queries(7):
        client.get("/plans")
