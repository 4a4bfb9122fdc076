"""The first page: what is due, late and unassigned, what changed, and how to start."""

from django.http import HttpResponse

from suivi.web.requests import Request


def home(request: Request) -> HttpResponse:
    raise NotImplementedError


def roles(request: Request) -> HttpResponse:
    raise NotImplementedError
