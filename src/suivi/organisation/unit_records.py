"""What the record holds about one unit as of a day: its names, the units before and after it, its people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from suivi.core.clock import end_of
from suivi.organisation.models import Grant, Unit, UnitVersion


@dataclass(frozen=True)
class Relatives:
    """Primary keys of the units that this one follows, and of those that follow it."""

    predecessors: tuple[int, ...]
    successors: tuple[int, ...]


def versions_of(unit: int, day: date) -> QuerySet[UnitVersion]:
    """The names and places of a unit through time, the latest first, as the record knew them on a day."""
    rows: QuerySet[UnitVersion] = UnitVersion.objects.known_at(end_of(day)).filter(unit=unit)
    return rows.order_by("-starts_on", "-pk")


def relatives_of(unit: int) -> Relatives:
    """The units before and after a unit, in one query."""
    pairs = list(
        Unit.successors.through.objects.filter(Q(from_unit=unit) | Q(to_unit=unit)).values_list(
            "from_unit", "to_unit"
        )
    )
    return Relatives(
        tuple(before for before, after in pairs if after == unit),
        tuple(after for before, after in pairs if before == unit),
    )


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
