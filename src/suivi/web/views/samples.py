"""Samples of approved updates for auditors."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from suivi.core import clock
from suivi.monitoring.models import Sample
from suivi.monitoring.queries.samples import QUESTIONS, SampleResult, result_of
from suivi.organisation.queries import require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Plan
from suivi.web.access import account_of, readable_plan, require_management, signed_in
from suivi.web.deliverable_of_now import edition_today
from suivi.web.forms.commands import carry_out_now
from suivi.web.forms.samples import CheckForm, DrawForm
from suivi.web.requests import Request


def _audited_plan(request: Request, slug: str) -> Plan:
    plan = readable_plan(request, slug)
    require_management(request)
    require(account_of(request), Permission.DRAW_SAMPLE, [plan.scope_id], now=clock.now())
    return plan


def _base(request: Request, plan: Plan) -> dict[str, Any]:
    return {"section": "plans", "plan": plan, "edition": edition_today(request, plan)}


@signed_in
def samples(request: Request, slug: str) -> HttpResponse:
    """The samples of a plan, and the form to draw another."""
    plan = _audited_plan(request, slug)
    form = DrawForm(request.POST if request.method == "POST" else None, plan)
    if form.is_bound and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("sample", slug, form.sample.pk)
    drawn = Sample.objects.filter(plan=plan).select_related("drawn_by")
    return render(
        request, "suivi/trust/samples.html", _base(request, plan) | {"samples": drawn, "form": form}
    )


@signed_in
def sample(request: Request, slug: str, pk: int) -> HttpResponse:
    """One sample with its checklist and the error rate so far."""
    plan = _audited_plan(request, slug)
    shown = get_object_or_404(Sample.objects.select_related("plan", "drawn_by"), plan=plan, pk=pk)
    refused = None
    if request.method == "POST":
        refused = CheckForm(request.POST, shown)
        if said := carry_out_now(request, refused):
            messages.success(request, said, extra_tags="good")
            return redirect("sample", slug, pk)
    result = result_of(shown)
    context = {
        "result": result,
        "tree": unit_tree(request.today),
        "lines": [(one, CheckForm(None, shown, one)) for one in result.sampled],
        "rates": _rates(result),
        "refused": refused,
    }
    return render(request, "suivi/trust/sample.html", _base(request, plan) | context)


def _rates(result: SampleResult) -> list[tuple[str, Any]]:
    labels = dict(zip(QUESTIONS, (_("relevant"), _("sufficient"), _("accurate"), _("timely")), strict=True))
    found = [(labels[name], result.rates[name]) for name in QUESTIONS]
    return [*found, (_("any of them"), result.any_failed)]
