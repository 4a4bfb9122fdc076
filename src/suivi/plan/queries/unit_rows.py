"""The rows that units have to do with: counted in one query, then read where the first of each list stand.

A database counts thousands of narrow rows quickly and sorts thousands of wide ones slowly. So the counts come
first, by day and by plan, and say where to look for the few rows that are shown.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from suivi.core.clock import end_of
from suivi.core.fields import TextField
from suivi.plan.models import (
    DeliverableEdition,
    Milestone,
    MilestoneState,
    Responsibility,
    ResponsibilityRole,
)
from suivi.plan.queries.editions import PlanInForce, PlansInForce, deliverables_out_of_force
from suivi.plan.queries.on_day import responsibilities_on
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.values.text import Text

_IN_EDITION = "deliverable__in_editions__"
FEW_UNITS = 12
_MILESTONE, _WINDOW = "milestone", "window"  # beside the codes of the roles


class DueRow(NamedTuple):
    """A milestone that is not done, with its key, title and owner; or a time frame that closes, without."""

    due_on: date
    deliverable: int
    milestone: str
    title: Text | None
    owner_unit: int | None
    adopted_end_on: date | None = None  # of a time frame that was postponed inside


class HeldRow(NamedTuple):
    """What a unit has to do with a deliverable, since a day."""

    deliverable: int
    role: str
    unit: int
    starts_on: date


class Named(NamedTuple):
    """The words and the time frame of a deliverable in force."""

    deliverable: int
    plan: str
    key: str
    number: str
    number_is_internal: bool
    title: Text
    text: Text
    window: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Counted:
    """How many rows there are: milestones by due day, time frames by last day and plan, responsibilities by
    role and plan, or (of many units) by role and unit. A plan is given by its place in the order asked for;
    postponed time frames are left out.
    """

    milestones: Mapping[date, int]
    windows: Mapping[tuple[date, int], int]
    held: Mapping[tuple[str, int], int]
    by_unit: Mapping[tuple[str, int], int]


@dataclass(frozen=True)
class UnitRows:
    """The rows of these units in these plans as of a day. For many units one more query is asked.

    `moved` gives the deliverables whose time frame was postponed inside, with the day agreed. `is_listed`
    says whether what is held will be listed; otherwise it is counted unit by unit.
    """

    units: Collection[int]
    day: date
    in_force: PlansInForce
    moved: Mapping[int, date]
    is_listed: bool = True

    def counts(self) -> Counted:
        """All of them, counted in one query."""
        part = F("deliverable__plan_id") if self.is_listed else F("unit_id")
        rows = _counted(self._in_force_of(self._owned()), Value(_MILESTONE), F("due_on"), Value(0)).union(
            _counted(self._in_force_of(self._unowned()), Value(_MILESTONE), F("due_on"), Value(0)),
            _counted(self._windows(), Value(_WINDOW), F("ends_on"), F("edition_id")),
            _counted(self._held(), F("role"), _nothing(models.DateField()), part),
            all=True,
        )
        milestones: Counter[date] = Counter()
        windows, held = {}, {}
        editions = {one.edition: place for place, one in enumerate(self.plans)}
        for part_of, kind, on, count in rows:
            if kind == _MILESTONE:
                milestones[on] += count
            elif kind == _WINDOW:
                windows[on, editions[part_of]] = count
            else:
                held[kind, part_of] = count
        if not self.is_listed:
            return Counted(milestones, windows, {}, held)
        places = {one.plan: place for place, one in enumerate(self.plans)}
        return Counted(milestones, windows, {(role, places[plan]): n for (role, plan), n in held.items()}, {})

    def due(self, spans: Iterable[tuple[date, date]], places: Iterable[tuple[date, int]]) -> list[DueRow]:
        """What is due, by day, in one query: milestones due in these spans, time frames that close on these
        days in the plans at these places, and all that were postponed to the day looked at or later.
        """
        days = _any(Q(due_on__range=span) for span in spans)
        in_force = self._of_row("milestone__deliverable")
        later = [deliverable for deliverable, moved_to in self.moved.items() if moved_to >= self.day]
        windows = self._rows_in_force().filter(
            self._closing(places) | Q(deliverable__in=later), Exists(self._held_by_row(WORKING_ROLES))
        )
        step = [F(name) for name in ("milestone__deliverable_id", "milestone__key", "title", "owner_unit_id")]
        rows = _due(self._owned_on(days).filter(in_force), "due_on", *step).union(
            _due(self._unowned().filter(days, in_force), "due_on", *step),
            _due(
                windows,
                "ends_on",
                *(F("deliverable_id"), Value(""), _nothing(TextField()), _nothing(models.BigIntegerField())),
            ),
            all=True,
        )
        return sorted((self._moved(DueRow(*row)) for row in rows), key=lambda row: row.due_on)

    def held(self, places: Iterable[tuple[str, int]], first: int) -> list[HeldRow]:
        """The first of each role, by plan and position, looked for in the plans at these places."""
        by_role: dict[str, list[PlanInForce]] = {}
        for role, place in places:
            by_role.setdefault(role, []).append(self.plans[place])
        editions = {one.edition for plans in by_role.values() for one in plans}
        order = (f"{_IN_EDITION}edition__plan__slug", f"{_IN_EDITION}position", "unit")
        rows = (
            responsibilities_on(self.day)
            .alias(in_force=_sum_of(f"{_IN_EDITION}edition_id"))
            .filter(
                _any(
                    Q(role=role, deliverable__plan__in=[one.plan for one in plans])
                    for role, plans in by_role.items()
                ),
                unit__in=self.units,
                in_force__in=editions,
            )
            .annotate(rank=Window(RowNumber(), partition_by=F("role"), order_by=order))
            .filter(rank__lte=first)
            .order_by("rank")
        )
        return [HeldRow(*row) for row in rows.values_list("deliverable", "role", "unit", "starts_on")]

    def names(self, deliverables: Collection[int]) -> dict[int, Named]:
        """What these deliverables are called."""
        rows = (
            self._rows_in_force()
            .filter(deliverable__in=deliverables)
            .order_by()
            .values_list(
                *("deliverable", "edition__plan__slug", "deliverable__key", "number", "number_is_internal"),
                *("title", "text", "window", "starts_on", "ends_on"),
            )
        )
        return {row[0]: Named(*row) for row in rows}

    @property
    def plans(self) -> Sequence[PlanInForce]:
        """The plans by their places."""
        return self.in_force.plans

    def _rows_in_force(self) -> QuerySet[DeliverableEdition]:
        return DeliverableEdition.objects.filter(self.in_force.holds("edition"))

    def _open_milestones(self) -> QuerySet[MilestoneState]:
        states: QuerySet[MilestoneState] = MilestoneState.objects.known_at(end_of(self.day))
        return states.filter(Q(done_on__isnull=True) | Q(done_on__gt=self.day), is_dropped=False)

    def _owned(self) -> QuerySet[MilestoneState]:
        """Milestones not done that these units own."""
        return self._open_milestones().filter(owner_unit__in=self.units)

    def _owned_on(self, days: Q) -> QuerySet[MilestoneState]:
        """Those due on these days: of many units they are found by the day, of few by the unit."""
        if self._are_few:
            return self._owned().filter(days)
        rows = self._open_milestones().alias(of_unit=_sum_of("owner_unit_id"))
        return rows.filter(days, of_unit__in=self.units)

    def _unowned(self) -> QuerySet[MilestoneState]:
        """Milestones not done that nobody owns, of deliverables for which these units are accountable."""
        answered = self._held_by_row([ResponsibilityRole.ACCOUNTABLE], of="milestone__deliverable")
        return self._open_milestones().filter(Exists(answered), owner_unit__isnull=True)

    def _in_force_of(self, milestones: QuerySet[MilestoneState]) -> QuerySet[MilestoneState]:
        if self._are_few:
            return milestones.filter(self._of_row("milestone__deliverable"))
        return milestones.exclude(milestone__in=Milestone.objects.filter(deliverable__in=self._gone))

    def _held(self) -> QuerySet[Responsibility]:
        """What these units hold of deliverables in force."""
        rows = responsibilities_on(self.day).filter(unit__in=self.units)
        if self._are_few:
            return rows.filter(self._of_row("deliverable"))
        return rows.exclude(deliverable__in=self._gone)

    @cached_property
    def _gone(self) -> list[int]:
        """The deliverables that no edition in force holds: few, and of many units asked for once."""
        return list(deliverables_out_of_force(self.in_force).values_list("pk", flat=True))

    @property
    def _are_few(self) -> bool:
        """Whether each row is asked if its deliverable is in force, or all are asked at once beforehand."""
        return len(self.units) <= FEW_UNITS

    def _of_row(self, deliverable: str) -> Exists:
        return Exists(self._rows_in_force().filter(deliverable=OuterRef(deliverable)))

    def _held_by_row(self, roles: Iterable[str], of: str = "deliverable") -> QuerySet[Responsibility]:
        """What these units hold of the deliverable of an outer row."""
        rows = responsibilities_on(self.day).filter(deliverable=OuterRef(of), role__in=roles)
        if self._are_few:
            return rows.filter(unit__in=self.units)
        return rows.alias(of_unit=_sum_of("unit_id")).filter(of_unit__in=self.units)

    def _windows(self) -> QuerySet[DeliverableEdition]:
        """Time frames, as adopted and not postponed, of the deliverables on which these units work."""
        rows = self._rows_in_force().filter(ends_on__gte=self.day).exclude(deliverable__in=self.moved)
        if not self._are_few:
            return rows.filter(Exists(self._held_by_row(WORKING_ROLES)))
        held = responsibilities_on(self.day).filter(unit__in=self.units, role__in=WORKING_ROLES)
        return rows.filter(deliverable__in=held.values("deliverable"))

    def _closing(self, places: Iterable[tuple[date, int]]) -> Q:
        editions: dict[date, list[int]] = {}
        for on, place in places:
            editions.setdefault(on, []).append(self.plans[place].edition)
        return _any(Q(ends_on=on, edition__in=some) for on, some in editions.items())

    def _moved(self, row: DueRow) -> DueRow:
        if row.milestone or row.deliverable not in self.moved:
            return row
        return row._replace(due_on=self.moved[row.deliverable], adopted_end_on=row.due_on)


def _counted(rows: QuerySet[Any], kind: Any, on: Any, part: Any) -> Any:
    named = rows.order_by().annotate(kind=kind, on=on, part=part)
    return named.values_list("part", "kind", "on").annotate(count=Count("pk"))


def _due(rows: QuerySet[Any], on: str, of: Any, key: Any, title: Any, owner: Any) -> Any:
    named = rows.order_by().annotate(on=F(on), of=of, step=key, words=title, owner_key=owner)
    return named.values_list("on", "of", "step", "words", "owner_key")


def _nothing(field: "models.Field[Any, Any]") -> Value:
    """NULL where another part of a union has a value of this kind."""
    return Value(None, field)


def _any(conditions: Iterable[Q]) -> Q:
    """One of the conditions; nothing where there is none."""
    return reduce(or_, conditions, Q(pk__in=[]))


def _sum_of(key: str) -> Any:
    """An edition or a unit in a form that keeps planners from trying every one of them for every row.

    SQLite would look up each pair of unit and deliverable in their common index; the sum is no column, so it
    finds the row by its deliverable and checks the unit once.
    """
    return F(key) + 0
