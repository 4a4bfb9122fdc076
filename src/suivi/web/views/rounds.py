"""Reporting rounds: the list, a new one, one with what came."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from suivi.web.access import signed_in
from suivi.web.forms.commands import carry_out_now
from suivi.web.forms.rounds import CloseForm, ExcuseForm, OpenForm
from suivi.web.requests import Request
from suivi.web.rounds_page import rounds_page


@signed_in
def rounds(request: Request, slug: str) -> HttpResponse:
    """The rounds of a plan, the last first."""
    return render(request, "suivi/rounds/rounds.html", rounds_page(request, slug).context())


@signed_in
def open_round(request: Request, slug: str) -> HttpResponse:
    """Open a round; `period_ends_on` in the address chooses anew who is due to report."""
    page = rounds_page(request, slug)
    page.require_manage()
    chosen = {
        name: request.GET[name] for name in ("period_starts_on", "period_ends_on") if name in request.GET
    }
    form = OpenForm(request.POST if request.method == "POST" else None, page, chosen)
    if form.is_bound and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("round", slug, form.cleaned_data["key"])
    return render(request, "suivi/rounds/open.html", page.base() | {"form": form})


@signed_in
def round_page(request: Request, slug: str, key: str) -> HttpResponse:
    """One round: who was asked, what came; for those who keep rounds also excusing and closing."""
    page = rounds_page(request, slug)
    shown = page.round(key)
    form: ExcuseForm | CloseForm | None = None
    if request.method == "POST":
        page.require_manage()
        kind = CloseForm if request.POST.get("do") == "close" else ExcuseForm
        form = kind(request.POST, shown)
        if said := carry_out_now(request, form):
            messages.success(request, said, extra_tags="good")
            return redirect("round", slug, key)
    return render(request, "suivi/rounds/round.html", page.context_of(shown) | {"form": form})
