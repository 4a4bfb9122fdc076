"""Documents made from a plan."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from suivi.reporting.asked import Asked
from suivi.reporting.kinds import FORMATS, KINDS, file_name, make_report
from suivi.reporting.queries import paper_to_make
from suivi.values.days import day_of
from suivi.web.access import (
    edition_looked_at,
    readable_plan,
    redirect_to_sign_in,
    require_management,
)
from suivi.web.documents import document_response
from suivi.web.reports_page import ReportsPage
from suivi.web.requests import Request


def reports(request: Request, slug: str) -> HttpResponse:
    """The reports a reader may have, in each language and format."""
    plan = readable_plan(request, slug)
    edition = edition_looked_at(request, plan)
    context = {"section": "plans", "tab": "reports", "plan": plan, "edition": edition}
    context |= ReportsPage(request, plan, edition).context()
    return render(request, "suivi/reports.html", context)


def report(request: Request, slug: str, kind: str, suffix: str) -> HttpResponse:
    """One report as a file, in the language asked for."""
    plan = readable_plan(request, slug)
    if kind not in KINDS or KINDS[kind].follows or suffix not in FORMATS:
        raise Http404
    if KINDS[kind].is_internal:
        if not request.user.is_authenticated:
            return redirect_to_sign_in(request)
        require_management(request)
    language = request.GET.get("language", get_language() or "en")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    asked = Asked(
        kind=kind,
        plan=plan,
        up_to=request.up_to,
        as_of=request.day,
        language=language,
        since=day_of(request.GET.get("since")),
        part=request.GET.get("part", ""),
        paper=paper_to_make(plan, kind, request.GET.get("paper", ""), request.day),
    )
    return document_response(make_report(asked, suffix), file_name(asked, suffix), suffix)
