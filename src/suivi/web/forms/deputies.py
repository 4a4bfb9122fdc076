"""Who acts for whom: absences, officers-in-charge, delegations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from suivi.core.models import Account
from suivi.organisation.commands import name_deputy
from suivi.organisation.models import DeputyKind
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import day_field, person_field


class DeputyForm(CommandForm):
    """Somebody who acts for a person in some days; an absence may have nobody."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=DeputyKind.choices, widget=forms.RadioSelect
    )
    deputy = person_field(
        gettext_lazy("Who acts"), gettext_lazy("With the roles of the person, except giving roles.")
    )
    starts_on = day_field(gettext_lazy("First day"))
    ends_on = day_field(gettext_lazy("Last day"))

    def __init__(self, data: Mapping[str, Any] | None, account: Account) -> None:
        super().__init__(data, auto_id="deputy-%s", initial={"kind": DeputyKind.ABSENCE})
        self.account = account

    def carry_out(self, *, by: Account, now: datetime) -> str:
        row = name_deputy(by=by, now=now, account=self.account, **self.cleaned_data)
        if row.deputy is None:
            return gettext("The absence of %(person)s is noted.") % {"person": self.account.name}
        return gettext("%(deputy)s acts for %(person)s in these days.") % {
            "deputy": row.deputy.name,
            "person": self.account.name,
        }
