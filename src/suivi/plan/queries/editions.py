"""Which edition of a plan is in force on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from suivi.plan.models import Edition, Plan
from suivi.values.text import Text


@dataclass(frozen=True)
class PlanInForce:
    """The edition of a plan in force on a day."""

    edition: int
    plan: int
    slug: str
    title: Text


def edition_on(plan: Plan, day: date) -> Edition | None:
    """The edition in force on a day; None before the plan was adopted."""
    return (
        plan.editions.filter(in_force_on__lte=day)
        .select_related("decision", "plan")
        .order_by("-number")
        .first()
    )


def editions_on(day: date, plans: Iterable[Plan] | None = None) -> QuerySet[Edition]:
    """The editions in force on a day, one for each plan, in one query."""
    in_force = (
        Edition.objects.filter(plan=OuterRef("plan"), in_force_on__lte=day)
        .order_by("-number")
        .values("pk")[:1]
    )
    editions = Edition.objects.filter(pk=Subquery(in_force)).select_related("plan")
    return editions if plans is None else editions.filter(plan__in=plans)


def plans_in_force(day: date) -> list[PlanInForce]:
    """The editions in force on a day, one for each plan, by slug."""
    rows = editions_on(day).order_by("plan__slug").values_list("pk", "plan_id", "plan__slug", "title")
    return [PlanInForce(*row) for row in rows]
