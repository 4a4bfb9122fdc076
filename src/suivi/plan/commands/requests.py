"""Requests for a change and their answers."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.organisation.models import Unit
from suivi.organisation.queries import UnitTree, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.commands.assignments import set_accountable
from suivi.plan.commands.trail import note_on
from suivi.plan.models import ChangeKind, ChangeRequest, Deliverable, RequestState
from suivi.plan.queries.scopes import scopes_of
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


@transaction.atomic
def ask_for_change(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    kind: str,
    reason: str,
    unit: Unit | None = None,
    proposed_end_on: date | None = None,
    proposed_text: Text | None = None,
    merge_into: Deliverable | None = None,
    proposed_unit: Unit | None = None,
) -> ChangeRequest:
    """Ask the plan manager for a change, with the reason."""
    require(by, Permission.REQUEST_CHANGE, scopes_of(deliverable, now), now=now)
    if kind == ChangeKind.MERGER and merge_into == deliverable:
        raise RuleBroken(
            gettext_noop("%(deliverable)s cannot be merged into itself."),
            {"deliverable": deliverable.key},
            gettext_noop("Choose another deliverable."),
        )
    request = ChangeRequest(
        deliverable=deliverable,
        unit=unit,
        kind=ChangeKind(kind),
        reason=reason.strip(),
        proposed_end_on=proposed_end_on if kind == ChangeKind.POSTPONEMENT else None,
        proposed_text=proposed_text if kind == ChangeKind.REWORDING else None,
        merge_into=merge_into if kind == ChangeKind.MERGER else None,
        proposed_unit=proposed_unit if kind == ChangeKind.ACCOUNTABLE_UNIT else None,
        asked_at=now,
        asked_by=by,
    )
    write_row(request)
    _audit(request, "ask_for_change", by, now)
    return request


@transaction.atomic
def answer_request(
    *, by: Account | None, now: datetime, request: ChangeRequest, is_accepted: bool, answer: str
) -> ChangeRequest:
    """Accept or reject a request, with the answer that the unit will read.

    Accepting a postponement sets the internal day, accepting another accountable unit hands the
    accountability over from today. The adopted window and wording stay until the body decides.
    """
    require(by, Permission.ANSWER_CHANGE, [request.deliverable.plan.scope_id], now=now)
    _refuse_answered(request)
    if not is_accepted and not answer.strip():
        raise RuleBroken(
            gettext_noop("A rejected request needs an answer."),
            hint=gettext_noop("Write in a sentence why the request is rejected."),
        )
    request.state = RequestState.ACCEPTED if is_accepted else RequestState.REJECTED
    request.answer, request.answered_at, request.answered_by = answer.strip(), now, by
    write_row(request)
    if is_accepted and request.kind == ChangeKind.ACCOUNTABLE_UNIT:
        set_accountable(
            by=by,
            now=now,
            deliverables=[request.deliverable],
            unit=request.proposed_unit,
            starts_on=_day(now),
        )
    _audit(request, "answer_request", by, now)
    return request


@transaction.atomic
def withdraw_request(*, by: Account | None, now: datetime, request: ChangeRequest) -> ChangeRequest:
    """Take a request back before it is answered: who asked, the unit that asked, or the plan manager."""
    if by is None or request.asked_by_id != by.pk:
        require(by, Permission.REQUEST_CHANGE, scopes_of_request(request, unit_tree(_day(now))), now=now)
    _refuse_answered(request)
    request.state, request.answered_at, request.answered_by = RequestState.WITHDRAWN, now, by
    request.save()
    _audit(request, "withdraw_request", by, now)
    return request


def scopes_of_request(request: ChangeRequest, tree: UnitTree) -> set[int]:
    """The scopes a role may be given for so that it reaches a request: the plan's and the asking unit's."""
    asking = [request.unit_id] if request.unit_id is not None else []
    return tree.scopes_of(asking) | {request.deliverable.plan.scope_id}


def _day(now: datetime) -> date:
    return timezone.localdate(now)


def _refuse_answered(request: ChangeRequest) -> None:
    locked = ChangeRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state != RequestState.OPEN:
        raise RuleBroken(
            gettext_noop("The request is %(state)s already."),
            {"state": locked.state},
            gettext_noop("Ask again with a new request."),
        )


def _audit(request: ChangeRequest, verb: str, by: Account | None, now: datetime) -> None:
    deliverable = request.deliverable
    note_on(deliverable, verb, by, now, {"kind": str(request.kind), "state": str(request.state)})
