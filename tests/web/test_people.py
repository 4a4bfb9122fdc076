import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from suivi.core.commands import create_account
from suivi.core.models import Account, AuditEntry
from suivi.organisation.commands import grant_role
from suivi.organisation.models import Grant
from tests.cast import NOW, PASSWORD, Cast, at
from tests.web.conftest import SignedIn

NEW = {
    "name": "Nell Harker",
    "email": "nell@example.org",
    "language": "fr",
    "role": "focal_point",
    "password": "",
    "starts_on": "",
    "ends_on": "",
}


@pytest.mark.parametrize("address", ["/people", "/people/add", "/people/me/password"])
def test_nobody_looks_at_people_without_signing_in(cast: Cast, as_person: SignedIn, address: str) -> None:
    response = as_person(None).get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("who", ["stranger", "public_reader"])
def test_people_from_outside_see_their_own_page_only(cast: Cast, as_person: SignedIn, who: str) -> None:
    account = getattr(cast, who)
    client = as_person(account)
    assert client.get("/people").status_code == 403
    assert client.get(f"/people/{cast.focal_point.pk}").status_code == 403
    own = client.get(f"/people/{account.pk}")
    assert own.status_code == 200
    assert "Milestones" not in own.content.decode()


def test_the_list_tells_roles_in_words_with_what_they_count_for(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.focal_point).get("/people").content.decode()
    assert 'focal point</span> · <a href="/units/island">Isle of Skerra</a>' in page
    assert 'reviewer</span> · <a href="/plans/harbour-plan">Plan of the harbours</a>' in page
    assert "plan manager</span> · everything" in page
    assert "Add a person" not in page


def test_the_list_can_be_searched_without_accents(cast: Cast, as_person: SignedIn) -> None:
    create_account(by=None, now=NOW, email="zoe@example.org", name="Zoë Ångström")
    page = as_person(cast.reviewer).get("/people?name=zoe+ang").content.decode()
    assert "Zoë Ångström" in page
    assert "Finn Oduya" not in page


def test_the_list_can_be_narrowed_to_a_role(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.reviewer).get("/people?role=auditor").content.decode()
    assert "Ada Quill" in page
    assert "Finn Oduya" not in page


def test_the_number_of_queries_does_not_grow_with_the_people(
    cast: Cast, as_person: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(cast.reviewer)
    client.get("/people")
    with django_assert_num_queries(8):
        client.get("/people")
    for number in range(20):
        account = create_account(by=None, now=NOW, email=f"p{number}@example.org", name=f"Person {number}")
        grant_role(by=None, now=NOW, account=account, role="contributor", scope=cast.island.scope)
    with django_assert_num_queries(8):
        client.get("/people")


def test_a_person_owns_milestones_with_the_late_ones_first(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.reviewer).get(f"/people/{cast.focal_point.pk}").content.decode()
    assert page.index("First five lanterns lit") < page.index("All lanterns lit")
    assert "late" in page
    assert "Contact for" in page


def test_what_somebody_did_is_for_themselves_and_those_who_read_the_record(
    cast: Cast, as_person: SignedIn
) -> None:
    address = f"/people/{cast.plan_manager.pk}"
    assert "Last changes by this person" in as_person(cast.plan_manager).get(address).content.decode()
    assert "Last changes by this person" not in as_person(cast.focal_point).get(address).content.decode()


def test_a_person_is_added_with_a_role_and_a_password_shown_once(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).post("/people/add", {**NEW, "scope": str(cast.island.scope_id)})
    found = re.search(r'class="first-password">([a-z-]+)<', response.content.decode())
    assert found
    assert "no-store" in response["Cache-Control"]
    assert Client().login(username="nell@example.org", password=found[1])
    grant = Grant.objects.get(account__email="nell@example.org")
    assert (grant.role, grant.scope_id) == ("focal_point", cast.island.scope_id)
    assert not AuditEntry.objects.filter(details__icontains=found[1]).exists()


def test_a_password_that_is_too_easy_is_refused_and_nobody_is_added(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).post(
        "/people/add", {**NEW, "scope": "everything", "password": "1234567890"}
    )
    assert "entirely numeric" in response.content.decode()
    assert not Account.objects.filter(email="nell@example.org").exists()


def test_an_address_that_has_an_account_is_said_in_the_form(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).post(
        "/people/add", {**NEW, "scope": "everything", "email": "FINN@example.org"}
    )
    assert "There is an account for FINN@example.org already." in response.content.decode()


def test_hostile_names_are_escaped(cast: Cast, as_person: SignedIn) -> None:
    create_account(by=None, now=NOW, email="x@example.org", name="<script>alert(1)</script>")
    assert "<script>alert" not in as_person(cast.reviewer).get("/people").content.decode()


@pytest.mark.parametrize("who", ["focal_point", "reviewer", "stranger"])
def test_others_add_nobody_and_give_no_roles(cast: Cast, as_person: SignedIn, who: str) -> None:
    client = as_person(getattr(cast, who))
    role = {"role": "plan_manager", "scope": "everything"}
    assert client.post("/people/add", {**NEW, "scope": "everything"}).status_code == 403
    assert client.post(f"/people/{cast.stranger.pk}/roles", role).status_code == 403
    assert client.post(f"/people/{cast.stranger.pk}/first-password").status_code == 403
    assert client.post(f"/people/{cast.stranger.pk}/closing").status_code == 403
    assert not Grant.objects.filter(account=cast.stranger).exists()


def test_the_manager_of_one_plan_gives_roles_for_that_plan_only(cast: Cast, as_person: SignedIn) -> None:
    grant_role(
        by=None, now=at(2021, 1, 12), account=cast.reviewer, role="plan_manager", scope=cast.plan.scope
    )
    client = as_person(cast.reviewer)
    address = f"/people/{cast.stranger.pk}/roles"
    assert client.post(address, {"role": "auditor", "scope": "everything"}).status_code == 200
    assert client.post(address, {"role": "auditor", "scope": str(cast.plan.scope_id)}).status_code == 302
    assert Grant.objects.get(account=cast.stranger).scope_id == cast.plan.scope_id
    assert client.post(f"/people/{cast.stranger.pk}/first-password").status_code == 403


def test_a_role_is_given_and_the_page_says_so(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).post(
        f"/people/{cast.stranger.pk}/roles",
        {"role": "evaluator", "scope": str(cast.plan.scope_id), "starts_on": "2023-03-01", "ends_on": ""},
        follow=True,
    )
    page = response.content.decode()
    assert "Sten Farrow now has the role: evaluator." in page
    assert "to come" in page


def test_days_in_the_wrong_order_are_refused(cast: Cast, as_person: SignedIn) -> None:
    days = {"starts_on": "2023-03-01", "ends_on": "2023-02-01"}
    response = as_person(cast.plan_manager).post(
        f"/people/{cast.stranger.pk}/roles", {"role": "evaluator", "scope": "everything", **days}
    )
    assert "The last day of the role is before its first day." in response.content.decode()


def test_withdrawing_a_role_asks_first(cast: Cast, as_person: SignedIn) -> None:
    grant = Grant.objects.get(account=cast.focal_point)
    client = as_person(cast.plan_manager)
    address = f"/people/{cast.focal_point.pk}/roles/{grant.pk}/withdraw"
    assert "Withdraw the role" in client.get(address).content.decode()
    assert Grant.objects.current().filter(pk=grant.pk).exists()
    assert client.post(address).status_code == 302
    assert not Grant.objects.current().filter(pk=grant.pk).exists()
    assert client.get(address).status_code == 404


def test_the_last_role_that_gives_roles_stays(cast: Cast, as_person: SignedIn) -> None:
    grant = Grant.objects.get(account=cast.plan_manager)
    address = f"/people/{cast.plan_manager.pk}/roles/{grant.pk}/withdraw"
    response = as_person(cast.plan_manager).post(address)
    assert response.status_code == 409
    assert Grant.objects.current().filter(pk=grant.pk).exists()


def test_a_role_of_somebody_else_is_not_withdrawn_by_a_wrong_address(cast: Cast, as_person: SignedIn) -> None:
    grant = Grant.objects.get(account=cast.focal_point)
    address = f"/people/{cast.auditor.pk}/roles/{grant.pk}/withdraw"
    assert as_person(cast.plan_manager).post(address).status_code == 404


def test_nothing_is_given_while_another_day_is_looked_at(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    client.get("/?as_of=2022-01-01")
    role = {"role": "evaluator", "scope": "everything"}
    assert client.post(f"/people/{cast.stranger.pk}/roles", role).status_code == 409
    assert "Give a role" not in client.get(f"/people/{cast.stranger.pk}").content.decode()


def test_a_forgotten_password_is_replaced_by_one_shown_once(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.plan_manager).post(f"/people/{cast.focal_point.pk}/first-password")
    found = re.search(r'class="first-password">([a-z-]+)<', page.content.decode())
    assert found
    assert Client().login(username="finn@example.org", password=found[1])


def test_a_closed_account_is_shown_to_those_who_keep_accounts(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    assert client.post(f"/people/{cast.stranger.pk}/closing").status_code == 302
    assert not Client().login(username="sten@example.org", password=PASSWORD)
    assert "Sten Farrow" in client.get("/people").content.decode()
    assert "Sten Farrow" not in as_person(cast.reviewer).get("/people").content.decode()
    client.post(f"/people/{cast.stranger.pk}/closing")
    assert Client().login(username="sten@example.org", password=PASSWORD)


def test_nobody_closes_their_own_account(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).post(f"/people/{cast.plan_manager.pk}/closing")
    assert response.status_code == 409


def test_one_changes_ones_own_password_and_stays_signed_in(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    new = "a quay without lamps 7"
    response = client.post(
        "/people/me/password", {"present": PASSWORD, "new": new, "again": new}, follow=True
    )
    assert "Your password is changed." in response.content.decode()
    assert Client().login(username="finn@example.org", password=new)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"present": "wrong", "new": "quays and lamps 7", "again": "quays and lamps 7"}, "not your password"),
        (
            {"present": PASSWORD, "new": "quays and lamps 7", "again": "another"},
            "The two new passwords differ",
        ),
        ({"present": PASSWORD, "new": "short", "again": "short"}, "too short"),
    ],
)
def test_a_password_that_cannot_be_taken_is_explained(
    cast: Cast, as_person: SignedIn, given: dict[str, str], said: str
) -> None:
    response = as_person(cast.focal_point).post("/people/me/password", given)
    assert said in response.content.decode()
    assert Client().login(username="finn@example.org", password=PASSWORD)
