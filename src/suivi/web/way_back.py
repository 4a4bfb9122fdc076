"""Where to go after a form was sent from one of several pages."""

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from suivi.web.requests import Request


def way_back(request: Request, name: str, *args: object) -> str:
    """The page that the form names in `next`, if it is one of ours, else the page with this name."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse(name, args=args)
