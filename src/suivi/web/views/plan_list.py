"""The list of plans the reader may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from suivi.web.plan_shelf import shelf_of
from suivi.web.requests import Request


def plans(request: Request) -> HttpResponse:
    """All plans; `?show=due|late|gaps` keeps those that have any, the most first."""
    shelf = shelf_of(request)
    show = request.GET.get("show", "")
    words = {
        "due": _("Plans with milestones due in the next 30 days."),
        "late": _("Plans with late milestones."),
        "gaps": _("Plans with gaps in assignment."),
    }
    if show in words:
        counted = [(getattr(one.attention, show), one) for one in shelf if one.attention]
        shelf = [one for count, one in sorted(counted, key=lambda pair: -pair[0]) if count]
    context = {
        "section": "plans",
        "shelf": shelf,
        "show": show if show in words else "",
        "filter_words": words.get(show, ""),
    }
    return render(request, "suivi/plans.html", context)
