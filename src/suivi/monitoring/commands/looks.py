"""Keeping looks ahead as they were made, so that they can be held against what happened."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import write_audit
from suivi.core.models import Account
from suivi.monitoring.models import Look
from suivi.monitoring.queries.looks import outlooks_on
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.models import Plan
from suivi.plan.queries import edition_on


@transaction.atomic
def record_looks(*, by: Account | None, now: datetime, plan: Plan) -> list[Look]:
    """Keep today's looks ahead of a plan; those that were kept today already stay as they are."""
    require(by, Permission.AGREE_STATUS, [plan.scope_id], now=now)
    today = timezone.localdate(now)
    edition = edition_on(plan, today)
    if edition is None:
        return []
    kept = set(
        Look.objects.filter(deliverable__plan=plan, made_on=today).values_list("deliverable_id", flat=True)
    )
    looks = [
        Look(
            deliverable_id=pk,
            made_on=today,
            end_on=outlook.made_from.ends_on,
            target=outlook.made_from.target,
            counted=outlook.made_from.counted,
            low=outlook.low,
            middle=outlook.middle,
            high=outlook.high,
        )
        for pk, outlook in outlooks_on(edition, today, today).items()
        if pk not in kept
    ]
    made = Look.objects.bulk_create(looks, ignore_conflicts=True)
    if made:
        details = {"looks": len(made)}
        write_audit(
            by=by, now=now, verb="record_looks", on=plan, key=plan.slug, plan_slug=plan.slug, details=details
        )
    return made
