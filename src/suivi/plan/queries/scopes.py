"""Which scopes a deliverable stands in: its plan, and the units that answer for it on a day."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from suivi.organisation.queries import UnitTree, unit_tree
from suivi.plan.models import Deliverable, Responsibility

WORKING_ROLES = ("accountable", "responsible")


def scopes_of(deliverable: Deliverable, now: datetime, tree: UnitTree | None = None) -> set[int]:
    """The scopes a role may be given for so that it reaches this deliverable now."""
    day = timezone.localdate(now)
    units = (
        Responsibility.objects.current()
        .filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            deliverable=deliverable,
            role__in=WORKING_ROLES,
            starts_on__lte=day,
        )
        .values_list("unit_id", flat=True)
    )
    return (tree or unit_tree(day)).scopes_of(units) | {deliverable.plan.scope_id}
