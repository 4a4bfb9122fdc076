"""Forms that begin an update, or say in one step that nothing changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from suivi.core.models import Account
from suivi.monitoring.commands.drafts import consolidate, start_from_last, start_update
from suivi.monitoring.commands.workflow import report_no_change
from suivi.monitoring.models import ProgressUpdate, UpdateKind
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import person_field

if TYPE_CHECKING:
    from suivi.web.start_page import StartPage


class StartForm(CommandForm):
    """Begin an empty update, from the last one, or from what other units gave."""

    on_behalf_of = person_field(
        gettext_lazy("Entered on behalf of"),
        gettext_lazy("Where you type what somebody else said. Both names stay in the record."),
    )

    def __init__(self, data: Mapping[str, Any] | None, page: "StartPage") -> None:
        super().__init__(data, auto_id="start-%s")
        self.page = page
        self.update: ProgressUpdate | None = None

    def carry_out(self, *, by: Account, now: datetime) -> str:
        page = self.page
        given: dict[str, Any] = {
            "by": by,
            "now": now,
            "deliverable": page.now.deliverable,
            "unit": page.unit,
            "round": page.asked.round if page.asked else None,
        }
        if self.data.get("do") == "from_last":
            self.update = start_from_last(**given)
        elif self.data.get("do") == "consolidate":
            self.update = consolidate(contributions=page.contributions, **given)
        else:
            self.update = start_update(
                kind=page.kind or UpdateKind.UPDATE,
                on_behalf_of=self.cleaned_data["on_behalf_of"],
                **given,
            )
        return gettext("The draft is begun. It is kept as you write.")


class UnchangedForm(CommandForm):
    """Nothing changed since the last round, with a sentence."""

    sentence = forms.CharField(
        label=gettext_lazy("One sentence on how things stand"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None, page: "StartPage") -> None:
        super().__init__(data, auto_id="unchanged-%s")
        self.page = page
        self.update: ProgressUpdate | None = None

    def carry_out(self, *, by: Account, now: datetime) -> str:
        page = self.page
        self.update = report_no_change(
            by=by,
            now=now,
            deliverable=page.now.deliverable,
            unit=page.unit,
            round=page.asked.round if page.asked else None,
            sentence=self.cleaned_data["sentence"],
            language=get_language() or "en",
        )
        return gettext("You said that nothing changed. It is on its way.")
