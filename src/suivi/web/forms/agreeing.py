"""Agreeing the status of deliverables when a round closes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, ngettext

from suivi.core.models import Account
from suivi.monitoring.commands.status import agree_as_signalled, agree_status
from suivi.monitoring.models import Round, Status
from suivi.plan.models import Decision, Deliverable
from suivi.web.forms.commands import CommandForm


class AgreeForm(CommandForm):
    """The agreed status of one deliverable; another one than the signal needs its reason."""

    deliverable = forms.CharField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=gettext_lazy("Agreed status"), choices=Status.choices)
    reason = forms.CharField(
        label=gettext_lazy("Reason, where it differs from the signal"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=gettext_lazy("Decision it rests on"),
        required=False,
        empty_label="–",
        help_text=gettext_lazy("Only for postponed, discontinued and suspended."),
    )

    def __init__(self, data: Mapping[str, Any] | None, round: Round, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.round = round
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ModelChoiceField)  # noqa: S101
        decision.queryset = Decision.objects.filter(plan=round.plan_id)

    def clean_deliverable(self) -> Deliverable:
        found = Deliverable.objects.select_related("plan").filter(
            plan=self.round.plan_id, key=self.cleaned_data["deliverable"]
        )
        if (one := found.first()) is None:
            raise forms.ValidationError(gettext("The plan has no such deliverable."))
        return one

    def carry_out(self, *, by: Account, now: datetime) -> str:
        agreed = agree_status(by=by, now=now, round=self.round, **self.cleaned_data)
        return gettext("%(deliverable)s: agreed as %(status)s.") % {
            "deliverable": agreed.deliverable.key,
            "status": Status(agreed.status).label,
        }


class AgreeAllForm(CommandForm):
    """Agrees to the signal for all on which nothing was agreed in this round."""

    def __init__(self, data: Mapping[str, Any] | None, round: Round) -> None:
        super().__init__(data)
        self.round = round

    def carry_out(self, *, by: Account, now: datetime) -> str:
        count = len(agree_as_signalled(by=by, now=now, round=self.round))
        said = ngettext(
            "Agreed to the signal of one deliverable.", "Agreed to the signals of %(n)s deliverables.", count
        )
        return said % {"n": count}
