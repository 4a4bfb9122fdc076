"""One part of an edition, by its level and key."""

from typing import TypeAlias

from suivi.plan.models import ActionEdition, DeliverableEdition, Edition, PillarEdition
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop

Part: TypeAlias = PillarEdition | ActionEdition | DeliverableEdition


def part_of(edition: Edition, level: str, key: str) -> Part:
    """The pillar, action or deliverable with this key. Raises NotFound where the edition has none."""
    part: Part | None = None
    if level == "pillar":
        part = edition.pillareditions.filter(pillar__key=key).first()
    elif level == "action":
        part = edition.actioneditions.filter(action__key=key).first()
    elif level == "deliverable":
        part = edition.deliverableeditions.filter(deliverable__key=key).first()
    if part is None:
        raise NotFound(
            gettext_noop("Edition %(number)s has no %(level)s %(key)s."),
            {"number": edition.number, "level": level, "key": key},
            gettext_noop("It may stand in another edition."),
        )
    return part
