"""What happens to a draft when its form is sent: saved as typed, with evidence, with more rows, sent on."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from suivi.core import clock
from suivi.monitoring.commands.drafts import ChangedSince, save_draft
from suivi.monitoring.commands.workflow import send_update
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.rules.checks import ContentRefused
from suivi.monitoring.rules.content import UpdateContent
from suivi.web.access import account_of
from suivi.web.edit_page import EditPage
from suivi.web.forms.content import ContentForm
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.evidence import NewEvidenceForm
from suivi.web.numbers import whole_number
from suivi.web.requests import Request

TEMPLATE = "suivi/updates/edit.html"
# Which page of which person saved which version last: a page whose answer was lost on the line goes on.
_LAST = "last_saved_by_page"


class Sent:
    """One sending of the form of a draft."""

    def __init__(self, request: Request, page: EditPage) -> None:
        self.request, self.page = request, page
        self.by, self.now = account_of(request), clock.now()
        self.form: ContentForm = page.form(request.POST)
        self.do = request.POST.get("do", "save")
        self.saves_itself = "X-Saves-Itself" in request.headers

    def answer(self) -> HttpResponse:
        """Save first, whatever was asked for; then do it."""
        evidence = self._new_evidence()
        try:
            content = self._with_evidence(self.form.content(), evidence)
            self._save(content)
        except ChangedSince as error:
            return self._conflict(error)
        if self.saves_itself:
            return self._as_data(evidence)
        if self.form.lacks or (evidence is not None and evidence.errors):
            return self._shown(self._again(), evidence)
        if self.do == "send":
            return self._send()
        if self.do.startswith("more-"):
            kind = self.do.removeprefix("more-")
            return self._shown(self._fresh().form(blank={kind: 1}))
        messages.success(self.request, _("Saved."), extra_tags="good")
        return redirect("edit-update", self.page.update.key)

    def _new_evidence(self) -> NewEvidenceForm | None:
        if self.do != "evidence":
            return None
        evidence = self.page.new_evidence(self.form, self.request.POST, self.request.FILES)
        evidence.is_valid()
        return evidence

    def _with_evidence(self, content: UpdateContent, evidence: NewEvidenceForm | None) -> UpdateContent:
        """The content with one more piece. What is refused becomes an error of its form."""
        if evidence is None or not evidence.is_valid():
            return content
        try:
            said = evidence.add(by=self.by, now=self.now)
        except Mendable as error:
            add_errors(evidence, error)
            return content
        return replace(content, evidence=tuple(dict.fromkeys([*content.evidence, said])))

    def _save(self, content: UpdateContent) -> None:
        update, version = self.page.update, whole_number(self.request.POST.get("version", "")) or 0
        try:
            saved = self._saved(update, content, version)
        except ChangedSince as error:
            if [self.request.POST.get("page"), error.version] != self.request.session.get(_LAST):
                raise
            saved = self._saved(update, content, error.version)
        self.request.session[_LAST] = [self.request.POST.get("page"), saved.version]
        self.page.update.version = saved.version

    def _saved(self, update: ProgressUpdate, content: UpdateContent, version: int) -> ProgressUpdate:
        return save_draft(by=self.by, now=self.now, update=update, content=content, version=version)

    def _conflict(self, error: ChangedSince) -> HttpResponse:
        if self.saves_itself:
            return JsonResponse({"said": str(error)}, status=409)
        return self._shown(self.page.form_after(error), status=409)

    def _as_data(self, evidence: NewEvidenceForm | None) -> JsonResponse:
        """The answer to a page that saves by itself."""
        data: dict[str, Any] = {"version": self.page.update.version, "lacks": self.form.lacks}
        if evidence is not None and evidence.errors:
            data["refused"] = " ".join(str(one) for errors in evidence.errors.values() for one in errors)
        elif evidence is not None:
            page = self._fresh()
            form = page.form()
            page.mark_rows(form)
            data["evidence"] = render_to_string("suivi/updates/evidence_rows.html", {"form": form})
        return JsonResponse(data)

    def _send(self) -> HttpResponse:
        page = self._fresh()
        try:
            update = send_update(by=self.by, now=self.now, update=page.update, version=page.update.version)
        except ContentRefused as error:
            page.add_findings(error.findings)
            return self._shown(page.form(), page=page)
        said = {
            "in_clearance": _("Sent to the director. You see here when it comes back."),
            "submitted": _("Sent. You see here when it comes back."),
        }
        messages.success(self.request, said[update.state], extra_tags="good")
        return redirect(reverse("mine"))

    def _again(self) -> ContentForm:
        """The form as it was sent, with the version that was saved by it."""
        data = self.request.POST.copy()
        data["version"] = str(self.page.update.version)
        form = self.page.form(data)
        form.is_valid()
        return form

    def _fresh(self) -> EditPage:
        """The page anew, as it stands after saving."""
        page = self.page
        page.update.refresh_from_db()
        return EditPage(self.request, page.update, page.now, page.played)

    def _shown(
        self,
        form: ContentForm,
        evidence: NewEvidenceForm | None = None,
        page: EditPage | None = None,
        status: int = 200,
    ) -> HttpResponse:
        return render(self.request, TEMPLATE, (page or self.page).context(form, evidence), status=status)
