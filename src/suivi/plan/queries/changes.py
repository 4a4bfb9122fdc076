"""What changed in plans: lines of the audit trail, chosen by plan, deliverable, person and days."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from suivi.core.clock import end_of
from suivi.core.models import Account, AuditEntry
from suivi.plan.queries.on_day import responsibilities_on


def changes_of_plans(
    slugs: Iterable[str], *, until: date, since: datetime | None = None
) -> QuerySet[AuditEntry]:
    """The lines about these plans, newest first: after a moment, up to the end of a day."""
    found = AuditEntry.objects.filter(plan_slug__in=list(slugs), at__lte=end_of(until))
    return found if since is None else found.filter(at__gt=since)


def about_deliverables(
    entries: QuerySet[AuditEntry], keys: Collection[tuple[str, str]]
) -> QuerySet[AuditEntry]:
    """Of these lines, those about the deliverables named by plan and key."""
    by_plan: dict[str, list[str]] = {}
    for slug, key in keys:
        by_plan.setdefault(slug, []).append(key)
    wanted = Q(pk__in=[])
    for slug, of_plan in by_plan.items():
        wanted |= Q(plan_slug=slug, object_key__in=of_plan)
    return entries.filter(wanted, object_kind="deliverable")


def by_others(entries: QuerySet[AuditEntry], account: Account) -> QuerySet[AuditEntry]:
    """Of these lines, those that somebody else wrote, or the command line."""
    return entries.filter(Q(by__isnull=True) | ~Q(by=account))


def changes_by(account: Account, *, until: date) -> QuerySet[AuditEntry]:
    """What one person did, newest first."""
    return AuditEntry.objects.filter(by=account, at__lte=end_of(until))


def between_days(
    entries: QuerySet[AuditEntry], first: date | None, last: date | None
) -> QuerySet[AuditEntry]:
    """Of these lines, those written from a first to a last day, both included."""
    if first is not None:
        entries = entries.filter(at__gt=end_of(first - timedelta(days=1)))
    return entries if last is None else entries.filter(at__lte=end_of(last))


def deliverables_of_units(day: date, units: Collection[int]) -> set[tuple[str, str]]:
    """Plan and key of the deliverables with which these units have anything to do on a day."""
    rows = responsibilities_on(day).filter(unit__in=units)
    return set(rows.values_list("deliverable__plan__slug", "deliverable__key").order_by())
