"""Who there is and who holds which role: questions for the pages of people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from suivi.core.clock import end_of
from suivi.core.models import Account
from suivi.organisation.models import Grant
from suivi.organisation.queries import Authority, UnitNode, UnitTree
from suivi.organisation.rules import ROLES, Permission
from suivi.values.folding import fold


def grants_on(day: date) -> QuerySet[Grant]:
    """The roles held on a day, as the record knew them on that day."""
    grants: QuerySet[Grant] = Grant.objects.known_at(end_of(day)).filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )
    return grants


def grants_known_on(day: date, account: Account) -> QuerySet[Grant]:
    """All roles of one person as the record knew them on a day: held, to come, and over."""
    grants: QuerySet[Grant] = Grant.objects.known_at(end_of(day)).filter(account=account)
    return grants.order_by("starts_on", "pk")


def who_may(permission: Permission, day: date) -> QuerySet[Account]:
    """The people whose role for the whole installation lets them do something: whom to ask."""
    roles = [role.key for role in ROLES.values() if permission in role.permissions]
    grants = Grant.objects.current().filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        role__in=roles,
        scope__isnull=True,
    )
    return Account.objects.filter(is_active=True, pk__in=grants.values("account")).order_by("name")


def may_anywhere(authority: Authority, permission: Permission) -> bool:
    """Whether any role held today gives the permission, for whatever it was given."""
    return any(
        held.role in ROLES and permission in ROLES[held.role].permissions and held.is_active(authority.day)
        for held in authority.held
    )


def units_held(authority: Authority, tree: UnitTree) -> list[UnitNode]:
    """The units for which an account holds a role; one that stands below another of them is left out."""
    scopes = {held.scope_id for held in authority.held}
    units = [node for node in tree.nodes.values() if node.scope_id in scopes]
    keys = {node.pk for node in units}
    return [node for node in units if not keys & {above.pk for above in _above(tree, node)}]


def _above(tree: UnitTree, node: UnitNode) -> Iterator[UnitNode]:
    return (above for above in tree.ancestors(node.pk) if above.pk != node.pk)


def with_those_below(tree: UnitTree, units: Iterable[UnitNode]) -> dict[int, set[int]]:
    """Unit to the primary keys of itself and all units below it."""
    return {unit.pk: {below.pk for below in tree.below(unit.pk)} for unit in units}


@dataclass(frozen=True)
class Listed:
    """A person of the directory with the roles held on the day."""

    account: Account
    grants: list[Grant]


def directory_on(day: date, words: str = "", role: str = "", *, with_closed: bool = False) -> list[Listed]:
    """The people who had an account by that day and may sign in: with the words in their name, with the role.

    Two queries at any size; accents and case are folded, on both databases alike.
    """
    wanted = fold(words)
    accounts = Account.objects.filter(created_at__lte=end_of(day))
    if not with_closed:
        accounts = accounts.filter(is_active=True)
    people = [one for one in accounts if wanted in fold(one.name)]
    people.sort(key=lambda one: (fold(one.name), one.pk))
    held: dict[int, list[Grant]] = {}
    for grant in grants_on(day).select_related("scope").order_by("starts_on", "pk"):
        held.setdefault(grant.account_id, []).append(grant)
    listed = [Listed(one, held.get(one.pk, [])) for one in people]
    return [one for one in listed if not role or any(grant.role == role for grant in one.grants)]
