"""People by what they may do: whom a remark can mention, and for which units somebody is the one to act."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Q, QuerySet, When

from suivi.core.models import Account
from suivi.monitoring.rules.mentions import Person
from suivi.organisation.models import Deputy, Grant
from suivi.organisation.queries import Authority, UnitTree
from suivi.organisation.rules import ROLES, Permission


def people_inside(day: date) -> list[Person]:
    """The people who work inside on a day, by name."""
    rows = (
        Account.objects.filter(
            is_active=True, pk__in=_grants(Permission.READ_MANAGEMENT, day).values("account")
        )
        .order_by("name", "pk")
        .values_list("pk", "name", "email")
    )
    return [Person(*row) for row in rows]


def units_to_act_for(authority: Authority, permission: Permission, tree: UnitTree) -> set[int]:
    """The units for which this account is the one to act: to report, or to clear.

    That is who holds the permission for the unit itself, or for the nearest unit above for which anybody
    does. Who holds it for a whole plan or for everything may act everywhere, but is not waited for.
    """
    own = {
        one.scope_id
        for one in authority.held
        if one.scope_id is not None and permission in one.permissions and one.is_active(authority.day)
    }
    if not own:
        return set()
    anybody = set(
        _grants(permission, authority.day).filter(scope__unit__isnull=False).values_list("scope", flat=True)
    )
    holders = anybody | own
    return {pk for pk in tree.nodes if _nearest(pk, holders, tree) in own}


def who_reports(units: Iterable[int], tree: UnitTree, day: date) -> dict[int, Account]:
    """Whom to write to about what a unit owes, by unit: its focal point, else who else reports for it.

    The nearest unit above answers for one that has nobody. Of several the first by name is named.
    """
    by_scope: dict[int, Account] = {}
    held = _grants(Permission.REPORT_PROGRESS, day).filter(scope__unit__isnull=False)
    # A director reports too, but the focal point is the one to ask: so it comes last, and stays.
    order = (Case(When(role="focal_point", then=1), default=0), "-account__name", "-account")
    for grant in held.select_related("account").order_by(*order):
        by_scope[grant.scope_id or 0] = grant.account
    found = {pk: by_scope.get(_nearest(pk, set(by_scope), tree) or 0) for pk in units}
    return {pk: account for pk, account in found.items() if account}


def acting_for(absent: Iterable[Account], day: date) -> dict[int, Account]:
    """Who acts on a day for those of these people who are away, by the primary key of who is away."""
    rows = Deputy.objects.current().filter(
        account__in=[one.pk for one in absent],
        deputy__is_active=True,
        starts_on__lte=day,
        ends_on__gte=day,
    )
    return {row.account_id: row.deputy for row in rows.select_related("deputy").order_by("-pk") if row.deputy}


def _nearest(pk: int, scopes: set[int], tree: UnitTree) -> int | None:
    return next((node.scope_id for node in tree.ancestors(pk) if node.scope_id in scopes), None)


def _grants(permission: Permission, day: date) -> QuerySet[Grant]:
    roles = [key for key, role in ROLES.items() if permission in role.permissions]
    return Grant.objects.current().filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        role__in=roles,
        account__is_active=True,
    )
