"""The chase list of a round, as a page and as a file."""

from django.http import HttpResponse
from django.shortcuts import render

from suivi.web.access import signed_in
from suivi.web.chase_page import chase_page
from suivi.web.downloads import download
from suivi.web.requests import Request


@signed_in
def chase(request: Request, slug: str, key: str) -> HttpResponse:
    """Who owes what, since when, and the last word from them."""
    return render(request, "suivi/rounds/chase.html", chase_page(request, slug, key).context())


@signed_in
def chase_file(request: Request, slug: str, key: str, suffix: str) -> HttpResponse:
    """The same as a file."""
    return download(chase_page(request, slug, key).download(), f"{slug}-{key}", suffix)
