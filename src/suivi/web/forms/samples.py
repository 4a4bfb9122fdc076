"""Samples for auditors: drawing one, and answering its checklist."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, ngettext

from suivi.core import clock
from suivi.core.models import Account
from suivi.monitoring.commands.samples import LARGEST_SAMPLE, check_sampled, draw_sample
from suivi.monitoring.models import Sample, SampledUpdate
from suivi.monitoring.queries.samples import QUESTIONS
from suivi.plan.models import Plan
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import day_field

_ANSWERS = (("", gettext_lazy("not checked")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))
_MEANING = {"yes": True, "no": False}


class DrawForm(CommandForm):
    """A seed that is published with the sample, how many updates, and up to which day."""

    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        max_length=80,
        help_text=gettext_lazy("Any words or numbers. Whoever has them can draw the same sample again."),
    )
    size = forms.IntegerField(
        label=gettext_lazy("How many updates"), min_value=1, max_value=LARGEST_SAMPLE, initial=10
    )
    as_of = day_field(gettext_lazy("Approved by the end of"))

    def __init__(self, data: Mapping[str, Any] | None, plan: Plan) -> None:
        super().__init__(data, auto_id="draw-%s", initial={"as_of": clock.today()})
        self.plan = plan

    def carry_out(self, *, by: Account, now: datetime) -> str:
        self.sample: Sample = draw_sample(by=by, now=now, plan=self.plan, **self.cleaned_data)
        count = self.sample.sampled.count()
        said = ngettext("One update was drawn.", "%(n)s updates were drawn.", count)
        return said % {"n": count}


class CheckForm(CommandForm):
    """The checklist of one update."""

    sampled = forms.IntegerField(widget=forms.HiddenInput)
    is_relevant = forms.ChoiceField(label=gettext_lazy("relevant"), choices=_ANSWERS, required=False)
    is_sufficient = forms.ChoiceField(label=gettext_lazy("sufficient"), choices=_ANSWERS, required=False)
    is_accurate = forms.ChoiceField(label=gettext_lazy("accurate"), choices=_ANSWERS, required=False)
    is_timely = forms.ChoiceField(label=gettext_lazy("timely"), choices=_ANSWERS, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=2000)

    def __init__(
        self, data: Mapping[str, Any] | None, sample: Sample, one: SampledUpdate | None = None
    ) -> None:
        super().__init__(data, auto_id=f"check-{one.pk if one else 0}-%s", initial=_initial(one))
        self.sample = sample

    def clean_sampled(self) -> SampledUpdate:
        found = self.sample.sampled.select_related("sample__plan", "update_row").filter(
            pk=self.cleaned_data["sampled"]
        )
        if (one := found.first()) is None:
            raise forms.ValidationError(gettext("This update is not in the sample."))
        return one

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = self.cleaned_data
        answers = {name: _MEANING.get(said[name]) for name in QUESTIONS}
        check_sampled(by=by, now=now, sampled=said["sampled"], note=said["note"], **answers)
        return gettext("Your answers are kept.")


def _initial(one: SampledUpdate | None) -> dict[str, Any]:
    if one is None:
        return {}
    words = {True: "yes", False: "no", None: ""}
    answers = {name: words[getattr(one, name)] for name in QUESTIONS}
    return {"sampled": one.pk, "note": one.note, **answers}
