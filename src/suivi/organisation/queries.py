"""Questions about units and roles. A `UnitTree` is read whole: there are hundreds of units, not millions."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from suivi.core.clock import end_of
from suivi.core.models import Account
from suivi.organisation.models import Deputy
from suivi.organisation.rules import PERMISSION_WORDS, Held, Permission, is_allowed
from suivi.values.errors import NotAllowed
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


@dataclass(frozen=True)
class UnitNode:
    """A unit as it was called and placed on one day."""

    pk: int
    key: str
    kind: str
    scope_id: int
    name: Text
    short_name: str
    parent_id: int | None
    starts_on: date | None
    ends_on: date | None

    def exists_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


@dataclass(frozen=True)
class UnitTree:
    """All units as of a day, closed ones included (their history still names them)."""

    day: date
    nodes: Mapping[int, UnitNode]
    children: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)

    def __getitem__(self, pk: int) -> UnitNode:
        return self.nodes[pk]

    def get(self, pk: int | None) -> UnitNode | None:
        return None if pk is None else self.nodes.get(pk)

    @cached_property
    def by_key(self) -> Mapping[str, UnitNode]:
        return {node.key: node for node in self.nodes.values()}

    def ancestors(self, pk: int) -> Iterator[UnitNode]:
        """The unit and those above it, upward; a loop in the data ends the walk."""
        seen: set[int] = set()
        here: int | None = pk
        while here is not None and here not in seen and here in self.nodes:
            seen.add(here)
            yield self.nodes[here]
            here = self.nodes[here].parent_id

    def below(self, pk: int) -> Iterator[UnitNode]:
        """The unit and those below it, downward."""
        seen: set[int] = set()
        waiting = [pk]
        while waiting:
            here = waiting.pop()
            if here in seen or here not in self.nodes:
                continue
            seen.add(here)
            yield self.nodes[here]
            waiting.extend(reversed(self.children.get(here, ())))

    def walk(self) -> Iterator[tuple[int, UnitNode]]:
        """Depth and unit, top down, for lists that show the tree. Units in a loop come last."""
        seen: set[int] = set()
        for top in (*self.children.get(None, ()), *self.nodes):
            waiting = [(0, top)]
            while waiting:
                depth, pk = waiting.pop()
                if pk in seen:
                    continue
                seen.add(pk)
                yield depth, self.nodes[pk]
                waiting.extend((depth + 1, child) for child in reversed(self.children.get(pk, ())))

    def scopes_of(self, pks: Iterable[int]) -> set[int]:
        """The scopes a role may be given for so that it reaches these units."""
        return {node.scope_id for pk in pks for node in self.ancestors(pk)}


# Written by hand, as below: the tree is read for every page and by every command.
_VERSIONS = """
SELECT version.id, version.starts_on, unit.id, unit.key, unit.kind, unit.scope_id,
    version.name, version.short_name, version.parent_id, unit.starts_on, unit.ends_on
FROM organisation_unitversion version JOIN organisation_unit unit ON unit.id = version.unit_id
WHERE version.recorded_at <= %(known_at)s
AND (version.superseded_at IS NULL OR version.superseded_at > %(known_at)s)
"""


@lru_cache(8192)
def _name(stored: str) -> Text:
    """A name from its JSON; the same are read all day."""
    return Text.from_json(json.loads(stored))


def unit_tree(day: date) -> UnitTree:
    """The units as of a day: one query at any size."""
    known_at = connection.ops.adapt_datetimefield_value(end_of(day))
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, {"known_at": known_at})
        versions = cursor.fetchall()
    nodes: dict[int, UnitNode] = {}
    for _pk, starts_on, unit, key, kind, scope, name, *version in sorted(versions, key=_by_unit_and_day):
        # The version in force; before the first and after the last one, the nearest there is.
        if unit not in nodes or starts_on is None or starts_on <= day:
            nodes[unit] = UnitNode(unit, key, kind, scope, _name(name), *version)
    children: dict[int | None, list[int]] = {}
    for node in nodes.values():
        parent = node.parent_id if node.parent_id in nodes else None
        children.setdefault(parent, []).append(node.pk)
    return UnitTree(day, nodes, {k: tuple(v) for k, v in children.items()})


def _by_unit_and_day(version: tuple[Any, ...]) -> tuple[str, date, int]:
    """Units by their keys, the versions of each from the first; one without a first day opens the row."""
    pk, starts_on, _unit, key, *_others = version
    return key, starts_on or date.min, pk


@dataclass(frozen=True)
class Authority:
    """What one account may do on one day; read once per request."""

    account: Account | None
    day: date
    held: tuple[Held, ...]

    def allows(self, permission: Permission, scope_ids: Iterable[int] = ()) -> bool:
        return is_allowed(self.held, permission, scope_ids, self.day)

    def allows_somewhere(self, permission: Permission) -> bool:
        """Whether any role held today gives the permission, for whatever scope."""
        return any(permission in one.permissions for one in self.held if one.is_active(self.day))

    def require(self, permission: Permission, scope_ids: Iterable[int] = ()) -> None:
        """Stop with NotAllowed unless the account may do this on one of these scopes."""
        if not self.allows(permission, scope_ids):
            raise NotAllowed(
                gettext_noop("Your roles do not let you do this here (%(permission)s)."),
                {"permission": PERMISSION_WORDS[permission]},
                gettext_noop("Ask the plan manager for the role, or to do it for you."),
            )

    def roles(self) -> set[str]:
        return {one.role for one in self.held}


# Written by hand: to build it anew from its parts takes longer than the database takes to answer.
_HELD = """
SELECT role, scope_id, starts_on, ends_on, account_id FROM organisation_grant
WHERE superseded_at IS NULL AND (account_id = %(account)s OR account_id IN (
    SELECT away.id FROM organisation_deputy deputy JOIN core_account away ON away.id = deputy.account_id
    WHERE deputy.deputy_id = %(account)s AND deputy.superseded_at IS NULL AND away.is_active
    AND deputy.starts_on <= %(day)s AND deputy.ends_on >= %(day)s))
"""


def authority_of(account: Account | None, day: date) -> Authority:
    """The authority of an account; nobody signed in holds nothing."""
    if account is None or not account.is_active:
        return Authority(account, day, ())
    today = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"account": account.pk, "day": today})
        rows = cursor.fetchall()
    held = (
        Held(role, scope, starts_on, ends_on, as_deputy=owner != account.pk)
        for role, scope, starts_on, ends_on, owner in rows
    )
    # The days are looked at here: somebody holds a handful of roles, and this is asked all the time.
    return Authority(account, day, tuple(one for one in held if one.is_active(day)))


def represented_by(account: Account, day: date) -> QuerySet[Deputy, Any]:
    """The primary keys of the accounts that this one acts for on a day."""
    rows = Deputy.objects.current().filter(deputy=account, starts_on__lte=day, ends_on__gte=day)
    return rows.values("account")


def require(by: Account | None, permission: Permission, on: Iterable[int] = (), *, now: datetime) -> None:
    """Stop with NotAllowed unless the account may do this on one of these scopes.

    `by` None is the command line: who can run it owns the database already.
    """
    if by is None:
        return
    authority_of(by, timezone.localdate(now)).require(permission, on)
