"""A pillar, an action, a deliverable."""

from django.http import HttpResponse

from suivi.web.requests import Request


def pillar(request: Request, slug: str, key: str) -> HttpResponse:
    raise NotImplementedError


def action(request: Request, slug: str, key: str) -> HttpResponse:
    raise NotImplementedError


def deliverable(request: Request, slug: str, key: str) -> HttpResponse:
    raise NotImplementedError
