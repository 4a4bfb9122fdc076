"""A pillar, an action, a deliverable."""

from django.http import HttpResponse
from django.shortcuts import render

from suivi.web.access import edition_looked_at, readable_plan
from suivi.web.deliverable_page import deliverable_page
from suivi.web.part_pages import action_page, pillar_page
from suivi.web.requests import Request


def pillar(request: Request, slug: str, key: str) -> HttpResponse:
    """A pillar: its actions and deliverables."""
    plan = readable_plan(request, slug)
    context = pillar_page(request, plan, edition_looked_at(request, plan), key)
    return render(request, "suivi/part.html", context)


def action(request: Request, slug: str, key: str) -> HttpResponse:
    """An action: its adopted words, what it serves, its deliverables."""
    plan = readable_plan(request, slug)
    context = action_page(request, plan, edition_looked_at(request, plan), key)
    return render(request, "suivi/part.html", context)


def deliverable(request: Request, slug: str, key: str) -> HttpResponse:
    """A deliverable: its adopted words, and for people inside who answers for it, by when."""
    plan = readable_plan(request, slug)
    edition = edition_looked_at(request, plan)
    page = deliverable_page(request, plan, edition, key)
    return render(request, "suivi/deliverable.html", page.context())
