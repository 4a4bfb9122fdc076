"""Agreeing the status of deliverables when a round closes: equal to the signal, or with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import supersede, write_row
from suivi.core.models import Account
from suivi.monitoring.commands.chain import append
from suivi.monitoring.models import ONLY_BY_DECISION, AgreedStatus, Round, Status
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.locks import lock_deliverable
from suivi.plan.commands.trail import note_on
from suivi.plan.models import Decision, Deliverable
from suivi.plan.queries import edition_on
from suivi.values.errors import NotFound, RuleBroken
from suivi.values.messages import gettext_noop


@transaction.atomic
def agree_status(
    *,
    by: Account | None,
    now: datetime,
    round: Round,
    deliverable: Deliverable,
    status: str,
    reason: str = "",
    decision: Decision | None = None,
) -> AgreedStatus:
    """Set the agreed status of a deliverable for a round; an earlier one of the round is replaced and stays.

    The signal is computed up to the last day that the round is about, with what the record knows now.
    """
    _require(by, round, now)
    lock_deliverable(deliverable)
    state = _states(round, now, [deliverable.pk]).get(deliverable.pk)
    if state is None:
        raise NotFound(
            gettext_noop("%(deliverable)s is no part of the edition in force."),
            {"deliverable": deliverable.key},
        )
    _refuse(round, state, status, reason.strip(), decision)
    for before in AgreedStatus.objects.current().filter(round=round, deliverable=deliverable):
        supersede(before, by=by, now=now)
    return _write(round, deliverable, state, status, reason.strip(), decision, by, now)


@transaction.atomic
def agree_as_signalled(*, by: Account | None, now: datetime, round: Round) -> list[AgreedStatus]:
    """Agree to the signal for every deliverable in force that has no agreed status in this round yet."""
    _require(by, round, now)
    agreed = AgreedStatus.objects.current().filter(round=round).values_list("deliverable_id", flat=True)
    waiting = {pk: state for pk, state in _states(round, now).items() if pk not in set(agreed)}
    deliverables = Deliverable.objects.select_related("plan").in_bulk(list(waiting))
    return [
        _write(round, deliverables[pk], state, state.signal.status, "", None, by, now)
        for pk, state in waiting.items()
    ]


def _require(by: Account | None, round: Round, now: datetime) -> None:
    require(by, Permission.AGREE_STATUS, [round.plan.scope_id], now=now)


def _states(round: Round, now: datetime, deliverables: list[int] | None = None) -> dict[int, StateOnDay]:
    today = timezone.localdate(now)
    edition = edition_on(round.plan, today)
    return states_of(edition, round.period_ends_on, today, deliverables) if edition else {}


def _refuse(round: Round, state: StateOnDay, status: str, reason: str, decision: Decision | None) -> None:
    if status != state.signal.status and not reason:
        raise RuleBroken(
            gettext_noop("It differs from the signal: write the reason."),
            hint=gettext_noop("Say in a sentence why the plan manager sees it otherwise."),
        )
    if status in ONLY_BY_DECISION and decision is None:
        raise RuleBroken(
            gettext_noop("This status needs a decision of the governing body."),
            hint=gettext_noop("Choose the decision it rests on."),
        )
    end = state.measure.ends_on
    if status == Status.NOT_ACHIEVED and (end is None or end >= round.period_ends_on):
        raise RuleBroken(
            gettext_noop("Nothing is “not achieved” before its time frame has ended."),
            hint=gettext_noop("Choose another status, such as “off track”."),
        )


def _write(
    round: Round,
    deliverable: Deliverable,
    state: StateOnDay,
    status: str,
    reason: str,
    decision: Decision | None,
    by: Account | None,
    now: datetime,
) -> AgreedStatus:
    agreed = AgreedStatus(
        deliverable=deliverable,
        round=round,
        up_to=round.period_ends_on,
        status=status,
        signal=state.signal.status,
        reason=reason,
        decision=decision,
        recorded_at=now,
        recorded_by=by,
    )
    write_row(agreed)
    append(plan=round.plan, kind="agreed_status", row=agreed, now=now)
    details = {"round": round.key, "status": agreed.status, "signal": agreed.signal, "reason": reason}
    note_on(deliverable, "agree_status", by, now, details)
    return agreed
