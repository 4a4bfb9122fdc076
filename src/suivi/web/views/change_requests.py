"""Requests for a change, and their answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from suivi.core import clock
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands import withdraw_request
from suivi.plan.queries import Parts
from suivi.web.access import account_of, signed_in
from suivi.web.edited_deliverable import edited_deliverable
from suivi.web.forms.commands import carry_out, refuse_another_day
from suivi.web.forms.requests import AnswerForm, AskForm
from suivi.web.requests import Request
from suivi.web.requests_page import requests_page


@signed_in
def change_requests(request: Request, slug: str) -> HttpResponse:
    """What units asked for, open requests first."""
    return render(request, "suivi/requests.html", requests_page(request, slug).context())


@signed_in
def ask(request: Request, slug: str, key: str) -> HttpResponse:
    """Ask for a change of one deliverable."""
    page = edited_deliverable(request, slug, key, Parts.RESPONSIBILITIES | Parts.REQUESTS)
    page.require(Permission.REQUEST_CHANGE)
    form = AskForm(request.POST if request.method == "POST" else None, page)
    if form.is_bound and (said := carry_out(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("requests", slug)
    return render(request, "suivi/ask.html", page.context() | {"form": form})


@signed_in
def answer(request: Request, slug: str, pk: int) -> HttpResponse:
    """Accept or reject a request, knowing beforehand what that does."""
    page = requests_page(request, slug)
    change = page.change_request(pk)
    by = account_of(request)
    require(by, Permission.ANSWER_CHANGE, [page.plan.scope_id], now=clock.now())
    form = AnswerForm(request.POST if request.method == "POST" else None, change)
    if form.is_bound and (said := carry_out(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("requests", slug)
    return render(request, "suivi/answer.html", page.context_of(pk, form))


@signed_in
@require_POST
def withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take a request back before it is answered."""
    refuse_another_day(request)
    change = requests_page(request, slug).change_request(pk)
    withdraw_request(by=account_of(request), now=clock.now(), request=change)
    messages.success(request, _("The request was withdrawn."), extra_tags="good")
    return redirect("requests", slug)
