"""The record of a plan: who changed what, in plain words."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from suivi.organisation.rules import Permission
from suivi.plan.queries import edition_on
from suivi.plan.queries.changes import changes_of_plans
from suivi.values.errors import NotAllowed
from suivi.values.messages import gettext_noop
from suivi.web.access import readable_plan, signed_in
from suivi.web.audit_names import names_in
from suivi.web.audit_words import in_words
from suivi.web.forms.record import RecordFilters
from suivi.web.requests import Request

LINES_ON_A_PAGE = 50


@signed_in
def record(request: Request, slug: str) -> HttpResponse:
    """`?deliverable=KEY&person=ID&first=DAY&last=DAY&page=N`, newest first, up to the day looked at."""
    plan = readable_plan(request, slug)
    if not request.authority.allows(Permission.READ_AUDIT, [plan.scope_id]):
        raise NotAllowed(
            gettext_noop("The record of a plan is for those who keep or audit it."),
            hint=gettext_noop("The history of a deliverable stands on its own page."),
        )
    edition = edition_on(plan, request.day)
    entries = changes_of_plans([slug], until=request.day)
    filters = RecordFilters(request.GET, entries, edition)
    page = Paginator(filters.narrow(entries), LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = list(page)
    context = {
        "section": "plans",
        "plan": plan,
        "edition": edition,
        "filters": filters,
        "page": page,
        "days": in_words(lines, names_in(lines, request.day)),
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
    }
    return render(request, "suivi/record.html", context)
