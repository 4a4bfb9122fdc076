"""What was reported where and when: counted items with their places, updates by month."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from suivi.core.clock import end_of
from suivi.monitoring.queries.fact_rows import place_rows
from suivi.monitoring.queries.facts import speaking_updates
from suivi.monitoring.rules.activity import PlacedItem
from suivi.plan.models import DeliverableEdition, Edition


def placed_items(edition: Edition, up_to: date, as_of: date) -> list[PlacedItem]:
    """The counted items of an edition as they were told last, dropped ones left out: one query."""
    found = items_by_deliverable(edition, up_to, as_of)
    return [item for some in found.values() for item in some]


def items_by_deliverable(
    edition: Edition, up_to: date, as_of: date, deliverables: Collection[int] | None = None
) -> dict[int, list[PlacedItem]]:
    """The same by deliverable (primary key); `deliverables` limits what is read."""
    rows = place_rows(edition=edition.pk, up_to=up_to, known_at=end_of(as_of), deliverables=deliverables)
    found: dict[int, list[PlacedItem]] = {}
    for pk, countries, regions in rows:
        item = PlacedItem(tuple(json.loads(countries)), tuple(json.loads(regions)))
        found.setdefault(pk, []).append(item)
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
