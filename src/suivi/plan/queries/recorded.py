"""What the record holds about one deliverable beyond the day itself: earlier and later rows."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from suivi.core.clock import end_of
from suivi.plan.models import Deliverable, Milestone, MilestoneState, Resource, Responsibility


def responsibilities_known(deliverable: Deliverable, day: date) -> list[Responsibility]:
    """All responsibilities that the record held at the end of a day: past, present and to come."""
    rows: QuerySet[Any] = (
        Responsibility.objects.known_at(end_of(day))
        .filter(deliverable=deliverable)
        .select_related("unit", "contact", "recorded_by")
        .order_by("starts_on", "pk")
    )
    return list(rows)


def states_of(milestone: Milestone, day: date) -> list[MilestoneState]:
    """What a milestone has said up to a day, latest first."""
    rows: QuerySet[Any] = (
        milestone.states.filter(recorded_at__lte=end_of(day))
        .select_related("owner_unit", "owner", "recorded_by")
        .prefetch_related("depends_on")
        .order_by("-recorded_at", "-pk")
    )
    return list(rows)


def resources_stated(deliverable: Deliverable, day: date) -> list[Resource]:
    """What was ever stated about staff time and money up to a day, latest first."""
    rows: QuerySet[Any] = (
        Resource.objects.filter(deliverable=deliverable, recorded_at__lte=end_of(day))
        .select_related("recorded_by")
        .order_by("-recorded_at", "-pk")
    )
    return list(rows)
