"""Deputies and calendars of a person."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from suivi.core import clock
from suivi.core.models import Account
from suivi.monitoring.commands.feeds import feed_of, make_feed, revoke_feed
from suivi.monitoring.models import Feed
from suivi.organisation.commands import end_deputy
from suivi.organisation.models import Deputy, Unit
from suivi.organisation.queries import authority_of
from suivi.organisation.rules import Permission
from suivi.render.icalendar import write_calendar
from suivi.values.errors import NotAllowed
from suivi.values.messages import gettext_noop
from suivi.web.access import account_of, require_management, signed_in
from suivi.web.calendar_feed import days_of
from suivi.web.forms.commands import carry_out_now
from suivi.web.forms.deputies import DeputyForm
from suivi.web.requests import Request


def _kept_person(request: Request, pk: int) -> Account:
    """The person of the address, for themselves and for who keeps accounts."""
    if pk != account_of(request).pk and not request.authority.allows(Permission.MANAGE_ACCOUNTS):
        raise NotAllowed(
            gettext_noop("Deputies are named by the person, or by who keeps accounts."),
            hint=gettext_noop("Ask the plan manager."),
        )
    return get_object_or_404(Account, pk=pk)


@signed_in
def deputies(request: Request, pk: int) -> HttpResponse:
    """Who acts for a person, and when; with the form to name somebody."""
    person = _kept_person(request, pk)
    form = DeputyForm(request.POST if request.method == "POST" else None, person)
    if form.is_bound and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("deputies", pk)
    rows = Deputy.objects.current().filter(account=person).select_related("deputy").order_by("-starts_on")
    context = {"section": "people", "person": person, "deputies": rows, "form": form}
    return render(request, "suivi/people/deputies.html", context)


@signed_in
@require_POST
def take_back(request: Request, pk: int, deputy: int) -> HttpResponse:
    """End what was said about a deputy."""
    person = _kept_person(request, pk)
    row = get_object_or_404(Deputy.objects.current(), pk=deputy, account=person)
    end_deputy(by=account_of(request), now=clock.now(), deputy=row)
    messages.success(request, _("Taken back."), extra_tags="good")
    return redirect("deputies", pk)


@never_cache
@signed_in
def calendars(request: Request) -> HttpResponse:
    """The reader's calendars; a new address is shown once, in the answer, and kept nowhere."""
    by, address = account_of(request), ""
    if request.method == "POST":
        key = request.POST.get("unit", "")
        if key:
            require_management(request)
        unit = get_object_or_404(Unit, key=key) if key else None
        if request.POST.get("do") == "revoke":
            feed = get_object_or_404(Feed, pk=request.POST.get("feed"), account=by, revoked_at=None)
            revoke_feed(by=by, now=clock.now(), feed=feed)
        else:
            _feed, token = make_feed(by=by, now=clock.now(), unit=unit)
            address = f"{settings.SUIVI_ADDRESS}{reverse('calendar', args=[token])}"
    feeds = Feed.objects.filter(account=by, revoked_at=None).select_related("unit").order_by("-made_at")
    context = {"section": "mine", "feeds": feeds, "address": address, "units": Unit.objects.order_by("key")}
    return render(request, "suivi/people/calendars.html", context)


def calendar(request: Request, token: str) -> HttpResponse:  # noqa: ARG001  the token is the key
    """A calendar for a program that knows its private address."""
    feed = feed_of(token)
    if feed.unit is not None and not authority_of(feed.account, clock.today()).roles():
        raise Http404
    with translation.override(feed.account.language):
        name = f"suivi · {feed.unit.key if feed.unit else feed.account.name}"
        written = write_calendar(name, days_of(feed), written_at=clock.now())
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=600"
    return response
