"""The request as our views get it, after the middleware."""

from datetime import date

from django.http import HttpRequest

from suivi.core.kept import Trail
from suivi.organisation.queries import Authority


class Request(HttpRequest):
    """`day` is what the record knew, `up_to` what had happened, `today` the real day.

    `authority` is what the reader may do today, `trail` what was written, once it was asked for.
    """

    day: date
    up_to: date
    today: date
    is_past: bool
    authority: Authority
    trail: Trail
