"""Forms about who answers for one deliverable, and what is expected of those outside."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, gettext_lazy

from suivi.core.models import Account
from suivi.organisation.commands import add_stakeholder
from suivi.organisation.models import Stakeholder, StakeholderKind
from suivi.plan.commands import (
    assign_unit,
    assign_units,
    change_contact,
    end_responsibility,
    expect_of_stakeholder,
)
from suivi.plan.models import Responsibility, ResponsibilityRole
from suivi.web.edited_deliverable import EditedDeliverable
from suivi.web.forms.assignment import shown_accountable
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import TextFields, UnitField, day_field, person_field
from suivi.web.numbers import whole_number


class _OnDeliverable(CommandForm):
    """A form on one deliverable; `do` names it among those of the page."""

    do = ""

    def __init__(self, data: Mapping[str, Any] | None, page: EditedDeliverable) -> None:
        super().__init__(data, auto_id=f"{self.do}-%s")
        self.page = page
        unit = self.fields.get("unit")
        if isinstance(unit, UnitField):
            empty = gettext("Choose a unit") if unit.required else gettext("none, leave a gap")
            unit.offer(page.tree, empty)
        if "starts_on" in self.fields:
            self.fields["starts_on"].initial = page.request.today


class AddForm(_OnDeliverable):
    """Another unit on the deliverable."""

    do = "add"
    unit = UnitField(label=gettext_lazy("Unit"))
    role = forms.ChoiceField(label=gettext_lazy("Responsibility"), choices=ResponsibilityRole.choices)
    starts_on = day_field(gettext_lazy("First day"))
    ends_on = day_field(gettext_lazy("Last day, if known"), required=False)
    contact = person_field(gettext_lazy("Person to turn to"))

    def carry_out(self, *, by: Account, now: datetime) -> str:
        assign_unit(by=by, now=now, deliverable=self.page.deliverable, **self.cleaned_data)
        return gettext("The responsibility was recorded.")


class AccountableForm(_OnDeliverable):
    """Another accountable unit from a day on, or none."""

    do = "accountable"
    unit = UnitField(label=gettext_lazy("Accountable unit"), required=False)
    starts_on = day_field(gettext_lazy("From"))
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, page: EditedDeliverable) -> None:
        super().__init__(data, page)
        held = page.one.accountable
        self.fields["based_on"].initial = shown_accountable(page.one)
        self.fields["unit"].initial = page.tree[held.unit_id].key if held else ""

    def carry_out(self, *, by: Account, now: datetime) -> str:
        shown, unit = self.cleaned_data["based_on"], self.cleaned_data["unit"]
        starts_on = self.cleaned_data["starts_on"]
        based_on = whole_number(shown)
        if unit is not None:
            assign_units(
                by=by,
                now=now,
                deliverables=[self.page.deliverable],
                unit=unit,
                roles=[ResponsibilityRole.ACCOUNTABLE],
                starts_on=starts_on,
                based_on={self.page.key: based_on},
            )
        elif based_on is not None:
            held = Responsibility.objects.get(pk=based_on, deliverable=self.page.deliverable)
            end_responsibility(by=by, now=now, responsibility=held, ends_on=starts_on - timedelta(days=1))
        return gettext("The accountable unit was recorded.")


class _OnResponsibility(_OnDeliverable):
    """A form in the row of one responsibility."""

    responsibility = forms.ModelChoiceField(Responsibility.objects.none(), widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, page: EditedDeliverable) -> None:
        super().__init__(data, page)
        field = self.fields["responsibility"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        # One that somebody else ended meanwhile is found too, so that the command can say so.
        field.queryset = Responsibility.objects.filter(deliverable=page.deliverable)


class EndForm(_OnResponsibility):
    """The last day of a responsibility."""

    do = "end"
    ends_on = day_field(gettext_lazy("Last day"))

    def carry_out(self, *, by: Account, now: datetime) -> str:
        end_responsibility(by=by, now=now, **self.cleaned_data)
        return gettext("The last day was recorded.")


class ContactForm(_OnResponsibility):
    """Another person to turn to."""

    do = "contact"
    contact = person_field(gettext_lazy("Person to turn to"))

    def carry_out(self, *, by: Account, now: datetime) -> str:
        change_contact(by=by, now=now, **self.cleaned_data)
        return gettext("The person to turn to was recorded.")


class _StakeholderField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    def label_from_instance(self, obj: Stakeholder) -> str:
        return str(obj.name.shown(get_language() or "en"))


class ExpectForm(_OnDeliverable):
    """What is expected of somebody outside; it replaces what was said before."""

    do = "expect"
    stakeholder = _StakeholderField(
        Stakeholder.objects.all(), label=gettext_lazy("Stakeholder"), empty_label="–"
    )

    def __init__(self, data: Mapping[str, Any] | None, page: EditedDeliverable) -> None:
        super().__init__(data, page)
        self.text = TextFields(self, "text", gettext("What is expected"), long=True)

    def carry_out(self, *, by: Account, now: datetime) -> str:
        expect_of_stakeholder(
            by=by,
            now=now,
            deliverable=self.page.deliverable,
            stakeholder=self.cleaned_data["stakeholder"],
            text=self.text.text(by, now),
        )
        return gettext("What is expected was recorded.")


class StakeholderForm(_OnDeliverable):
    """Somebody outside who is not in the list yet."""

    do = "stakeholder"
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=StakeholderKind.choices)

    def __init__(self, data: Mapping[str, Any] | None, page: EditedDeliverable) -> None:
        super().__init__(data, page)
        self.name = TextFields(self, "name", gettext("Name"))

    def carry_out(self, *, by: Account, now: datetime) -> str:
        name = self.name.text(by, now)
        key = slugify(str(name))[:80] or f"stakeholder-{Stakeholder.objects.count() + 1}"
        add_stakeholder(by=by, now=now, key=key, kind=self.cleaned_data["kind"], name=name)
        return gettext("%(name)s stands in the list of stakeholders now.") % {"name": name}


FORMS = {
    form.do: form for form in (AddForm, AccountableForm, EndForm, ContactForm, ExpectForm, StakeholderForm)
}
