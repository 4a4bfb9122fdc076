"""Where to go after a form was sent from one of several pages."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, name: str, *args: object) -> str:
    """The page that the form names in `next`, if it is one of ours, else the page with this name."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    if is_ours and back.startswith("/"):  # anything else could be taken for the name of a page
        return back
    return reverse(name, args=args)
