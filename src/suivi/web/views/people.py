"""People: who there is, what one owes, accounts and roles."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from suivi.core import clock
from suivi.core.models import Account
from suivi.organisation.commands import withdraw_role
from suivi.organisation.directory import directory_on
from suivi.organisation.models import Grant
from suivi.organisation.queries import unit_tree
from suivi.organisation.rules import ROLES
from suivi.web.access import account_of, require_management, sees_management, signed_in
from suivi.web.forms.commands import carry_out, refuse_another_day
from suivi.web.forms.people import GrantForm, PersonForm
from suivi.web.person_page import may_keep_people, person_page, require_keeper
from suivi.web.requests import Request
from suivi.web.roles_held import roles_held, scope_names

PEOPLE_ON_A_PAGE = 100


@signed_in
def people(request: Request) -> HttpResponse:
    """The people with their roles; `?name=...&role=...&page=N`."""
    require_management(request)
    name, role = request.GET.get("name", "").strip(), request.GET.get("role", "")
    can_keep = may_keep_people(request)
    listed = directory_on(request.day, name, role, with_closed=can_keep)
    page = Paginator(listed, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    scopes = scope_names(unit_tree(request.day))
    context = {
        "section": "people",
        "page": page,
        "rows": [(one.account, roles_held(one.grants, scopes, request.day)) for one in page],
        "name": name,
        "role": role,
        "roles": ROLES.values(),
        "can_keep": can_keep,
    }
    return render(request, "suivi/people/list.html", context)


@signed_in
def person(request: Request, pk: int) -> HttpResponse:
    """One person: roles, milestones, deliverables. Everybody may see their own page."""
    if pk != account_of(request).pk:
        require_management(request)
    account = get_object_or_404(Account, pk=pk)
    context = person_page(request, account)
    context["is_outside"] = not sees_management(request)
    return render(request, "suivi/people/person.html", context)


@never_cache
@signed_in
def add_person(request: Request) -> HttpResponse:
    """Add an account with its first role; the first password is shown in the answer, and nowhere else."""
    require_keeper(request)
    tree = unit_tree(request.today)
    form = PersonForm(request.POST or None, authority=request.authority, tree=tree, scopes=scope_names(tree))
    if request.method == "POST" and carry_out(request, form):
        # Not kept for a next page: a password that was written to a session could be read there.
        context = {"section": "people", "person": form.person, "password": form.first_password}
        return render(request, "suivi/people/first_password.html", context)
    return render(request, "suivi/people/add.html", {"section": "people", "form": form})


@signed_in
def grant(request: Request, pk: int) -> HttpResponse:
    """Give a person a further role."""
    require_keeper(request)
    account = get_object_or_404(Account, pk=pk)
    tree = unit_tree(request.today)
    form = GrantForm(
        request.POST or None,
        authority=request.authority,
        tree=tree,
        scopes=scope_names(tree),
        account=account,
    )
    if request.method == "POST" and (done := carry_out(request, form)):
        messages.success(request, done, extra_tags="good")
        return redirect("person", account.pk)
    return render(request, "suivi/people/grant.html", {"section": "people", "form": form, "person": account})


@signed_in
def withdraw(request: Request, pk: int, grant: int) -> HttpResponse:
    """Ask, then take a role back."""
    require_keeper(request)
    held = get_object_or_404(Grant.objects.select_related("account", "scope"), pk=grant, account=pk)
    if held.superseded_at is not None:
        raise Http404
    role = roles_held([held], scope_names(unit_tree(request.today)), request.today)[0]
    if request.method == "POST":
        refuse_another_day(request)
        withdraw_role(by=account_of(request), now=clock.now(), grant=held)
        words = {"person": held.account.name, "role": role.role}
        messages.success(
            request, _("%(person)s no longer has the role: %(role)s.") % words, extra_tags="good"
        )
        return redirect("person", pk)
    return render(
        request, "suivi/people/withdraw.html", {"section": "people", "person": held.account, "held": role}
    )
