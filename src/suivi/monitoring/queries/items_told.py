"""The counted items in words: what was told of each last, and which of them count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from suivi.core.clock import end_of
from suivi.monitoring.models import ItemState, ProgressKind
from suivi.monitoring.queries.facts import speaking_updates
from suivi.monitoring.queries.states import CaseOnDay, cases_of
from suivi.monitoring.rules.progress import counted_items
from suivi.plan.models import Edition, Plan
from suivi.values.text import Text


@dataclass(frozen=True, slots=True)
class ItemTold:
    """An item as updates told of it last. `countries` and `regions` are keys of the organisation's list."""

    item: int
    deliverable: int
    name: Text
    happened_on: date
    partners: tuple[str, ...]
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    groups: tuple[str, ...]


def counted_of(
    edition: Edition, up_to: date, as_of: date, deliverables: Collection[int] | None = None
) -> Mapping[int, date]:
    """The items (primary keys) that count on two days, with the day from which each does: six queries."""
    found: dict[int, date] = {}
    for one in cases_of(edition, up_to, as_of, deliverables).values():
        found |= _counted(one)
    return found


def _counted(one: CaseOnDay) -> Mapping[int, date]:
    if one.case.measure.kind != ProgressKind.ITEMS:
        return {}
    return counted_items(one.case.measure, one.case.facts, one.case.day)


def items_told(plan: Plan, up_to: date, as_of: date, items: Collection[int]) -> dict[int, ItemTold]:
    """Item to what was told of it last, on two days: one query. What `items` does not name is left out."""
    told = speaking_updates(end_of(as_of)).filter(plan=plan)
    rows: Any = (
        ItemState.objects.filter(update_row__in=told, happened_on__lte=up_to, item__deliverable__plan=plan)
        .order_by("happened_on", "update_row__reported_on", "update_row__key")
        .values_list(
            *("item", "item__deliverable", "name", "happened_on"),
            *("partners", "countries", "regions", "groups"),
        )
    )
    wanted = frozenset(items)
    return {
        row[0]: ItemTold(*row[:4], *(tuple(some) for some in row[4:])) for row in rows if row[0] in wanted
    }
