"""Which questions of open rounds wait for an answer, as the record knew it on a day."""

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from suivi.core.clock import end_of
from suivi.monitoring.models import Asked, UpdateEvent
from suivi.plan.models import Plan

RETURNED = "returned"
# After these steps of an update its unit waits for others.
_ARRIVED = ("sent", "cleared", "submitted", "decision_asked", "decided", "approved")


def owed_on(plan: Plan, day: date, units: Collection[int] | None = None) -> list[Asked]:
    """The questions of rounds open on a day that were still to be answered, the first due first: one query.

    Of all units or of these. `last_verb` of each is the last step of its update by then: None where none was
    started, "returned" where a reviewer sent it back. An excuse has no day: what is excused now is left out
    of every day.
    """
    known_at = end_of(day)
    steps = UpdateEvent.objects.filter(
        update_row__round=OuterRef("round"),
        update_row__deliverable=OuterRef("deliverable"),
        update_row__unit=OuterRef("unit"),
        update_row__corrects__isnull=True,
        at__lte=known_at,
    ).order_by("-at", "-pk")
    rows = (
        Asked.objects.filter(
            Q(round__closed_at__isnull=True) | Q(round__closed_at__gt=known_at),
            round__plan=plan,
            round__opened_at__lte=known_at,
            round__opens_on__lte=day,
            asked_at__lte=known_at,
            excused_reason="",
        )
        .annotate(last_verb=Subquery(steps.values("verb")[:1]))
        .filter(Q(last_verb__isnull=True) | ~Q(last_verb__in=_ARRIVED))
        .select_related("round", "deliverable", "unit")
    )
    if units is not None:
        rows = rows.filter(unit__in=units)
    return list(rows.order_by("round__due_on", "deliverable", "unit"))
