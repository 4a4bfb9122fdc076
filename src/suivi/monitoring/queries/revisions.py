"""Targets that were revised inside, beside the adopted ones."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from suivi.core.clock import end_of
from suivi.monitoring.models import TargetRevision
from suivi.plan.models import DeliverableEdition, Edition


class Revised(NamedTuple):
    """A revised target, from the day it was decided on."""

    decided_on: date
    target: Decimal
    decided_by: str
    reason: str


def _valid_revisions(edition: Edition, as_of: date) -> QuerySet[Any]:
    """The revisions known on a day that still hold under an edition.

    One that was decided before the body adopted another target no longer holds.
    """
    rows = DeliverableEdition.objects.filter(deliverable=OuterRef("deliverable"))
    then = rows.filter(edition__plan=edition.plan_id, edition__in_force_on__lte=OuterRef("decided_on"))
    known: QuerySet[Any] = TargetRevision.objects.known_at(end_of(as_of))
    held: QuerySet[Any] = known.annotate(
        adopted_then=_or_none(then.order_by("-edition__number")),
        adopted_now=_or_none(rows.filter(edition=edition)),
    ).filter(adopted_then=F("adopted_now"))
    return held


def revisions_on(
    edition: Edition, as_of: date, deliverables: Collection[int] | None = None
) -> dict[int, tuple[Revised, ...]]:
    """Deliverable to its revised targets in the order of their days, in one query."""
    rows = _valid_revisions(edition, as_of).filter(deliverable__plan=edition.plan_id)
    if deliverables is not None:
        rows = rows.filter(deliverable__in=deliverables)
    found: dict[int, tuple[Revised, ...]] = {}
    columns: Any = rows.order_by("decided_on", "recorded_at").values_list(
        "deliverable_id", "decided_on", "target", "decided_by", "reason"
    )
    for deliverable, *revised in columns:
        found[deliverable] = (*found.get(deliverable, ()), Revised(*revised))
    return found


def _or_none(rows: QuerySet[Any]) -> Coalesce:
    """The target of the first of these rows as kept; -1 stands for none, so that none equals none."""
    none = Value(-1, output_field=BigIntegerField())
    return Coalesce(Subquery(rows.values("target")[:1]), none, output_field=BigIntegerField())
