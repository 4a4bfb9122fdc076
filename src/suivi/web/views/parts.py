"""A pillar, an action, a deliverable."""

from django.http import HttpResponse
from django.shortcuts import render

from suivi.web.access import edition_looked_at, readable_plan
from suivi.web.deliverable_page import deliverable_page
from suivi.web.kept import kept_content
from suivi.web.part_pages import PartPage, action_page, may_translate, pillar_page
from suivi.web.requests import Request


def pillar(request: Request, slug: str, key: str) -> HttpResponse:
    """A pillar: its actions and deliverables."""
    return _part(request, slug, key, pillar_page)


def action(request: Request, slug: str, key: str) -> HttpResponse:
    """An action: its adopted words, what it serves, its deliverables."""
    return _part(request, slug, key, action_page)


def _part(request: Request, slug: str, key: str, page: PartPage) -> HttpResponse:
    plan = readable_plan(request, slug)
    edition = edition_looked_at(request, plan)
    content = kept_content(
        request,
        "suivi/content/part.html",
        lambda: page(request, plan, edition, key),
        may_translate(request, plan),
    )
    return render(request, "suivi/content/page.html", {"section": "plans", "content": content})


def deliverable(request: Request, slug: str, key: str) -> HttpResponse:
    """A deliverable: its adopted words, and for people inside who answers for it, by when."""
    plan = readable_plan(request, slug)
    edition = edition_looked_at(request, plan)
    page = deliverable_page(request, plan, edition, key)
    return render(request, "suivi/deliverable.html", page.context())
