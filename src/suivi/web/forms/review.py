"""Approving several updates at once that say nothing new."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, ngettext

from suivi.core.models import Account
from suivi.monitoring.commands.workflow import approve_unchanged
from suivi.web.forms.commands import CommandForm

if TYPE_CHECKING:
    from suivi.web.review_page import ReviewPage


class UnchangedApprovalForm(CommandForm):
    """The updates that were ticked; all of them or none."""

    def __init__(self, data: Any, page: "ReviewPage") -> None:
        super().__init__(data)
        self.page, self.keys = page, set(data.getlist("update"))

    def clean(self) -> dict[str, Any]:
        if not self.keys:
            raise forms.ValidationError(gettext("Tick at least one update."))
        return super().clean() or {}

    def carry_out(self, *, by: Account, now: datetime) -> str:
        approved = approve_unchanged(by=by, now=now, updates=self.page.unchanged(self.keys))
        count = len(approved)
        return ngettext("%(count)s update was approved.", "%(count)s updates were approved.", count) % {
            "count": count
        }
