"""Reporting: beginning an update, writing it, reading it and passing it on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from suivi.monitoring.commands.burden import note_read
from suivi.monitoring.rules.burden import filled_parts
from suivi.organisation.queries import unit_tree
from suivi.web.access import account_of, signed_in
from suivi.web.deliverable_of_now import deliverable_now
from suivi.web.edit_actions import TEMPLATE, Sent
from suivi.web.edit_page import EditPage
from suivi.web.forms.commands import carry_out_now
from suivi.web.requests import Request
from suivi.web.start_page import start_page
from suivi.web.update_page import UpdatePage
from suivi.web.update_rights import found_update, verbs_for


@signed_in
def report_on(request: Request, slug: str, key: str) -> HttpResponse:
    """Begin an update of a deliverable, or go on with the one that is under way."""
    page = start_page(request, slug, key)
    if page.under_way is not None and request.method != "POST":
        return redirect("edit-update", page.under_way.key)
    form = page.form_sent() if request.method == "POST" else None
    if form is not None and (said := carry_out_now(request, form)) and form.update is not None:
        messages.success(request, said, extra_tags="good")
        return redirect("edit-update", form.update.key)
    return render(request, "suivi/updates/start.html", page.context(form))


@signed_in
def edit_update(request: Request, key: UUID) -> HttpResponse:
    """Write an update. One that was sent is read instead."""
    tree = unit_tree(request.today)
    update, played = found_update(request, key, tree)
    if request.method != "POST" and "save" not in verbs_for(update, played):
        return redirect("update", update.key)
    now = deliverable_now(request, update.plan, update.deliverable, tree)
    page = EditPage(request, update, now, played)
    if request.method == "POST":
        return Sent(request, page).answer()
    return render(request, TEMPLATE, page.context(page.form()))


@signed_in
def update(request: Request, key: UUID) -> HttpResponse:
    """Read an update beside the one before, and do what the reader may do with it."""
    tree = unit_tree(request.today)
    found, played = found_update(request, key, tree)
    page = UpdatePage(request, found, deliverable_now(request, found.plan, found.deliverable, tree), played)
    sent = page.form_sent() if request.method == "POST" else None
    if sent is not None and (said := carry_out_now(request, sent)):
        messages.success(request, said, extra_tags="good")
        return redirect(page.after(sent))
    note_read(by=account_of(request), update=found, parts=filled_parts(page.content))
    return render(request, "suivi/updates/update.html", page.context(sent))
