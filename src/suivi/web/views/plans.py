"""The overview of a plan, and its timeline."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from suivi.organisation.queries import unit_tree
from suivi.plan.queries.overview import overview_of
from suivi.web.access import edition_looked_at, readable_plan, sees_management
from suivi.web.forms.overview import LONGEST_SEARCH, OverviewFilters
from suivi.web.overview_table import PAGE, build_table
from suivi.web.pillar_cards import pillar_cards
from suivi.web.requests import Request
from suivi.web.standing import standing_of
from suivi.web.timeline_page import timeline_of


def plan(request: Request, slug: str) -> HttpResponse:
    """The plan at a glance, and every deliverable in one table. Readers from outside see no units."""
    context = _overview(request, slug)
    asked = request.GET
    context["table"] = build_table(
        context["overview"],
        context["selection"],
        context["tree"],
        context["standing"],
        slug=slug,
        sort=asked.get("sort", ""),
        page=asked.get("page", ""),
        with_sentences=context["with_sentences"],
    )
    context["cards"] = pillar_cards(context["overview"], context["standing"], slug)
    return render(request, "suivi/plan.html", context)


def _overview(request: Request, slug: str) -> dict[str, Any]:
    """What the overview and the timeline share: the plan as of the day, and what the address asks of it."""
    found = readable_plan(request, slug)
    edition = edition_looked_at(request, found)
    tree = unit_tree(request.day) if sees_management(request) else None
    words = request.GET.get("q", "")[:LONGEST_SEARCH]
    overview = overview_of(edition, request.day, is_inside=tree is not None, words=words)
    standing = standing_of(edition, request.up_to, request.day, is_inside=tree is not None)
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
    context = _overview(request, slug)
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
