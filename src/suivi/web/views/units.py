"""Units: the tree, and what one owes by when."""

from django.http import HttpResponse

from suivi.web.requests import Request


def units(request: Request) -> HttpResponse:
    raise NotImplementedError


def unit(request: Request, key: str) -> HttpResponse:
    raise NotImplementedError
