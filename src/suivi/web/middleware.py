"""What every request carries: the day it looks at, who asks, and the safety of the answer."""

from collections.abc import Callable
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from suivi.core import clock
from suivi.core.commands import note_visit
from suivi.organisation.queries import Authority, authority_of
from suivi.values.days import day_of
from suivi.values.errors import InputRefused, NotAllowed, NotFound, RuleBroken, SuiviError
from suivi.web.requests import Request
from suivi.web.sentences import sentence

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
STATUS_OF_ERROR: dict[type[SuiviError], int] = {
    InputRefused: 400,
    NotAllowed: 403,
    NotFound: 404,
    RuleBroken: 409,
}


def security_headers(answer: Answer) -> Answer:
    """Say to the browser that nothing from elsewhere may run in our pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response

    return middleware


def day_and_authority(answer: Answer) -> Answer:
    """Set `request.today`, the two days looked at and `request.authority`.

    `?as_of=DAY` chooses `request.day`, what the record knew; `?up_to=DAY` chooses `request.up_to`, what had
    happened. Both are remembered for the pages that follow; left empty, they go back to today. Nothing that
    happened later than the record knew can be shown, so up to is never after as of, and follows it unless
    it is chosen. What is no day is answered with a page that says so, and changes nothing.
    Roles are always those of today: looking at an earlier day gives nobody an earlier role.
    """

    def middleware(plain: HttpRequest) -> HttpResponse:
        request = cast(Request, plain)
        request.today = request.day = request.up_to = clock.today()
        request.is_past = False
        account = request.user if request.user.is_authenticated else None
        request.authority = cast(Authority, SimpleLazyObject(lambda: authority_of(account, request.today)))
        try:
            for name in ("as_of", "up_to"):
                _remember_chosen(request, name)
        except InputRefused as error:
            return error_page(request, error)
        request.day = _day_chosen(request, "as_of") or request.today
        request.up_to = min(_day_chosen(request, "up_to") or request.day, request.day)
        request.is_past = request.day != request.today or request.up_to != request.today
        if account is not None:
            note_visit(account, now=clock.now())
        return answer(request)

    return middleware


def _remember_chosen(request: Request, name: str) -> None:
    """Keep the day of the address for the pages that follow. Raises InputRefused for what is no day."""
    if name in request.GET:
        day = day_of(request.GET[name].strip())
        if day is None or day == request.today:
            request.session.pop(name, None)
        else:
            _remember(request, name, day.isoformat())


def _day_chosen(request: Request, name: str) -> date | None:
    """The day that is remembered; None is today, or what follows from the other day."""
    kept = request.session.get(name)
    return date.fromisoformat(kept) if kept else None


def _remember(request: Request, name: str, day: str) -> None:
    """Each change of a session is written to the database, so what it holds already is left alone."""
    if request.session.get(name) != day:
        request.session[name] = day


class NamedErrors:
    """Turns the named errors of the rooms below into a page: what happened, what was kept, what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return error_page(request, error) if isinstance(error, SuiviError) else None


def error_page(request: HttpRequest, error: SuiviError) -> HttpResponse:
    """What happened and what to do next, with the status that fits."""
    status = next((code for kind, code in STATUS_OF_ERROR.items() if isinstance(error, kind)), 400)
    context = {
        "title": gettext("This did not work"),
        "message": sentence(error.message),
        "hint": sentence(error.hint),
    }
    return render(request, "suivi/error.html", context, status=status)
