from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from suivi.core.models import Account, AuditEntry
from suivi.plan.commands import (
    DecisionGiven,
    LoadOutcome,
    answer_request,
    ask_for_change,
    load_plan,
    withdraw_request,
)
from suivi.plan.models import ChangeRequest, RequestState
from suivi.plan.queries import DeliverableOnDay, Parts, deliverables_on, responsibilities_on, rows_in_force
from suivi.plan.queries.requests import RequestStage, requests_of, wordings_of
from suivi.values.errors import NotAllowed, RuleBroken
from suivi.values.text import Text
from tests.cast import DAY, NOW, SLUG, Cast, at, second_edition, words

LATER = NOW + timedelta(hours=1)
END = date(2024, 6, 30)


def _ask(cast: Cast, kind: str = "postponement", key: str = "1.1.1", **more: object) -> ChangeRequest:
    proposed = {
        "postponement": {"proposed_end_on": END},
        "rewording": {"proposed_text": words("Lanterns on some quays")},
        "merger": {"merge_into": cast.deliverable("1.1.2")},
        "cancellation": {},
        "accountable_unit": {"proposed_unit": cast.island},
    }[kind]
    given: dict[str, object] = {"by": cast.focal_point, "now": NOW, "unit": cast.island, **proposed, **more}
    return ask_for_change(
        deliverable=cast.deliverable(key),
        kind=kind,
        reason=" Storms. ",
        **given,  # type: ignore[arg-type]
    )


def _answer(cast: Cast, request: ChangeRequest, *, is_accepted: bool = True, answer: str = "") -> None:
    answer_request(by=cast.plan_manager, now=LATER, request=request, is_accepted=is_accepted, answer=answer)


def _on(day: date, key: str = "1.1.1") -> DeliverableOnDay:
    return deliverables_on(day, rows_in_force(day).filter(deliverable__key=key), Parts.REQUESTS)[0]


@pytest.mark.parametrize("kind", ["postponement", "rewording", "merger", "cancellation", "accountable_unit"])
def test_each_kind_of_request_is_recorded_with_its_reason(cast: Cast, kind: str) -> None:
    request = _ask(cast, kind)
    assert (request.state, request.reason, request.asked_by) == ("open", "Storms.", cast.focal_point)
    line = AuditEntry.objects.first()
    assert line is not None
    assert (line.verb, line.details) == ("ask_for_change", {"kind": kind, "state": "open"})


@pytest.mark.parametrize(
    "kind_and_field",
    [
        ("postponement", "proposed_end_on"),
        ("rewording", "proposed_text"),
        ("merger", "merge_into"),
        ("accountable_unit", "proposed_unit"),
    ],
)
def test_a_request_says_what_it_proposes(cast: Cast, kind_and_field: tuple[str, str]) -> None:
    kind, field = kind_and_field
    with pytest.raises(ValidationError):
        _ask(cast, kind, **{field: None})
    assert not ChangeRequest.objects.exists()


def test_what_belongs_to_another_kind_is_left_out(cast: Cast) -> None:
    request = _ask(cast, "cancellation", proposed_end_on=END, proposed_unit=cast.region)
    assert (request.proposed_end_on, request.proposed_unit) == (None, None)


def test_a_deliverable_is_not_merged_into_itself(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        _ask(cast, "merger", key="1.1.2", by=None)


def test_a_unit_asks_about_what_it_answers_for(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _ask(cast, key="1.1.2", by=cast.focal_point)
    assert _ask(cast, key="1.1.2", by=cast.director).asked_by == cast.director


def test_an_accepted_postponement_sets_the_internal_day_and_leaves_the_adopted_window(cast: Cast) -> None:
    _answer(cast, _ask(cast))
    one = _on(DAY)
    assert one.internal_end_on == END
    assert one.row.ends_on == date(2023, 12, 31)
    assert len(one.accepted_requests) == 1


def test_before_it_was_answered_a_request_was_open(cast: Cast) -> None:
    request = _ask(cast, now=at(2023, 1, 10))
    _answer(cast, request)
    assert _on(date(2023, 1, 9)).requests == []
    assert len(_on(date(2023, 1, 31)).open_requests) == 1
    assert _on(date(2023, 1, 31)).internal_end_on is None
    assert _on(DAY).open_requests == []


def test_of_two_postponements_the_one_answered_last_counts(cast: Cast) -> None:
    first, second = _ask(cast), _ask(cast, proposed_end_on=date(2024, 3, 31))
    _answer(cast, first)
    answer_request(
        by=None, now=LATER + timedelta(minutes=5), request=second, is_accepted=True, answer="Sooner."
    )
    assert _on(DAY).internal_end_on == date(2024, 3, 31)


def test_accepting_another_accountable_unit_hands_the_accountability_over(cast: Cast) -> None:
    _answer(cast, _ask(cast, "accountable_unit"))
    accountable = responsibilities_on(DAY).get(deliverable=cast.deliverable("1.1.1"), role="accountable")
    assert (accountable.unit, accountable.starts_on) == (cast.island, DAY)
    assert _on(DAY).accepted_requests == [], "nothing waits for the body"
    assert [one.stage for one in requests_of(cast.plan, DAY)] == [RequestStage.CARRIED_OUT]


@pytest.mark.parametrize("kind", ["postponement", "rewording", "merger", "cancellation"])
def test_what_the_body_adopted_stays_when_a_request_is_accepted(cast: Cast, kind: str) -> None:
    before = cast.plan.editions.get(number=2).deliverableeditions.values().get(number="1.1.1")
    _answer(cast, _ask(cast, kind))
    assert cast.plan.editions.get(number=2).deliverableeditions.values().get(number="1.1.1") == before
    assert [one.stage for one in requests_of(cast.plan, DAY)] == [RequestStage.ACCEPTED]


def test_a_rejection_needs_words(cast: Cast) -> None:
    request = _ask(cast)
    with pytest.raises(RuleBroken):
        _answer(cast, request, is_accepted=False, answer="  ")
    request.refresh_from_db()
    assert request.state == RequestState.OPEN
    _answer(cast, request, is_accepted=False, answer="Not now.")
    request.refresh_from_db()
    assert (request.state, request.answer, request.answered_by) == ("rejected", "Not now.", cast.plan_manager)
    assert _on(DAY).internal_end_on is None


def test_an_answered_request_stays_answered(cast: Cast) -> None:
    request = _ask(cast)
    stale = ChangeRequest.objects.get(pk=request.pk)
    _answer(cast, request, is_accepted=False, answer="Not now.")
    with pytest.raises(RuleBroken):
        _answer(cast, stale)
    with pytest.raises(RuleBroken):
        withdraw_request(by=cast.focal_point, now=LATER, request=stale)


def test_only_the_plan_manager_answers(cast: Cast) -> None:
    request = _ask(cast)
    for account in (cast.focal_point, cast.director, cast.reviewer, cast.auditor, cast.stranger):
        with pytest.raises(NotAllowed):
            answer_request(by=account, now=LATER, request=request, is_accepted=True, answer="Yes.")


@pytest.mark.parametrize("name", ["focal_point", "director", "plan_manager"])
def test_who_asked_the_unit_and_the_plan_manager_withdraw(cast: Cast, name: str) -> None:
    account: Account = getattr(cast, name)
    withdrawn = withdraw_request(by=account, now=LATER, request=_ask(cast))
    assert (withdrawn.state, withdrawn.answered_by) == ("withdrawn", account)


def test_another_unit_on_the_deliverable_does_not_withdraw(cast: Cast) -> None:
    request = _ask(cast, by=cast.plan_manager, unit=cast.headquarters)
    with pytest.raises(NotAllowed):
        withdraw_request(by=cast.focal_point, now=LATER, request=request)


def _amend(cast: Cast, *, extended: bool = False, dropped: bool = False) -> None:
    document = second_edition()
    lanterns, _guide = document.pillars[0].actions[0].deliverables
    if extended:
        lanterns.window, lanterns.ends_on = "2021-2024", END
    if dropped:
        document.pillars[0].actions[0].deliverables.remove(lanterns)
    loaded = load_plan(
        by=None, now=LATER, slug=SLUG, document=document, decision=DecisionGiven(date(2023, 3, 10))
    )
    assert loaded.outcome is LoadOutcome.AMENDED


def test_an_edition_settles_the_postponement_it_took_up(cast: Cast) -> None:
    request = _ask(cast)
    _answer(cast, request)
    _amend(cast, extended=True)
    request.refresh_from_db()
    assert request.settled_by is not None
    assert request.settled_by.number == 3
    after = date(2023, 3, 10)
    assert _on(after).internal_end_on is None
    assert _on(after).row.ends_on == END
    assert _on(date(2023, 3, 9)).internal_end_on == END
    assert requests_of(cast.plan, after)[0].stage is RequestStage.SETTLED


@pytest.mark.parametrize("kind", ["merger", "cancellation"])
def test_an_edition_settles_what_it_dropped(cast: Cast, kind: str) -> None:
    request = _ask(cast, kind)
    _answer(cast, request)
    _amend(cast, dropped=True)
    request.refresh_from_db()
    assert request.settled_by is not None


def test_an_edition_leaves_open_and_other_requests_alone(cast: Cast) -> None:
    waiting, other = _ask(cast), _ask(cast, "rewording")
    _answer(cast, other)
    _amend(cast, extended=True)
    for request in (waiting, other):
        request.refresh_from_db()
        assert request.settled_by is None


def test_open_requests_come_first_then_the_latest(cast: Cast) -> None:
    asked = [_ask(cast, now=NOW + timedelta(minutes=n)) for n in range(3)]
    _answer(cast, asked[2])
    assert [one.request for one in requests_of(cast.plan, DAY)] == [asked[1], asked[0], asked[2]]


def test_a_settled_request_stands_beside_what_was_adopted_when_it_was_asked(cast: Cast) -> None:
    request = _ask(cast)
    _answer(cast, request)
    _amend(cast, extended=True)
    [one] = requests_of(cast.plan, date(2023, 3, 10))
    assert one.row.ends_on == date(2023, 12, 31)


def test_wordings_are_compared_in_a_language_that_both_have() -> None:
    adopted = Text.of_many({"en": "Lamps", "fr": "Lampes"}, "en")
    assert wordings_of(adopted, Text.of("Phares", "fr")).before == "Lampes"
    both = wordings_of(adopted, Text.of_many({"en": "Lights", "fr": "Phares"}, "fr"))
    assert (both.language, both.after) == ("en", "Lights")
    assert wordings_of(adopted, Text.of("Faros", "es")).before == ""
