"""The words of statuses, as a plan has them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from suivi.monitoring.models import Status
from suivi.monitoring.rules.settings import PlanSettings

# What a deliverable has on which nothing was agreed yet.
NOT_AGREED = ""


def status_words(settings: PlanSettings, language: str) -> Mapping[str, str]:
    """Status to its word: the plan's own in this language, where it has one."""
    found = {str(status): str(status.label) for status in Status}
    for code, texts in settings.words.items():
        found[code] = texts.get(language) or found.get(code, code)
    return found | {NOT_AGREED: _("not agreed yet")}
