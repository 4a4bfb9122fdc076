from datetime import timedelta

import pytest
from django.test import Client

from suivi.organisation.commands import add_stakeholder
from suivi.organisation.models import Stakeholder
from suivi.plan.models import Expectation, MilestoneState, Responsibility
from suivi.plan.queries import responsibilities_on
from tests.cast import DAY, NOW, Cast, words
from tests.web.conftest import SignedIn

ADDRESS = "/plans/harbour-plan/deliverables/1.1.1/responsibilities"
HAND_OVER = "/plans/harbour-plan/management/hand-over"
ASKED = {"from_unit": "island", "to_unit": "region", "on": "2023-02-15", "deliverable": ""}


def _held(cast: Cast, role: str) -> Responsibility:
    held: Responsibility = Responsibility.objects.current().get(
        deliverable=cast.deliverable("1.1.1"), role=role, ends_on=None
    )
    return held


def _units(cast: Cast, role: str) -> list[str]:
    rows = responsibilities_on(DAY).filter(deliverable=cast.deliverable("1.1.1"), role=role)
    return sorted(row.unit.key for row in rows.select_related("unit"))


def _post(client: Client, do: str, **sent: object) -> str:
    response = client.post(ADDRESS, {"do": do, **sent}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_everybody_inside_reads_and_nobody_else(cast: Cast, as_person: SignedIn) -> None:
    for account in (cast.plan_manager, cast.focal_point, cast.auditor):
        assert "Isle of Skerra" in as_person(account).get(ADDRESS).content.decode()
    assert as_person(cast.stranger).get(ADDRESS).status_code == 403
    assert as_person(None).get(ADDRESS).status_code == 302
    assert '<form method="post" novalidate>' not in as_person(cast.auditor).get(ADDRESS).content.decode()


def test_a_deliverable_that_is_not_in_the_edition_is_not_there(cast: Cast, as_person: SignedIn) -> None:
    for key in ("2.1.1", "9.9.9"):
        address = ADDRESS.replace("1.1.1", key)
        assert as_person(cast.plan_manager).get(address).status_code == 404


def test_a_unit_is_added(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    html = _post(
        client, "add", unit="region", role="supports", starts_on="2023-02-15", contact=cast.director.pk
    )
    assert "The responsibility was recorded." in html
    assert _held(cast, "supports").contact == cast.director


def test_a_second_accountable_unit_is_refused_in_the_form(cast: Cast, as_person: SignedIn) -> None:
    html = _post(
        as_person(cast.plan_manager), "add", unit="region", role="accountable", starts_on="2023-02-15"
    )
    assert "headquarters is accountable for 1.1.1" in html
    assert '<option value="region" selected>' in html


def test_the_accountable_unit_is_changed_or_taken_away(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    _post(
        client,
        "accountable",
        unit="region",
        starts_on="2023-02-15",
        based_on=_held(cast, "accountable").pk,
    )
    assert _units(cast, "accountable") == ["region"]
    _post(client, "accountable", unit="", starts_on="2023-02-15", based_on=_held(cast, "accountable").pk)
    assert _units(cast, "accountable") == []


def test_an_accountable_unit_set_meanwhile_is_not_overwritten(cast: Cast, as_person: SignedIn) -> None:
    client, shown = as_person(cast.plan_manager), _held(cast, "accountable").pk
    _post(client, "accountable", unit="region", starts_on="2023-02-15", based_on=shown)
    html = _post(client, "accountable", unit="island", starts_on="2023-02-15", based_on=shown)
    assert "Another accountable unit than the one shown" in html
    html = _post(client, "accountable", unit="", starts_on="2023-02-15", based_on=shown)
    assert "Somebody else changed this responsibility" in html
    assert _units(cast, "accountable") == ["region"]


def test_the_cell_of_the_table_is_edited_in_place(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    part = f"{ADDRESS}?part=accountable"
    form = client.get(part).content.decode()
    assert "<html" not in form
    assert "hx-post" in form
    sent = {"do": "accountable", "unit": "region", "starts_on": "", "based_on": ""}
    assert "This field is required." in client.post(part, sent).content.decode()
    sent |= {"starts_on": "2023-02-15", "based_on": str(_held(cast, "accountable").pk)}
    cell = client.post(part, sent, follow=True).content.decode()
    assert "NORTH" in cell
    assert "<html" not in cell


def test_a_last_day_and_another_person_are_recorded(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    _post(client, "contact", responsibility=_held(cast, "responsible").pk, contact="")
    assert _held(cast, "responsible").contact is None
    _post(client, "end", responsibility=_held(cast, "responsible").pk, ends_on="2023-02-14")
    assert _units(cast, "responsible") == []


def test_the_responsibility_of_another_deliverable_is_not_ended_here(cast: Cast, as_person: SignedIn) -> None:
    other = Responsibility.objects.get(deliverable=cast.deliverable("1.1.2"))
    html = _post(as_person(cast.plan_manager), "end", responsibility=other.pk, ends_on="2023-02-14")
    assert "not on this deliverable. Nothing was changed." in html
    other.refresh_from_db()
    assert other.superseded_at is None


def test_what_somebody_else_ended_meanwhile_is_said(cast: Cast, as_person: SignedIn) -> None:
    client, shown = as_person(cast.plan_manager), _held(cast, "responsible").pk
    _post(client, "end", responsibility=shown, ends_on="2023-12-31")
    html = _post(client, "end", responsibility=shown, ends_on="2023-06-30")
    assert "Somebody else changed this responsibility" in html
    ended = Responsibility.objects.current().get(deliverable__key="1.1.1", role="responsible")
    assert str(ended.ends_on) == "2023-12-31"


def test_what_is_expected_of_somebody_new_outside(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    html = _post(client, "stakeholder", kind="workers", name_en="Keepers' guild", name_fr="Guilde")
    assert "stands in the list of stakeholders" in html
    guild = Stakeholder.objects.get()
    assert guild.name.plain() == {"en": "Keepers' guild", "fr": "Guilde"}
    html = _post(client, "expect", stakeholder=guild.pk, text_en="<b>Keeps</b> watch")
    assert "&lt;b&gt;Keeps&lt;/b&gt; watch" in html
    _post(client, "expect", stakeholder=guild.pk, text_en="Keeps the log")
    assert [str(row.text) for row in Expectation.objects.current()] == ["Keeps the log"]


@pytest.mark.parametrize("do", ["", "nonsense"])
def test_a_form_that_is_not_there_is_not_there(cast: Cast, as_person: SignedIn, do: str) -> None:
    assert as_person(cast.plan_manager).post(ADDRESS, {"do": do}).status_code == 404


def test_writing_needs_the_permission_and_a_token(cast: Cast, as_person: SignedIn) -> None:
    guild = add_stakeholder(by=None, now=NOW, key="guild", kind="workers", name=words("Guild"))
    forms: list[dict[str, object]] = [
        {"do": "add", "unit": "region", "role": "supports", "starts_on": "2023-02-15"},
        {"do": "accountable", "unit": "region", "starts_on": "2023-02-15"}
        | {"based_on": _held(cast, "accountable").pk},
        {"do": "end", "responsibility": _held(cast, "responsible").pk, "ends_on": "2023-02-14"},
        {"do": "contact", "responsibility": _held(cast, "responsible").pk, "contact": ""},
        {"do": "expect", "stakeholder": guild.pk, "text_en": "Keeps watch"},
        {"do": "stakeholder", "kind": "workers", "name_en": "Others"},
    ]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.plan_manager)
    for sent in forms:
        assert strict.post(ADDRESS, sent).status_code == 403
        for account in (cast.focal_point, cast.director, cast.auditor):
            assert as_person(account).post(ADDRESS, sent).status_code == 403, sent
    assert not Responsibility.objects.filter(recorded_at=NOW).exists()


def test_a_hand_over_is_shown_before_it_is_done(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    html = client.get(HAND_OVER, ASKED).content.decode()
    assert "Hand over this deliverable" in html
    assert "First five lanterns lit" in html
    assert _units(cast, "responsible") == ["island"]
    done = client.post(HAND_OVER, ASKED, follow=True)
    assert "1 deliverable was handed over." in done.content.decode()
    assert _units(cast, "responsible") == ["region"]
    steps = MilestoneState.objects.current().filter(milestone__deliverable=cast.deliverable("1.1.1"))
    assert {step.owner_unit for step in steps} == {cast.region}


def test_nothing_to_hand_over_is_said(cast: Cast, as_person: SignedIn) -> None:
    html = as_person(cast.plan_manager).get(HAND_OVER, {**ASKED, "deliverable": "2.1.2"}).content.decode()
    assert "holds nothing that would move" in html


def test_a_hand_over_to_itself_is_refused_in_the_form(cast: Cast, as_person: SignedIn) -> None:
    html = as_person(cast.plan_manager).post(HAND_OVER, {**ASKED, "to_unit": "island"}).content.decode()
    assert "cannot hand over to itself" in html


def test_only_those_who_assign_hand_over(cast: Cast, as_person: SignedIn) -> None:
    for account in (cast.focal_point, cast.director, cast.auditor, cast.stranger):
        assert as_person(account).get(HAND_OVER).status_code == 403
        assert as_person(account).post(HAND_OVER, ASKED).status_code == 403
    assert as_person(None).get(HAND_OVER).status_code == 302


def test_earlier_responsibilities_stay_to_be_read(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    _post(client, "end", responsibility=_held(cast, "responsible").pk, ends_on=str(DAY - timedelta(days=9)))
    html = client.get(ADDRESS).content.decode()
    assert "Earlier responsibilities" in html
    assert "Isle of Skerra" in html
