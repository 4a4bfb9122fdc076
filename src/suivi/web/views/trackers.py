"""Bringing an organisation's own tracker in: match its columns, look at what would come, import it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from suivi.core import clock
from suivi.exchange.models import TrackerImport
from suivi.exchange.tracker.commands import (
    Imported,
    discard_tracker,
    import_tracker,
    match_columns,
    preview_of_tracker,
    start_tracker,
)
from suivi.organisation.queries import require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Plan
from suivi.values.errors import RuleBroken
from suivi.web.access import account_of, edition_looked_at, readable_plan, signed_in
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.workbooks import MatchForm, WorkbookForm
from suivi.web.requests import Request
from suivi.web.sentences import sentence
from suivi.web.workbook_page import COUNTED, VERDICTS

MOST_ROWS = 500


@signed_in
def trackers(request: Request, slug: str) -> HttpResponse:
    """Give a tracker of a plan, or go on with one that was given before."""
    plan = readable_plan(request, slug)
    _require_manage(request, plan)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = form.content()
        try:
            tracker = start_tracker(by=account_of(request), now=clock.now(), plan=plan, data=data, name=name)
        except Mendable as error:
            add_errors(form, error)
        else:
            return redirect("tracker", tracker.pk)
    context = {
        "section": "plans",
        "plan": plan,
        "edition": edition_looked_at(request, plan),
        "form": form,
        "trackers": account_of(request).tracker_imports.filter(plan=plan),
    }
    return render(request, "suivi/workbooks/trackers.html", context)


@signed_in
def tracker(request: Request, pk: int) -> HttpResponse:
    """The columns of a tracker and what they hold, and what would come in."""
    shown = _own(request, pk)
    tree = unit_tree(request.today)
    preview = preview_of_tracker(shown, clock.now())
    form = MatchForm(request.POST or None, preview, tree, shown.unit)
    if request.method == "POST" and form.is_valid():
        match_columns(
            by=account_of(request),
            tracker=shown,
            sheet=form.cleaned_data["sheet"],
            head_row=form.cleaned_data["head_row"],
            columns=form.said(),
            unit=form.cleaned_data["unit"],
        )
        return redirect("tracker", pk)
    counts = preview.counts()
    context = {
        "section": "plans",
        "tracker": shown,
        "form": form,
        "preview": preview,
        "rows": [(row, *VERDICTS[row.verdict]) for row in preview.rows[:MOST_ROWS]],
        "left_out": max(len(preview.rows) - MOST_ROWS, 0),
        "counts": [(counts[verdict], _(word)) for verdict, word in COUNTED.items()],
    }
    return render(request, "suivi/workbooks/tracker.html", context)


@signed_in
@require_POST
def take_tracker(request: Request, pk: int) -> HttpResponse:
    """Import the history of a tracker."""
    try:
        done = import_tracker(by=account_of(request), now=clock.now(), tracker=_own(request, pk))
    except RuleBroken as error:
        messages.error(request, f"{sentence(error.message)} {sentence(error.hint)}", extra_tags="bad")
    else:
        messages.success(request, _said(done), extra_tags="good")
    return redirect("tracker", pk)


@signed_in
@require_POST
def leave_tracker(request: Request, pk: int) -> HttpResponse:
    """Leave a tracker; what was imported from it stays."""
    shown = _own(request, pk)
    discard_tracker(by=account_of(request), tracker=shown)
    messages.success(request, _("The tracker was left. What came in from it stays."), extra_tags="good")
    return redirect("trackers", shown.plan.slug)


def _said(done: Imported) -> str:
    came = ngettext("%(n)s update came in.", "%(n)s updates came in.", done.imported) % {"n": done.imported}
    there = ngettext("%(n)s was there already.", "%(n)s were there already.", done.known) % {"n": done.known}
    refused = ngettext("%(n)s was refused.", "%(n)s were refused.", done.refused) % {"n": done.refused}
    return " ".join((came, there, refused))


def _require_manage(request: Request, plan: Plan) -> None:
    require(account_of(request), Permission.MANAGE_ROUNDS, [plan.scope_id], now=clock.now())


def _own(request: Request, pk: int) -> TrackerImport:
    """A tracker that one gave oneself; those of others do not exist."""
    mine = account_of(request).tracker_imports.select_related("plan", "unit", "file", "account")
    found = mine.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such tracker, or it is not yours."))
    _require_manage(request, found.plan)
    return found
