"""Units: the tree, and what one owes by when."""

from django.http import HttpResponse
from django.shortcuts import render

from suivi.web.access import require_management, signed_in
from suivi.web.requests import Request
from suivi.web.unit_page import unit_page, units_page


@signed_in
def units(request: Request) -> HttpResponse:
    """The tree of units as of the day, with what each answers for and how much of it is late."""
    require_management(request)
    return render(request, "suivi/units.html", units_page(request))


@signed_in
def unit(request: Request, key: str) -> HttpResponse:
    """What a unit owes, by when. Focal points land here."""
    require_management(request)
    return render(request, "suivi/unit.html", unit_page(request, key))
