"""The list of plans, the overview of one, its timeline."""

from django.http import HttpResponse

from suivi.web.requests import Request


def plans(request: Request) -> HttpResponse:
    raise NotImplementedError


def plan(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError


def timeline(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError
