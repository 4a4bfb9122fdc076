"""What needs attention on a day, counted in the database: milestones due and late, gaps in assignment.

The state of a milestone and what a gap is are those of `suivi.plan.rules`; here they are counted without
reading the rows, so that a home page over hundreds of plans stays quick.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from suivi.core.clock import end_of
from suivi.plan.models import DeliverableEdition, MilestoneState, ResponsibilityRole
from suivi.plan.queries.editions import editions_on
from suivi.plan.queries.on_day import responsibilities_on
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.plan.rules import SOON

Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True)
class Attention:
    """How many milestones are due within 30 days, how many are late, how many deliverables have a gap."""

    due: int = 0
    late: int = 0
    gaps: int = 0

    def __add__(self, other: "Attention") -> "Attention":
        return Attention(self.due + other.due, self.late + other.late, self.gaps + other.gaps)


def attention_of_plans(day: date, plans: Collection[int]) -> dict[int, Attention]:
    """What needs attention in each of these plans (by primary key) as of a day: two queries at any size."""
    milestones = (
        _open_milestones(day)
        .filter(milestone__deliverable__plan__in=plans)
        .values_list("milestone__deliverable__plan")
        .annotate(due=Count("pk", filter=_is_due(day)), late=Count("pk", filter=_is_late(day)))
        .order_by()
    )
    gaps = dict(
        _rows_with_gaps(day)
        .filter(edition__plan__in=plans)
        .values_list("edition__plan")
        .annotate(count=Count("pk"))
        .order_by()
    )
    steps = {plan: (due, late) for plan, due, late in milestones}
    return {plan: Attention(*steps.get(plan, (0, 0)), gaps.get(plan, 0)) for plan in plans}


def attention_of_units(day: date, groups: Mapping[Group, Collection[int]]) -> dict[Group, Attention]:
    """What each group of units owes as of a day, in two queries: a unit and those below it make a group.

    Milestones count for the unit that owns them; a gap counts for the units that already work on the
    deliverable (accountable or responsible), once for a group.
    """
    units = {unit for group in groups.values() for unit in group}
    steps = {
        unit: Attention(due, late)
        for unit, due, late in _open_milestones(day)
        .filter(owner_unit__in=units)
        .values_list("owner_unit")
        .annotate(due=Count("pk", filter=_is_due(day)), late=Count("pk", filter=_is_late(day)))
        .order_by()
    }
    gaps = _gaps_of_units(day, units)
    return {
        key: sum((steps.get(unit, Attention()) for unit in set(group)), Attention())
        + Attention(gaps=len(set().union(*(gaps.get(unit, set()) for unit in group))))
        for key, group in groups.items()
    }


def _is_late(day: date) -> Q:
    return Q(due_on__lt=day)


def _is_due(day: date) -> Q:
    return Q(due_on__gte=day, due_on__lte=day + SOON)


def _open_milestones(day: date) -> QuerySet[MilestoneState]:
    """Milestones not done by that day, of deliverables that the edition in force then holds."""
    states: QuerySet[MilestoneState] = MilestoneState.objects.known_at(end_of(day))
    return states.filter(
        Q(done_on__isnull=True) | Q(done_on__gt=day),
        is_dropped=False,
        due_on__lte=day + SOON,
        milestone__deliverable__in_editions__edition__in=editions_on(day).values("pk"),
    )


def _rows_with_gaps(day: date) -> QuerySet[DeliverableEdition]:
    """Deliverables in force without an accountable unit, or without a responsible one."""
    held = responsibilities_on(day).filter(deliverable=OuterRef("deliverable"))
    return DeliverableEdition.objects.filter(
        ~Exists(held.filter(role=ResponsibilityRole.ACCOUNTABLE))
        | ~Exists(held.filter(role=ResponsibilityRole.RESPONSIBLE)),
        edition__in=editions_on(day).values("pk"),
    )


def _gaps_of_units(day: date, units: Iterable[int]) -> dict[int, set[int]]:
    """Unit to the deliverables with a gap that it works on."""
    found: dict[int, set[int]] = {}
    pairs = responsibilities_on(day).filter(
        unit__in=units, role__in=WORKING_ROLES, deliverable__in=_rows_with_gaps(day).values("deliverable")
    )
    for unit, deliverable in pairs.values_list("unit", "deliverable").order_by():
        found.setdefault(unit, set()).add(deliverable)
    return found
