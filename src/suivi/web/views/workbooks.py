"""Workbooks of rounds: give one out, take it back, look at what it would do, agree or leave it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from suivi.core import clock
from suivi.core.commands import path_of
from suivi.exchange.models import WorkbookReading
from suivi.exchange.round_workbook.commands import Written, agree_reading, discard_reading, start_reading
from suivi.exchange.round_workbook.form import workbook_of
from suivi.exchange.round_workbook.questions import workbooks_to_give
from suivi.monitoring.models import Round
from suivi.organisation.models import Unit
from suivi.organisation.queries import unit_tree
from suivi.organisation.rules import Permission
from suivi.values.errors import NotAllowed, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.web.access import account_of, readable_plan, signed_in
from suivi.web.downloads import XLSX
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.workbooks import WorkbookForm
from suivi.web.requests import Request
from suivi.web.sentences import sentence
from suivi.web.workbook_page import preview_context


@signed_in
def workbooks(request: Request) -> HttpResponse:
    """The workbooks there are to fill in, and a place to give one back."""
    if not request.authority.allows_somewhere(Permission.REPORT_PROGRESS):
        raise NotAllowed(
            gettext_noop("Your roles do not let you report progress."),
            hint=gettext_noop("Ask the plan manager for the role, or to do it for you."),
        )
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = form.content()
        try:
            reading = start_reading(by=account_of(request), now=clock.now(), data=data, name=name)
        except Mendable as error:
            add_errors(form, error)
        else:
            return redirect("workbook", reading.pk)
    tree = unit_tree(request.today)
    readings = account_of(request).workbook_readings.select_related("unit", "round__plan", "set_aside")
    context = {"section": "mine", "form": form, "tree": tree, "readings": readings[:50]}
    given = workbooks_to_give(request.authority, tree)
    return render(request, "suivi/workbooks/list.html", context | {"given": given})


@signed_in
@require_safe
def workbook_file(request: Request, slug: str, key: str, unit: str) -> HttpResponse:
    """What a unit is asked in a round, as a workbook in the reader's language."""
    asked = Round.objects.select_related("plan")
    round = get_object_or_404(asked, plan=readable_plan(request, slug), key=key)
    data = workbook_of(
        by=account_of(request),
        now=clock.now(),
        unit=get_object_or_404(Unit, key=unit),
        round=round,
        language=get_language() or "en",
    )
    return _as_download(data, f"{unit}-{key}.xlsx")


@signed_in
@require_safe
def workbook(request: Request, pk: int) -> HttpResponse:
    """What a workbook would do, row by row; nothing is written before somebody agrees."""
    return render(request, "suivi/workbooks/workbook.html", preview_context(request, _own(request, pk)))


@signed_in
@require_POST
def agree(request: Request, pk: int) -> HttpResponse:
    """Write the rows that are ticked; the others come back as a file."""
    reading = _own(request, pk)
    try:
        written = agree_reading(
            by=account_of(request),
            now=clock.now(),
            reading=reading,
            take=request.POST.getlist("take"),
            seen=request.POST.get("seen", ""),
            send="send" in request.POST,
        )
    except RuleBroken as error:
        messages.error(request, f"{sentence(error.message)} {sentence(error.hint)}", extra_tags="bad")
    else:
        messages.success(request, _said(written), extra_tags="good")
    return redirect("workbook", pk)


@signed_in
@require_safe
def set_aside(request: Request, pk: int) -> HttpResponse:
    """The rows that were not written, as a workbook to mend and give back."""
    reading = _own(request, pk)
    if reading.set_aside is None:
        raise Http404(_("Nothing was set aside."))
    stem = reading.file_name.rpartition(".")[0] or reading.file_name
    name = _("%(name)s-set-aside.xlsx") % {"name": stem}
    return _as_download(path_of(reading.set_aside.sha256).read_bytes(), name)


@signed_in
@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Leave a workbook; what was written from it stays."""
    discard_reading(by=account_of(request), reading=_own(request, pk))
    messages.success(request, _("The workbook was left. What was written from it stays."), extra_tags="good")
    return redirect("workbooks")


def _said(written: Written) -> str:
    count = len(written.taken)
    rows = ngettext("%(n)s row was written.", "%(n)s rows were written.", count) % {"n": count}
    sent = len(written.sent)
    said = ngettext("%(n)s update was sent.", "%(n)s updates were sent.", sent) % {"n": sent}
    drafts = len(written.drafts)
    left = ngettext("%(n)s is a draft.", "%(n)s are drafts.", drafts) % {"n": drafts}
    return " ".join((rows, said, left) if drafts else (rows, said))


def _own(request: Request, pk: int) -> WorkbookReading:
    """A workbook that one gave back oneself; those of others do not exist."""
    mine = account_of(request).workbook_readings.select_related("unit", "round__plan", "file", "set_aside")
    found = mine.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such workbook, or it is not yours."))
    return found


def _as_download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
