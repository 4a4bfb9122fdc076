"""A digest by which two states of a plan are known to say the same."""

import hashlib
import json

from suivi.documents.comparison import key_of
from suivi.documents.model import Action, Deliverable, Pillar, PlanDocument


def digest_of_plan(document: PlanDocument) -> str:
    """A digest of what was adopted: keys, wording, time frames, targets and links, in their order."""
    adopted = [_pillar(pillar) for pillar in document.pillars]
    return hashlib.sha256(json.dumps(adopted, ensure_ascii=False).encode()).hexdigest()


def _pillar(pillar: Pillar) -> list[object]:
    return [
        key_of(pillar),
        pillar.number,
        str(pillar.title),
        *[_action(action) for action in pillar.actions],
    ]


def _action(action: Action) -> list[object]:
    links = [link.key for link in action.links]
    return [key_of(action), action.number, str(action.text), links, *map(_deliverable, action.deliverables)]


def _deliverable(deliverable: Deliverable) -> list[object]:
    target = deliverable.target
    return [
        key_of(deliverable),
        deliverable.number,
        str(deliverable.text),
        str(deliverable.starts_on),
        str(deliverable.ends_on),
        f"{target.value:f} {target.unit}" if target else "",
        [link.key for link in deliverable.links],
        [str(strand) for strand in deliverable.strands],
    ]
