"""Who said so, and when: the line under what the record holds."""

from collections.abc import Mapping

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from suivi.core.models import Recorded
from suivi.documents.comparison import Change
from suivi.documents.differences import CHANGE_WORDS
from suivi.web.days import short_day

register = template.Library()


@register.filter
def said(row: Recorded, recorders: Mapping[int, str]) -> str:
    """When a row was recorded and by whom; `recorders` are names by the primary key of the account."""
    day = short_day(timezone.localdate(row.recorded_at))
    name = recorders.get(row.recorded_by_id) if row.recorded_by_id else None
    if name is None:
        return _("recorded on %(day)s") % {"day": day}
    return _("recorded on %(day)s by %(name)s") % {"day": day, "name": name}


@register.filter
def change_words(change: Change) -> str:
    """What kind of difference between two editions this is."""
    return _(CHANGE_WORDS[change])
