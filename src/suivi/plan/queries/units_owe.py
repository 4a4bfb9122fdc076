"""What units owe, by when: milestones not done and time frames that close; counted, and the first ones read.

A unit of a large organisation, with those below it, may owe thousands of things. The counts are those of all,
and only the first of each list are read. The number of queries is constant.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet

from suivi.core.clock import end_of
from suivi.plan.models import Milestone, MilestoneState, ResponsibilityRole
from suivi.plan.queries.editions import PlansInForce, deliverables_out_of_force, plans_in_force
from suivi.plan.queries.on_day import responsibilities_on
from suivi.plan.queries.overview import internal_ends
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.plan.queries.unit_rows import FEW_UNITS, Counted, DueRow, HeldRow, Named, UnitRows
from suivi.plan.rules import StepState, quarter_of, step_state
from suivi.values.text import Text

FIRST = 10
EVERYTHING = 100_000

Place = TypeVar("Place", date, tuple[date, int], tuple[str, int])


class Due(StrEnum):
    """When something is owed, seen from a day. Late is what was due before it; a closed time frame is not
    late: whether what it promised was delivered is not known from it."""

    LATE = "late"
    THIS_QUARTER = "this_quarter"
    LATER = "later"


@dataclass(frozen=True)
class Owed:
    """A milestone (with its title, key and state) or a time frame that closes (without)."""

    due_on: date
    deliverable: Named
    unit: int | None = None
    title: Text | None = None
    milestone: str = ""
    state: StepState | None = None
    adopted_end_on: date | None = None  # of a time frame that was postponed inside


@dataclass(frozen=True)
class OwedGroup:
    """What is due in one stretch of time: the first by day, and how many there are in all."""

    due: Due
    count: int
    items: Sequence[Owed]


@dataclass(frozen=True)
class HeldDeliverable:
    """A deliverable and what a unit has to do with it since a day."""

    deliverable: Named
    unit: int
    since: date


@dataclass(frozen=True)
class HeldRole:
    """The deliverables with which units have one responsibility: the first, and how many there are."""

    role: ResponsibilityRole
    count: int
    items: Sequence[HeldDeliverable]


@dataclass(frozen=True)
class UnitDesk:
    """What units owe, late first, and what they hold, by responsibility in the order of the roles.

    What many units hold is not listed but counted, in `by_unit`: unit to responsibility to deliverables.
    """

    owed: Sequence[OwedGroup]
    held: Sequence[HeldRole]
    by_unit: Mapping[int, Mapping[str, int]]

    @property
    def is_cut(self) -> bool:
        """Whether there is more than what was read."""
        listed: list[OwedGroup | HeldRole] = [*self.owed, *self.held]
        return any(len(one.items) < one.count for one in listed)


@dataclass(frozen=True)
class UnitCounts:
    """How many deliverables a unit answers for and works on, and how many of its milestones are late."""

    accountable: int = 0
    responsible: int = 0
    late: int = 0


def desk_of_units(
    units: Collection[int], day: date, in_force: PlansInForce, *, first: int = FIRST
) -> UnitDesk:
    """What these units owe and hold in the plans in force on a day: five queries.

    `first` is how many are read for each list; responsibilities come in the order of the plans.
    """
    is_listed = len(units) <= FEW_UNITS or first == EVERYTHING
    rows = UnitRows(units, day, in_force, internal_ends(day), is_listed)
    counts = rows.counts()
    spans = _first_places(counts.milestones, lambda on: due_of(on, day), first)
    closing = _first_places(counts.windows, lambda place: due_of(place[0], day), first)
    due = rows.due([(days[0], days[-1]) for days in spans], [place for group in closing for place in group])
    holding = _first_places(counts.held, lambda place: place[0], first)
    held = rows.held([place for group in holding for place in group], first)
    shown = {group: [row for row in due if due_of(row.due_on, day) is group][:first] for group in Due}
    named = {row.deliverable for some in shown.values() for row in some} | {row.deliverable for row in held}
    names = rows.names(named)
    total = _counts_by_due(counts, [row.due_on for row in due if row.adopted_end_on], day)
    owed = [OwedGroup(due, total[due], [_owed(row, names, day) for row in shown[due]]) for due in Due]
    by_unit: dict[int, dict[str, int]] = {}
    for (role, unit), count in counts.by_unit.items():
        by_unit.setdefault(unit, {})[role] = count
    return UnitDesk(owed, _held_roles(held, names, counts), by_unit)


def _first_places(
    counts: Mapping[Place, int], group_of: Callable[[Place], Any], first: int
) -> list[list[Place]]:
    """For each group the places, in their order, that together hold the first ones."""
    found: dict[Any, list[Place]] = {}
    held: Counter[Any] = Counter()
    for place in sorted(counts):
        group = group_of(place)
        if held[group] < first:
            found.setdefault(group, []).append(place)
        held[group] += counts[place]
    return list(found.values())


def due_of(due_on: date, day: date) -> Due:
    """The stretch of time a day falls in, seen from the day looked at."""
    if due_on < day:
        return Due.LATE
    last = quarter_of(day).ends_on
    return Due.THIS_QUARTER if last is not None and due_on <= last else Due.LATER


def _counts_by_due(counts: Counted, postponed: Iterable[date], day: date) -> Mapping[Due, int]:
    total = Counter(due_of(on, day) for on in postponed)
    for on, count in counts.milestones.items():
        total[due_of(on, day)] += count
    for (on, _place), count in counts.windows.items():
        total[due_of(on, day)] += count
    return total


def _owed(row: DueRow, names: Mapping[int, Named], day: date) -> Owed:
    return Owed(
        due_on=row.due_on,
        deliverable=names[row.deliverable],
        unit=row.owner_unit,
        title=row.title,
        milestone=row.milestone,
        state=step_state(row.due_on, None, day) if row.milestone else None,
        adopted_end_on=row.adopted_end_on,
    )


def _held_roles(rows: Sequence[HeldRow], names: Mapping[int, Named], counts: Counted) -> list[HeldRole]:
    items: dict[str, list[HeldDeliverable]] = {}
    for row in rows:
        items.setdefault(row.role, []).append(
            HeldDeliverable(names[row.deliverable], row.unit, row.starts_on)
        )
    total: Counter[str] = Counter()
    for (role, _place), count in counts.held.items():
        total[role] += count
    return [HeldRole(role, total[role], items[role]) for role in ResponsibilityRole if role in items]


def counts_of_units(day: date) -> dict[int, UnitCounts]:
    """The counts of every unit that holds or owes something, as of a day: three queries."""
    gone = deliverables_out_of_force(plans_in_force(day))
    held: dict[int, dict[str, int]] = defaultdict(dict)
    roles = (
        responsibilities_on(day)
        .filter(role__in=WORKING_ROLES)
        .exclude(deliverable__in=gone)
        .values_list("unit", "role")
        .annotate(count=Count("deliverable", distinct=True))
        .order_by()
    )
    for unit, role, count in roles:
        held[unit][role] = count
    states: QuerySet[MilestoneState] = MilestoneState.objects.known_at(end_of(day))
    late = dict(
        states.filter(
            Q(done_on__isnull=True) | Q(done_on__gt=day),
            is_dropped=False,
            due_on__lt=day,
            owner_unit__isnull=False,
        )
        .exclude(milestone__in=Milestone.objects.filter(deliverable__in=gone))
        .values_list("owner_unit")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {
        unit: UnitCounts(
            held[unit].get("accountable", 0), held[unit].get("responsible", 0), late.get(unit, 0)
        )
        for unit in held.keys() | late.keys()
    }
