"""The steps of an update from the unit to the record. Which follows which stands in `rules.workflow`."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.monitoring.commands.chain import append
from suivi.monitoring.commands.drafts import FROM_ELSEWHERE, fill, start_update
from suivi.monitoring.commands.facts import write_facts
from suivi.monitoring.commands.notices import tell_returned
from suivi.monitoring.commands.steps import locked, may_clear, note_event, note_step, require_step
from suivi.monitoring.models import ItemState, ProgressUpdate, Round, UpdateKind, UpdateState
from suivi.monitoring.queries.content import content_of, item_said
from suivi.monitoring.queries.report import (
    empty_content,
    item_states_so_far,
    kind_for,
    last_update,
    settings_at,
)
from suivi.monitoring.rules.content import UpdateContent
from suivi.monitoring.rules.unchanged import says_nothing_new
from suivi.monitoring.rules.workflow import (
    is_decision_pending,
    may_ask_for_decision,
    state_after_sending,
    transition,
)
from suivi.organisation.models import Unit
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.locks import lock_deliverable
from suivi.plan.models import Deliverable
from suivi.values.errors import ChangedMeanwhile, RuleBroken
from suivi.values.messages import gettext_noop

Confirmed = Mapping[str, Mapping[str, bool]]


@transaction.atomic
def send_update(*, by: Account | None, now: datetime, update: ProgressUpdate, version: int) -> ProgressUpdate:
    """Send a draft to the director, where the plan wants it, or to the review.

    Raises ContentRefused with all that is missing, ChangedMeanwhile where somebody saved after `version`.
    """
    update = _taken(update)
    row = transition("send", update.state, update.kind)
    for_ = require_step(by, row, update, now)
    _refuse_older(update, version)
    needs_clearance = settings_at(update.plan, now).needs_clearance
    sender_clears = needs_clearance and may_clear(by, update, now)
    state = state_after_sending(needs_clearance=needs_clearance, sender_clears=sender_clears)
    write_facts(update, content_of(update), now)
    _move(update, state, by, now)
    note_step(
        update,
        "sent" if state == UpdateState.IN_CLEARANCE else "submitted",
        "send_update",
        by,
        now,
        on_behalf_of=for_,
    )
    return update


@transaction.atomic
def clear_update(*, by: Account | None, now: datetime, update: ProgressUpdate) -> ProgressUpdate:
    """Clear what the unit reports and submit it to the review."""
    update = locked(update)
    row = transition("clear", update.state, update.kind)
    for_ = require_step(by, row, update, now)
    note_event(update, "cleared", by, now, on_behalf_of=for_)
    _move(update, row.after, by, now)
    note_step(update, "submitted", "clear_update", by, now, on_behalf_of=for_)
    return update


@transaction.atomic
def return_update(
    *, by: Account | None, now: datetime, update: ProgressUpdate, reason: str
) -> ProgressUpdate:
    """Give an update back to those who write it, with the reason, which stays for ever."""
    update = locked(update)
    row = transition("return", update.state, update.kind)
    for_ = require_step(by, row, update, now)
    _refuse_without_reason(reason)
    _refuse_while_pending(update)
    _refuse_taken_in(update)
    _move(update, row.after, by, now)
    tell_returned(update, note_step(update, "returned", "return_update", by, now, reason, for_), now=now)
    return update


@transaction.atomic
def recall_update(*, by: Account | None, now: datetime, update: ProgressUpdate) -> ProgressUpdate:
    """Take back what was sent and not yet approved, to go on writing."""
    update = locked(update)
    row = transition("recall", update.state, update.kind)
    for_ = require_step(by, row, update, now)
    _refuse_taken_in(update)
    _move(update, row.after, by, now)
    note_step(update, "recalled", "recall_update", by, now, on_behalf_of=for_)
    return update


@transaction.atomic
def approve_update(
    *,
    by: Account | None,
    now: datetime,
    update: ProgressUpdate,
    confirmed: Confirmed | None = None,
) -> ProgressUpdate:
    """Take an update into the record, for ever. Nobody approves what they wrote or submitted.

    `confirmed` says of each item (its key) which criteria of the sheet hold. What is not named keeps what
    was confirmed before, where the item says the same.
    """
    update = _taken(update)
    row = transition("approve", update.state, update.kind)
    for_ = require_step(by, row, update, now)
    _approve(update, confirmed or {}, now, by, now)
    note_step(update, "approved", "approve_update", by, now, on_behalf_of=for_)
    return update


@transaction.atomic
def take_over_update(
    *, by: Account | None, now: datetime, update: ProgressUpdate, approved_at: datetime
) -> ProgressUpdate:
    """Take what was reported before, elsewhere, into the record as approved at its own time.

    Who brings it in is kept as the one who entered it and vouches for it. Who approved it then is not known,
    so nobody is named as having approved it: nobody approves what they entered.
    """
    update = _taken(update)
    require(by, Permission.MANAGE_ROUNDS, [update.plan.scope_id], now=now)
    transition("send", update.state, update.kind)  # a draft still, and no contribution
    _refuse_other_moment(update, approved_at, now)
    write_facts(update, content_of(update), now)
    update.submitted_at, update.submitted_by = now, by
    note_step(update, "taken_over", "take_over_update", by, now, on_behalf_of=update.on_behalf_of)
    _approve(update, {}, approved_at, None, now)
    return update


@transaction.atomic
def approve_unchanged(
    *, by: Account | None, now: datetime, updates: Iterable[ProgressUpdate]
) -> list[ProgressUpdate]:
    """Approve several at once that say nothing new: no item, no step, no "achieved". All or none."""
    approved = []
    for one in sorted(updates, key=lambda update: update.pk):
        update = _taken(one)
        last = last_update(update.deliverable, kind=update.kind)
        if last is None or not says_nothing_new(content_of(last), content_of(update)):
            raise RuleBroken(
                gettext_noop("The update on %(deliverable)s says something new."),
                {"deliverable": update.deliverable.key},
                gettext_noop("Look at it by itself; only “no change” is approved in bulk."),
            )
        approved.append(approve_update(by=by, now=now, update=update))
    return approved


@transaction.atomic
def report_no_change(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    unit: Unit,
    round: Round | None = None,
    sentence: str,
    language: str,
) -> ProgressUpdate:
    """Say in one step that nothing changed since the last update, with a sentence, and send it."""
    kind = kind_for(deliverable, unit, now) or UpdateKind.UPDATE
    last = last_update(deliverable, unit, kind)
    if last is None:
        raise RuleBroken(
            gettext_noop("Nothing was reported on this deliverable before, so nothing can be unchanged."),
            hint=gettext_noop("Write the first update."),
        )
    today = timezone.localdate(now)
    content = UpdateContent(
        reported_on=max(empty_content(by, deliverable.plan, round, today).reported_on, last.reported_on),
        language=language,
        narrative=sentence.strip(),
        assessment=last.assessment,
        assessment_reason=sentence.strip() if last.assessment else "",
        expected_on=last.expected_on,
        is_commitment_kept=last.is_commitment_kept,
        is_no_change=True,
    )
    update = locked(start_update(by=by, now=now, deliverable=deliverable, unit=unit, kind=kind, round=round))
    require_step(by, transition("save", update.state, update.kind), update, now)
    fill(update, content, by, now)
    return send_update(by=by, now=now, update=update, version=update.version)


@transaction.atomic
def ask_for_decision(
    *, by: Account | None, now: datetime, update: ProgressUpdate, reason: str
) -> ProgressUpdate:
    """Ask the plan manager to decide, after the update came back too often. `reason` is the asker's view.

    A returned update is sent as it stands, so that what is decided on does not change any more.
    """
    update = _taken(update)
    row = transition("ask_decision", update.state, update.kind)
    for_ = require_step(by, row, update, now)
    _refuse_without_reason(reason)
    if not may_ask_for_decision(_verbs(update), settings_at(update.plan, now).returns_before_decision):
        raise RuleBroken(
            gettext_noop("The update has not come back often enough for a decision."),
            hint=gettext_noop("Answer the reasons of the return, and send it again."),
        )
    if update.state == UpdateState.RETURNED:
        write_facts(update, content_of(update), now)
        _move(update, row.after, by, now)
    note_step(update, "decision_asked", "ask_for_decision", by, now, reason, for_)
    return update


@transaction.atomic
def decide_update(
    *,
    by: Account | None,
    now: datetime,
    update: ProgressUpdate,
    is_approved: bool,
    reason: str,
    confirmed: Confirmed | None = None,
) -> ProgressUpdate:
    """Decide where unit and reviewer do not agree. Both views and the reason of the decision stay."""
    update = _taken(update)
    row = transition("decide_approved" if is_approved else "decide_returned", update.state, update.kind)
    for_ = require_step(by, row, update, now)
    _refuse_without_reason(reason)
    if not is_decision_pending(_verbs(update)):
        raise RuleBroken(
            gettext_noop("Nobody asked for a decision on this update."),
            hint=gettext_noop("Leave it to the reviewer."),
        )
    note_step(update, "decided", "decide_update", by, now, reason, for_)
    if is_approved:
        _approve(update, confirmed or {}, now, by, now)
        note_event(update, "approved", by, now, on_behalf_of=for_)
    else:
        _move(update, row.after, by, now)
        tell_returned(update, note_event(update, "returned", by, now, reason, for_), now=now)
    return update


def _taken(update: ProgressUpdate) -> ProgressUpdate:
    """The update, alone with its deliverable: facts of the same items are written by one at a time."""
    lock_deliverable(update.deliverable)
    return locked(update)


def _move(update: ProgressUpdate, state: str, by: Account | None, now: datetime) -> None:
    update.state = state
    if state == UpdateState.SUBMITTED:
        update.submitted_at, update.submitted_by = now, by
    write_row(update)


def _approve(
    update: ProgressUpdate, confirmed: Confirmed, approved_at: datetime, by: Account | None, now: datetime
) -> None:
    _confirm(update, confirmed)
    update.state, update.draft = UpdateState.APPROVED, {}
    update.approved_at, update.approved_by, update.recorded_at = approved_at, by, now
    write_row(update)
    append(plan=update.plan, kind="update", row=update, now=now)


def _confirm(update: ProgressUpdate, confirmed: Confirmed) -> None:
    """Write what the reviewer confirmed of each item; one told as before keeps what was confirmed then."""
    before = item_states_so_far([update.deliverable]) if update.item_states.exists() else {}
    for state in update.item_states.select_related("item"):
        key = str(state.item.key)
        if key in confirmed:
            state.confirmed = {name: bool(holds) for name, holds in confirmed[key].items()}
        elif key in before and _tells_the_same(state, before[key]):
            state.confirmed = before[key].confirmed
        state.save(update_fields=["confirmed"])


def _tells_the_same(one: ItemState, other: ItemState) -> bool:
    return item_said(one) == item_said(other)


def _verbs(update: ProgressUpdate) -> list[str]:
    return list(update.events.order_by("pk").values_list("verb", flat=True))


def _refuse_older(update: ProgressUpdate, version: int) -> None:
    if update.version != version:
        raise ChangedMeanwhile(
            gettext_noop("Somebody else saved this update after you opened it."),
            hint=gettext_noop("Read it again before you send it."),
        )


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(
            gettext_noop("The reason is missing."),
            hint=gettext_noop("Write in a sentence why; it stays with the update."),
        )


def _refuse_while_pending(update: ProgressUpdate) -> None:
    if is_decision_pending(_verbs(update)):
        raise RuleBroken(
            gettext_noop("The plan manager was asked to decide on this update."),
            hint=gettext_noop("Wait for the decision, add your view, or approve it."),
        )


def _refuse_taken_in(update: ProgressUpdate) -> None:
    if update.consolidated_in.filter(state=UpdateState.APPROVED).exists():
        raise RuleBroken(
            gettext_noop("The contribution went into an approved update."),
            hint=gettext_noop("Say what is new in another contribution."),
        )


def _refuse_other_moment(update: ProgressUpdate, approved_at: datetime, now: datetime) -> None:
    if update.source not in FROM_ELSEWHERE or approved_at > now:
        raise RuleBroken(
            gettext_noop("Only imported history was approved at another moment than now, and before it."),
        )
