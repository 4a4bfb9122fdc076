"""Guidance of the governing body and the answers to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from suivi.core.commands import supersede, write_audit, write_row
from suivi.core.models import Account
from suivi.learning.commands.parts import refuse_changed, refuse_parts_of_others
from suivi.learning.models import Guidance, GuidanceAnswer, GuidanceWording
from suivi.learning.rules import refuse_answer, refuse_day_to_come, refuse_no_reason
from suivi.organisation.models import Unit
from suivi.organisation.queries import UnitTree, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable, Pillar, Plan
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


@dataclass(frozen=True)
class GuidanceGiven:
    """What a piece of guidance says, as the one who records it states it."""

    text: Text
    given_by: Text  # the body or the committee
    given_on: date
    source_symbol: str = ""
    source_paragraph: str = ""
    deliverables: Sequence[Deliverable] = ()
    pillars: Sequence[Pillar] = ()
    owner_unit: Unit | None = None
    due_on: date | None = None


@transaction.atomic
def record_guidance(
    *, by: Account | None, now: datetime, plan: Plan, given: GuidanceGiven
) -> GuidanceWording:
    """Record what the body asked for; it gets the next number of the plan."""
    _require_recording(by, plan, now)
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)  # one number each
    last = Guidance.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    guidance = Guidance.objects.create(plan=plan, number=last + 1)
    wording = _write(guidance, given, "", by, now)
    _audit(guidance, "record_guidance", by, now, {})
    return wording


@transaction.atomic
def rewrite_guidance(
    *,
    by: Account | None,
    now: datetime,
    guidance: Guidance,
    given: GuidanceGiven,
    reason: str,
    based_on: int | None = None,
) -> GuidanceWording:
    """Write guidance anew: its words, its owner, its day. The earlier wording and all answers stay.

    `based_on` is the wording that was shown to the one who writes; where another stands there by now,
    ChangedMeanwhile is raised.
    """
    _require_recording(by, guidance.plan, now)
    refuse_no_reason(reason)
    current = _lock(guidance)
    refuse_changed(current, based_on)
    supersede(current, by=by, now=now)
    wording = _write(guidance, given, reason, by, now)
    _audit(guidance, "rewrite_guidance", by, now, {"reason": wording.reason})
    return wording


@transaction.atomic
def withdraw_guidance(
    *, by: Account | None, now: datetime, guidance: Guidance, reason: str
) -> GuidanceWording:
    """Take guidance back that was recorded by mistake; earlier days still show it."""
    _require_recording(by, guidance.plan, now)
    refuse_no_reason(reason)
    current = _lock(guidance)
    deliverables, pillars = list(current.deliverables.all()), list(current.pillars.all())
    supersede(current, by=by, now=now)
    current.pk, current._state.adding = None, True
    current.superseded_at, current.superseded_by = None, None
    current.is_withdrawn = True
    wording = _save(current, deliverables, pillars, reason, by, now)
    _audit(guidance, "withdraw_guidance", by, now, {"reason": wording.reason})
    return wording


@transaction.atomic
def answer_guidance(
    *,
    by: Account | None,
    now: datetime,
    guidance: Guidance,
    state: str,
    text: Text,
    done_on: date | None = None,
    reported_in_symbol: str = "",
    reported_in_paragraph: str = "",
) -> GuidanceAnswer:
    """Say what is done about guidance: whoever may for the plan or for the unit that sees to it.

    `state` is an AnswerState. From now on this answer speaks; the earlier ones stay readable.
    """
    current = _lock(guidance)
    today = timezone.localdate(now)
    require(by, Permission.ANSWER_GUIDANCE, scopes_of_guidance(current, unit_tree(today)), now=now)
    refuse_answer(state, done_on, current.given_on, today)
    for before in GuidanceAnswer.objects.current().filter(guidance=guidance):
        supersede(before, by=by, now=now)
    answer = GuidanceAnswer(
        guidance=guidance,
        state=state,
        text=text,
        done_on=done_on,
        reported_in_symbol=reported_in_symbol.strip(),
        reported_in_paragraph=reported_in_paragraph.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    write_row(answer)
    _audit(guidance, "answer_guidance", by, now, {"answer": answer.state})
    return answer


def scopes_of_guidance(wording: GuidanceWording, tree: UnitTree) -> set[int]:
    """The scopes a role may be given for so that it answers guidance: the plan's and those of the owner."""
    owner = [wording.owner_unit_id] if wording.owner_unit_id else []
    return tree.scopes_of(owner) | {wording.guidance.plan.scope_id}


def _require_recording(by: Account | None, plan: Plan, now: datetime) -> None:
    require(by, Permission.RECORD_GUIDANCE, [plan.scope_id], now=now)


def _lock(guidance: Guidance) -> GuidanceWording:
    """The wording that holds now; until the transaction ends nobody else writes to this guidance."""
    Guidance.objects.select_for_update().get(pk=guidance.pk)
    current: GuidanceWording | None = (
        GuidanceWording.objects.current()
        .select_related("guidance__plan")
        .filter(guidance=guidance, is_withdrawn=False)
        .first()
    )
    if current is None:
        raise NotFound(
            gettext_noop("Guidance %(number)s was withdrawn."),
            {"number": guidance.number},
            gettext_noop("Record it anew if it was given after all."),
        )
    return current


def _write(
    guidance: Guidance, given: GuidanceGiven, reason: str, by: Account | None, now: datetime
) -> GuidanceWording:
    refuse_day_to_come(given.given_on, timezone.localdate(now))
    wording = GuidanceWording(
        guidance=guidance,
        text=given.text,
        given_by=given.given_by,
        given_on=given.given_on,
        source_symbol=given.source_symbol.strip(),
        source_paragraph=given.source_paragraph.strip(),
        owner_unit=given.owner_unit,
        due_on=given.due_on,
    )
    return _save(wording, given.deliverables, given.pillars, reason, by, now)


def _save(
    wording: GuidanceWording,
    deliverables: Sequence[Deliverable],
    pillars: Sequence[Pillar],
    reason: str,
    by: Account | None,
    now: datetime,
) -> GuidanceWording:
    refuse_parts_of_others(wording.guidance.plan, deliverables, pillars)
    wording.reason, wording.recorded_at, wording.recorded_by = reason.strip(), now, by
    write_row(wording)
    wording.deliverables.set(deliverables)
    wording.pillars.set(pillars)
    return wording


def _audit(guidance: Guidance, verb: str, by: Account | None, now: datetime, details: dict[str, Any]) -> None:
    write_audit(
        by=by,
        now=now,
        verb=verb,
        on=guidance,
        key=str(guidance.number),
        plan_slug=guidance.plan.slug,
        details=details,
    )
