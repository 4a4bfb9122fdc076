"""The overview of a plan, and its timeline."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from suivi.plan.models import Edition, Plan
from suivi.web.access import edition_looked_at, readable_plan
from suivi.web.forms.overview import OverviewFilters
from suivi.web.kept import kept_content
from suivi.web.looked_at import plan_looked_at
from suivi.web.overview_table import PAGE, build_table
from suivi.web.pillar_cards import pillar_cards
from suivi.web.requests import Request
from suivi.web.templatetags.suivi import plain
from suivi.web.timeline_page import timeline_of


def plan(request: Request, slug: str) -> HttpResponse:
    """The plan at a glance, and every deliverable in one table. Readers from outside see no units."""
    found = readable_plan(request, slug)
    edition = edition_looked_at(request, found)
    content = kept_content(
        request, "suivi/content/plan.html", lambda: _plan(request, found, edition), plan=slug
    )
    return render(request, "suivi/content/page.html", {"section": "plans", "content": content})


def _plan(request: Request, found: Plan, edition: Edition) -> dict[str, Any]:
    context = _overview(request, found, edition)
    asked = request.GET
    context["title"] = plain(edition.title) or found.slug
    context["table"] = build_table(
        context["overview"],
        context["selection"],
        context["tree"],
        context["standing"],
        slug=found.slug,
        sort=asked.get("sort", ""),
        page=asked.get("page", ""),
        with_sentences=context["with_sentences"],
    )
    context["cards"] = pillar_cards(context["overview"], context["standing"], found.slug)
    return context


def _overview(request: Request, found: Plan, edition: Edition) -> dict[str, Any]:
    """What the overview and the timeline share: the plan as of the day, and what the address asks of it."""
    looked_at = plan_looked_at(request, found, edition)
    overview, tree, standing = looked_at.overview, looked_at.tree, looked_at.standing()
    form = OverviewFilters(request.GET, overview=overview, tree=tree, standing=standing)
    return {
        "section": "plans",
        "plan": found,
        "edition": edition,
        "tree": tree,
        "overview": overview,
        "standing": standing,
        "form": form,
        "selection": form.selection(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "sort": request.GET.get("sort", ""),
        "with_sentences": bool(request.GET.get("sentences")),
    }


def timeline(request: Request, slug: str) -> HttpResponse:
    """The time frames of the plan on one axis, with the milestones for people inside."""
    found = readable_plan(request, slug)
    context = _overview(request, found, edition_looked_at(request, found))
    overview = context["overview"]
    selected = overview.selected(context["selection"])
    lines = selected[:PAGE]
    context |= {
        "selected": len(selected),
        "shown": len(lines),
        "timeline": timeline_of(
            overview, context["standing"], lines, slug, is_inside=context["tree"] is not None
        ),
    }
    return render(request, "suivi/timeline.html", context)
