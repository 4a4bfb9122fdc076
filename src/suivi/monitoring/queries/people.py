"""People by what they may do: whom a remark can mention, and for which units somebody is the one to act."""

from datetime import date

from django.db.models import Q, QuerySet

from suivi.core.models import Account
from suivi.monitoring.rules.mentions import Person
from suivi.organisation.models import Grant
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
