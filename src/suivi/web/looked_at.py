"""A plan on the two days looked at, read once for all who may see as much of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from suivi.monitoring.queries.agreed import Agreed, agreed_on
from suivi.monitoring.queries.dashboard import Dashboard, dashboard_of
from suivi.monitoring.queries.sheets import settings_on
from suivi.monitoring.rules.settings import PlanSettings
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.plan.models import Edition, Plan
from suivi.plan.queries.overview import Overview, overview_of
from suivi.web.access import sees_management
from suivi.web.kept import kept
from suivi.web.requests import Request
from suivi.web.standing import Standing

BYTES_OF_A_LINE, BYTES_OF_A_UNIT = 5000, 900  # as measured with a long record


@dataclass(frozen=True)
class PlanLookedAt:
    """An edition on two days. Requests share it, so it is only read.

    `dashboard` is for readers inside; `agreed` is what those from outside see of where the plan stands.
    """

    overview: Overview
    settings: PlanSettings
    dashboard: Dashboard | None = None
    agreed: Mapping[int, Agreed] = field(default_factory=dict)

    @property
    def tree(self) -> UnitTree | None:
        return self.dashboard.tree if self.dashboard else None

    def standing(self) -> Standing:
        """Where the deliverables stand, in the language of the request."""
        states = self.dashboard.states if self.dashboard else {}
        return Standing(self.settings, self.dashboard is not None, states, self.agreed)

    def weight(self) -> int:
        """About how many bytes it takes, without the units, which all plans share."""
        return BYTES_OF_A_LINE * len(self.overview.lines)


def plan_looked_at(request: Request, plan: Plan, edition: Edition) -> PlanLookedAt:
    """An edition of the plan on the two days looked at, as far as the reader may see it."""
    is_inside = sees_management(request)
    question = ("plan", edition.pk, request.up_to, request.day, is_inside)
    return kept(
        request,
        question,
        lambda: _read(request, edition, is_inside),
        PlanLookedAt.weight,
        plan.slug,
    )


def tree_looked_at(request: Request) -> UnitTree:
    """The units as of the day looked at."""
    day = request.day
    return kept(request, ("units", day), lambda: unit_tree(day), _weight_of, plan="")


def _weight_of(tree: UnitTree) -> int:
    return BYTES_OF_A_UNIT * len(tree.nodes)


def _read(request: Request, edition: Edition, is_inside: bool) -> PlanLookedAt:
    up_to, as_of = request.up_to, request.day
    if is_inside:
        dashboard = dashboard_of(edition, up_to, as_of, tree_looked_at(request))
        return PlanLookedAt(dashboard.overview, dashboard.settings, dashboard)
    overview = overview_of(edition, as_of, is_inside=False)
    return PlanLookedAt(overview, settings_on(edition, as_of), agreed=agreed_on(edition, up_to, as_of))
