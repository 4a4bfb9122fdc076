"""A deliverable as it stands today: reporting and review speak of it, whatever day is looked at."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from suivi.monitoring.queries.sheets import settings_on
from suivi.monitoring.rules.settings import PlanSettings
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.plan.models import Deliverable, DeliverableEdition, Edition, Plan
from suivi.plan.queries import edition_on
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop
from suivi.web.requests import Request
from suivi.web.sheet_asked import SheetAsked, sheet_asked


@dataclass(frozen=True)
class DeliverableNow:
    """One deliverable with the edition in force today; one that was dropped stands as it last stood."""

    request: Request
    plan: Plan
    edition: Edition
    row: DeliverableEdition
    tree: UnitTree

    @property
    def deliverable(self) -> Deliverable:
        return self.row.deliverable

    @cached_property
    def sheet(self) -> SheetAsked:
        return sheet_asked(self.deliverable, self.edition, self.request.today)

    @cached_property
    def settings(self) -> PlanSettings:
        return settings_on(self.edition, self.request.today)

    def context(self) -> dict[str, Any]:
        """What every template of these pages needs."""
        return {"plan": self.plan, "edition": self.edition, "row": self.row, "tree": self.tree}


def deliverable_now(
    request: Request, plan: Plan, deliverable: Deliverable, tree: UnitTree | None = None
) -> DeliverableNow:
    """The deliverable of a plan as it stands today."""
    edition = edition_today(request, plan)
    row = (
        DeliverableEdition.objects.filter(deliverable=deliverable, edition__in_force_on__lte=request.today)
        .select_related("deliverable__plan", "action__pillar__pillar", "action__action", "edition")
        .order_by("-edition__number")
        .first()
    )
    if row is None:
        raise NotFound(
            gettext_noop("The plan has no deliverable %(key)s yet."),
            {"key": deliverable.key},
            gettext_noop("It comes with a later edition."),
        )
    return DeliverableNow(request, plan, edition, row, tree or unit_tree(request.today))


def edition_today(request: Request, plan: Plan) -> Edition:
    """The edition in force today."""
    edition = edition_on(plan, request.today)
    if edition is None:
        raise NotFound(
            gettext_noop("The plan is not adopted yet."),
            hint=gettext_noop("Its first edition comes into force later."),
        )
    return edition
