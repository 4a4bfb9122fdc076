"""Milestones, staff time and money of a deliverable."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from suivi.organisation.rules import Permission
from suivi.plan.queries.steps import steps_of_plan
from suivi.web.access import signed_in
from suivi.web.edited_deliverable import edited_deliverable
from suivi.web.forms.commands import carry_out
from suivi.web.forms.steps import StepForm
from suivi.web.requests import Request
from suivi.web.steps_page import ResourcesPage, StepPage
from suivi.web.way_back import way_back


@signed_in
def add_step(request: Request, slug: str, key: str) -> HttpResponse:
    """A new milestone of a deliverable."""
    page = edited_deliverable(request, slug, key)
    page.require(Permission.PLAN_STEPS)
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, page, steps_of_plan(page.plan, request.day))
    if form.is_bound and (said := carry_out(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("deliverable", slug, key)
    return render(request, "suivi/add_step.html", page.context() | {"form": form})


@signed_in
def change_step(request: Request, slug: str, key: str, step: str) -> HttpResponse:
    """What a milestone says, what it said before, and for those who plan a form to change it."""
    page = StepPage(request, slug, key, step)
    sent = page.form_sent() if request.method == "POST" else None
    if sent is not None and (said := carry_out(request, sent)):
        messages.success(request, said, extra_tags="good")
        return redirect(way_back(request, "deliverable", slug, key))
    return render(request, "suivi/step.html", page.context(sent))


@signed_in
def resources(request: Request, slug: str, key: str) -> HttpResponse:
    """Staff time and money: planned, secured, and what was stated before."""
    page = ResourcesPage(request, slug, key)
    sent = page.form_sent() if request.method == "POST" else None
    if sent is not None and (said := carry_out(request, sent)):
        messages.success(request, said, extra_tags="good")
        return redirect("resources", slug, key)
    return render(request, "suivi/resources.html", page.context(sent))
