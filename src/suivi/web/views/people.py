"""People: who there is, what one owes, accounts and roles."""

from django.http import HttpResponse

from suivi.web.requests import Request


def people(request: Request) -> HttpResponse:
    raise NotImplementedError


def person(request: Request, pk: int) -> HttpResponse:
    raise NotImplementedError


def add_person(request: Request) -> HttpResponse:
    raise NotImplementedError


def grant(request: Request, pk: int) -> HttpResponse:
    raise NotImplementedError


def withdraw(request: Request, pk: int, grant: int) -> HttpResponse:
    raise NotImplementedError
