"""Finding what an address names, and whether the one who asks may see it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from suivi.core.models import Account
from suivi.plan.models import Edition, Plan
from suivi.plan.queries import edition_on
from suivi.values.errors import NotAllowed, NotFound
from suivi.values.messages import gettext_noop
from suivi.web.requests import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def signed_in(view: "View[P]") -> "View[P]":
    """A page for people with an account."""

    @wraps(view)
    def wrapped(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_sign_in(request)
        return view(request, *args, **kwargs)

    return wrapped


def redirect_to_sign_in(request: Request) -> HttpResponseRedirect:
    """To the sign-in page, and back to this address afterwards."""
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")


def account_of(request: Request) -> Account:
    """Who asks; only in views for people with an account."""
    if not isinstance(request.user, Account):
        raise TypeError("this view needs @signed_in")
    return request.user


def readable_plan(request: Request, slug: str) -> Plan:
    """The plan of the address, if it is public or the reader has a role that reads it.

    A plan that may not be read is said not to exist, so that addresses cannot be tried out.
    """
    plan = get_object_or_404(Plan.objects.select_related("scope"), slug=slug)
    if not can_read(request, plan):
        raise Http404(_("There is no such plan, or you may not read it."))
    return plan


def can_read(request: Request, plan: Plan) -> bool:
    """Whether the one who asks may read the editions of the plan."""
    return plan.is_public or has_role_inside(request)


def has_role_inside(request: Request) -> bool:
    """Whether the one who asks works inside: roles for a unit read the plans of the whole organisation."""
    return any(role != "public_reader" for role in request.authority.roles())


def sees_management(request: Request) -> bool:
    """Whether the internal management plan (units, people, steps, requests) may be shown."""
    return has_role_inside(request)


def require_management(request: Request) -> None:
    """Stop with NotAllowed unless the internal management plan may be shown."""
    if not sees_management(request):
        raise NotAllowed(
            gettext_noop("The internal management plan is for people of the organisation."),
            hint=gettext_noop("Sign in, or ask the plan manager for a role."),
        )


def edition_looked_at(request: Request, plan: Plan) -> Edition:
    """The edition in force on the day looked at."""
    edition = edition_on(plan, request.day)
    if edition is None:
        raise NotFound(
            gettext_noop("On %(day)s the plan was not adopted yet."),
            {"day": request.day.isoformat()},
            gettext_noop("Choose a later day in the bar at the top."),
        )
    return edition
