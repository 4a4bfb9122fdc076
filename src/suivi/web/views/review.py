"""What waits for the reader: the page "mine" and the queue of review."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from suivi.web.access import signed_in
from suivi.web.forms.commands import carry_out_now
from suivi.web.forms.review import UnchangedApprovalForm
from suivi.web.mine_page import mine_page
from suivi.web.requests import Request
from suivi.web.review_page import review_page


@signed_in
def mine(request: Request) -> HttpResponse:
    """What waits for the reader, as verbs."""
    return render(
        request, "suivi/updates/mine.html", {"section": "mine", "groups": mine_page(request).groups()}
    )


@signed_in
def review(request: Request, slug: str) -> HttpResponse:
    """The queue; those that say nothing new are approved together."""
    page = review_page(request, slug)
    form = UnchangedApprovalForm(request.POST, page) if request.method == "POST" else None
    if form is not None and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("review", slug)
    return render(request, "suivi/updates/review.html", page.context(form))
