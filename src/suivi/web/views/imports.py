"""Import with preview: drop a document, look at the reading beside it, correct, load."""

from django.http import HttpResponse

from suivi.web.requests import Request


def imports(request: Request) -> HttpResponse:
    raise NotImplementedError


def draft(request: Request, pk: int) -> HttpResponse:
    raise NotImplementedError


def correct(request: Request, pk: int, key: str) -> HttpResponse:
    raise NotImplementedError


def load(request: Request, pk: int) -> HttpResponse:
    raise NotImplementedError


def discard(request: Request, pk: int) -> HttpResponse:
    raise NotImplementedError


def source(request: Request, pk: int) -> HttpResponse:
    raise NotImplementedError
