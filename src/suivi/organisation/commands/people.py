"""Changes to accounts and roles, by those who keep them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import create_account, set_password, supersede, write_audit
from suivi.core.models import Account
from suivi.organisation.models import Grant, Scope, Unit
from suivi.organisation.queries import require, unit_tree
from suivi.organisation.rules import ROLES, Permission
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop


@transaction.atomic
def add_person(
    *,
    by: Account | None,
    now: datetime,
    email: str,
    name: str,
    language: str,
    password: str | None,
    role: str,
    scope: Scope | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Account:
    """Make an account together with its first role: who may give that role may add the person."""
    require(by, Permission.MANAGE_ACCOUNTS, _reaching(scope, now), now=now)
    account = create_account(by=by, now=now, email=email, name=name, language=language, password=password)
    grant_role(by=by, now=now, account=account, role=role, scope=scope, starts_on=starts_on, ends_on=ends_on)
    return account


@transaction.atomic
def grant_role(
    *,
    by: Account | None,
    now: datetime,
    account: Account,
    role: str,
    scope: Scope | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Grant:
    """Give an account a role for a unit (and those below), a plan, or everything."""
    require(by, Permission.MANAGE_ACCOUNTS, _reaching(scope, now), now=now)
    if role not in ROLES:
        raise RuleBroken(
            gettext_noop("There is no role %(role)s."),
            {"role": role, "roles": ", ".join(ROLES)},
            gettext_noop("Choose one of: %(roles)s."),
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken(
            gettext_noop("The last day of the role is before its first day."),
            hint=gettext_noop("Change one of the two days."),
        )
    grant: Grant
    grant, created = Grant.objects.current().get_or_create(
        account=account,
        role=role,
        scope=scope,
        starts_on=starts_on,
        ends_on=ends_on,
        defaults={"recorded_at": now, "recorded_by": by},
    )
    if created:
        write_audit(
            by=by, now=now, verb="grant_role", on=grant, details={"scope": str(scope or "everything")}
        )
    return grant


@transaction.atomic
def withdraw_role(*, by: Account | None, now: datetime, grant: Grant) -> None:
    """Take a role back; that it was held stays in the record.

    Whoever sits at a page cannot take the last role away that gives roles: nobody could give one any more.
    """
    require(by, Permission.MANAGE_ACCOUNTS, _reaching(grant.scope, now), now=now)
    if by is not None and _is_last_keeper(grant, timezone.localdate(now)):
        raise RuleBroken(
            gettext_noop("%(person)s is the last one who may give roles."),
            {"person": grant.account.name},
            gettext_noop("Give the role to somebody else first."),
        )
    supersede(grant, by=by, now=now)
    write_audit(by=by, now=now, verb="withdraw_role", on=grant)


@transaction.atomic
def give_first_password(*, by: Account | None, now: datetime, account: Account, password: str) -> None:
    """Replace a password that was forgotten; only who keeps all accounts may, since it opens every role."""
    require(by, Permission.MANAGE_ACCOUNTS, now=now)
    set_password(account, password)
    account.save(update_fields=["password"])
    write_audit(by=by, now=now, verb="give_first_password", on=account, key=account.email)


@transaction.atomic
def close_account(*, by: Account | None, now: datetime, account: Account) -> None:
    """Let nobody sign in with the account any more; what the person did stays in the record."""
    require(by, Permission.MANAGE_ACCOUNTS, now=now)
    if by == account:
        raise RuleBroken(
            gettext_noop("You cannot close your own account."),
            hint=gettext_noop("Ask somebody else who keeps accounts."),
        )
    _set_active(account, by, now, is_active=False)


@transaction.atomic
def open_account(*, by: Account | None, now: datetime, account: Account) -> None:
    """Let the person sign in again."""
    require(by, Permission.MANAGE_ACCOUNTS, now=now)
    _set_active(account, by, now, is_active=True)


def _set_active(account: Account, by: Account | None, now: datetime, *, is_active: bool) -> None:
    if account.is_active == is_active:
        return
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    verb = "open_account" if is_active else "close_account"
    write_audit(by=by, now=now, verb=verb, on=account, key=account.email)


def _reaching(scope: Scope | None, now: datetime) -> set[int]:
    """The scopes a role may be held for so that it reaches this one: itself and the units above."""
    if scope is None:
        return set()
    unit = Unit.objects.filter(scope=scope).first()
    above = unit_tree(timezone.localdate(now)).scopes_of([unit.pk]) if unit else set()
    return above | {scope.pk}


def _is_last_keeper(grant: Grant, day: date) -> bool:
    """Whether without this role nobody who can sign in could give roles for everything."""
    keepers = [role.key for role in ROLES.values() if Permission.MANAGE_ACCOUNTS in role.permissions]
    if grant.scope_id is not None or grant.role not in keepers:
        return False
    others = (
        Grant.objects.current()
        .select_for_update()
        .filter(role__in=keepers, scope__isnull=True, account__is_active=True)
        .exclude(pk=grant.pk)
    )
    return not any(
        (other.starts_on is None or other.starts_on <= day)
        and (other.ends_on is None or day <= other.ends_on)
        for other in others
    )
