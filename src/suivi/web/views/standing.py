"""Where a plan stands: the dashboard, its pictures and its tables as files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from suivi.render.pictures import as_png
from suivi.web.access import edition_looked_at, readable_plan, require_management, signed_in
from suivi.web.agreeing_page import agreeing_page
from suivi.web.dashboard_page import DashboardPage
from suivi.web.downloads import download
from suivi.web.edited_deliverable import edited_deliverable
from suivi.web.forms.agreeing import AgreeAllForm, AgreeForm
from suivi.web.forms.commands import carry_out_now
from suivi.web.kept import kept_content
from suivi.web.requests import Request
from suivi.web.standing import standing_of_state
from suivi.web.why_page import WhyPage, why_page


def _page(request: Request, slug: str) -> DashboardPage:
    plan = readable_plan(request, slug)
    require_management(request)
    return DashboardPage(request, plan, edition_looked_at(request, plan))


@signed_in
def dashboard(request: Request, slug: str) -> HttpResponse:
    """Where the plan stands on the two days looked at."""
    page = _page(request, slug)
    content = kept_content(request, "suivi/content/dashboard.html", page.context, plan=slug)
    return render(request, "suivi/standing/dashboard.html", {"section": "plans", "content": content})


@signed_in
def picture(request: Request, slug: str, name: str, suffix: str) -> HttpResponse:
    """One of the figures as a picture to put elsewhere: SVG, or PNG for programs that know no SVG."""
    figure = _page(request, slug).figure(name)
    if figure is None or suffix not in {"svg", "png"}:
        raise Http404(_("There is no such picture."))
    if suffix == "svg":
        response = HttpResponse(figure.drawings[0].svg, content_type="image/svg+xml")
    else:
        response = HttpResponse(as_png([figure.drawings[0].svg])[0], content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{name}.{suffix}"'
    return response


@signed_in
def table(request: Request, slug: str, name: str, suffix: str) -> HttpResponse:
    """One of the tables of the dashboard as a file."""
    found = _page(request, slug).download(name)
    if found is None:
        raise Http404(_("There is no such table."))
    return download(found, f"{slug}-{name}", suffix)


@signed_in
def agree(request: Request, slug: str, key: str) -> HttpResponse:
    """Agree the status of each deliverable for a round: one by one, or all as signalled."""
    page = agreeing_page(request, slug, key)
    form: AgreeForm | AgreeAllForm | None = None
    if request.method == "POST":
        is_all = request.POST.get("do") == "all"
        form = AgreeAllForm(request.POST, page.round) if is_all else AgreeForm(request.POST, page.round)
        if said := carry_out_now(request, form):
            messages.success(request, said, extra_tags="good")
            return redirect("agree", slug, key)
    refused = form if isinstance(form, AgreeForm) else None
    return render(request, "suivi/standing/agree.html", page.context(refused) | {"form": form})


def _why(request: Request, slug: str, key: str) -> WhyPage:
    page = why_page(edited_deliverable(request, slug, key))
    if page is None:
        raise Http404(_("The edition in force on this day has no such deliverable."))
    return page


@signed_in
def why(request: Request, slug: str, key: str) -> HttpResponse:
    """What the figure of a deliverable rests on, and what was left out."""
    page = _why(request, slug, key)
    standing = standing_of_state(page.page.edition, request.day, page.why.state)
    row = page.page.one.row
    context = page.context() | {
        "standing": standing,
        "count": standing.count_words(row.deliverable_id, row.target, row.target_unit),
    }
    return render(request, "suivi/standing/why.html", context)


@signed_in
def why_file(request: Request, slug: str, key: str, suffix: str) -> HttpResponse:
    """The same as a file."""
    return download(_why(request, slug, key).download(), f"{slug}-{key}", suffix)
