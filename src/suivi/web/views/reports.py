"""Documents made from a plan."""

from django.http import HttpResponse

from suivi.web.requests import Request


def reports(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError


def report(request: Request, slug: str, kind: str, suffix: str) -> HttpResponse:
    raise NotImplementedError
