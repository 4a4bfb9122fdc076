"""The request as our views get it, after the middleware."""

from datetime import date

from django.http import HttpRequest

from suivi.organisation.queries import Authority


class Request(HttpRequest):
    """`day` is the day looked at, `today` the real one; `authority` is what the reader may do today."""

    day: date
    today: date
    is_past: bool
    authority: Authority
