"""What units owe, by when: milestones not done and time frames that close; counted, and the first ones read.

A unit of a large organisation, with those below it, may owe thousands of things. So the database ranks them
by day and only the first of each group are read, while the counts are those of all. The number of queries is
constant. `editions` are always the primary keys of the editions in force, which the caller has read once.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from suivi.core.clock import end_of
from suivi.plan.models import DeliverableEdition, MilestoneState, Responsibility, ResponsibilityRole
from suivi.plan.queries.editions import editions_on
from suivi.plan.queries.on_day import responsibilities_on
from suivi.plan.queries.overview import internal_end, postponements
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.plan.rules import StepState, quarter_of, step_state
from suivi.values.text import Text

FIRST = 10
EVERYTHING = 100_000


class Due(StrEnum):
    """When something is owed, seen from a day. Late is what was due before it; a closed time frame is not
    late: whether what it promised was delivered is not known from it."""

    LATE = "late"
    THIS_QUARTER = "this_quarter"
    LATER = "later"


@dataclass(frozen=True)
class PlanInForce:
    """The edition of a plan in force on the day."""

    edition: int
    plan: int
    slug: str
    title: Text


@dataclass(frozen=True)
class DeliverableName:
    """What names a deliverable in a list over many plans."""

    plan: str
    key: str
    number: str
    number_is_internal: bool
    title: Text
    text: Text


@dataclass(frozen=True)
class Owed:
    """A milestone (with its title, key and state) or a time frame that closes (without)."""

    due_on: date
    deliverable: DeliverableName
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
    """A deliverable and what a unit has to do with it."""

    deliverable: DeliverableName
    unit: int
    window: str
    starts_on: date | None
    ends_on: date | None
    since: date


@dataclass(frozen=True)
class HeldRole:
    """The deliverables with which units have one responsibility: the first, and how many there are."""

    role: ResponsibilityRole
    count: int
    items: Sequence[HeldDeliverable]


@dataclass(frozen=True)
class UnitCounts:
    """How many deliverables a unit answers for and works on, and how many of its milestones are late."""

    accountable: int = 0
    responsible: int = 0
    late: int = 0


def plans_in_force(day: date) -> list[PlanInForce]:
    """The editions in force on a day, one for each plan, by slug."""
    rows = editions_on(day).order_by("plan__slug").values_list("pk", "plan_id", "plan__slug", "title")
    return [PlanInForce(*row) for row in rows]


def owed_by(
    units: Collection[int], day: date, editions: Collection[int], *, first: int = FIRST
) -> list[OwedGroup]:
    """What these units owe, late first: five queries. `first` is how many are read for each group."""
    counts: Counter[str] = Counter()
    items: dict[str, list[Owed]] = {due.value: [] for due in Due}
    ranked = _ranked(_milestones(units, day, editions), day, first)
    milestones = _milestone_words(ranked, editions)
    for pk, row in ranked.items():
        counts[f"milestones {row['due_group']}"] = row["total"]
        items[row["due_group"]].append(_milestone(milestones[pk], day))
    windows = _windows(units, day, editions)
    postponed = postponements(day).values("deliverable")
    ranked = _ranked(windows.filter(ends_on__gte=day).exclude(deliverable__in=postponed), day, first)
    names = _named(DeliverableEdition.objects.filter(pk__in=list(ranked)))
    for pk, row in ranked.items():
        counts[f"windows {row['due_group']}"] = row["total"]
        items[row["due_group"]].append(Owed(row["due"], _name(names[pk])))
    # Those postponed inside are few: they are read whole, so that the days of all others stay plain columns.
    moved = windows.filter(deliverable__in=postponed).annotate(moved_to=internal_end(day), **_name_fields(""))
    for row in moved.filter(moved_to__gte=day):
        group = due_of(row["moved_to"], day).value
        counts[f"postponed {group}"] += 1
        items[group].append(Owed(row["moved_to"], _name(row), adopted_end_on=row["due"]))
    kinds = ("milestones", "windows", "postponed")
    return [
        OwedGroup(
            due,
            sum(counts[f"{kind} {due}"] for kind in kinds),
            sorted(items[due.value], key=lambda one: one.due_on)[:first],
        )
        for due in Due
    ]


def due_of(due_on: date, day: date) -> Due:
    """The stretch of time a day falls in, seen from the day looked at."""
    if due_on < day:
        return Due.LATE
    last = quarter_of(day).ends_on
    return Due.THIS_QUARTER if last is not None and due_on <= last else Due.LATER


def _ranked(rows: QuerySet[Any, dict[str, Any]], day: date, first: int) -> dict[int, dict[str, Any]]:
    """The first rows of each group by their keys, each with its group and the size of the group.

    The rows carry no words: a database sorts thousands of narrow rows quickly, thousands of texts slowly.
    """
    ends_on = quarter_of(day).ends_on
    group = Case(
        When(due__lt=day, then=Value(Due.LATE.value)),
        When(due__lte=ends_on, then=Value(Due.THIS_QUARTER.value)),
        default=Value(Due.LATER.value),
        output_field=CharField(),
    )
    ranked = (
        rows.annotate(due_group=group)
        .annotate(
            rank=Window(RowNumber(), partition_by=F("due_group"), order_by=("due", "pk")),
            total=Window(Count("pk"), partition_by=F("due_group")),
        )
        .filter(rank__lte=first)
    )
    return {row["pk"]: row for row in ranked}


def _named(rows: QuerySet[Any, Any], prefix: str = "", *fields: str) -> dict[int, dict[str, Any]]:
    """The words of the rows that are shown, by their keys."""
    return {row["pk"]: row for row in rows.values("pk", *fields, **_name_fields(prefix))}


def _in_force(prefix: str = "") -> Any:
    """The edition of a row, in a form that keeps planners from trying every edition for every row.

    SQLite would look up each pair of edition and deliverable in their common index; the sum is no column, so
    it finds the row by its deliverable and checks the edition once.
    """
    return F(f"{prefix}edition_id") + 0


def _name_fields(prefix: str) -> dict[str, F]:
    return {
        "plan_slug": F(f"{prefix}edition__plan__slug"),
        "deliverable_key": F(f"{prefix}deliverable__key"),
        "in_number": F(f"{prefix}number"),
        "in_internal": F(f"{prefix}number_is_internal"),
        "in_title": F(f"{prefix}title"),
        "in_text": F(f"{prefix}text"),
    }


def _name(row: Mapping[str, Any]) -> DeliverableName:
    return DeliverableName(
        row["plan_slug"],
        row["deliverable_key"],
        row["in_number"],
        row["in_internal"],
        row["in_title"],
        row["in_text"],
    )


def _milestones(units: Collection[int], day: date, editions: Collection[int]) -> QuerySet[Any, Any]:
    """Milestones not done by the day that these units own, or that nobody owns where they are accountable."""
    states: QuerySet[MilestoneState] = MilestoneState.objects.known_at(end_of(day))
    answered = responsibilities_on(day).filter(unit__in=units, role=ResponsibilityRole.ACCOUNTABLE)
    in_edition = "milestone__deliverable__in_editions__"
    return (
        states.alias(in_force=_in_force(in_edition))
        .filter(
            Q(done_on__isnull=True) | Q(done_on__gt=day),
            Q(owner_unit__in=units)
            | Q(owner_unit__isnull=True, milestone__deliverable__in=answered.values("deliverable")),
            is_dropped=False,
            in_force__in=editions,
        )
        .annotate(due=F("due_on"))
        .values("pk", "due")
    )


def _milestone_words(shown: Collection[int], editions: Collection[int]) -> dict[int, dict[str, Any]]:
    in_edition = "milestone__deliverable__in_editions__"
    rows = (
        MilestoneState.objects.alias(in_force=_in_force(in_edition))
        .filter(pk__in=list(shown), in_force__in=editions)
        .annotate(due=F("due_on"))
    )
    return _named(rows, in_edition, "due", "title", "owner_unit", "milestone__key")


def _milestone(row: Mapping[str, Any], day: date) -> Owed:
    return Owed(
        due_on=row["due"],
        deliverable=_name(row),
        unit=row["owner_unit"],
        title=row["title"],
        milestone=row["milestone__key"],
        state=step_state(row["due"], None, day),
    )


def _windows(units: Collection[int], day: date, editions: Collection[int]) -> QuerySet[Any, Any]:
    """Time frames, as adopted, of the deliverables on which these units work."""
    held = responsibilities_on(day).filter(unit__in=units, role__in=WORKING_ROLES)
    return (
        DeliverableEdition.objects.alias(in_force=_in_force())
        .filter(in_force__in=editions, deliverable__in=held.values("deliverable"))
        .annotate(due=F("ends_on"))
        .values("pk", "due")
    )


def held_by(
    units: Collection[int], day: date, editions: Collection[int], *, first: int = FIRST
) -> list[HeldRole]:
    """The deliverables these units hold, by responsibility in the order of the roles: two queries."""
    in_edition = "deliverable__in_editions__"
    held: QuerySet[Responsibility] = responsibilities_on(day).filter(unit__in=units)
    rows = (
        held.alias(in_force=_in_force(in_edition))
        .filter(in_force__in=editions)
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=F("role"),
                order_by=(f"{in_edition}edition__plan__slug", f"{in_edition}position", "unit"),
            ),
            total=Window(Count("pk"), partition_by=F("role")),
        )
        .filter(rank__lte=first)
        .order_by("rank")
        .values("role", "unit", "total", "starts_on", in_pk=F(f"{in_edition}pk"))
    )
    ranked = list(rows)
    shown = DeliverableEdition.objects.filter(pk__in={row["in_pk"] for row in ranked})
    words = _named(shown.annotate(ends=F("ends_on"), starts=F("starts_on")), "", "window", "starts", "ends")
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in ranked:
        found.setdefault(row["role"], []).append({**row, **words[row["in_pk"]]})
    return [
        HeldRole(role, found[role.value][0]["total"], [_read_held(row) for row in found[role.value]])
        for role in ResponsibilityRole
        if role.value in found
    ]


def _read_held(row: Mapping[str, Any]) -> HeldDeliverable:
    return HeldDeliverable(
        _name(row), row["unit"], row["window"], row["starts"], row["ends"], row["starts_on"]
    )


def counts_of_units(day: date) -> dict[int, UnitCounts]:
    """The counts of every unit that holds or owes something, as of a day: two queries."""
    editions = editions_on(day).values("pk")
    held: dict[int, dict[str, int]] = defaultdict(dict)
    roles = (
        responsibilities_on(day)
        .filter(role__in=WORKING_ROLES, deliverable__in_editions__edition__in=editions)
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
            milestone__deliverable__in_editions__edition__in=editions,
        )
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
