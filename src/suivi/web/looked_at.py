"""A plan on the two days looked at, read once for all who may see as much of it.

After somebody wrote about some deliverables these alone are read again: in a plan of thousands with a long
record that is the difference between an answer at once and one to wait for.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from suivi.core.kept import About
from suivi.monitoring.models import EvidenceUse
from suivi.monitoring.queries.agreed import Agreed, agreed_on
from suivi.monitoring.queries.dashboard import Dashboard, dashboard_of
from suivi.monitoring.queries.sheets import settings_on
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.monitoring.rules.settings import PlanSettings
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.plan.models import Deliverable, Edition, Plan
from suivi.plan.queries.overview import Overview, overview_again, overview_of
from suivi.web.access import sees_management
from suivi.web.kept import kept
from suivi.web.requests import Request
from suivi.web.standing import Standing

# As measured with a long record.
BYTES_OF_A_LINE, BYTES_OF_A_SIGNAL, BYTES_OF_A_UNIT = 5200, 150, 900
# What lines of the trail are about that no deliverable rests on.
_BESIDE = {"paper", "papersection", "example", "sample", "sampledupdate", "lesson", "guidance", "round"}

Told = TypeVar("Told")


@dataclass(frozen=True)
class PlanLookedAt:
    """An edition on two days. Requests share it, so it is only read.

    `states` and `tree` are for readers inside; `agreed` is what those from outside see of where it stands.
    """

    up_to: date
    overview: Overview
    settings: PlanSettings
    is_inside: bool
    states: Mapping[int, StateOnDay] = field(default_factory=dict)
    agreed: Mapping[int, Agreed] = field(default_factory=dict)
    tree: UnitTree | None = None

    @property
    def dashboard(self) -> Dashboard | None:
        """For readers inside."""
        if self.tree is None:
            return None
        as_of = self.overview.day
        return Dashboard(self.up_to, as_of, self.overview, self.tree, self.settings, self.states)

    def standing(self) -> Standing:
        """Where the deliverables stand, in the language of the request."""
        return Standing(self.settings, self.is_inside, self.states, self.agreed)

    def weight(self) -> int:
        """About how many bytes it takes, without the units, which all plans share."""
        return BYTES_OF_A_LINE * len(self.overview.lines)

    def again(self, deliverables: Collection[int]) -> "PlanLookedAt":
        """The same with these deliverables as they are now."""
        if not deliverables:
            return self
        overview = overview_again(self.overview, deliverables, is_inside=self.is_inside)
        days = (overview.edition, self.up_to, overview.day, deliverables)
        if self.is_inside:
            return replace(self, overview=overview, states=_put(self.states, states_of(*days), deliverables))
        return replace(self, overview=overview, agreed=_put(self.agreed, agreed_on(*days), deliverables))


def plan_looked_at(request: Request, plan: Plan, edition: Edition) -> PlanLookedAt:
    """An edition of the plan on the two days looked at, as far as the reader may see it."""
    is_inside = sees_management(request)
    question = ("plan", edition.pk, request.up_to, request.day, is_inside)

    def again(looked_at: PlanLookedAt, written: frozenset[About]) -> PlanLookedAt | None:
        touched = deliverables_touched(plan, written)
        return None if touched is None else looked_at.again(touched)

    looked_at = kept(
        request,
        question,
        lambda: _read(request, edition, is_inside),
        PlanLookedAt.weight,
        [plan.slug],
        again,
    )
    return replace(looked_at, tree=tree_looked_at(request)) if is_inside else looked_at


def told_of_deliverables(
    request: Request,
    plan: Plan,
    question: Hashable,
    read: Callable[[Collection[int] | None], dict[int, Told]],
    bytes_each: int,
) -> Mapping[int, Told]:
    """Deliverable to what `read` tells of it; only those that were written about since are read again.

    What it tells rests on the record of the plan and on nothing else: not on units, roles and people.
    """

    def again(told: Mapping[int, Told], written: frozenset[About]) -> Mapping[int, Told] | None:
        touched = deliverables_touched(plan, written)
        if touched is None:
            return None
        return _put(told, read(touched), touched) if touched else told

    return kept(
        request,
        ("told", question),
        lambda: read(None),
        lambda told: bytes_each * len(told),
        [plan.slug],
        again,
    )


def signals_looked_at(request: Request, plan: Plan, edition: Edition, up_to: date) -> Mapping[int, str]:
    """Deliverable to its signal up to an earlier day, as of the day looked at."""
    as_of = request.day

    def read(deliverables: Collection[int] | None) -> dict[int, str]:
        states = states_of(edition, up_to, as_of, deliverables)
        return {pk: str(state.signal.status) for pk, state in states.items()}

    question = ("signals", edition.pk, up_to, as_of)
    return told_of_deliverables(request, plan, question, read, BYTES_OF_A_SIGNAL)


def deliverables_touched(plan: Plan, written: Collection[About]) -> set[int] | None:
    """The deliverables of a plan (primary keys) that these lines concern; None where it may be any."""
    kinds: dict[str, set[str]] = {}
    for about in written:
        kinds.setdefault(about.kind, set()).add(about.key)
    if kinds.keys() - _BESIDE - {"deliverable", "evidence"}:
        return None
    touched: set[int] = set()
    if keys := kinds.get("deliverable"):
        touched |= {*Deliverable.objects.filter(plan=plan, key__in=keys).values_list("pk", flat=True)}
    if keys := kinds.get("evidence"):
        uses = EvidenceUse.objects.filter(evidence__key__in=keys).order_by()
        touched |= {*uses.values_list("update_row__deliverable_id", flat=True).distinct()}
    return touched


def tree_looked_at(request: Request) -> UnitTree:
    """The units as of the day looked at."""
    day = request.day
    return kept(request, ("units", day), lambda: unit_tree(day), _weight_of, [""])


def _weight_of(tree: UnitTree) -> int:
    return BYTES_OF_A_UNIT * len(tree.nodes)


def _read(request: Request, edition: Edition, is_inside: bool) -> PlanLookedAt:
    up_to, as_of = request.up_to, request.day
    if is_inside:
        data = dashboard_of(edition, up_to, as_of, tree_looked_at(request))
        return PlanLookedAt(up_to, data.overview, data.settings, is_inside, data.states)
    overview, settings = overview_of(edition, as_of, is_inside=False), settings_on(edition, as_of)
    return PlanLookedAt(up_to, overview, settings, is_inside, agreed=agreed_on(edition, up_to, as_of))


def _put(old: Mapping[int, Told], new: Mapping[int, Told], read: Collection[int]) -> dict[int, Told]:
    """What is told now: of those that were read again the new, in the place of the old."""
    stayed = {pk: new.get(pk, one) for pk, one in old.items() if pk in new or pk not in read}
    return {**stayed, **new}
