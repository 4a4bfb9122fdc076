"""Inviting a constituent, and what the constituent says."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from suivi.core import clock
from suivi.core.models import Account
from suivi.monitoring.commands.voices import CONSTITUENTS, invite_constituent
from suivi.monitoring.models import Consent
from suivi.organisation.models import StakeholderKind
from suivi.plan.models import ResponsibilityRole
from suivi.web.edited_deliverable import EditedDeliverable
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import UnitField, day_field, unit_choices

OPEN_FOR = timedelta(days=60)


class InviteForm(CommandForm):
    """Asks somebody outside a question, by a link that works without an account."""

    group = forms.ChoiceField(
        label=gettext_lazy("Group"), choices=[(one.value, one.label) for one in CONSTITUENTS]
    )
    name = forms.CharField(label=gettext_lazy("Name of the organisation or person"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Their language"), choices=settings.LANGUAGES)
    country = forms.CharField(label=gettext_lazy("Country"), required=False, max_length=80)
    region = forms.CharField(label=gettext_lazy("Region"), required=False, max_length=80)
    question = forms.CharField(
        label=gettext_lazy("Your question, in their language"), widget=forms.Textarea(attrs={"rows": 3})
    )
    unit = UnitField(label=gettext_lazy("Unit that asks"))
    expires_on = day_field(gettext_lazy("The link is open until"))

    def __init__(self, data: Mapping[str, Any] | None, page: EditedDeliverable) -> None:
        super().__init__(data, auto_id="invite-%s", initial={"expires_on": clock.today() + OPEN_FOR})
        self.page = page
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)  # noqa: S101
        working = {
            page.tree[held.unit_id].key
            for held in page.one.responsibilities
            if held.role in (ResponsibilityRole.ACCOUNTABLE, ResponsibilityRole.RESPONSIBLE)
        }
        unit.choices = [one for one in unit_choices(page.tree) if one[0] in working]

    def carry_out(self, *, by: Account, now: datetime) -> str:
        self.invitation, self.token = invite_constituent(
            by=by, now=now, deliverable=self.page.deliverable, **self.cleaned_data
        )
        group = StakeholderKind(self.invitation.group).label
        return gettext("%(name)s (%(group)s) is invited.") % {"name": self.invitation.name, "group": group}


class VoiceForm(forms.Form):
    """What a constituent says, and how it may be quoted."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"), widget=forms.Textarea(attrs={"rows": 8}), max_length=8000
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("May we quote you?"), choices=Consent.choices, widget=forms.RadioSelect
    )
