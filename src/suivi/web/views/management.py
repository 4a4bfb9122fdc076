"""The internal management plan: who, what, by when, gaps first."""

from django.http import HttpResponse

from suivi.web.requests import Request


def management(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError


def assign(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError


def edit(request: Request, slug: str, key: str) -> HttpResponse:
    raise NotImplementedError


def hand_over(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError
