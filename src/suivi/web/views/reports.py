"""Documents made from a plan."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from suivi.render import MEDIA_TYPES
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import FORMATS, KINDS, file_name, make_report
from suivi.web.access import (
    edition_looked_at,
    readable_plan,
    redirect_to_sign_in,
    require_management,
    sees_management,
)
from suivi.web.requests import Request


def reports(request: Request, slug: str) -> HttpResponse:
    """The reports a reader may have, in each language and format."""
    plan = readable_plan(request, slug)
    context = {
        "section": "plans",
        "tab": "reports",
        "plan": plan,
        "edition": edition_looked_at(request, plan),
        "kinds": [kind for kind in KINDS.values() if not kind.is_internal or sees_management(request)],
        "formats": [(suffix, suffix.upper()) for suffix in FORMATS],
        "languages": settings.LANGUAGES,
    }
    return render(request, "suivi/reports.html", context)


def report(request: Request, slug: str, kind: str, suffix: str) -> HttpResponse:
    """One report as a file, in the language asked for."""
    plan = readable_plan(request, slug)
    if kind not in KINDS or suffix not in FORMATS:
        raise Http404
    if KINDS[kind].is_internal:
        if not request.user.is_authenticated:
            return redirect_to_sign_in(request)
        require_management(request)
    language = request.GET.get("language", get_language() or "en")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    asked = Asked(kind=kind, plan=plan, up_to=request.up_to, as_of=request.day, language=language)
    data = make_report(asked, suffix)
    response = HttpResponse(data, content_type=MEDIA_TYPES[suffix])
    name = file_name(asked, suffix)
    # HTML is shown in the browser; its own policy lets it carry its style and nothing else.
    disposition = "inline" if suffix == "html" else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    if suffix == "html":
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
        )
    return response
