"""What the record holds about one unit as of a day: its names, the units before and after it, its people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation, Q, QuerySet

from suivi.core.clock import end_of
from suivi.organisation.models import Grant, Unit
from suivi.values.text import Text


@dataclass(frozen=True)
class PastName:
    """How a unit was called from a first to a last day."""

    name: Text
    short_name: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class UnitRecord:
    """The names of a unit, the latest first; primary keys of the units before and after it."""

    names: tuple[PastName, ...]
    predecessors: tuple[int, ...]
    successors: tuple[int, ...]


def record_of(unit: int, day: date) -> UnitRecord:
    """What the record knew of a unit on a day, in one query: names and relatives are few."""
    known = FilteredRelation(
        "versions",
        condition=Q(versions__recorded_at__lte=end_of(day))
        & (Q(versions__superseded_at__isnull=True) | Q(versions__superseded_at__gt=end_of(day))),
    )
    rows = (
        Unit.objects.annotate(known=known)
        .filter(pk=unit)
        .order_by(F("known__starts_on").desc(nulls_last=True), "-known__pk", "successors", "predecessors")
        .values_list(
            *("successors", "predecessors", "known__pk"),
            *("known__name", "known__short_name", "known__starts_on", "known__ends_on"),
        )
    )
    names: dict[int, PastName] = {}
    after: dict[int, None] = {}
    before: dict[int, None] = {}
    for successor, predecessor, version, *name in rows:
        if version is not None:
            names[version] = PastName(*name)
        if successor is not None:
            after[successor] = None
        if predecessor is not None:
            before[predecessor] = None
    return UnitRecord(tuple(names.values()), tuple(before), tuple(after))


def successors_of_all() -> dict[int, list[int]]:
    """Unit to those that follow it, for all units that were followed."""
    found: dict[int, list[int]] = {}
    for before, after in Unit.successors.through.objects.values_list("from_unit", "to_unit").order_by("pk"):
        found.setdefault(before, []).append(after)
    return found


def people_of_scopes(scopes: Collection[int], day: date) -> QuerySet[Grant]:
    """The roles people hold for these scopes on a day, by name."""
    rows: QuerySet[Grant] = Grant.objects.known_at(end_of(day)).filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        scope__in=scopes,
    )
    return rows.select_related("account").order_by("account__name", "role")
