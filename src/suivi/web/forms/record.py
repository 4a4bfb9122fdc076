"""Filters of the record of a plan."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from suivi.core.models import Account, AuditEntry
from suivi.plan.models import Edition
from suivi.plan.queries import rows_of
from suivi.plan.queries.changes import about_deliverables, between_days
from suivi.web.forms.fields import day_field
from suivi.web.templatetags.suivi import plain


class RecordFilters(forms.Form):
    """Which lines of the record to show. What is not understood filters nothing."""

    deliverable = forms.ChoiceField(label=_("Deliverable"), required=False)
    person = forms.ModelChoiceField(
        Account.objects.none(), label=_("Person"), required=False, empty_label=_("all")
    )
    first = day_field(_("From"), required=False)
    last = day_field(_("Until"), required=False)

    def __init__(self, asked: Any, entries: QuerySet[AuditEntry], edition: Edition | None) -> None:
        super().__init__(asked)
        self.edition = edition
        writers = entries.filter(by__isnull=False).order_by().values("by").distinct()
        people = self.fields["person"]
        if isinstance(people, forms.ModelChoiceField):
            people.queryset = Account.objects.filter(pk__in=writers)
        chosen = self.fields["deliverable"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", _("all")), *self._deliverables()]

    def _deliverables(self) -> list[tuple[str, str]]:
        rows = rows_of(self.edition) if self.edition else []
        return [(r.deliverable.key, f"{r.number} {plain(r.title) or plain(r.text)}"[:80]) for r in rows]

    def narrow(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """The lines that pass the filters."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("deliverable") and self.edition:
            entries = about_deliverables(entries, [(self.edition.plan.slug, wanted["deliverable"])])
        if wanted.get("person"):
            entries = entries.filter(by=wanted["person"])
        return between_days(entries, wanted.get("first"), wanted.get("last"))
