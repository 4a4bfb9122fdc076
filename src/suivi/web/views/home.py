"""The first page: what is due, late and unassigned, what changed, how to start; and the table of roles."""

from django.http import HttpResponse
from django.shortcuts import render

from suivi.organisation.directory import who_may
from suivi.organisation.queries import unit_tree
from suivi.organisation.role_table import roles_in_words
from suivi.organisation.rules import Permission
from suivi.web.access import sees_management
from suivi.web.boards import boards_of
from suivi.web.news import news_of
from suivi.web.plan_shelf import shelf_of
from suivi.web.requests import Request


def home(request: Request) -> HttpResponse:
    """The page of whoever comes: people of the organisation see their work, others what is public."""
    shelf = shelf_of(request)
    if not sees_management(request):
        return render(request, "suivi/welcome.html", {"shelf": shelf})
    tree = unit_tree(request.day)
    boards = boards_of(request, shelf, tree)
    can_start = request.authority.allows(Permission.ADOPT_EDITION)
    context = {
        "shelf": shelf,
        "boards": boards,
        "tree": tree,
        "news": news_of(request, shelf, boards, tree),
        "can_start": can_start,
        "to_ask": [] if can_start else who_may(Permission.ADOPT_EDITION, request.today),
    }
    return render(request, "suivi/home.html", context)


def roles(request: Request) -> HttpResponse:
    """What each role may do: the table the docs print."""
    return render(request, "suivi/roles.html", {"rows": roles_in_words()})
