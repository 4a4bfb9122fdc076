from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from suivi.plan.commands import answer_request, ask_for_change
from suivi.plan.models import ChangeRequest, Responsibility
from suivi.plan.queries import responsibilities_on
from tests.cast import DAY, NOW, Cast, at
from tests.web.conftest import SignedIn

PLAN = "/plans/harbour-plan"
ASK, LIST = f"{PLAN}/deliverables/1.1.1/ask", f"{PLAN}/requests"
REASON = "Storms"


def _ask(cast: Cast, kind: str = "postponement", **more: object) -> ChangeRequest:
    given: dict[str, object] = {"by": cast.focal_point, "now": NOW, "unit": cast.island}
    if kind == "postponement":
        given["proposed_end_on"] = date(2024, 6, 30)
    return ask_for_change(
        deliverable=cast.deliverable("1.1.1"),
        kind=kind,
        reason=REASON,
        **{**given, **more},  # type: ignore[arg-type]
    )


def _answer(request: ChangeRequest) -> str:
    return f"{LIST}/{request.pk}/answer"


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("postponement", {"proposed_end_on": "2024-06-30"}),
        ("rewording", {"text_en": "Lanterns on some quays"}),
        ("merger", {"merge_into": "1.1.2"}),
        ("cancellation", {}),
        ("accountable_unit", {"proposed_unit": "island"}),
    ],
)
def test_each_kind_is_asked_for_and_shown(
    cast: Cast, as_person: SignedIn, kind: str, more: dict[str, str]
) -> None:
    client = as_person(cast.focal_point)
    response = client.post(ASK, {"kind": kind, "reason": REASON, "unit": "island", **more})
    assert response.headers["Location"] == LIST
    request = ChangeRequest.objects.get()
    assert (request.kind, request.reason, request.unit) == (kind, REASON, cast.island)
    html = client.get(LIST).content.decode()
    assert "Proposed" in html
    assert REASON in html


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "postponement"}, "This kind of request needs it."),
        ({"kind": "postponement", "proposed_end_on": "2023-12-31"}, "not later than the one now agreed"),
        ({"kind": "merger"}, "This kind of request needs it."),
        ({"kind": "merger", "merge_into": "1.1.1"}, "Select a valid choice"),
        ({"kind": "accountable_unit"}, "This kind of request needs it."),
        ({"kind": "rewording", "text_en": " "}, "it has not changed"),
        ({"kind": "rewording"}, "it has not changed"),
        ({"kind": "cancellation", "reason": ""}, "This field is required."),
        ({"kind": "cancellation", "unit": "headquarters"}, "Select a valid choice"),
        ({"kind": "revolution"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    cast: Cast, as_person: SignedIn, sent: dict[str, str], said: str
) -> None:
    html = as_person(cast.focal_point).post(ASK, {"reason": REASON, **sent}).content.decode()
    assert said in html
    assert not ChangeRequest.objects.exists()


def test_the_adopted_words_stand_in_the_form_to_be_changed(cast: Cast, as_person: SignedIn) -> None:
    html = as_person(cast.focal_point).get(ASK).content.decode()
    assert html.count("Lanterns on every quay and pier, in another invented sentence") == 2


def test_a_rewording_shows_what_goes_and_what_comes(cast: Cast, as_person: SignedIn) -> None:
    words = "Lanterns on every quay, in another invented sentence <i>"
    as_person(cast.focal_point).post(ASK, {"kind": "rewording", "reason": REASON, "text_en": words})
    html = as_person(cast.reviewer).get(LIST).content.decode()
    assert "<del>and pier</del>" in html
    assert "<ins>&lt;i&gt;</ins>" in html


def test_who_may_ask(cast: Cast, as_person: SignedIn) -> None:
    for account, code in ((cast.focal_point, 200), (cast.auditor, 403), (cast.stranger, 403), (None, 302)):
        assert as_person(account).get(ASK).status_code == code
    elsewhere = ASK.replace("1.1.1", "1.1.2")
    sent = {"kind": "cancellation", "reason": REASON}
    assert as_person(cast.focal_point).get(elsewhere).status_code == 403
    assert as_person(cast.focal_point).post(elsewhere, sent).status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.focal_point)
    assert strict.post(ASK, sent).status_code == 403
    assert not ChangeRequest.objects.exists()


def test_who_may_read_the_requests(cast: Cast, as_person: SignedIn) -> None:
    for account, code in (
        (cast.plan_manager, 200),
        (cast.auditor, 200),
        (cast.stranger, 403),
        (cast.public_reader, 403),
        (None, 302),
    ):
        assert as_person(account).get(LIST).status_code == code


def test_without_requests_the_page_says_where_they_come_from(cast: Cast, as_person: SignedIn) -> None:
    assert "Nobody has asked for a change yet" in as_person(cast.reviewer).get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?stage=open", 1),
        ("?stage=accepted", 1),
        ("?kind=cancellation", 1),
        ("?unit=region", 2),
        ("?unit=region&kind=merger", 0),
        ("?stage=nonsense", 2),
    ],
)
def test_the_address_says_which_requests_are_shown(
    cast: Cast, as_person: SignedIn, query: str, count: int
) -> None:
    _ask(cast)
    accepted = _ask(cast, "cancellation")
    answer_request(by=None, now=NOW, request=accepted, is_accepted=True, answer="")
    html = as_person(cast.reviewer).get(LIST + query).content.decode()
    assert html.count("<article") == count
    assert ("No request matches" in html) == (count == 0)


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("postponement", {}, "the internal day becomes"),
        ("cancellation", {}, "stays in the plan until the body decides"),
    ],
)
def test_what_accepting_does_is_said_before(
    cast: Cast, as_person: SignedIn, kind: str, more: dict[str, object], said: str
) -> None:
    html = as_person(cast.plan_manager).get(_answer(_ask(cast, kind, **more))).content.decode()
    assert said in html


def test_accepting_another_accountable_unit_says_from_when(cast: Cast, as_person: SignedIn) -> None:
    request = _ask(cast, "accountable_unit", proposed_unit=cast.island)
    client = as_person(cast.plan_manager)
    assert "Isle of Skerra is accountable from" in client.get(_answer(request)).content.decode()
    client.post(_answer(request), {"do": "accept", "answer": "Yes."})
    held: Responsibility = responsibilities_on(DAY).get(
        role="accountable", deliverable=cast.deliverable("1.1.1")
    )
    assert held.unit == cast.island


def test_a_request_is_accepted_or_rejected_with_words(cast: Cast, as_person: SignedIn) -> None:
    client, request = as_person(cast.plan_manager), _ask(cast)
    assert "needs an answer" in client.post(_answer(request), {"do": "reject"}).content.decode()
    assert "whether to accept or to reject" in client.post(_answer(request), {}).content.decode()
    assert client.post(_answer(request), {"do": "reject", "answer": "Not now."}).status_code == 302
    html = client.get(LIST).content.decode()
    assert "Not now." in html
    assert "rejected" in html
    assert "answered or withdrawn" in client.post(_answer(request), {"do": "accept"}).content.decode()
    request.refresh_from_db()
    assert request.state == "rejected"


def test_both_days_are_shown_until_the_body_decides(cast: Cast, as_person: SignedIn) -> None:
    as_person(cast.plan_manager).post(_answer(_ask(cast)), {"do": "accept"})
    html = " ".join(as_person(cast.reviewer).get(f"{PLAN}/management").content.decode().split())
    assert "2023-12-31" in html
    assert "2024-06-30" in html
    assert "internally" in html


def test_only_the_plan_manager_answers(cast: Cast, as_person: SignedIn) -> None:
    request = _ask(cast)
    for account in (cast.focal_point, cast.director, cast.auditor, cast.stranger):
        client = as_person(account)
        assert client.get(_answer(request)).status_code == 403
        assert client.post(_answer(request), {"do": "accept"}).status_code == 403
        if account != cast.stranger:
            assert _answer(request) not in client.get(LIST).content.decode()
    assert as_person(cast.plan_manager).get(f"{LIST}/999/answer").status_code == 404


def test_a_request_is_withdrawn_by_those_who_asked(cast: Cast, as_person: SignedIn) -> None:
    request = _ask(cast)
    address = f"{LIST}/{request.pk}/withdraw"
    assert "Withdraw the request" not in as_person(cast.auditor).get(LIST).content.decode()
    assert as_person(cast.auditor).post(address).status_code == 403
    client = as_person(cast.focal_point)
    assert client.get(address).status_code == 405
    assert "Withdraw the request" in client.get(LIST).content.decode()
    assert "was withdrawn" in client.post(address, follow=True).content.decode()
    assert client.post(address).status_code == 409
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.focal_point)
    assert strict.post(address).status_code == 403


def test_an_earlier_day_shows_the_request_as_it_stood(cast: Cast, as_person: SignedIn) -> None:
    request = _ask(cast, now=at(2023, 1, 10))
    answer_request(by=None, now=NOW, request=request, is_accepted=True, answer="Granted")
    client = as_person(cast.plan_manager)
    html = client.get(f"{LIST}?as_of=2023-01-31").content.decode()
    assert "Granted" not in html
    assert "Answer" not in html.split("<article", 1)[1]
    assert client.post(ASK, {"kind": "cancellation", "reason": REASON}).status_code == 409
    assert client.post(_answer(request), {"do": "reject", "answer": "No"}).status_code == 409
    assert "Nobody has asked" in client.get(f"{LIST}?as_of=2023-01-09").content.decode()


def test_hostile_words_are_written_out(cast: Cast, as_person: SignedIn) -> None:
    request = _ask(cast, "cancellation")
    ChangeRequest.objects.update(reason="<script>alert(1)</script>")
    for address in (LIST, _answer(request)):
        html = as_person(cast.plan_manager).get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_the_number_of_queries_does_not_grow_with_the_requests(
    cast: Cast, as_person: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(cast.plan_manager)
    client.get(LIST)
    for kind in ("postponement", "cancellation") * 6:
        _ask(cast, kind)
    with django_assert_max_num_queries(20):
        client.get(LIST)
