"""Roles as people hold them, in words: which role, for what, from when until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from suivi.organisation.models import Grant
from suivi.organisation.queries import UnitTree
from suivi.organisation.rules import ROLES
from suivi.plan.models import Edition, Plan
from suivi.plan.queries import editions_on
from suivi.web.templatetags.suivi import plain


class Time(StrEnum):
    """Where a role stands in time."""

    HELD = "held"
    TO_COME = "to_come"
    OVER = "over"


@dataclass(frozen=True)
class RoleHeld:
    """One role of one person. `scope` is the unit or the plan by name, or that it counts for everything."""

    grant: Grant
    role: str
    scope: str
    address: str
    time: Time


@dataclass(frozen=True)
class ScopeNames:
    """Names and addresses of what roles can be given for, by the key of the scope."""

    names: Mapping[int, tuple[str, str]]

    def of(self, scope_id: int | None) -> tuple[str, str]:
        """Name and address; everything has no address."""
        if scope_id is None:
            return _("everything"), ""
        return self.names.get(scope_id, ("", ""))


def scope_names(tree: UnitTree) -> ScopeNames:
    """All units and plans as called on the day of the tree: three queries at any size."""
    titles = {e.plan_id: e for e in editions_on(tree.day).only("title", "plan", "plan__slug")}
    names = {plan.scope_id: _plan(plan, titles.get(plan.pk)) for plan in Plan.objects.all()}
    for node in tree.nodes.values():
        names[node.scope_id] = (plain(node.name), reverse("unit", args=[node.key]))
    return ScopeNames(names)


def _plan(plan: Plan, edition: Edition | None) -> tuple[str, str]:
    return (plain(edition.title) if edition else "") or plan.slug, reverse("plan", args=[plan.slug])


def roles_held(grants: Iterable[Grant], scopes: ScopeNames, day: date) -> list[RoleHeld]:
    """These roles in words, in their order."""
    found = []
    for grant in grants:
        name, address = scopes.of(grant.scope_id)
        role = str(ROLES[grant.role].name) if grant.role in ROLES else grant.role
        found.append(RoleHeld(grant, role, name, address, _time(grant, day)))
    return found


def _time(grant: Grant, day: date) -> Time:
    if grant.starts_on is not None and day < grant.starts_on:
        return Time.TO_COME
    return Time.OVER if grant.ends_on is not None and grant.ends_on < day else Time.HELD
