"""Milestones, staff time and money of a deliverable."""

from django.http import HttpResponse

from suivi.web.requests import Request


def add_step(request: Request, slug: str, key: str) -> HttpResponse:
    raise NotImplementedError


def change_step(request: Request, slug: str, key: str, step: str) -> HttpResponse:
    raise NotImplementedError


def resources(request: Request, slug: str, key: str) -> HttpResponse:
    raise NotImplementedError
