"""Help that was asked for and not answered, as the record knew it on a day."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from suivi.core.clock import end_of
from suivi.monitoring.models import Support, UpdateState
from suivi.plan.models import Plan

_ARRIVED = (UpdateState.IN_CLEARANCE, UpdateState.SUBMITTED, UpdateState.APPROVED)


def open_support(plan: Plan, as_of: date, units: Collection[int]) -> list[Support]:
    """What these units asked for, or are asked for, and nobody had answered, the first needed first.

    One query. Only what was sent by then counts.
    """
    known_at = end_of(as_of)
    return list(
        Support.objects.filter(
            Q(update_row__unit__in=units) | Q(owner_unit__in=units),
            Q(answered_at__isnull=True) | Q(answered_at__gt=known_at),
            update_row__plan=plan,
            update_row__state__in=_ARRIVED,
            update_row__submitted_at__lte=known_at,
        )
        .select_related("update_row__deliverable")
        .order_by("due_on", "pk")
    )
