"""What the record took in between two days: updates approved, corrections, by unit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count

from suivi.core.clock import end_of
from suivi.monitoring.models import ProgressUpdate, Round, UpdateKind, UpdateState
from suivi.plan.models import Plan


class ApprovedOf(NamedTuple):
    """How many updates of a unit (primary key) were approved, and on how many deliverables."""

    unit: int
    updates: int
    deliverables: int


class Correction(NamedTuple):
    """An update that corrects an earlier one; `reported_on` and `first_approved_at` are of the earlier.

    `key` is that of the deliverable.
    """

    deliverable: int
    key: str
    unit: int
    approved_at: datetime
    reported_on: date
    first_approved_at: datetime


@dataclass(frozen=True)
class TakenIn:
    """What was approved after the end of a first day, up to the end of a last one."""

    by_unit: list[ApprovedOf]
    deliverables: int
    corrections: list[Correction]

    @property
    def updates(self) -> int:
        return sum(one.updates for one in self.by_unit)


def taken_in(plan: Plan, since: date, until: date) -> TakenIn:
    """What the record of a plan took in between two days: three queries."""
    approved = ProgressUpdate.objects.filter(
        plan=plan,
        kind=UpdateKind.UPDATE,
        state=UpdateState.APPROVED,
        approved_at__gt=end_of(since),
        approved_at__lte=end_of(until),
    ).order_by()
    by_unit: Any = (
        approved.values_list("unit")
        .annotate(updates=Count("pk"), deliverables=Count("deliverable", distinct=True))
        .order_by("unit__key")
    )
    corrections: Any = (
        approved.filter(corrects__isnull=False)
        .order_by("approved_at", "key")
        .values_list(
            *("deliverable", "deliverable__key", "unit", "approved_at"),
            *("corrects__reported_on", "corrects__approved_at"),
        )
    )
    return TakenIn(
        [ApprovedOf(*row) for row in by_unit],
        approved.values("deliverable").distinct().count(),
        [Correction(*row) for row in corrections],
    )


def last_closed_round(plan: Plan, before: date, as_of: date) -> Round | None:
    """The last round that was closed by the end of a day and whose period was over before another."""
    return (
        Round.objects.filter(plan=plan, closed_at__lte=end_of(as_of), period_ends_on__lt=before)
        .order_by("-period_ends_on", "-pk")
        .first()
    )
