"""The internal management plan: who, what, by when, gaps first."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from suivi.plan.queries import Parts
from suivi.web.access import signed_in
from suivi.web.edited_deliverable import edited_deliverable
from suivi.web.forms.commands import carry_out
from suivi.web.management_page import management_page
from suivi.web.requests import Request
from suivi.web.responsibilities_page import TEMPLATES, form_sent, hand_over_page, responsibilities


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


@signed_in
def edit(request: Request, slug: str, key: str) -> HttpResponse:
    """Who answers for one deliverable: read by everybody inside, changed by those who assign."""
    page = edited_deliverable(request, slug, key, Parts.RESPONSIBILITIES | Parts.EXPECTATIONS)
    part = request.GET.get("part", "")
    sent = form_sent(request, page) if request.method == "POST" else None
    if sent is None or not (said := carry_out(request, sent)):
        template = TEMPLATES.get(part, TEMPLATES[""])
        return render(request, template, responsibilities(page, sent))
    if part:  # in place, in the table of the management plan
        return redirect(f"{request.path}?part=cell")
    messages.success(request, said, extra_tags="good")
    return redirect(request.path)


@signed_in
def hand_over(request: Request, slug: str) -> HttpResponse:
    """First what would move, then, confirmed, the hand-over."""
    page = hand_over_page(request, slug)
    form = page.form()
    if request.method == "POST" and (said := carry_out(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("management", slug)
    return render(request, "suivi/hand_over.html", page.context(form))
