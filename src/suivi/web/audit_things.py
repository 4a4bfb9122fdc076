"""What lines of the audit trail are about, as links where a page shows it."""

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from suivi.core.models import AuditEntry
from suivi.web.audit_names import Names
from suivi.web.templatetags.suivi import plain, short

MOST_NAMED = 6


def fill(template: str, params: Mapping[str, str]) -> SafeString:
    """A translated sentence of ours with its named parameters, links among them; everything is escaped."""
    filled = {name: conditional_escape(value) for name, value in params.items()}
    return mark_safe(escape(template) % filled)  # noqa: S308  escaped on this and the line above


def things(run: Sequence[AuditEntry], names: Names) -> SafeString:
    """What one or several lines of the same command are about."""
    if len(run) == 1:
        return _thing(run[0], names)
    numbers = ((_numbered(entry, names),) for entry in run[:MOST_NAMED])
    named = format_html_join(", ", "{}", numbers)
    more = len(run) - MOST_NAMED
    if more <= 0:
        return named
    return fill(_("%(named)s and %(count)s more"), {"named": named, "count": str(more)})


def unit(key: str | None, names: Names) -> SafeString:
    """A unit by its name on the day looked at, with its page."""
    node = names.units.get(key or "")
    return conditional_escape(key or "") if node is None else _link(plain(node.name), "unit", node.key)


def _thing(entry: AuditEntry, names: Names) -> SafeString:
    make = _BY_KIND.get(entry.object_kind)
    return conditional_escape(entry.object_label) if make is None else make(entry, names)


def _link(words: str, view: str, *args: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(view, args=args), words)


def _deliverable(entry: AuditEntry, names: Names) -> SafeString:
    row = names.deliverables.get((entry.plan_slug, entry.object_key))
    if row is None:  # dropped by a later edition, or not there yet on the day looked at
        return conditional_escape(entry.object_key)
    words = format_html("{} {}", _number(row.number, is_internal=row.number_is_internal), short(row))
    return _link(words, "deliverable", entry.plan_slug, entry.object_key)


def _numbered(entry: AuditEntry, names: Names) -> SafeString:
    """A deliverable by its number alone, for sentences about several."""
    row = names.deliverables.get((entry.plan_slug, entry.object_key))
    if entry.object_kind != "deliverable" or row is None:
        return _thing(entry, names)
    words = _number(row.number, is_internal=row.number_is_internal)
    return _link(words, "deliverable", entry.plan_slug, entry.object_key)


def _number(number: str, *, is_internal: bool) -> SafeString:
    if not is_internal:
        return conditional_escape(number)
    note = _("Internal number: the document itself gives none here.")
    mark = pgettext("mark of an internal number", "int.")
    return format_html(
        '<span class="nowrap">{} <abbr class="note small" title="{}">{}</abbr></span>', number, note, mark
    )


def _edition(entry: AuditEntry, names: Names) -> SafeString:
    number = entry.object_label.rpartition(" ")[2]
    named = _("edition %(number)s of %(plan)s") % {"number": number, "plan": _title(entry, names)}
    return _link(named, "editions", entry.plan_slug)


def _plan(entry: AuditEntry, names: Names) -> SafeString:
    return _link(_title(entry, names), "plan", entry.plan_slug)


def _title(entry: AuditEntry, names: Names) -> str:
    return plain(names.plans.get(entry.plan_slug)) or entry.plan_slug


def _unit(entry: AuditEntry, names: Names) -> SafeString:
    return unit(entry.object_key, names)


def _stakeholder(entry: AuditEntry, names: Names) -> SafeString:
    return conditional_escape(plain(names.stakeholders.get(entry.object_key)) or entry.object_label)


def _grant(entry: AuditEntry, _names: Names) -> SafeString:
    return conditional_escape(entry.object_label.rpartition(": ")[0])


def _guidance(entry: AuditEntry, _names: Names) -> SafeString:
    return _link(_("guidance %(number)s") % {"number": entry.object_key}, "learning", entry.plan_slug)


def _lesson(entry: AuditEntry, _names: Names) -> SafeString:
    return _link(_("lesson %(number)s") % {"number": entry.object_key}, "learning", entry.plan_slug)


def _paper(entry: AuditEntry, _names: Names) -> SafeString:
    return _link(entry.object_label, "paper", entry.plan_slug, entry.object_key)


_BY_KIND: dict[str, Callable[[AuditEntry, Names], SafeString]] = {
    "deliverable": _deliverable,
    "edition": _edition,
    "plan": _plan,
    "unit": _unit,
    "stakeholder": _stakeholder,
    "grant": _grant,
    "guidance": _guidance,
    "lesson": _lesson,
    "paper": _paper,
}
