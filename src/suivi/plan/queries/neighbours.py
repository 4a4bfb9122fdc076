"""The part before and the part after one, in the order of an edition."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from suivi.plan.models import ActionEdition, DeliverableEdition, PillarEdition

Part = TypeVar("Part", PillarEdition, ActionEdition, DeliverableEdition)
IDENTITY = {PillarEdition: "pillar", ActionEdition: "action", DeliverableEdition: "deliverable"}


@dataclass(frozen=True)
class Neighbours(Generic[Part]):
    """Rows of the same edition and level; None at the ends."""

    before: Part | None
    after: Part | None


def neighbours_of(part: Part) -> Neighbours[Part]:
    """The neighbours of a part, across the parts above it: two queries."""
    rows = type(part)._default_manager.filter(edition=part.edition_id).select_related(IDENTITY[type(part)])
    before = rows.filter(position__lt=part.position).order_by("-position").first()
    after = rows.filter(position__gt=part.position).order_by("position").first()
    return Neighbours(before, after)
