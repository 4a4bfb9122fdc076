"""The part before and the part after one, in the order of an edition."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Max, Min, Q, Subquery

from suivi.plan.models import ActionEdition, DeliverableEdition, PillarEdition

Part = TypeVar("Part", PillarEdition, ActionEdition, DeliverableEdition)
IDENTITY = {PillarEdition: "pillar", ActionEdition: "action", DeliverableEdition: "deliverable"}


@dataclass(frozen=True)
class Neighbours(Generic[Part]):
    """Rows of the same edition and level; None at the ends."""

    before: Part | None
    after: Part | None


def neighbours_of(part: Part) -> Neighbours[Part]:
    """The neighbours of a part, across the parts above it, in one query."""
    beside = type(part)._default_manager.filter(edition=part.edition_id).order_by()
    before = beside.filter(position__lt=part.position).values("edition").annotate(of=Max("position"))
    after = beside.filter(position__gt=part.position).values("edition").annotate(of=Min("position"))
    rows = beside.filter(
        Q(position=Subquery(before.values("of"))) | Q(position=Subquery(after.values("of")))
    ).select_related(IDENTITY[type(part)])
    found = {row.position < part.position: row for row in rows}
    return Neighbours(found.get(True), found.get(False))
