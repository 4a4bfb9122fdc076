"""What the page shows on which documents told of a deliverable already are noted and taken back."""

from typing import Any

from django.http import Http404

from suivi.learning.queries import reported_elsewhere_on
from suivi.organisation.rules import Permission
from suivi.web.edited_deliverable import edited_deliverable
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.learning import ReportedForm, WithdrawForm
from suivi.web.requests import Request


class ReportedPage:
    """The documents that told of one deliverable, for those who report on it."""

    def __init__(self, request: Request, slug: str, key: str) -> None:
        self.request = request
        self.page = edited_deliverable(request, slug, key)
        self.page.require(Permission.REPORT_PROGRESS)
        deliverable = self.page.deliverable
        told = reported_elsewhere_on(self.page.plan, request.day, deliverable)
        self.lines = told.of_deliverable(deliverable.pk)

    def form_sent(self) -> CommandForm:
        """The form of the line that is taken back, or the one that adds a document."""
        sent = self.request.POST
        if "line" not in sent:
            return ReportedForm(sent, self.page.deliverable, self.page.tree)
        line = next((one for one in self.lines if str(one.pk) == sent["line"]), None)
        if line is None:
            raise Http404
        return WithdrawForm(sent, line)

    def context(self, failed: CommandForm | None = None) -> dict[str, Any]:
        """What the template needs; `failed` is a form that was refused."""
        form = failed if isinstance(failed, ReportedForm) else None
        refused = failed if isinstance(failed, WithdrawForm) else None
        return self.page.context() | {
            "form": form or ReportedForm(None, self.page.deliverable, self.page.tree),
            "lines": [
                (line, refused if refused and refused.row == line else WithdrawForm(None, line))
                for line in self.lines
            ],
        }
