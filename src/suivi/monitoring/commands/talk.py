"""What is said beside updates: remarks in the thread of a deliverable, answers to those who ask for help."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.monitoring.commands.notices import tell_mentioned
from suivi.monitoring.models import Comment, Support
from suivi.monitoring.queries.people import people_inside
from suivi.monitoring.rules.mentions import mentioned
from suivi.organisation.queries import authority_of, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.commands.trail import note_on
from suivi.plan.models import Deliverable
from suivi.values.errors import NotAllowed, RuleBroken
from suivi.values.messages import gettext_noop


@transaction.atomic
def comment(*, by: Account, now: datetime, deliverable: Deliverable, text: str) -> Comment:
    """Say something in the thread of a deliverable: whoever works inside may. @name or @e-mail mentions."""
    if not authority_of(by, timezone.localdate(now)).allows_somewhere(Permission.READ_MANAGEMENT):
        raise NotAllowed(
            gettext_noop("Only who works inside speaks in the threads."),
            hint=gettext_noop("Ask the plan manager for a role."),
        )
    if not text.strip():
        raise RuleBroken(
            gettext_noop("The remark says nothing."), hint=gettext_noop("Write it before you send it.")
        )
    remark = Comment(deliverable=deliverable, at=now, by=by, text=text.strip())
    write_row(remark)
    told: list[int] = []
    if "@" in text:
        told = [pk for pk in mentioned(text, people_inside(timezone.localdate(now))) if pk != by.pk]
        remark.mentions.set(told)
        tell_mentioned(remark, now=now)
    note_on(deliverable, "comment", by, now, {"mentions": len(told)})
    return remark


@transaction.atomic
def answer_support(*, by: Account | None, now: datetime, support: Support, answer: str) -> Support:
    """Answer somebody who asked for help. A later answer takes the place of the earlier one.

    Those who report for the unit that was asked may answer, and those who keep the rounds of the plan.
    """
    support = (
        Support.objects.select_for_update(of=("self",))
        .select_related("update_row__deliverable__plan", "owner_unit")
        .get(pk=support.pk)
    )
    update = support.update_row
    if not _keeps_rounds(by, update.plan.scope_id, now):
        asked = [support.owner_unit_id] if support.owner_unit_id else []
        scopes = unit_tree(timezone.localdate(now)).scopes_of(asked)
        require(by, Permission.REPORT_PROGRESS, scopes, now=now)
    if not answer.strip():
        raise RuleBroken(
            gettext_noop("The answer is empty."), hint=gettext_noop("Write what you can do, and by when.")
        )
    support.answer, support.answered_at, support.answered_by = answer.strip(), now, by
    write_row(support, fields=["answer", "answered_at", "answered_by"])
    note_on(update.deliverable, "answer_support", by, now, {"update": str(update.key)})
    return support


def _keeps_rounds(by: Account | None, plan_scope: int, now: datetime) -> bool:
    return by is None or authority_of(by, timezone.localdate(now)).allows(
        Permission.MANAGE_ROUNDS, [plan_scope]
    )
