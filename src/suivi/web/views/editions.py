"""The editions of a plan, and what differs between two."""

from django.http import HttpResponse

from suivi.web.requests import Request


def editions(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError


def edition(request: Request, slug: str, number: int) -> HttpResponse:
    raise NotImplementedError


def differences(request: Request, slug: str, before: int, after: int) -> HttpResponse:
    raise NotImplementedError


def export(request: Request, slug: str, number: int) -> HttpResponse:
    raise NotImplementedError


def translate(request: Request, slug: str, level: str, key: str) -> HttpResponse:
    raise NotImplementedError
