"""The life of an update: every step and every refusal, every role, nothing changed once it is approved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from suivi.core.models import Account, AuditEntry
from suivi.monitoring.commands.drafts import correct_update, discard_draft, save_draft
from suivi.monitoring.commands.mails import send_waiting
from suivi.monitoring.commands.sheets import set_rules
from suivi.monitoring.commands.workflow import (
    approve_unchanged,
    approve_update,
    ask_for_decision,
    clear_update,
    decide_update,
    recall_update,
    report_no_change,
    return_update,
    send_update,
    take_over_update,
)
from suivi.monitoring.models import ChainLink, ItemState, Mail, ProgressUpdate, UpdateState
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.queries.queue import review_queue
from suivi.monitoring.rules.checks import ContentRefused
from suivi.monitoring.rules.content import StepSaid
from suivi.monitoring.rules.workflow import TABLE, Who
from suivi.organisation.commands import grant_role
from suivi.organisation.commands.deputies import name_deputy
from suivi.plan.queries import edition_on
from suivi.values.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from tests.cast import DAY, NOW, Cast
from tests.monitoring.scene import LANTERN, OPENED, SAID, Scene

LATER = NOW + timedelta(hours=1)

# Each verb as a command on an update, done by somebody.
DO: dict[str, Callable[[Account | None, ProgressUpdate], object]] = {
    "save": lambda by, one: save_draft(
        by=by, now=NOW, update=one, content=replace(content_of(one), narrative="New."), version=one.version
    ),
    "discard": lambda by, one: discard_draft(by=by, now=NOW, update=one),
    "send": lambda by, one: send_update(by=by, now=NOW, update=one, version=one.version),
    "clear": lambda by, one: clear_update(by=by, now=NOW, update=one),
    "recall": lambda by, one: recall_update(by=by, now=NOW, update=one),
    "return": lambda by, one: return_update(by=by, now=NOW, update=one, reason="Why?"),
    "approve": lambda by, one: approve_update(by=by, now=NOW, update=one),
    "ask_decision": lambda by, one: ask_for_decision(by=by, now=NOW, update=one, reason="So it is."),
    "decide_approved": lambda by, one: decide_update(
        by=by, now=NOW, update=one, is_approved=True, reason="It is clear enough."
    ),
    "decide_returned": lambda by, one: decide_update(
        by=by, now=NOW, update=one, is_approved=False, reason="It is not clear."
    ),
    "correct": lambda by, one: correct_update(by=by, now=NOW, update=one),
}


def _needs_clearance(cast: Cast) -> None:
    edition = edition_on(cast.plan, OPENED.date())
    assert edition is not None
    set_rules(by=None, now=OPENED, edition=edition, settings={"needs_clearance": True})


def _in_state(scene: Scene, state: str, kind: str = "update") -> ProgressUpdate:
    """An update on 1.2.1 by the island (a contribution to 1.1.1) that is in this state, asked to be decided
    twice over where it can be."""
    finn, reviewer = scene.cast.focal_point, scene.cast.reviewer
    key, returns = ("1.2.1", reviewer) if kind == "update" else ("1.1.1", scene.office)
    if state == "draft":
        update = scene.started(key, "island", finn, kind=kind)
        return save_draft(by=finn, now=NOW, update=update, content=SAID[key], version=update.version)
    if state == "in_clearance":
        _needs_clearance(scene.cast)
        return scene.submitted(key, "island", by=finn, kind=kind)
    update = scene.submitted(key, "island", by=finn, kind=kind)
    for _turn in range(2):
        update = return_update(by=returns, now=NOW, update=update, reason="Not so.")
        if state != "returned" or _turn == 0:
            update = send_update(by=finn, now=NOW, update=update, version=update.version)
    if state == "approved":
        return approve_update(by=reviewer, now=NOW, update=update)
    if state == "discarded":
        return discard_draft(by=finn, now=NOW, update=recall_update(by=finn, now=NOW, update=update))
    if state == "submitted" and kind == "update":
        return ask_for_decision(by=finn, now=NOW, update=update, reason="It is right.")
    return update


STATES = ("draft", "in_clearance", "submitted", "returned", "approved", "discarded")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", DO)
def test_the_table_says_what_can_be_done_and_where_it_leads(scene: Scene, verb: str, state: str) -> None:
    """By the command line, which may do all."""
    update = _in_state(scene, state)
    rows = [row for row in TABLE if (row.verb, row.before) == (verb, state) and row.kind in {"", "update"}]
    if verb == "return" and state == "submitted":
        with pytest.raises(RuleBroken, match="asked to decide"):
            DO[verb](None, update)
        return
    if not rows:
        with pytest.raises(RuleBroken):
            DO[verb](None, update)
        update.refresh_from_db()
        assert update.state == state
        return
    DO[verb](None, update)
    update.refresh_from_db()
    assert update.state == rows[0].after


@pytest.mark.parametrize("state", [state for state in STATES if state != "approved"])
@pytest.mark.parametrize("verb", DO)
def test_contributions_are_returned_by_the_accountable_unit_and_never_approved(
    scene: Scene, verb: str, state: str
) -> None:
    update = _in_state(scene, state, "contribution")
    rows = [
        row for row in TABLE if (row.verb, row.before) == (verb, state) and row.kind in {"", "contribution"}
    ]
    if rows:
        DO[verb](None, update)
        update.refresh_from_db()
        assert update.state == rows[0].after
    else:
        with pytest.raises(RuleBroken):
            DO[verb](None, update)


# Who of the cast is who towards what the island reports on 1.2.1 (written and sent by the focal point).
PARTS: dict[Who, set[str]] = {
    Who.UNIT: {"plan_manager", "focal_point", "director"},
    Who.CLEARER: {"plan_manager", "director"},
    Who.ACCOUNTABLE: {"plan_manager", "office"},
    Who.REVIEWER: {"plan_manager", "reviewer", "second_reviewer"},
    Who.OTHER_REVIEWER: {"plan_manager", "reviewer", "second_reviewer"},
    Who.MANAGER: {"plan_manager"},
}
PEOPLE = (
    "plan_manager",
    "focal_point",
    "director",
    "reviewer",
    "auditor",
    "stranger",
    "public_reader",
    "office",
    "second_reviewer",
)


def _person(scene: Scene, name: str) -> Account:
    account: Account = getattr(scene, name) if hasattr(scene, name) else getattr(scene.cast, name)
    return account


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.verb}-{row.before}-{row.kind or 'any'}")
def test_each_step_is_for_those_whom_the_table_names_and_nobody_else(scene: Scene, row: Any) -> None:
    kind = row.kind or "update"
    update = _in_state(scene, row.before, kind)
    may = set().union(*(PARTS[who] for who in row.who))
    for name in PEOPLE:
        if row.verb == "return" and row.before == "submitted" and kind == "update":
            break  # refused while a decision is pending, see the test of decisions
        if name in may:
            with transaction.atomic():
                DO[row.verb](_person(scene, name), ProgressUpdate.objects.get(pk=update.pk))
                transaction.set_rollback(True)
        else:
            with pytest.raises(NotAllowed):
                DO[row.verb](_person(scene, name), update)


def test_who_reviews_returns(scene: Scene) -> None:
    for name in PEOPLE:
        update = scene.submitted("1.2.1", "island", by=scene.cast.focal_point)
        if name in PARTS[Who.REVIEWER]:
            DO["return"](_person(scene, name), update)
        else:
            with pytest.raises(NotAllowed):
                DO["return"](_person(scene, name), update)
            DO["recall"](None, update)
        DO["discard"](None, ProgressUpdate.objects.get(pk=update.pk))


def test_an_update_of_each_kind_goes_into_the_record(scene: Scene) -> None:
    for key, unit, by in (
        ("1.1.1", "headquarters", scene.office),
        ("1.1.2", "region", scene.cast.director),
        ("1.2.1", "island", scene.cast.focal_point),
        ("2.1.2", "headquarters", scene.office),
    ):
        update = scene.approved(key, unit, by=by)
        assert (update.state, update.approved_by, update.approved_at, update.recorded_at, update.draft) == (
            UpdateState.APPROVED,
            scene.cast.reviewer,
            NOW,
            NOW,
            {},
        )
    assert ChainLink.objects.count() == 4


@pytest.mark.parametrize("key", SAID)
def test_what_was_typed_is_what_the_rows_say(scene: Scene, key: str) -> None:
    unit, by = {
        "1.1.1": ("headquarters", scene.office),
        "1.1.2": ("region", scene.cast.director),
        "1.2.1": ("island", scene.cast.focal_point),
        "2.1.2": ("headquarters", scene.office),
    }[key]
    said = content_of(scene.submitted(key, unit, by=by))
    if key == "1.2.1":  # the quotient follows from the two numbers
        assert said.values[0].value is not None
        said = replace(said, values=(replace(said.values[0], value=None),))
    assert said == SAID[key]


def test_an_unfinished_update_is_not_sent_and_every_lack_is_named(scene: Scene) -> None:
    with pytest.raises(ContentRefused) as refused:
        scene.submitted(
            narrative=" ", assessment_reason="", steps=(StepSaid("quay", "flown", date(2023, 3, 1)),)
        )
    assert [(one.code, one.place.cell) for one in refused.value.findings] == [
        ("no-narrative", "narrative"),
        ("assessment-without-reason", "assessment_reason"),
        ("unknown-step", "step:quay/flown"),
        ("happened-later", "step:quay/flown/happened_on"),
    ]
    update = ProgressUpdate.objects.get()
    assert update.state == UpdateState.DRAFT
    assert not update.steps_reached.exists()


def test_what_somebody_saved_meanwhile_is_not_sent_unread(scene: Scene) -> None:
    update = _in_state(scene, "draft")
    with pytest.raises(ChangedMeanwhile):
        send_update(by=scene.cast.focal_point, now=NOW, update=update, version=update.version - 1)


def test_where_the_plan_wants_it_the_director_clears_and_is_the_one_who_submitted(scene: Scene) -> None:
    update = _in_state(scene, "in_clearance")
    assert update.submitted_at is None
    update = clear_update(by=scene.cast.director, now=LATER, update=update)
    assert (update.state, update.submitted_by, update.submitted_at) == (
        UpdateState.SUBMITTED,
        scene.cast.director,
        LATER,
    )
    verbs = list(update.events.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["started", "sent", "cleared", "submitted"]


def test_who_clears_for_the_unit_needs_nobody_else_to_clear(scene: Scene) -> None:
    _needs_clearance(scene.cast)
    assert scene.submitted().state == UpdateState.SUBMITTED


def test_returns_that_wait_for_the_same_run_go_out_as_one_mail(scene: Scene) -> None:
    reviewer, told = scene.cast.reviewer, []
    first, second = scene.submitted(), scene.submitted(round=None)
    return_update(by=reviewer, now=NOW, update=first, reason="Which guide?")
    message_id = Mail.objects.get().message_id
    return_update(by=reviewer, now=NOW, update=second, reason="Which day?")
    send_waiting_mails = partial(send_waiting, clock=lambda: LATER, send=told.append)
    list(send_waiting_mails())
    [mail] = told
    assert mail.subject == "2 of your updates came back"
    assert mail.extra_headers["Message-ID"] == message_id
    called = "1.1.2 A guide to lamp oil"
    lines = mail.body.splitlines()
    at = lines.index(called)
    assert lines[at + 1 : at + 3] == ["> Which guide?", f"http://127.0.0.1:8000/updates/{first.key}"]
    at = lines.index(called, at + 1)
    assert lines[at + 1 : at + 3] == ["> Which day?", f"http://127.0.0.1:8000/updates/{second.key}"]
    # What comes back after the run is told by the next one, alone.
    send_update(by=scene.cast.director, now=LATER, update=first, version=first.version)
    return_update(by=reviewer, now=LATER, update=first, reason="Still: which?")
    list(send_waiting_mails())
    assert told[1].subject == "Your update on 1.1.2 came back"
    assert "Which guide?" not in told[1].body


def test_an_update_that_came_back_twice_before_the_run_is_told_once_with_the_last_reason(
    scene: Scene,
) -> None:
    update = return_update(by=scene.cast.reviewer, now=NOW, update=scene.submitted(), reason="Which guide?")
    send_update(by=scene.cast.director, now=NOW, update=update, version=update.version)
    return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Which day?")
    mail = Mail.objects.get()
    assert mail.subject == "Your update on 1.1.2 came back"
    assert "> Which day?" in mail.body
    assert "Which guide?" not in mail.body


def test_reasons_of_a_return_stay_and_are_wanted(scene: Scene) -> None:
    update = scene.submitted()
    with pytest.raises(RuleBroken, match="reason is missing"):
        return_update(by=scene.cast.reviewer, now=NOW, update=update, reason=" ")
    update = return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Which guide?")
    mail = Mail.objects.get()
    assert (mail.to_account, mail.subject) == (scene.cast.director, "Your update on 1.1.2 came back")
    assert "> Which guide?" in mail.body
    update = send_update(by=scene.cast.director, now=NOW, update=update, version=update.version)
    approve_update(by=scene.cast.reviewer, now=NOW, update=update)
    assert update.events.get(verb="returned").reason == "Which guide?"
    assert AuditEntry.objects.get(verb="return_update").details["reason"] == "Which guide?"


# Nobody approves their own


def _make_reviewer(scene: Scene, account: Account) -> None:
    grant_role(by=None, now=OPENED, account=account, role="reviewer", scope=scene.cast.plan.scope)


def test_nobody_approves_what_they_sent_themselves(scene: Scene) -> None:
    _make_reviewer(scene, scene.cast.director)
    update = scene.submitted()
    with pytest.raises(NotAllowed, match="did not write it"):
        approve_update(by=scene.cast.director, now=NOW, update=update)


def test_who_wrote_in_between_does_not_approve_either(scene: Scene) -> None:
    finn, dora = scene.cast.focal_point, scene.cast.director
    _make_reviewer(scene, dora)
    update = _in_state(scene, "draft")
    for by, words in ((dora, "Between."), (finn, "Last.")):
        content = replace(SAID["1.2.1"], narrative=words)
        update = save_draft(by=by, now=NOW, update=update, content=content, version=update.version)
    update = send_update(by=finn, now=NOW, update=update, version=update.version)
    with pytest.raises(NotAllowed):
        approve_update(by=dora, now=NOW, update=update)
    assert approve_update(by=scene.cast.reviewer, now=NOW, update=update).state == UpdateState.APPROVED


def test_who_cleared_does_not_approve(scene: Scene) -> None:
    _make_reviewer(scene, scene.cast.director)
    update = clear_update(by=scene.cast.director, now=NOW, update=_in_state(scene, "in_clearance"))
    with pytest.raises(NotAllowed):
        approve_update(by=scene.cast.director, now=NOW, update=update)


def test_the_database_holds_that_nobody_approves_their_own(scene: Scene) -> None:
    update = scene.submitted()
    own = ProgressUpdate.objects.filter(pk=update.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        own.update(
            state="approved", approved_at=NOW, recorded_at=NOW, approved_by=scene.cast.director, draft={}
        )
    update.state, update.approved_at, update.recorded_at = "approved", NOW, NOW
    update.approved_by = scene.cast.director
    with pytest.raises(ValidationError, match="Nobody approves"):
        update.full_clean()


def test_a_deputy_acts_for_the_absent_and_the_record_says_so(scene: Scene) -> None:
    cast = scene.cast
    name_deputy(
        by=cast.plan_manager,
        now=NOW,
        account=cast.director,
        deputy=cast.stranger,
        kind="officer_in_charge",
        starts_on=DAY,
        ends_on=DAY,
    )
    update = scene.submitted(by=cast.stranger)
    assert (update.created_by, update.on_behalf_of) == (cast.stranger, cast.director)
    event = update.events.get(verb="submitted")
    assert (event.by, event.on_behalf_of) == (cast.stranger, cast.director)
    _make_reviewer(scene, cast.director)
    with pytest.raises(NotAllowed):
        approve_update(by=cast.director, now=NOW, update=update)


def test_a_deputy_does_not_approve_what_the_absent_wrote(scene: Scene) -> None:
    cast = scene.cast
    _make_reviewer(scene, cast.director)
    update = scene.submitted()
    name_deputy(
        by=cast.plan_manager,
        now=NOW,
        account=cast.director,
        deputy=cast.stranger,
        kind="absence",
        starts_on=DAY,
        ends_on=DAY,
    )
    with pytest.raises(NotAllowed):
        approve_update(by=cast.stranger, now=NOW, update=update)


# Decisions


def test_after_the_second_return_either_side_may_ask_and_both_views_stay(scene: Scene) -> None:
    finn, reviewer, manager = scene.cast.focal_point, scene.cast.reviewer, scene.cast.plan_manager
    update = _in_state(scene, "returned")
    update = ask_for_decision(by=finn, now=NOW, update=update, reason="The quay is lit.")
    assert update.state == UpdateState.SUBMITTED
    update = ask_for_decision(by=reviewer, now=NOW, update=update, reason="Half of it is.")
    with pytest.raises(RuleBroken, match="asked to decide"):
        return_update(by=reviewer, now=NOW, update=update, reason="Once more.")
    update = decide_update(by=manager, now=NOW, update=update, is_approved=False, reason="Say which half.")
    assert update.state == UpdateState.RETURNED
    reasons = list(update.events.exclude(reason="").order_by("pk").values_list("verb", "by", "reason"))
    assert reasons == [
        ("returned", reviewer.pk, "Not so."),
        ("returned", reviewer.pk, "Not so."),
        ("decision_asked", finn.pk, "The quay is lit."),
        ("decision_asked", reviewer.pk, "Half of it is."),
        ("decided", manager.pk, "Say which half."),
        ("returned", manager.pk, "Say which half."),
    ]


def test_a_decision_wants_two_returns_a_reason_and_somebody_who_asked(scene: Scene) -> None:
    update = scene.submitted()
    with pytest.raises(RuleBroken, match="not come back often enough"):
        ask_for_decision(by=scene.cast.director, now=NOW, update=update, reason="Now.")
    with pytest.raises(RuleBroken, match="Nobody asked"):
        decide_update(by=scene.cast.plan_manager, now=NOW, update=update, is_approved=True, reason="Yes.")
    asked = _in_state(scene, "submitted")
    with pytest.raises(RuleBroken, match="reason is missing"):
        decide_update(by=scene.cast.plan_manager, now=NOW, update=asked, is_approved=True, reason="")


def test_a_reviewer_may_still_give_in_and_a_unit_take_back(scene: Scene) -> None:
    update = _in_state(scene, "submitted")
    recalled = recall_update(by=scene.cast.focal_point, now=NOW, update=update)
    sent = send_update(by=scene.cast.focal_point, now=NOW, update=recalled, version=recalled.version)
    with pytest.raises(RuleBroken, match="Nobody asked"):
        decide_update(by=scene.cast.plan_manager, now=NOW, update=sent, is_approved=True, reason="Yes.")
    asked = ask_for_decision(by=scene.cast.focal_point, now=NOW, update=sent, reason="Please.")
    assert approve_update(by=scene.cast.reviewer, now=NOW, update=asked).state == UpdateState.APPROVED


# Confirmations


def test_the_reviewer_confirms_criterion_by_criterion(scene: Scene) -> None:
    update = scene.submitted("1.1.1", "headquarters", by=scene.office)
    assert ItemState.objects.get().confirmed == {}
    approve_update(
        by=scene.cast.reviewer, now=NOW, update=update, confirmed={LANTERN: {"new": True, "own": False}}
    )
    assert ItemState.objects.get().confirmed == {"new": True, "own": False}


def test_an_item_told_as_before_keeps_what_was_confirmed_and_another_does_not(scene: Scene) -> None:
    scene.approved("1.1.1", "headquarters", by=scene.office, round=None)
    again = scene.submitted("1.1.1", "headquarters", by=scene.office, reported_on=DAY)
    approve_update(by=scene.cast.reviewer, now=NOW, update=again)
    assert again.item_states.get().confirmed == {"new": True, "own": True}
    moved = replace(SAID["1.1.1"].items[0], stage="dropped", happened_on=DAY)
    other = scene.submitted(
        "1.1.1", "headquarters", by=scene.office, round=None, reported_on=DAY, items=(moved,)
    )
    approve_update(by=scene.cast.reviewer, now=NOW, update=other)
    assert other.item_states.get().confirmed == {}


# No change, in bulk


def _unchanged(scene: Scene, **changes: Any) -> ProgressUpdate:
    scene.approved(round=None, **changes)
    return report_no_change(
        by=scene.cast.director,
        now=NOW,
        deliverable=scene.cast.deliverable("1.1.2"),
        unit=scene.cast.region,
        round=scene.round,
        sentence="As before.",
        language="en",
    )


def test_no_change_is_one_step_with_a_sentence(scene: Scene) -> None:
    update = _unchanged(scene)
    said = content_of(update)
    assert (update.state, said.narrative, said.is_no_change, said.has_facts) == (
        UpdateState.SUBMITTED,
        "As before.",
        True,
        False,
    )
    assert said.assessment == "on_track"


def test_no_change_wants_a_sentence_and_something_before(scene: Scene) -> None:
    given: dict[str, Any] = {
        "by": scene.cast.director,
        "now": NOW,
        "deliverable": scene.cast.deliverable("1.1.2"),
        "unit": scene.cast.region,
        "round": scene.round,
        "language": "en",
    }
    with pytest.raises(RuleBroken, match="Nothing was reported"):
        report_no_change(sentence="As before.", **given)
    scene.approved(round=None)
    with pytest.raises(ContentRefused):
        report_no_change(sentence=" ", **given)
    assert not ProgressUpdate.objects.filter(round=scene.round).exists()


def test_unchanged_updates_are_approved_together(scene: Scene) -> None:
    update = _unchanged(scene)
    (approved,) = approve_unchanged(by=scene.cast.reviewer, now=NOW, updates=[update])
    assert approved.state == UpdateState.APPROVED


def test_in_bulk_nothing_new_and_nothing_achieved_is_approved_and_then_none_is(scene: Scene) -> None:
    unchanged = _unchanged(scene)
    other = scene.submitted("1.2.1", "island", by=scene.cast.focal_point)
    with pytest.raises(RuleBroken, match="1\\.2\\.1 says something new"):
        approve_unchanged(by=scene.cast.reviewer, now=NOW, updates=[unchanged, other])
    assert list(review_queue(scene.cast.plan)) == [unchanged, other]


def test_achieved_is_never_approved_in_bulk(scene: Scene) -> None:
    update = _unchanged(scene, assessment="achieved")
    with pytest.raises(RuleBroken, match="something new"):
        approve_unchanged(by=scene.cast.reviewer, now=NOW, updates=[update])


# The past


def test_only_imported_history_was_approved_in_the_past(scene: Scene) -> None:
    manager = scene.cast.plan_manager
    update = scene.started("1.1.2", "region", scene.cast.director, content=SAID["1.1.2"])
    with pytest.raises(RuleBroken, match="imported history"):
        take_over_update(by=manager, now=NOW, update=update, approved_at=OPENED)
    ProgressUpdate.objects.filter(pk=update.pk).update(source="tracker")
    with pytest.raises(RuleBroken, match="imported history"):
        take_over_update(by=manager, now=NOW, update=update, approved_at=LATER)
    with pytest.raises(NotAllowed):
        take_over_update(by=scene.cast.director, now=NOW, update=update, approved_at=OPENED)
    update = take_over_update(by=manager, now=NOW, update=update, approved_at=OPENED)
    assert (update.approved_at, update.recorded_at, update.approved_by) == (OPENED, NOW, None)
