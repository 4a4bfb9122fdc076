"""The internal management plan: who, what, by when, gaps first."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from suivi.web.access import signed_in
from suivi.web.forms.commands import carry_out
from suivi.web.management_page import management_page
from suivi.web.requests import Request


@signed_in
def management(request: Request, slug: str) -> HttpResponse:
    """Gaps in assignment first, then every deliverable; or the milestones that are due or late."""
    return render(request, "suivi/management.html", management_page(request, slug).context())


@signed_in
@require_POST
def assign(request: Request, slug: str) -> HttpResponse:
    """Assign a unit to the deliverables chosen, and go back to the page as it was filtered."""
    page = management_page(request, slug)
    form = page.assign_form()
    said = carry_out(request, form)
    if not said:
        return render(request, "suivi/management.html", page.context(failed=form))
    messages.success(request, said, extra_tags="good")
    query = urlencode(list(request.GET.lists()), doseq=True)
    return redirect(
        f"{reverse('management', args=[slug])}?{query}" if query else reverse("management", args=[slug])
    )


def edit(request: Request, slug: str, key: str) -> HttpResponse:
    raise NotImplementedError


def hand_over(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError
