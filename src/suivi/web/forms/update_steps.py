"""The buttons under an update: clear, approve, return, recall, correct, discard, ask and decide."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from suivi.core.models import Account
from suivi.monitoring.commands import drafts, workflow
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.rules.content import ItemSaid
from suivi.web.forms.commands import CommandForm

Asked = Mapping[str, ItemSaid]


class StepForm(CommandForm):
    """One step in the life of an update. `verb` is the one of the table of states."""

    verb = ""

    def __init__(self, data: Any, update: ProgressUpdate, to_confirm: Asked) -> None:
        super().__init__(data)
        self.sent, self.update, self.to_confirm = data, update, to_confirm

    def confirmed(self) -> dict[str, dict[str, bool]]:
        """What the reviewer ticked: of each item that was asked about, which criteria hold."""
        ticked: dict[str, set[str]] = defaultdict(set)
        for one in self.sent.getlist("confirm"):
            key, _space, criterion = one.partition(" ")
            ticked[key].add(criterion)
        return {
            key: {criterion: criterion in ticked[key] for criterion in item.criteria}
            for key, item in self.to_confirm.items()
        }


class _ReasonedForm(StepForm):
    """A step that is not taken without a reason."""

    reason = forms.CharField(
        max_length=4000,
        error_messages={"required": gettext_lazy("Write in a sentence why; it stays with the update.")},
    )


class ClearForm(StepForm):
    verb = "clear"

    def carry_out(self, *, by: Account, now: datetime) -> str:
        workflow.clear_update(by=by, now=now, update=self.update)
        return gettext("Cleared. It waits for the review now.")


class ApproveForm(StepForm):
    verb = "approve"

    def carry_out(self, *, by: Account, now: datetime) -> str:
        workflow.approve_update(by=by, now=now, update=self.update, confirmed=self.confirmed())
        return gettext("%(deliverable)s was approved.") % {"deliverable": self.update.deliverable.key}


class ReturnForm(_ReasonedForm):
    verb = "return"

    def carry_out(self, *, by: Account, now: datetime) -> str:
        workflow.return_update(by=by, now=now, update=self.update, reason=self.cleaned_data["reason"])
        return gettext("%(deliverable)s was returned with your reason.") % {
            "deliverable": self.update.deliverable.key
        }


class RecallForm(StepForm):
    verb = "recall"

    def carry_out(self, *, by: Account, now: datetime) -> str:
        workflow.recall_update(by=by, now=now, update=self.update)
        return gettext("You took it back. Change it and send it again.")


class DiscardForm(StepForm):
    verb = "discard"

    def carry_out(self, *, by: Account, now: datetime) -> str:
        drafts.discard_draft(by=by, now=now, update=self.update)
        return gettext("The draft was discarded.")


class CorrectForm(StepForm):
    verb = "correct"

    def carry_out(self, *, by: Account, now: datetime) -> str:
        self.update = drafts.correct_update(by=by, now=now, update=self.update)
        return gettext("This draft corrects the approved update. Change what is wrong and send it.")


class AskForm(_ReasonedForm):
    verb = "ask_decision"

    def carry_out(self, *, by: Account, now: datetime) -> str:
        workflow.ask_for_decision(by=by, now=now, update=self.update, reason=self.cleaned_data["reason"])
        return gettext("The plan manager is asked to decide.")


class DecideForm(_ReasonedForm):
    """The plan manager decides where unit and reviewer do not agree."""

    def carry_out(self, *, by: Account, now: datetime) -> str:
        workflow.decide_update(
            by=by,
            now=now,
            update=self.update,
            is_approved=self.verb == "decide_approved",
            reason=self.cleaned_data["reason"],
            confirmed=self.confirmed(),
        )
        return gettext("Decided. Both views and your reason stay with the update.")


class DecideApprovedForm(DecideForm):
    verb = "decide_approved"


class DecideReturnedForm(DecideForm):
    verb = "decide_returned"


STEPS: dict[str, type[StepForm]] = {
    form.verb: form
    for form in (
        *(ClearForm, ApproveForm, ReturnForm, RecallForm, DiscardForm, CorrectForm, AskForm),
        *(DecideApprovedForm, DecideReturnedForm),
    )
}
