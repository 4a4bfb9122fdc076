"""Lines of the audit trail as sentences in the reader's language, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from suivi.core.commands import COMMAND_LINE
from suivi.core.models import AuditEntry
from suivi.learning.models import AnswerState
from suivi.monitoring.models import Status
from suivi.organisation.rules import ROLES
from suivi.plan.models import ChangeKind, ResponsibilityRole
from suivi.web.audit_names import Names
from suivi.web.audit_sentences import sentence_for
from suivi.web.audit_things import fill, things, unit
from suivi.web.days import long_day
from suivi.web.templatetags.suivi import plain

# The parts of `details` that stand in sentences as they are kept.
_AS_KEPT = ("currency", "contact", "reason", "symbol", "section")
_DAYS = {"day": ("day", "last day", "in force from"), "due": ("due",), "done": ("done",)}


@dataclass(frozen=True)
class Change:
    """One sentence about what somebody did."""

    entry: AuditEntry
    sentence: SafeString


@dataclass(frozen=True)
class DayOfChanges:
    """What happened on one day, newest first."""

    day: date
    changes: list[Change]


def in_words(entries: Iterable[AuditEntry], names: Names) -> list[DayOfChanges]:
    """The lines, newest first, as sentences by day; the same done to several things is one sentence."""
    days = []
    for day, lines in groupby(entries, key=lambda entry: timezone.localdate(entry.at)):
        alike = groupby(lines, key=lambda entry: (entry.by_name, entry.verb, _what(entry)))
        days.append(DayOfChanges(day, [_change(list(run), names) for _key, run in alike]))
    return days


def _what(entry: AuditEntry) -> str:
    """What has to be equal for two lines to be told together."""
    return f"{sorted(entry.details.items())}"


def _change(run: list[AuditEntry], names: Names) -> Change:
    entry = run[0]
    params = _params(entry, names)
    params["thing"] = things(run, names)
    return Change(entry, fill(_(sentence_for(entry.verb, entry.details)), params))


def _params(entry: AuditEntry, names: Names) -> dict[str, str]:
    details: dict[str, Any] = entry.details
    params: dict[str, str] = {name: str(details.get(name, "")) for name in _AS_KEPT}
    params |= {name: _day(details, keys) for name, keys in _DAYS.items()}
    params |= {name: _amount(details.get(name)) for name in ("planned", "secured")}
    return params | {
        "milestone": _milestone(entry, names),
        "person": _("The command line") if entry.by_name == COMMAND_LINE else entry.by_name,
        "unit": unit(details.get("unit"), names),
        "from_unit": unit(details.get("from"), names),
        "stakeholder": plain(names.stakeholders.get(details.get("stakeholder", ""))),
        "responsibility": _label(ResponsibilityRole, details.get("responsibility")),
        "kind": _label(ChangeKind, details.get("kind")),
        "status": _label(Status, details.get("status")),
        "answer": _label(AnswerState, details.get("answer")),
        "language": _language(details.get("language")),
        "role": _role(entry.object_label.rpartition(": ")[2]),
    }


def _milestone(entry: AuditEntry, names: Names) -> str:
    written = str(entry.details.get("milestone", ""))
    return plain(names.milestones.get((entry.plan_slug, entry.object_key, written))) or written


def _day(details: dict[str, Any], keys: tuple[str, ...]) -> str:
    written = next((details[key] for key in keys if details.get(key)), "")
    return long_day(date.fromisoformat(written)) if written else ""


def _amount(written: object) -> str:
    try:
        return number_format(Decimal(str(written)), force_grouping=True)
    except InvalidOperation:
        return _("unknown")


def _label(choices: type[TextChoices], value: object) -> str:
    return str(choices(value).label) if value in choices.values else str(value or "")


def _language(code: str | None) -> str:
    return str(get_language_info(code)["name_translated"]) if code else ""


def _role(key: str) -> str:
    return str(ROLES[key].name) if key in ROLES else key
