"""The sentences of the home page in the reader's language: what is due, late and unassigned."""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.web.audit_things import fill


def sentence(subject: str, show: str, count: int) -> SafeString:
    """What there is to say about the `plans` or the `unit` of the reader; `show` is due, late or gaps."""
    return fill(_WORDS[subject, show](count), {"count": format_html("<strong>{}</strong>", count)})


def button(show: str, *, is_mine_to_close: bool) -> str:
    """What the button beside the sentence says."""
    if show == "gaps":
        return _("Close the gaps") if is_mine_to_close else _("See the gaps")
    return _("See what is late") if show == "late" else _("See what is due")


def _plans_due(count: int) -> str:
    if not count:
        return _("No milestone is due in the next 30 days.")
    return ngettext(
        "%(count)s milestone is due in the next 30 days.",
        "%(count)s milestones are due in the next 30 days.",
        count,
    )


def _plans_late(count: int) -> str:
    if not count:
        return _("No milestone is late.")
    return ngettext(
        "%(count)s milestone is late.",
        "%(count)s milestones are late.",
        count,
    )


def _plans_gaps(count: int) -> str:
    if not count:
        return _("Every deliverable has an accountable and a responsible unit.")
    return ngettext(
        "%(count)s deliverable lacks an accountable or a responsible unit.",
        "%(count)s deliverables lack an accountable or a responsible unit.",
        count,
    )


def _unit_due(count: int) -> str:
    if not count:
        return _("Your unit owes no milestone in the next 30 days.")
    return ngettext(
        "Your unit owes %(count)s milestone in the next 30 days.",
        "Your unit owes %(count)s milestones in the next 30 days.",
        count,
    )


def _unit_late(count: int) -> str:
    if not count:
        return _("Your unit is late with no milestone.")
    return ngettext(
        "Your unit is late with %(count)s milestone.",
        "Your unit is late with %(count)s milestones.",
        count,
    )


def _unit_gaps(count: int) -> str:
    if not count:
        return _("Every deliverable of your unit has an accountable and a responsible unit.")
    return ngettext(
        "%(count)s deliverable of your unit lacks an accountable or a responsible unit.",
        "%(count)s deliverables of your unit lack an accountable or a responsible unit.",
        count,
    )


_WORDS: dict[tuple[str, str], Callable[[int], str]] = {
    ("plans", "due"): _plans_due,
    ("plans", "late"): _plans_late,
    ("plans", "gaps"): _plans_gaps,
    ("unit", "due"): _unit_due,
    ("unit", "late"): _unit_late,
    ("unit", "gaps"): _unit_gaps,
}
