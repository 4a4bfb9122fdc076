"""Where a plan stands: the dashboard, its pictures and its tables as files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from suivi.render.pictures import as_png
from suivi.web.access import edition_looked_at, readable_plan, require_management, signed_in
from suivi.web.dashboard_page import DashboardPage
from suivi.web.downloads import download
from suivi.web.requests import Request


def _page(request: Request, slug: str) -> DashboardPage:
    plan = readable_plan(request, slug)
    require_management(request)
    return DashboardPage(request, plan, edition_looked_at(request, plan))


@signed_in
def dashboard(request: Request, slug: str) -> HttpResponse:
    """Where the plan stands on the two days looked at."""
    page = _page(request, slug)
    context = {"section": "plans", "plan": page.plan, "edition": page.edition, "standing": page.standing}
    return render(request, "suivi/standing/dashboard.html", context | page.context())


@signed_in
def picture(request: Request, slug: str, name: str, suffix: str) -> HttpResponse:
    """One of the figures as a picture to put elsewhere: SVG, or PNG for programs that know no SVG."""
    figure = _page(request, slug).figure(name)
    if figure is None or suffix not in {"svg", "png"}:
        raise Http404(_("There is no such picture."))
    if suffix == "svg":
        response = HttpResponse(figure.wide.svg, content_type="image/svg+xml")
    else:
        response = HttpResponse(as_png([figure.wide.svg])[0], content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{name}.{suffix}"'
    return response


@signed_in
def table(request: Request, slug: str, name: str, suffix: str) -> HttpResponse:
    """One of the tables of the dashboard as a file."""
    found = _page(request, slug).download(name)
    if found is None:
        raise Http404(_("There is no such table."))
    return download(found, f"{slug}-{name}", suffix)
