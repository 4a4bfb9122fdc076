"""Reference sheets and ladders: what a deliverable means, and how far is far."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from suivi.core import clock
from suivi.monitoring.queries.sheets import ladders_on, sheet_history, sheet_on, sheet_row
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.web.access import account_of, edition_looked_at, readable_plan, require_management, signed_in
from suivi.web.edited_deliverable import EditedDeliverable, edited_deliverable
from suivi.web.forms.commands import carry_out
from suivi.web.forms.sheets import LadderForm, SheetForm
from suivi.web.requests import Request
from suivi.web.sheet_asked import sheet_asked


@signed_in
def sheet(request: Request, slug: str, key: str) -> HttpResponse:
    """The reference sheet as of the day, with its versions."""
    page = edited_deliverable(request, slug, key)
    context = {
        "sheet": sheet_asked(page.deliverable, page.edition, request.day),
        "versions": sheet_history(page.deliverable, request.day),
        "can_write": page.can(Permission.MANAGE_ROUNDS),
    }
    return render(request, "suivi/standing/sheet.html", page.context() | context)


@signed_in
def edit_sheet(request: Request, slug: str, key: str) -> HttpResponse:
    """Write the next version of a reference sheet."""
    page = edited_deliverable(request, slug, key)
    page.require(Permission.MANAGE_ROUNDS)
    form = _sheet_form(request, page)
    if form.is_bound and (said := carry_out(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("sheet", slug, key)
    return render(request, "suivi/standing/sheet_form.html", page.context() | {"form": form})


def _sheet_form(request: Request, page: EditedDeliverable) -> SheetForm:
    found = sheet_on(page.deliverable, page.edition, request.day)
    row = sheet_row(found) if found else None
    ladders = list(ladders_on(page.edition, request.day).values())
    return SheetForm(request.POST if request.method == "POST" else None, page, found, row, ladders)


@signed_in
def ladders(request: Request, slug: str) -> HttpResponse:
    """The ladders of a plan; `?ladder=KEY` opens one to be written anew."""
    plan = readable_plan(request, slug)
    require_management(request)
    edition = edition_looked_at(request, plan)
    found = ladders_on(edition, request.day)
    can_write = not request.is_past and request.authority.allows(Permission.MANAGE_ROUNDS, [plan.scope_id])
    context: dict[str, Any] = {
        "section": "plans",
        "plan": plan,
        "edition": edition,
        "ladders": list(found.values()),
        "can_write": can_write,
    }
    if request.method == "POST":
        require(account_of(request), Permission.MANAGE_ROUNDS, [plan.scope_id], now=clock.now())
    if can_write or request.method == "POST":
        data = request.POST if request.method == "POST" else None
        form = LadderForm(data, edition, found.get(request.GET.get("ladder", "")))
        if form.is_bound and (said := carry_out(request, form)):
            messages.success(request, said, extra_tags="good")
            return redirect("ladders", slug)
        context["form"] = form
    return render(request, "suivi/standing/ladders.html", context)
