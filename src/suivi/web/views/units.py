"""Units: the tree, and what one owes by when."""

from django.http import HttpResponse
from django.shortcuts import render

from suivi.web.access import require_management, signed_in
from suivi.web.kept import kept_content
from suivi.web.requests import Request
from suivi.web.unit_page import unit_page, units_page


@signed_in
def units(request: Request) -> HttpResponse:
    """The tree of units as of the day, with what each answers for and how much of it is late."""
    require_management(request)
    content = kept_content(request, "suivi/content/units.html", lambda: units_page(request))
    return render(request, "suivi/content/page.html", {"section": "units", "content": content})


@signed_in
def unit(request: Request, key: str) -> HttpResponse:
    """What a unit owes, by when. Focal points land here."""
    require_management(request)
    content = kept_content(request, "suivi/content/unit.html", lambda: unit_page(request, key))
    return render(request, "suivi/content/page.html", {"section": "units", "content": content})
