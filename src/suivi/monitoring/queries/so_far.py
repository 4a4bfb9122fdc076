"""What had been said before an update: a reviewer sees it beside, a writer above."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from suivi.monitoring.models import ItemState, ProgressUpdate, StepReached, UpdateKind, UpdateState
from suivi.monitoring.queries.content import item_said
from suivi.monitoring.queries.queue import updates_before
from suivi.monitoring.rules.content import ItemSaid


def update_before(update: ProgressUpdate) -> ProgressUpdate | None:
    """The one that a correction names, else the approved one that spoke last before; of a unit that
    contributes, its own last contribution."""
    if update.kind == UpdateKind.UPDATE:
        return updates_before([update]).get(update.pk)
    return (
        ProgressUpdate.objects.filter(
            deliverable=update.deliverable_id,
            kind=update.kind,
            unit=update.unit_id,
            state=UpdateState.SUBMITTED,
            reported_on__lte=update.reported_on,
        )
        .exclude(pk=update.pk)
        .order_by("-reported_on", "-pk")
        .first()
    )


def items_before(update: ProgressUpdate) -> dict[str, ItemSaid]:
    """Each counted item as approved updates told of it before this one, by its key."""
    states = _before(ItemState.objects.filter(item__deliverable=update.deliverable_id), update)
    ordered = states.select_related("item").order_by(
        "happened_on", "update_row__reported_on", "update_row__key"
    )
    return {str(state.item.key): item_said(state) for state in ordered}


def steps_before(update: ProgressUpdate) -> Mapping[tuple[str, str], date]:
    """The steps that approved updates told as reached before this one: part and rung to the day."""
    steps = _before(StepReached.objects.filter(update_row__deliverable=update.deliverable_id), update)
    ordered = steps.select_related("rung").order_by(
        "happened_on", "update_row__reported_on", "update_row__key"
    )
    return {(step.part, step.rung.key): step.happened_on for step in ordered}


def _before(facts: QuerySet[Any], update: ProgressUpdate) -> QuerySet[Any]:
    """Facts of approved updates that no approved correction replaced."""
    found = facts.filter(update_row__state=UpdateState.APPROVED).exclude(update_row=update.pk)
    found = found.exclude(update_row__corrections__state=UpdateState.APPROVED)
    return found.filter(update_row__approved_at__lt=update.approved_at) if update.approved_at else found
