"""Accounts: one's own password, a new first password for somebody, closing and opening."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from suivi.core import clock
from suivi.core.models import Account
from suivi.core.passwords import readable_password
from suivi.organisation.commands import close_account, give_first_password, open_account
from suivi.web.access import account_of, signed_in
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.people import PasswordForm
from suivi.web.person_page import require_keeper
from suivi.web.requests import Request


@signed_in
def password(request: Request) -> HttpResponse:
    """Change one's own password; the session goes on, all others of the account end."""
    account = account_of(request)
    form = PasswordForm(request.POST or None, account=account)
    if form.is_valid():
        try:
            done = form.carry_out(by=account, now=clock.now())
        except Mendable as error:
            add_errors(form, error)
        else:
            update_session_auth_hash(request, account)
            messages.success(request, done, extra_tags="good")
            return redirect("person", account.pk)
    return render(request, "suivi/people/password.html", {"section": "people", "form": form})


@never_cache
@signed_in
def first_password(request: Request, pk: int) -> HttpResponse:
    """Ask, then give somebody a new first password, shown in the answer and nowhere else."""
    require_keeper(request)
    person = get_object_or_404(Account, pk=pk)
    context = {"section": "people", "person": person}
    if request.method != "POST":
        return render(request, "suivi/people/ask_password.html", context)
    made = readable_password()
    give_first_password(by=account_of(request), now=clock.now(), account=person, password=made)
    return render(request, "suivi/people/first_password.html", {**context, "password": made})


@signed_in
def closing(request: Request, pk: int) -> HttpResponse:
    """Ask, then close an account, or open a closed one again."""
    require_keeper(request)
    person = get_object_or_404(Account, pk=pk)
    if request.method != "POST":
        return render(request, "suivi/people/closing.html", {"section": "people", "person": person})
    act, said = (
        (close_account, _("The account of %(person)s is closed."))
        if person.is_active
        else (open_account, _("%(person)s can sign in again."))
    )
    act(by=account_of(request), now=clock.now(), account=person)
    messages.success(request, said % {"person": person.name}, extra_tags="good")
    return redirect("person", pk)
