"""The list of plans the reader may see."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from suivi.web.access import sees_management
from suivi.web.plan_shelf import shelf_of, with_attention
from suivi.web.requests import Request

PLANS_ON_A_PAGE = 50


def plans(request: Request) -> HttpResponse:
    """All plans; `?show=due|late|gaps` keeps those that have any, the most first; `?page=N`."""
    shelf = shelf_of(request)
    if sees_management(request):
        shelf = with_attention(shelf, request.day)
    show = request.GET.get("show", "")
    words = {
        "due": _("Plans with milestones due in the next 30 days."),
        "late": _("Plans with late milestones."),
        "gaps": _("Plans with gaps in assignment."),
    }
    if show in words:
        counted = [(getattr(one.attention, show), one) for one in shelf if one.attention]
        shelf = [one for count, one in sorted(counted, key=lambda pair: -pair[0]) if count]
    page = Paginator(shelf, PLANS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "plans",
        "shelf": page.object_list,
        "page": page,
        "show": show if show in words else "",
        "filter_words": words.get(show, ""),
    }
    return render(request, "suivi/plans.html", context)
