"""What the levels of a plan are called: its own labels, else the official words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suivi.plan.models import Edition
from suivi.values.text import Text


def level_label(edition: Edition, level: str) -> str:
    """The name of one pillar, action or deliverable in the reader's language."""
    stated = edition.labels.get(level)
    if stated:
        return Text.from_json(stated).shown(get_language() or "en").text
    return {"pillar": _("Pillar"), "action": _("Action"), "deliverable": _("Deliverable")}[level]


def level_labels(edition: Edition) -> dict[str, str]:
    """The names of all three levels."""
    return {level: level_label(edition, level) for level in ("pillar", "action", "deliverable")}
