"""Requests for a change, and their answers."""

from django.http import HttpResponse

from suivi.web.requests import Request


def change_requests(request: Request, slug: str) -> HttpResponse:
    raise NotImplementedError


def ask(request: Request, slug: str, key: str) -> HttpResponse:
    raise NotImplementedError


def answer(request: Request, slug: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    raise NotImplementedError
