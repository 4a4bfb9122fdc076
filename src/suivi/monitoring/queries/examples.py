"""What units reported and let be shown in public, for reports to quote."""

from collections.abc import Collection
from datetime import date

from suivi.core.clock import end_of
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.facts import speaking_updates
from suivi.plan.models import Plan


def public_updates(
    plan: Plan, up_to: date, as_of: date, deliverables: Collection[int]
) -> dict[int, ProgressUpdate]:
    """Deliverable to the latest of its updates that is marked public and says something: one query."""
    rows = speaking_updates(end_of(as_of)).filter(
        plan=plan, deliverable__in=deliverables, reported_on__lte=up_to, is_public=True
    )
    found: dict[int, ProgressUpdate] = {}
    for row in rows.defer("draft").order_by("reported_on", "key"):
        if row.narrative:
            found[row.deliverable_id] = row
    return found
