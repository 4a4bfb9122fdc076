"""What the pages of units show: the tree with its counts, and what one unit owes, by when."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from suivi.organisation.models import UnitKind
from suivi.organisation.queries import UnitNode, UnitTree
from suivi.organisation.rules import ROLES
from suivi.organisation.unit_records import people_of_scopes, record_of, successors_of_all
from suivi.plan.models import ResponsibilityRole
from suivi.plan.queries.editions import PlanInForce, PlansInForce, plans_in_force
from suivi.plan.queries.units_owe import (
    EVERYTHING,
    FIRST,
    Due,
    HeldDeliverable,
    Owed,
    UnitCounts,
    UnitDesk,
    counts_of_units,
    desk_of_units,
)
from suivi.plan.rules import StepState, WindowState, quarter_of, window_state
from suivi.web.addresses import PlanAddresses, unit_address
from suivi.web.drawings import shape
from suivi.web.kept import kept
from suivi.web.labels import internal_mark
from suivi.web.looked_at import tree_looked_at
from suivi.web.requests import Request
from suivi.web.templatetags.suivi import plain, words

DUE_WORDS = {
    Due.LATE: gettext_lazy("Late"),
    Due.THIS_QUARTER: gettext_lazy("Due this quarter"),
    Due.LATER: gettext_lazy("Later"),
}
EMPTY_WORDS = {
    Due.LATE: gettext_lazy("Nothing is late."),
    Due.THIS_QUARTER: gettext_lazy("Nothing more is due this quarter."),
    Due.LATER: gettext_lazy("Nothing is planned for later."),
}
WINDOW_WORDS = {
    WindowState.NOT_OPEN: gettext_lazy("not open yet"),
    WindowState.OPEN: pgettext_lazy("time frame", "open"),
    WindowState.CLOSES_SOON: gettext_lazy("closes within 30 days"),
    WindowState.CLOSED: gettext_lazy("closed"),
    WindowState.NONE: gettext_lazy("no time frame stated"),
}

BYTES_OF_A_ROW = 2500
LONGEST_TITLE = 70  # of a plan, in the filter
_COUNT = '<td class="number right" data-label="{}">{}</td>'


@dataclass(frozen=True)
class UnitLine:
    """A unit in the tree, with its own counts and how deep it stands."""

    node: UnitNode
    href: str
    depth: int
    counts: UnitCounts
    is_closed: bool
    successors: Sequence[UnitNode]


@dataclass(frozen=True)
class DueGroup:
    """One stretch of time with its words."""

    due: Due
    title: str | Promise
    empty: str | Promise
    count: int
    items: Sequence[Mapping[str, Any]]


def units_page(request: Request) -> dict[str, Any]:
    """The tree of units with their counts; closed ones are marked and name their successors."""
    tree = tree_looked_at(request)
    counts = counts_of_units(request.day)
    followed = successors_of_all()
    lines = [
        UnitLine(
            node=node,
            href=unit_address(node.key),
            depth=min(depth, 6),
            counts=counts.get(node.pk, UnitCounts()),
            is_closed=not node.exists_on(request.day),
            successors=[tree[pk] for pk in followed.get(node.pk, ()) if pk in tree.nodes],
        )
        for depth, node in tree.walk()
    ]
    return {"title": _("Units"), "lines": lines}


def unit_page(request: Request, key: str) -> dict[str, Any]:
    """What the unit of the address owes as of the day, alone or with the units below it."""
    tree = tree_looked_at(request)
    node = tree.by_key.get(key)
    if node is None:
        raise Http404(_("There is no unit with this name."))
    in_force = plans_in_force(request.day)
    plans = in_force.plans
    plan = next((one for one in plans if one.slug == request.GET.get("plan")), None)
    below = list(tree.below(node.pk))
    units = [one.pk for one in below] if request.GET.get("below") else [node.pk]
    asked = in_force.only(plan) if plan else in_force
    owing = _Owing(request, tree, asked, units, has_many_plans=len(plans) > 1)
    record = record_of(node.pk, request.day)
    return {
        "title": plain(node.name),
        "node": node,
        "kind": UnitKind(node.kind).label,
        "above": [above for above in reversed(list(tree.ancestors(node.pk))) if above.pk != node.pk],
        "exists": node.exists_on(request.day),
        # That one unit follows another shows once the earlier one is closed, not before.
        "predecessors": [one for one in _nodes(tree, record.predecessors) if not one.exists_on(request.day)],
        "successors": [] if node.exists_on(request.day) else _nodes(tree, record.successors),
        "units_below": below[1:],
        "with_below": len(units) > 1,
        "quarter": quarter_of(request.day),
        "plans": plans,
        "plan_options": _options(plans, plan),
        "chosen_plan": plan,
        "is_all": owing.first == EVERYTHING,
        "first": FIRST,
        "internal_mark": internal_mark(),
        "people": _people(request, [tree[pk] for pk in units]),
        "names": record.names,
        **owing.context(),
    }


def _nodes(tree: UnitTree, units: Sequence[int]) -> list[UnitNode]:
    return [tree[pk] for pk in units if pk in tree.nodes]


def _people(request: Request, nodes: Sequence[UnitNode]) -> list[dict[str, Any]]:
    names = {node.scope_id: node for node in nodes}
    return [
        {
            "account": grant.account,
            "role": ROLES[grant.role].name if grant.role in ROLES else grant.role,
            "node": names[grant.scope_id],
        }
        for grant in people_of_scopes(list(names), request.day)
        if grant.scope_id is not None
    ]


def _options(plans: Sequence[PlanInForce], chosen: PlanInForce | None) -> SafeString:
    """The choices of the filter. There may be hundreds of plans, so they are written in one go."""
    language = get_language() or "en"
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (
                one.slug,
                mark_safe(" selected") if one is chosen else "",
                _shortened(one.title.shown(language).text or one.slug),
            )
            for one in plans
        ),
    )


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else textwrap.shorten(title, LONGEST_TITLE, placeholder="…")


@dataclass(frozen=True)
class _Owing:
    """What units owe and hold, in rows that the template only writes down."""

    request: Request
    tree: UnitTree
    in_force: PlansInForce
    units: Sequence[int]
    has_many_plans: bool

    @property
    def first(self) -> int:
        return EVERYTHING if self.request.GET.get("all") else FIRST

    def context(self) -> dict[str, Any]:
        desk = self._desk()
        shown = {one.deliverable.plan for group in desk.owed for one in group.items}
        shown |= {one.deliverable.plan for role in desk.held for one in role.items}
        plans = [one for one in self.in_force.plans if one.slug in shown]
        titles = {one.slug: words(one.title) or one.slug for one in plans} if self.has_many_plans else {}
        addresses = {one.slug: PlanAddresses(one.slug) for one in plans}
        write = _RowWriter(self.tree, titles, addresses, many_units=len(self.units) > 1)
        groups = [
            DueGroup(
                group.due,
                DUE_WORDS[group.due],
                EMPTY_WORDS[group.due],
                group.count,
                [write.owed(one) for one in group.items],
            )
            for group in desk.owed
        ]
        roles = [
            {
                "role": role.role,
                "label": role.role.label,
                "count": role.count,
                "lines": [write.held(one) for one in role.items],
            }
            for role in desk.held
        ]
        return {
            "groups": groups,
            "roles": roles,
            "unit_counts": self._unit_counts(desk.by_unit),
            "is_cut": desk.is_cut,
        }

    def _desk(self) -> UnitDesk:
        """What these units owe and hold. It rests on plans: names of units and roles change nothing in it."""
        plans = tuple(one.edition for one in self.in_force.plans)
        return kept(
            self.request,
            ("desk", tuple(self.units), self.request.day, plans, self.first),
            lambda: desk_of_units(self.units, self.request.day, self.in_force, first=self.first),
            _weight_of,
            mend=lambda desk, written: None if any(about.plan for about in written) else desk,
        )

    def _unit_counts(self, by_unit: Mapping[int, Mapping[str, int]]) -> dict[str, Any] | None:
        """What many units hold, unit by unit, for the responsibilities that occur; None of few."""
        if not by_unit:
            return None
        held = set().union(*by_unit.values())
        roles = [role for role in ResponsibilityRole if role in held]
        nodes = [self.tree[pk] for pk in self.units if pk in by_unit]
        rows = [
            format_html(
                '<tr><th scope="row"><a href="{}">{}</a></th>{}</tr>',
                unit_address(node.key),
                words(node.name),
                format_html_join(
                    "", _COUNT, ((role.label, by_unit[node.pk].get(role, "–")) for role in roles)
                ),
            )
            for node in nodes
        ]
        return {"labels": [role.label for role in roles], "rows": rows}


def _weight_of(desk: UnitDesk) -> int:
    listed = sum(len(one.items) for one in desk.owed) + sum(len(one.items) for one in desk.held)
    return BYTES_OF_A_ROW * (listed + len(desk.by_unit))


@dataclass(frozen=True)
class _RowWriter:
    tree: UnitTree
    titles: Mapping[str, Any]
    addresses: Mapping[str, PlanAddresses]
    many_units: bool

    def owed(self, one: Owed) -> dict[str, Any]:
        node = self.tree.get(one.unit)
        return {
            **self._name(one),
            "due_on": one.due_on,
            "title": words(one.title),
            "is_milestone": bool(one.milestone),
            "state": _step_tag(one.state) if one.state else "",
            "adopted_end_on": one.adopted_end_on,
            "unit": words(node.name) if node and self.many_units else "",
        }

    def held(self, one: HeldDeliverable) -> dict[str, Any]:
        node = self.tree.get(one.unit)
        named = one.deliverable
        state = window_state(named.starts_on, named.ends_on, self.tree.day)
        return {
            **self._name(one),
            "window": named.window,
            "ends_on": named.ends_on,
            "state": WINDOW_WORDS[state],
            "since": one.since,
            "unit": words(node.name) if node and self.many_units else "",
        }

    def _name(self, one: Owed | HeldDeliverable) -> dict[str, Any]:
        name = one.deliverable
        return {
            "href": self.addresses[name.plan].deliverable(name.key),
            "number": name.number,
            "number_is_internal": name.number_is_internal,
            "deliverable": words(name.title) or words(name.text),
            "plan": self.titles.get(name.plan, ""),
        }


def _step_tag(state: StepState) -> SafeString:
    """The state of a milestone that is not done, as shape and word."""
    tint, drawn, label = {
        StepState.LATE: ("bad", "off_track", _("late")),
        StepState.DUE_SOON: ("warn", "at_risk", _("due within 30 days")),
    }.get(state, ("", "not_started", _("planned")))
    return format_html('<span class="tag {}">{} {}</span>', tint, shape(drawn), label)
