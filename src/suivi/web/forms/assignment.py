"""Forms that assign units: one deliverable, many at once, the accountable unit in its place."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, ngettext

from suivi.core.models import Account
from suivi.organisation.queries import UnitTree
from suivi.plan.commands import assign_units
from suivi.plan.models import Deliverable, ResponsibilityRole
from suivi.plan.queries import DeliverableOnDay
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import UnitField, day_field
from suivi.web.numbers import whole_number

BOTH = "both"
ROW = "row-"  # prefix of the form of one row; the key of its deliverable follows
WORKING = (ResponsibilityRole.ACCOUNTABLE.value, ResponsibilityRole.RESPONSIBLE.value)
ROLE_CHOICES: list[tuple[str, Any]] = [
    (BOTH, gettext_lazy("accountable and responsible")),
    *((role.value, role.label) for role in ResponsibilityRole),
]


def shown_accountable(one: DeliverableOnDay) -> str:
    """What a form remembers of who was accountable when it was shown; empty is a gap."""
    return str(one.accountable.pk) if one.accountable else ""


class AssignForm(CommandForm):
    """One unit for each deliverable chosen. `was-KEY` holds the accountable responsibility that was shown."""

    unit = UnitField(label=gettext_lazy("Unit"))
    role = forms.ChoiceField(label=gettext_lazy("Responsibility"), choices=ROLE_CHOICES)
    starts_on = day_field(gettext_lazy("From"))

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        deliverables: Sequence[Deliverable],
        tree: UnitTree,
        today: date,
        prefix: str = "all",
    ) -> None:
        super().__init__(
            data, prefix=prefix, initial={"starts_on": today}, auto_id=f"{prefix.replace('%', '%%')}-%s"
        )
        self.deliverables, self.tree = deliverables, tree
        self.only = prefix.removeprefix(ROW) if prefix.startswith(ROW) else ""
        field = self.fields["unit"]
        assert isinstance(field, UnitField)  # noqa: S101
        field.offer(tree, gettext("Choose a unit"))

    def clean(self) -> dict[str, Any]:
        if not self.deliverables:
            raise forms.ValidationError(gettext("Choose at least one deliverable in the table, then assign."))
        return self.cleaned_data

    def carry_out(self, *, by: Account, now: datetime) -> str:
        role = self.cleaned_data["role"]
        is_accountable = role in {BOTH, ResponsibilityRole.ACCOUNTABLE}
        unit = self.cleaned_data["unit"]
        changed = assign_units(
            by=by,
            now=now,
            deliverables=self.deliverables,
            unit=unit,
            roles=WORKING if role == BOTH else [role],
            starts_on=self.cleaned_data["starts_on"],
            based_on=self._shown() if is_accountable else None,
        )
        if not changed:
            return gettext("Nothing changed: the unit held this responsibility already.")
        return ngettext(
            "%(count)d deliverable assigned to %(unit)s.",
            "%(count)d deliverables assigned to %(unit)s.",
            changed,
        ) % {"count": changed, "unit": self.tree[unit.pk].short_name}

    def _shown(self) -> dict[str, int | None]:
        shown = {one.key: self.data.get(f"was-{one.key}", "") for one in self.deliverables}
        return {key: whole_number(pk) for key, pk in shown.items()}
