"""What was reported where and when: counted items with their places, updates by month."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import TruncMonth

from suivi.core.clock import end_of
from suivi.monitoring.models import Item, ItemStage, ItemState, ProgressUpdate, UpdateKind, UpdateState
from suivi.monitoring.queries.facts import speaking_updates
from suivi.monitoring.rules.activity import PlacedItem
from suivi.plan.models import DeliverableEdition, Edition


def placed_items(edition: Edition, up_to: date, as_of: date) -> list[PlacedItem]:
    """The counted items of an edition as they were told last, dropped ones left out: one query."""
    found = items_by_deliverable(edition, up_to, as_of)
    return [item for pk in sorted(found) for item in found[pk]]


def items_by_deliverable(
    edition: Edition, up_to: date, as_of: date, deliverables: Collection[int] | None = None
) -> dict[int, list[PlacedItem]]:
    """The same by deliverable (primary key); `deliverables` limits what is read."""
    known_at = end_of(as_of)
    corrected = ProgressUpdate.objects.filter(
        corrects=OuterRef("update_row"), state=UpdateState.APPROVED, approved_at__lte=known_at
    )
    # The states of one item are few: asked item by item, they come by their index.
    latest = (
        ItemState.objects.filter(
            ~Exists(corrected),
            item=OuterRef("pk"),
            happened_on__lte=up_to,
            update_row__reported_on__lte=up_to,
            update_row__state=UpdateState.APPROVED,
            update_row__kind=UpdateKind.UPDATE,
            update_row__approved_at__lte=known_at,
        )
        .order_by("-happened_on", "-update_row__reported_on", "-update_row__key")
        .values("pk")[:1]
    )
    rows = DeliverableEdition.objects.filter(edition=edition)
    if deliverables is not None:
        rows = rows.filter(deliverable__in=deliverables)
    items = Item.objects.filter(deliverable__in=rows.values("deliverable")).order_by()
    states = ItemState.objects.filter(pk__in=items.values(latest=Subquery(latest)))
    told: Any = states.exclude(stage=ItemStage.DROPPED).order_by("pk")
    found: dict[int, list[PlacedItem]] = {}
    for pk, countries, regions in told.values_list("item__deliverable_id", "countries", "regions"):
        found.setdefault(pk, []).append(PlacedItem(tuple(countries), tuple(regions)))
    return found


def updates_by_month(edition: Edition, up_to: date, as_of: date) -> list[tuple[date, int]]:
    """First day of a month, and how many updates were approved in it that speak of a day up to `up_to`.

    Those that were corrected are left out, their corrections counted. Months without any are not named.
    """
    deliverables = DeliverableEdition.objects.filter(edition=edition).values("deliverable")
    rows: Any = (
        speaking_updates(end_of(as_of))
        .filter(deliverable__in=deliverables, reported_on__lte=up_to)
        .order_by()
        .annotate(month=TruncMonth("approved_at"))
        .values("month")
        .annotate(updates=Count("pk"))
        .order_by("month")
        .values_list("month", "updates")
    )
    return [(month.date(), count) for month, count in rows]
