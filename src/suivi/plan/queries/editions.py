"""Which edition of a plan is in force on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from suivi.plan.models import Deliverable, DeliverableEdition, Edition, Plan
from suivi.values.text import Text


@dataclass(frozen=True)
class PlanInForce:
    """The edition of a plan in force on a day."""

    edition: int
    plan: int
    slug: str
    title: Text


@dataclass(frozen=True)
class PlansInForce:
    """The plans in force on a day, by slug, or one of them; `out_of_force` are all other editions there are.

    Few editions are out of force, so to leave them out says more shortly what is in force than to name all.
    """

    plans: Sequence[PlanInForce]
    out_of_force: frozenset[int]

    def only(self, plan: PlanInForce) -> "PlansInForce":
        """One of these plans alone."""
        return PlansInForce([plan], frozenset())

    def holds(self, edition: str) -> Q:
        """The condition that a row is of an edition in force.

        `edition` is the path to its key, through relations to one thing only.
        """
        if len(self.plans) == 1:
            return Q(**{edition: self.plans[0].edition})
        return ~Q(**{f"{edition}__in": self.out_of_force})


def deliverables_out_of_force(in_force: PlansInForce) -> QuerySet[Deliverable, Any]:
    """The keys of the deliverables that no edition in force holds: dropped, or of plans not adopted yet."""
    kept = DeliverableEdition.objects.filter(in_force.holds("edition")).values("deliverable")
    return Deliverable.objects.exclude(pk__in=kept).values("pk")


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


def plans_in_force(day: date) -> PlansInForce:
    """The editions in force on a day, one for each plan, by slug, in one query."""
    found: dict[int, PlanInForce] = {}
    others = set()
    rows = Edition.objects.order_by("plan__slug", "number")
    for in_force_on, *row in rows.values_list("in_force_on", "pk", "plan_id", "plan__slug", "title"):
        edition = PlanInForce(*row)
        if in_force_on > day:
            others.add(edition.edition)
            continue
        if edition.plan in found:
            others.add(found[edition.plan].edition)
        found[edition.plan] = edition
    return PlansInForce(list(found.values()), frozenset(others))
