"""Agreed statuses: the latest of each deliverable, and those of a round."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery

from suivi.core.clock import end_of
from suivi.monitoring.models import AgreedStatus, Round
from suivi.plan.models import DeliverableEdition, Edition


class Agreed(NamedTuple):
    """The latest agreed status. `signal` is what was computed when it was agreed."""

    pk: int
    status: str
    signal: str
    up_to: date
    reason: str
    round: int | None


def agreed_on(
    edition: Edition, up_to: date, as_of: date, deliverables: Collection[int] | None = None
) -> dict[int, Agreed]:
    """Deliverable to its latest agreed status, in one query."""
    latest = (
        AgreedStatus.objects.known_at(end_of(as_of))
        .filter(deliverable=OuterRef("deliverable"), up_to__lte=up_to)
        .order_by("-up_to", "-recorded_at")
        .values("pk")[:1]
    )
    rows = DeliverableEdition.objects.filter(edition=edition).order_by()
    if deliverables is not None:
        rows = rows.filter(deliverable__in=deliverables)
    found = AgreedStatus.objects.filter(pk__in=rows.values(latest=Subquery(latest))).order_by()
    columns: Any = found.values_list(
        "deliverable_id", "pk", "status", "signal", "up_to", "reason", "round_id"
    )
    return {row[0]: Agreed(*row[1:]) for row in columns}


def agreed_in(round: Round, as_of: date) -> dict[int, AgreedStatus]:
    """Deliverable (primary key) to what was agreed on it in a round, as of a day."""
    rows: Any = (
        AgreedStatus.objects.known_at(end_of(as_of))
        .filter(round=round)
        .select_related("deliverable", "decision", "recorded_by")
    )
    return {row.deliverable_id: row for row in rows}
