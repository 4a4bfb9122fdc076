"""Reporting rounds: opening one with its questions, excusing a unit, closing."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from suivi.core.commands import write_audit, write_row
from suivi.core.models import Account
from suivi.monitoring.models import Asked, Round
from suivi.monitoring.queries.asked import answers_of
from suivi.monitoring.rules.rounds import outcome_of
from suivi.organisation.models import Unit
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.trail import note_on
from suivi.plan.models import Deliverable, Plan
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


@transaction.atomic
def open_round(
    *,
    by: Account | None,
    now: datetime,
    plan: Plan,
    key: str,
    title: Text,
    period_starts_on: date,
    period_ends_on: date,
    opens_on: date,
    due_on: date,
    asked: Sequence[tuple[Deliverable, Unit]],
) -> Round:
    """Ask these units for updates on these deliverables, by a day.

    The same unit and deliverable twice is asked once. Raises RuleBroken for a key that is taken.
    """
    require(by, Permission.MANAGE_ROUNDS, [plan.scope_id], now=now)
    if Round.objects.filter(plan=plan, key=key).exists():
        raise RuleBroken(
            gettext_noop("There is a round “%(key)s” already."),
            {"key": key},
            gettext_noop("Choose another key."),
        )
    round = Round(
        plan=plan,
        key=key,
        title=title,
        period_starts_on=period_starts_on,
        period_ends_on=period_ends_on,
        opens_on=opens_on,
        due_on=due_on,
        opened_at=now,
        opened_by=by,
    )
    write_row(round)
    _ask(round, asked, now)
    _audit(by, now, "open_round", round, asked=round.asked.count())
    return round


@transaction.atomic
def ask_also(
    *, by: Account | None, now: datetime, round: Round, asked: Sequence[tuple[Deliverable, Unit]]
) -> int:
    """Ask more units in an open round; give back how many questions came in."""
    round = _open(round)
    require(by, Permission.MANAGE_ROUNDS, [round.plan.scope_id], now=now)
    before = round.asked.count()
    _ask(round, asked, now)
    added = round.asked.count() - before
    _audit(by, now, "ask_also", round, asked=added)
    return added


@transaction.atomic
def excuse(*, by: Account | None, now: datetime, asked: Asked, reason: str) -> Asked:
    """Let a unit off a question, with the reason; an empty reason asks it again."""
    round = _open(asked.round)
    require(by, Permission.MANAGE_ROUNDS, [round.plan.scope_id], now=now)
    asked.excused_reason = reason.strip()
    write_row(asked, fields=["excused_reason"])
    details = {"round": round.key, "unit": asked.unit.key, "reason": asked.excused_reason}
    note_on(asked.deliverable, "excuse", by, now, details)
    return asked


@transaction.atomic
def close_round(*, by: Account | None, now: datetime, round: Round) -> Round:
    """Close a round: what became of each question is frozen, whatever comes later."""
    round = _open(round)
    require(by, Permission.MANAGE_ROUNDS, [round.plan.scope_id], now=now)
    rows = list(round.asked.all())
    answers = answers_of([round])
    for row in rows:
        answer = answers.get((round.pk, row.deliverable_id, row.unit_id))
        row.outcome = outcome_of(
            is_excused=bool(row.excused_reason),
            state=answer.update.state if answer else "",
            first_submitted_on=answer.first_submitted_on if answer else None,
            due_on=round.due_on,
        )
    Asked.objects.bulk_update(rows, ["outcome"], batch_size=500)
    round.closed_at, round.closed_by = now, by
    round.save(update_fields=["closed_at", "closed_by"])
    counts = {name: sum(row.outcome == name for row in rows) for name in sorted({r.outcome for r in rows})}
    _audit(by, now, "close_round", round, **counts)
    return round


def _ask(round: Round, asked: Sequence[tuple[Deliverable, Unit]], now: datetime) -> None:
    for deliverable, _unit in asked:
        if deliverable.plan_id != round.plan_id:
            raise RuleBroken(
                gettext_noop("%(deliverable)s belongs to another plan."), {"deliverable": deliverable.key}
            )
    Asked.objects.bulk_create(
        [
            Asked(round=round, deliverable=deliverable, unit=unit, asked_at=now)
            for deliverable, unit in dict.fromkeys(asked)
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def _open(round: Round) -> Round:
    """The round as it stands now, with nobody else changing it. Raises RuleBroken where it is closed."""
    round = Round.objects.select_for_update(of=("self",)).select_related("plan").get(pk=round.pk)
    if round.closed_at is not None:
        raise RuleBroken(
            gettext_noop("The round “%(key)s” is closed, and its list is frozen."),
            {"key": round.key},
            gettext_noop("Open another round."),
        )
    return round


def _audit(by: Account | None, now: datetime, verb: str, round: Round, **details: int) -> None:
    write_audit(
        by=by,
        now=now,
        verb=verb,
        on=round,
        key=round.key,
        plan_slug=round.plan.slug,
        details={"round": round.key, **details},
    )
