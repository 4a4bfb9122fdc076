"""The overview of a plan: every deliverable as one light line, counted and selected, then a page of words.

A plan may have thousands of deliverables and the page is read all day. So the lines hold no words: they come
as plain tuples in one query, and only the lines that are shown are read with their words. The number of
queries does not depend on the size of the plan.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from itertools import compress
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from suivi.core.clock import end_of
from suivi.plan.models import (
    ChangeKind,
    ChangeRequest,
    DeliverableEdition,
    Edition,
    PillarEdition,
    RequestState,
)
from suivi.plan.queries.on_day import responsibilities_on
from suivi.plan.rules import Gap, assignment_gaps
from suivi.plan.selection import Selection, Span, has_assignment, span_of
from suivi.values.folding import fold
from suivi.values.text import Text

WORKING = ("accountable", "responsible")


class Line(NamedTuple):
    """One deliverable without its words. `action` is the primary key of its row in the edition."""

    pk: int
    deliverable: int
    position: int
    action: int
    starts_on: date | None
    ends_on: date | None
    target: Decimal | None
    internal_end_on: date | None


class ActionLine(NamedTuple):
    """One action without its words; `pillar` is the primary key of its pillar's row in the edition."""

    pk: int
    key: str
    pillar: int


class ActionWords(NamedTuple):
    """What names an action above its deliverables."""

    number: str
    number_is_internal: bool
    title: Text
    text: Text


class Words(NamedTuple):
    """The words of one deliverable, read for the lines that are shown."""

    pk: int
    key: str
    number: str
    number_is_internal: bool
    title: Text
    text: Text
    window: str
    target_unit: Text
    action: ActionWords


@dataclass(frozen=True)
class Held:
    """Which units hold the working roles of a deliverable on the day; at most one is accountable."""

    accountable: int | None = None
    responsible: tuple[int, ...] = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return _gaps(self.accountable is not None, bool(self.responsible))

    @property
    def units(self) -> set[int]:
        return {*self.responsible, *([] if self.accountable is None else [self.accountable])}


NOBODY = Held()


@cache
def _gaps(has_accountable: bool, has_responsible: bool) -> tuple[Gap, ...]:
    return assignment_gaps(compress(WORKING, (has_accountable, has_responsible)))


@dataclass(frozen=True)
class PillarCounts:
    """The deliverables of one pillar by state of assignment and by time frame, as of the day."""

    pillar: PillarEdition
    deliverables: int
    with_gaps: int
    spans: Mapping[Span, int]

    @property
    def assigned(self) -> int:
        return self.deliverables - self.with_gaps


@dataclass(frozen=True)
class Overview:
    """An edition as of a day. `held` is empty where the reader may not see who does what."""

    edition: Edition
    day: date
    pillars: Mapping[int, PillarEdition]
    actions: Mapping[int, ActionLine]
    lines: Sequence[Line]
    held: Mapping[int, Held] = field(default_factory=dict)

    def held_for(self, line: Line) -> Held:
        return self.held.get(line.deliverable, NOBODY)

    def pillar_of(self, line: Line) -> PillarEdition:
        return self.pillars[self.actions[line.action].pillar]

    @cached_property
    def years(self) -> range:
        """The years that the time frames span, that of the day included."""
        days = [d for line in self.lines for d in (line.starts_on, line.ends_on, line.internal_end_on) if d]
        years = [self.day.year, *(d.year for d in days)]
        return range(min(years), max(years) + 1)

    def counts(self) -> list[PillarCounts]:
        """The pillars in their order, each counted."""
        total: Counter[int] = Counter()
        gaps: Counter[int] = Counter()
        spans: dict[int, Counter[Span]] = {pk: Counter() for pk in self.pillars}
        # Few lines differ in all of these, so the calendar is asked for each kind of line, not for each line.
        alike = Counter(
            (line.action, line.starts_on, line.ends_on, bool(self.held_for(line).gaps)) for line in self.lines
        )
        for (action, starts_on, ends_on, has_gap), lines in alike.items():
            pillar = self.actions[action].pillar
            total[pillar] += lines
            gaps[pillar] += lines * has_gap
            spans[pillar][span_of(starts_on, ends_on, self.day)] += lines
        return [PillarCounts(row, total[pk], gaps[pk], spans[pk]) for pk, row in self.pillars.items()]

    def selected(self, wanted: Selection) -> list[Line]:
        """The lines that meet every condition, in the order of the plan."""
        if wanted == Selection():
            return list(self.lines)
        return [line for line in self.lines if self._takes(line, wanted)]

    def _takes(self, line: Line, wanted: Selection) -> bool:
        chosen = ((wanted.rows, line.pk), (wanted.deliverables, line.deliverable))
        if any(keys is not None and key not in keys for keys, key in chosen):
            return False
        if wanted.pillar and self.pillar_of(line).pillar.key != wanted.pillar:
            return False
        if wanted.action and self.actions[line.action].key != wanted.action:
            return False
        if not wanted.takes_window(line.starts_on, line.ends_on, self.day):
            return False
        held = self.held_for(line)
        if wanted.units is not None and not (held.units & wanted.units):
            return False
        return wanted.assigned is None or has_assignment(wanted.assigned, held.gaps)


def overview_of(edition: Edition, day: date, *, is_inside: bool) -> Overview:
    """The overview of an edition: five queries, three for readers who may not see the management plan."""
    pillars = {row.pk: row for row in edition.pillareditions.select_related("pillar").order_by("position")}
    actions = edition.actioneditions.values_list("pk", "action__key", "pillar_id")
    return Overview(
        edition=edition,
        day=day,
        pillars=pillars,
        actions={action[0]: ActionLine(*action) for action in actions},
        lines=_lines(edition, day, is_inside),
        held=working_units(edition, day) if is_inside else {},
    )


def overview_again(overview: Overview, deliverables: Collection[int], *, is_inside: bool) -> Overview:
    """The same overview with these deliverables (primary keys) read anew: three queries, one from outside."""
    edition, day = overview.edition, overview.day
    lines = {line.pk: line for line in _lines(edition, day, is_inside, deliverables)}
    held = overview.held
    if is_inside:
        stayed = {pk: one for pk, one in held.items() if pk not in deliverables}
        held = stayed | working_units(edition, day, deliverables)
    return replace(overview, lines=[lines.get(line.pk, line) for line in overview.lines], held=held)


def _lines(
    edition: Edition, day: date, is_inside: bool, deliverables: Collection[int] | None = None
) -> list[Line]:
    rows = edition.deliverableeditions.order_by("position").values_list(
        "pk", "deliverable_id", "position", "action_id", "starts_on", "ends_on", "target"
    )
    if deliverables is not None:
        rows = rows.filter(deliverable__in=deliverables)
    moved = internal_ends(day, edition.plan_id, deliverables) if is_inside else {}
    return [Line(*row, moved.get(row[1])) for row in rows]


def rows_with(edition: Edition, words: str) -> frozenset[int]:
    """The rows of an edition that hold all these words somewhere, without regard to accents and case."""
    rows = edition.deliverableeditions.order_by()
    for word in fold(words).split():
        rows = rows.filter(folded__contains=word)
    return frozenset(rows.values_list("pk", flat=True))


def postponements(day: date) -> QuerySet[ChangeRequest]:
    """Accepted postponements that the body has not decided on, as the record knew them on a day."""
    return ChangeRequest.objects.filter(
        Q(settled_by__isnull=True) | Q(settled_by__in_force_on__gt=day),
        kind=ChangeKind.POSTPONEMENT,
        state=RequestState.ACCEPTED,
        answered_at__lte=end_of(day),
    )


def internal_ends(
    day: date, plan: int | None = None, deliverables: Collection[int] | None = None
) -> dict[int, date]:
    """Deliverable to the last day agreed inside, where the body has not decided on it yet, in one query.

    As `DeliverableOnDay.internal_end_on`. `plan` is the primary key of one plan; without it, of all.
    `deliverables` (primary keys) limits what is read.
    """
    rows = postponements(day).order_by("answered_at", "proposed_end_on")
    if plan is not None:
        rows = rows.filter(deliverable__plan=plan)
    if deliverables is not None:
        rows = rows.filter(deliverable__in=deliverables)
    agreed = rows.values_list("deliverable_id", "proposed_end_on")
    # The latest answer, and of two at once the later day: what comes last is what stays.
    return {deliverable: ends_on for deliverable, ends_on in agreed if ends_on is not None}


def working_units(
    edition: Edition, day: date, deliverables: Collection[int] | None = None
) -> dict[int, Held]:
    """Deliverable (None: every one) to the units accountable and responsible for it on the day: one query."""
    held = responsibilities_on(day).filter(deliverable__plan=edition.plan_id, role__in=WORKING)
    if deliverables is not None:
        held = held.filter(deliverable__in=deliverables)
    rows = held.order_by("starts_on", "pk").values_list("deliverable_id", "unit_id", "role")
    accountable: dict[int, int] = {}
    responsible: dict[int, list[int]] = {}
    for deliverable, unit, role in rows:
        if role == "accountable":
            accountable.setdefault(deliverable, unit)
        else:
            responsible.setdefault(deliverable, []).append(unit)
    return {
        pk: Held(accountable.get(pk), tuple(responsible.get(pk, ())))
        for pk in accountable.keys() | responsible.keys()
    }


def words_of_lines(pks: Collection[int]) -> dict[int, Words]:
    """The words of these rows of an edition and of their actions, by primary key, in one query."""
    own = ("pk", "deliverable__key", "number", "number_is_internal", "title", "text", "window", "target_unit")
    above = ("action__number", "action__number_is_internal", "action__title", "action__text")
    rows = DeliverableEdition.objects.filter(pk__in=pks).values_list(*own, *above)
    return {row[0]: _words(row, len(own)) for row in rows}


def _words(row: Sequence[Any], own: int) -> Words:
    pk, key, number, is_internal, title, text, window, unit = row[:own]
    return Words(pk, key, number, is_internal, title, text, window, unit, ActionWords(*row[own:]))


def titles_of(edition: Edition, language: str) -> dict[int, str]:
    """The short title (or else the sentence) of every deliverable, folded, to sort by."""
    rows = edition.deliverableeditions.values_list("pk", "title", "text")
    return {pk: fold((title or text).shown(language).text) for pk, title, text in rows}
