"""Who acts for whom: absences, officers-in-charge, delegations."""

from datetime import date, datetime

from django.db import transaction

from suivi.core.commands import supersede, write_audit, write_row
from suivi.core.models import Account
from suivi.organisation.models import Deputy
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop


@transaction.atomic
def name_deputy(
    *,
    by: Account | None,
    now: datetime,
    account: Account,
    deputy: Account | None,
    kind: str,
    starts_on: date,
    ends_on: date,
) -> Deputy:
    """Say who acts for an account in these days; the person says so, or who keeps accounts.

    The same said twice is one. Raises RuleBroken where somebody else was named for one of the days.
    """
    _require(by, account, now)
    current = Deputy.objects.current().filter(account=account)
    said: Deputy | None = current.filter(
        deputy=deputy, kind=kind, starts_on=starts_on, ends_on=ends_on
    ).first()
    if said is not None:
        return said
    if (other := current.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()) is not None:
        raise RuleBroken(
            gettext_noop("From %(first)s to %(last)s something else was said already."),
            {"first": other.starts_on.isoformat(), "last": other.ends_on.isoformat()},
            gettext_noop("End that first, or choose other days."),
        )
    row = Deputy(
        account=account,
        deputy=deputy,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=now,
        recorded_by=by,
    )
    write_row(row)
    _audit(row, "name_deputy", by, now)
    return row


@transaction.atomic
def end_deputy(*, by: Account | None, now: datetime, deputy: Deputy) -> None:
    """Take it back; what the deputy did meanwhile stays."""
    _require(by, deputy.account, now)
    supersede(deputy, by=by, now=now)
    _audit(deputy, "end_deputy", by, now)


def _require(by: Account | None, account: Account, now: datetime) -> None:
    if by != account:
        require(by, Permission.MANAGE_ACCOUNTS, now=now)


def _audit(row: Deputy, verb: str, by: Account | None, now: datetime) -> None:
    details = {
        "account": row.account.name,
        "deputy": row.deputy.name if row.deputy else "",
        "kind": str(row.kind),
        "day": row.starts_on.isoformat(),
        "until": row.ends_on.isoformat(),
    }
    write_audit(by=by, now=now, verb=verb, on=row, key=row.account.email, details=details)
