from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from suivi.plan.commands import add_milestone, assign_unit, set_resource
from suivi.plan.models import Plan, Responsibility
from suivi.plan.queries import deliverables_on, rows_in_force
from tests.cast import DAY, NOW, Cast, words
from tests.web.conftest import SignedIn

ADDRESS = "/plans/harbour-plan/management"
ASSIGN = f"{ADDRESS}/assign"


def _page(client: Client, query: str = "") -> str:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return response.content.decode()


def _gaps(cast: Cast) -> list[str]:
    found = deliverables_on(DAY, rows_in_force(DAY).filter(edition__plan=cast.plan))
    return [one.row.number for one in found if one.gaps]


def _was(cast: Cast, key: str) -> str:
    held = Responsibility.objects.current().filter(deliverable__key=key, role="accountable").first()
    return str(held.pk) if held else ""


def test_nobody_and_the_public_do_not_see_it(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(None).get(ADDRESS).headers["Location"] == f"/sign-in?next={ADDRESS.replace('/', '%2F')}"
    for account in (cast.stranger, cast.public_reader):
        assert as_person(account).get(ADDRESS).status_code == 403


def test_a_plan_that_is_not_public_is_not_there_for_a_stranger(cast: Cast, as_person: SignedIn) -> None:
    Plan.objects.update(is_public=False)
    assert as_person(cast.stranger).get(ADDRESS).status_code == 404
    assert as_person(cast.plan_manager).get("/plans/no-such-plan/management").status_code == 404


def test_before_the_plan_was_adopted_there_is_none(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(cast.plan_manager).get(f"{ADDRESS}?as_of=2020-01-01").status_code == 404


def test_gaps_come_first_and_are_counted(cast: Cast, as_person: SignedIn) -> None:
    html = _page(as_person(cast.plan_manager))
    assert html.index("Gaps in assignment") < html.index("Who does what by when")
    assert "1 deliverable has no accountable unit." in html
    assert "2 deliverables have no responsible unit." in html


def test_those_who_do_not_assign_read_only(cast: Cast, as_person: SignedIn) -> None:
    for account in (cast.focal_point, cast.reviewer, cast.auditor):
        html = _page(as_person(account))
        assert "Gaps in assignment" in html
        assert "/assign" not in html
        assert "checkbox" not in html


def test_another_day_is_only_looked_at(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    html = _page(client, "?as_of=2022-12-15")
    assert "nothing can be changed here" in html
    assert "checkbox" not in html
    refused = client.post(ASSIGN, {"only": "1.2.1", "row-1.2.1-unit": "region", "row-1.2.1-role": "both"})
    assert refused.status_code == 409
    assert _gaps(cast) == ["1.1.2", "1.2.1"]


def test_units_are_called_as_on_the_day(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.reviewer)
    assert ">LAMP<" in _page(client, "?as_of=2022-06-15")
    assert ">LIGHT<" in _page(client, "?as_of=")


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?pillar=2", "Charts on screens", "Lanterns on every quay"),
        ("?q=LÁNTERNS", "Lanterns on every quay", "Charts on screens"),
        ("?unit=island", "Lanterns on every quay", "Charts on screens"),
        ("?unit=region", "A guide to lamp oil", "Charts on screens"),
        ("?unit=region", "Lanterns on every quay", "Keepers trained"),
        ("?show=gaps", "Keepers trained", "Lanterns on every quay"),
        ("?show=late", "First five lanterns lit", "All lanterns lit"),
        ("?show=due", "All lanterns lit", "First five lanterns lit"),
        ("?show=nonsense&unit=nobody", "Charts on screens", "No deliverable matches"),
        ("?q=zzz", "No deliverable matches", "Charts on screens"),
    ],
)
def test_the_address_says_what_is_shown(
    cast: Cast, as_person: SignedIn, query: str, shown: str, hidden: str
) -> None:
    html = _page(as_person(cast.reviewer), query)
    assert shown in html
    assert hidden not in html


def test_one_gap_is_closed_in_its_row(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).post(
        f"{ASSIGN}?show=gaps&pillar=1",
        {
            "only": "1.1.2",
            "row-1.1.2-unit": "island",
            "row-1.1.2-role": "responsible",
            "row-1.1.2-starts_on": "2023-02-15",
            "was-1.1.2": _was(cast, "1.1.2"),
        },
        follow=True,
    )
    assert response.redirect_chain == [(f"{ADDRESS}?show=gaps&pillar=1", 302)]
    assert "1 deliverable assigned to SKERRA." in response.content.decode()
    assert _gaps(cast) == ["1.2.1"]


def test_several_are_assigned_at_once(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).post(
        ASSIGN,
        {
            "list": "all",
            "deliverable": ["1.1.2", "1.2.1", "2.1.2"],
            "all-unit": "region",
            "all-role": "both",
            "all-starts_on": "2023-02-15",
            **{f"was-{key}": _was(cast, key) for key in ("1.1.2", "1.2.1", "2.1.2")},
        },
        follow=True,
    )
    assert "3 deliverables assigned to NORTH." in response.content.decode()
    assert _gaps(cast) == []


def test_what_is_missing_is_said_and_what_was_chosen_is_kept(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).post(
        ASSIGN,
        {
            "list": "all",
            "deliverable": ["1.2.1"],
            "all-unit": "",
            "all-role": "supports",
            "all-starts_on": "15/2",
        },
    )
    html = response.content.decode()
    assert "Nothing was assigned." in html
    assert "Unit: This field is required." in html
    assert 'value="1.2.1" checked' in html
    assert '<option value="supports" selected>' in html


def test_nothing_chosen_is_said(cast: Cast, as_person: SignedIn) -> None:
    sent = {"list": "gaps", "gaps-unit": "region", "gaps-role": "both", "gaps-starts_on": "2023-02-15"}
    html = as_person(cast.plan_manager).post(ASSIGN, sent).content.decode()
    assert "Choose at least one deliverable" in html


def test_a_gap_filled_meanwhile_is_not_overwritten(cast: Cast, as_person: SignedIn) -> None:
    assign_unit(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.2.1"),
        unit=cast.island,
        role="accountable",
        starts_on=DAY,
    )
    response = as_person(cast.plan_manager).post(
        ASSIGN,
        {
            "only": "1.2.1",
            "row-1.2.1-unit": "region",
            "row-1.2.1-role": "accountable",
            "row-1.2.1-starts_on": "2023-02-15",
            "was-1.2.1": "",
        },
    )
    assert "Another accountable unit than the one shown" in response.content.decode()
    held = Responsibility.objects.current().get(deliverable__key="1.2.1", role="accountable")
    assert held.unit == cast.island


def test_assigning_needs_the_permission_and_a_token(cast: Cast, as_person: SignedIn) -> None:
    sent = {"only": "1.2.1", "row-1.2.1-unit": "region", "row-1.2.1-role": "both"}
    sent["row-1.2.1-starts_on"] = "2023-02-15"
    for account in (cast.focal_point, cast.director, cast.reviewer):
        assert as_person(account).post(ASSIGN, sent).status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.plan_manager)
    assert strict.post(ASSIGN, sent).status_code == 403
    assert as_person(cast.plan_manager).get(ASSIGN).status_code == 405
    assert _gaps(cast) == ["1.1.2", "1.2.1"]


def test_the_owner_of_a_milestone_is_offered_to_say_it_is_done(cast: Cast, as_person: SignedIn) -> None:
    assert "Done today" in _page(as_person(cast.focal_point), "?show=late")
    assert "Done today" not in _page(as_person(cast.reviewer), "?show=late")


def test_money_is_added_per_currency_and_unknown_is_counted(cast: Cast, as_person: SignedIn) -> None:
    for key, currency, planned, secured in (
        ("1.1.1", "USD", Decimal("100000.1"), None),
        ("1.1.2", "USD", Decimal("0.2"), Decimal(0)),
        ("1.1.2", "EUR", Decimal(7), None),
    ):
        set_resource(
            by=None,
            now=NOW,
            deliverable=cast.deliverable(key),
            kind="money",
            currency=currency,
            planned=planned,
            secured=secured,
        )
    html = " ".join(_page(as_person(cast.reviewer)).split())
    assert "100,000.3" in html
    assert "Money, in EUR" in html
    assert "2 deliverables not known" in html
    assert "3 deliverables not known" in html


def test_hostile_words_are_written_out(cast: Cast, as_person: SignedIn) -> None:
    add_milestone(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.2.1"),
        title=words("<script>alert(1)</script>"),
        due_on=DAY - timedelta(days=1),
    )
    for query in ("", "?show=late", "?q=%3Cscript%3E"):
        html = _page(as_person(cast.plan_manager), query)
        assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in _page(as_person(cast.plan_manager), "?show=late")


def test_the_number_of_queries_does_not_grow_with_the_plan(
    cast: Cast, as_person: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(cast.plan_manager)
    for query in ("", "?show=gaps", "?show=late"):
        _page(client, query)
    for number in range(12):
        add_milestone(
            by=None,
            now=NOW,
            deliverable=cast.deliverable("1.1.1"),
            title=words(f"Step {number}"),
            due_on=DAY - timedelta(days=number),
            owner_unit=cast.island,
            owner=cast.focal_point,
        )
        set_resource(
            by=None,
            now=NOW,
            deliverable=cast.deliverable("1.1.1"),
            kind="money",
            currency=f"A{chr(65 + number)}A",
            planned=Decimal(number),
            secured=None,
        )
    for query in ("", "?show=gaps", "?show=late"):
        with django_assert_max_num_queries(20):
            _page(client, query)
