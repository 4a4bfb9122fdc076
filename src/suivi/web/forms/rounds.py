"""Forms about reporting rounds: opening one, excusing a unit, closing."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from suivi.core.models import Account
from suivi.monitoring.commands.rounds import close_round, excuse, open_round
from suivi.monitoring.models import Asked, Round
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import TextFields, day_field

if TYPE_CHECKING:
    from suivi.web.rounds_page import AskedRow, RoundsPage


class OpenForm(CommandForm):
    """A new round: its days, its name, and which unit is asked about which deliverable."""

    period_starts_on = day_field(gettext_lazy("About the time from"))
    period_ends_on = day_field(gettext_lazy("to"))
    opens_on = day_field(gettext_lazy("Opens on"))
    due_on = day_field(gettext_lazy("Answers are due on"))
    key = forms.SlugField(
        label=gettext_lazy("Short name for addresses"),
        max_length=80,
        help_text=gettext_lazy("Small letters, digits and hyphens, such as 2022-2."),
    )

    def __init__(self, data: Any, page: "RoundsPage", chosen_days: Mapping[str, Any]) -> None:
        days = page.proposed_days
        super().__init__(data, auto_id="round-%s", initial={**vars(days), **chosen_days})
        self.page, self.sent = page, data
        self.title = TextFields(self, "title", gettext("Name of the round"))
        about = self["period_ends_on"].value() or days.period_ends_on
        self.rows: list[AskedRow] = page.asked_rows(_day(about) or days.period_ends_on)
        ends_on = _day(about) or days.period_ends_on
        self.initial["key"] = f"{ends_on.year}-{1 if ends_on.month <= 6 else 2}"

    @property
    def ticked(self) -> set[str]:
        """Which pairs of deliverable and unit are ticked: as sent, or those that are due."""
        if self.is_bound:
            return set(self.sent.getlist("asked"))
        return {
            f"{one.row.deliverable.key} {unit.key}" for one in self.rows if one.is_due for unit in one.units
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.ticked:
            raise forms.ValidationError(gettext("Nobody is asked: tick at least one unit."))
        return said

    def carry_out(self, *, by: Account, now: datetime) -> str:
        pairs = [
            (one.row.deliverable, unit)
            for one in self.rows
            for unit in one.units
            if f"{one.row.deliverable.key} {unit.key}" in self.ticked
        ]
        days = ("period_starts_on", "period_ends_on", "opens_on", "due_on", "key")
        round = open_round(
            by=by,
            now=now,
            plan=self.page.plan,
            title=self.title.text(by, now),
            asked=pairs,
            **{name: self.cleaned_data[name] for name in days},
        )
        return gettext("The round is open; %(count)s questions were asked.") % {"count": round.asked.count()}


def _day(value: Any) -> Any:
    """A day as the field would read it; None for what is no day."""
    try:
        return forms.DateField().clean(value)
    except forms.ValidationError:
        return None


class ExcuseForm(CommandForm):
    """Let a unit off one question, with the reason; an empty reason asks again."""

    asked = forms.IntegerField()
    reason = forms.CharField(max_length=2000, required=False)

    def __init__(self, data: Mapping[str, Any], round: Round) -> None:
        super().__init__(data)
        self.round = round

    def clean_asked(self) -> Asked:
        asked = Asked.objects.filter(round=self.round, pk=self.cleaned_data["asked"])
        found = asked.select_related("deliverable__plan", "unit", "round__plan").first()
        if found is None:
            raise forms.ValidationError(gettext("This question is not in the round."))
        return found

    def carry_out(self, *, by: Account, now: datetime) -> str:
        asked = self.cleaned_data["asked"]
        excuse(by=by, now=now, asked=asked, reason=self.cleaned_data["reason"])
        return (
            gettext("The unit is excused.") if asked.excused_reason else gettext("The unit is asked again.")
        )


class CloseForm(CommandForm):
    """Close the round: what came by then is frozen."""

    def __init__(self, data: Mapping[str, Any], round: Round) -> None:
        super().__init__(data)
        self.round = round

    def carry_out(self, *, by: Account, now: datetime) -> str:
        close_round(by=by, now=now, round=self.round)
        return gettext("The round is closed. The statuses can be agreed now.")
