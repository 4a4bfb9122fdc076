"""What the page of a person shows, and to whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from suivi.core.models import Account
from suivi.organisation.directory import grants_known_on, grants_on, may_anywhere, units_held
from suivi.organisation.queries import Authority, UnitNode, UnitTree, unit_tree
from suivi.organisation.rules import Held as HeldRole
from suivi.organisation.rules import Permission
from suivi.plan.queries.changes import changes_by
from suivi.plan.queries.of_person import Desk, Held, desk_of
from suivi.values.errors import NotAllowed
from suivi.values.messages import gettext_noop
from suivi.web.audit_names import names_in
from suivi.web.audit_words import DayOfChanges, in_words
from suivi.web.requests import Request
from suivi.web.roles_held import RoleHeld, Time, roles_held, scope_names

MOST_CHANGES = 20
MOST_OF_UNIT = 12


@dataclass
class UnitShelf:
    """A unit the person works for, with the deliverables it answers for; `more` are not listed."""

    unit: UnitNode
    held: list[Held] = field(default_factory=list)
    more: int = 0


def may_keep_people(request: Request) -> bool:
    """Whether the reader may add people and give roles, for whatever that is."""
    return may_anywhere(request.authority, Permission.MANAGE_ACCOUNTS)


def require_keeper(request: Request) -> None:
    """Stop with NotAllowed unless the reader may add people and give roles."""
    if not may_keep_people(request):
        raise NotAllowed(
            gettext_noop("Accounts and roles are kept by others."),
            hint=gettext_noop("Ask the plan manager to add a person or to give a role."),
        )


def person_page(request: Request, account: Account) -> dict[str, Any]:
    """Everything the page of a person shows: a constant number of queries."""
    day, tree = request.day, unit_tree(request.day)
    grants = list(grants_known_on(day, account).select_related("scope"))
    units = units_held(_authority_then(account, request), tree)
    desk = desk_of(account, day, [unit.pk for unit in units])
    is_self = request.user == account
    return {
        "section": "people",
        "person": account,
        "is_self": is_self,
        "tree": tree,
        "roles": [
            (role, _may_withdraw(request, role, tree)) for role in roles_held(grants, scope_names(tree), day)
        ],
        "desk": desk,
        "units": _by_unit(desk, units),
        "changes": _changes(request, account, tree, is_self=is_self),
        "can_keep": may_keep_people(request) and not request.is_past,
        "can_keep_all": request.authority.allows(Permission.MANAGE_ACCOUNTS) and not request.is_past,
    }


def _may_withdraw(request: Request, role: RoleHeld, tree: UnitTree) -> bool:
    if role.time is Time.OVER or role.grant.superseded_at is not None or request.is_past:
        return False
    scope = role.grant.scope_id
    above = [node.pk for node in tree.nodes.values() if node.scope_id == scope]
    reaching = tree.scopes_of(above) | ({scope} if scope else set())
    return request.authority.allows(Permission.MANAGE_ACCOUNTS, reaching)


def _authority_then(account: Account, request: Request) -> Authority:
    """What the person held on the day looked at, as the record knew it then."""
    grants = grants_on(request.day).filter(account=account)
    held = tuple(HeldRole(one.role, one.scope_id, one.starts_on, one.ends_on) for one in grants)
    return Authority(account, request.day, held)


def _by_unit(desk: Desk, units: Iterable[UnitNode]) -> list[UnitShelf]:
    shelves = {unit.pk: UnitShelf(unit) for unit in units}
    for held in desk.of_units:
        shelf = shelves[held.responsibility.unit_id]
        if len(shelf.held) < MOST_OF_UNIT:
            shelf.held.append(held)
        else:
            shelf.more += 1
    return list(shelves.values())


def _changes(
    request: Request, account: Account, tree: UnitTree, *, is_self: bool
) -> list[DayOfChanges] | None:
    """What the person did lately; None where the reader may not know."""
    if not is_self and not request.authority.allows(Permission.READ_AUDIT):
        return None
    lines = list(changes_by(account, until=request.day)[:MOST_CHANGES])
    return in_words(lines, names_in(lines, request.day, tree))
