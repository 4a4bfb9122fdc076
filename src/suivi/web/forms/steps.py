"""Forms about the steps of a deliverable, and about staff time and money."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from suivi.core.models import Account
from suivi.plan.commands import add_milestone, change_milestone, finish_milestone, set_resource
from suivi.plan.models import Milestone, MilestoneState, Resource, ResourceKind
from suivi.web.days import short_day
from suivi.web.edited_deliverable import EditedDeliverable
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import TextFields, UnitField, day_field, person_field


class StepForm(CommandForm):
    """A new milestone, or all that an existing one says."""

    due_on = day_field(gettext_lazy("Due on"))
    owner_unit = UnitField(label=gettext_lazy("Unit that owns it"), required=False)
    owner = person_field(gettext_lazy("Person who owns it"))
    expected = forms.DecimalField(
        label=gettext_lazy("Number to be reached by then"),
        required=False,
        decimal_places=4,
        min_value=0,
        help_text=gettext_lazy("Where something is counted or measured: four partnerships, 60 per cent."),
    )
    depends_on = forms.MultipleChoiceField(
        label=gettext_lazy("Waits for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Milestones that have to be done before this one."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        page: EditedDeliverable,
        choices: Iterable[MilestoneState],
        state: MilestoneState | None = None,
    ) -> None:
        super().__init__(data, auto_id="step-%s")
        self.page, self.state = page, state
        unit, needs = self.fields["owner_unit"], self.fields["depends_on"]
        assert isinstance(unit, UnitField)  # noqa: S101
        assert isinstance(needs, forms.MultipleChoiceField)  # noqa: S101
        unit.offer(page.tree, gettext("nobody yet"))
        own = state.milestone_id if state else None
        needs.choices = _grouped([one for one in choices if one.milestone_id != own], page)
        self.title = TextFields(self, "title", gettext("What will be done"), state.title if state else None)
        if state is None:
            held = page.one.responsible or ([page.one.accountable] if page.one.accountable else [])
            unit.initial = page.tree[held[0].unit_id].key if held else ""
            return
        self.fields["done_on"] = day_field(gettext_lazy("Done on"), required=False)
        self.fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput)
        owner_unit = page.tree.get(state.owner_unit_id)
        self.initial = {
            "due_on": state.due_on,
            "done_on": state.done_on,
            "expected": state.expected,
            "owner_unit": owner_unit.key if owner_unit else "",
            "owner": state.owner_id,
            "depends_on": [str(need.pk) for need in state.depends_on.all()],
        }

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = {
            "title": self.title.text(by, now),
            "depends_on": list(Milestone.objects.filter(pk__in=self.cleaned_data["depends_on"])),
            **{name: self.cleaned_data[name] for name in ("due_on", "expected", "owner_unit", "owner")},
        }
        if self.state is None:
            add_milestone(by=by, now=now, deliverable=self.page.deliverable, **said)
            return gettext("The milestone was added.")
        said |= {name: self.cleaned_data[name] for name in ("done_on", "based_on")}
        is_dropped = self.data.get("do") == "drop"
        change_milestone(by=by, now=now, milestone=self.state.milestone, is_dropped=is_dropped, **said)
        return gettext("The milestone was dropped.") if is_dropped else gettext("The milestone was changed.")


def _grouped(states: Sequence[MilestoneState], page: EditedDeliverable) -> list[Any]:
    """Milestones to choose from: those of the deliverable first, then the others by the key of theirs."""
    language = get_language() or "en"
    groups: dict[str, list[tuple[str, str]]] = {page.key: []}
    for state in sorted(states, key=lambda one: (one.milestone.deliverable_id, one.due_on)):
        words = f"{state.title.shown(language)} ({short_day(state.due_on)})"
        group = groups.setdefault(state.milestone.deliverable.key, [])
        group.append((str(state.milestone_id), words))
    return [(key, choices) for key, choices in groups.items() if choices]


class DoneForm(CommandForm):
    """The button that says a milestone was done."""

    done_on = day_field(gettext_lazy("Done on"))
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, state: MilestoneState) -> None:
        super().__init__(data, auto_id="done-%s")
        self.state = state

    def carry_out(self, *, by: Account, now: datetime) -> str:
        finish_milestone(by=by, now=now, milestone=self.state.milestone, **self.cleaned_data)
        return gettext("The milestone is done.")


class ResourceForm(CommandForm):
    """Staff time or one currency: what is planned and what is secured. An empty field is not known."""

    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters, such as USD or EUR."),
        error_messages={"invalid": gettext_lazy("Write the currency as three letters, such as USD.")},
    )
    planned = forms.DecimalField(
        label=gettext_lazy("Planned"), required=False, min_value=0, max_digits=18, decimal_places=4
    )
    secured = forms.DecimalField(
        label=gettext_lazy("Secured"), required=False, min_value=0, max_digits=18, decimal_places=4
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        page: EditedDeliverable,
        *,
        kind: str,
        currency: str = "",
        stated: Resource | None = None,
    ) -> None:
        self.name = f"{kind}-{currency}".rstrip("-").lower()
        super().__init__(data, prefix=self.name, auto_id="%s")
        self.page, self.kind, self.stated = page, ResourceKind(kind), stated
        self.in_currency = currency
        if kind == ResourceKind.STAFF or currency:
            del self.fields["currency"]
        self.initial = {
            "planned": stated.planned if stated else None,
            "secured": stated.secured if stated else None,
        }

    def clean_currency(self) -> str:
        """A currency that is stated already has its own form."""
        currency = str(self.cleaned_data["currency"]).upper()
        if currency in {r.currency for r in self.page.one.resources}:
            words = gettext("%(currency)s is stated already: change it in its own form.")
            raise forms.ValidationError(words % {"currency": currency})
        return currency

    @property
    def shown(self) -> int:
        """The statement that the form is made from; 0 is none."""
        return self.stated.pk if self.stated else 0

    @property
    def is_outdated(self) -> bool:
        """Whether somebody else recorded another statement after this form was shown."""
        return self.is_bound and self.data.get(self.add_prefix("based_on")) != str(self.shown)

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = {"currency": self.in_currency, **self.cleaned_data}
        set_resource(by=by, now=now, deliverable=self.page.deliverable, kind=self.kind, **said)
        return gettext("What is planned and secured was recorded.")
