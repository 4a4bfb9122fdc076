"""Looks ahead of counted deliverables, and the record of past looks against what happened.

They are seen by the accountable unit and by the plan manager only (`sees_looks`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from suivi.monitoring.models import Look
from suivi.monitoring.queries.history import History, histories_of
from suivi.monitoring.rules.look_ahead import Outlook, ahead_of, look_ahead
from suivi.monitoring.rules.progress import counted_items
from suivi.organisation.queries import Authority, UnitTree
from suivi.organisation.rules import Permission
from suivi.plan.models import Edition, Plan


@dataclass(frozen=True, slots=True)
class PastLook:
    """A look as it was made. `happened` is the count on the last day of its time frame; None before."""

    look: Look
    happened: int | None

    @property
    def was_right(self) -> bool | None:
        """Whether what happened lay in the range; None while nobody can know."""
        return None if self.happened is None else self.look.low <= self.happened <= self.look.high


@dataclass(frozen=True, slots=True)
class LookRecord:
    """The past looks of a plan. Nine in ten should have been right."""

    looks: Sequence[PastLook]

    @property
    def known(self) -> int:
        return sum(one.was_right is not None for one in self.looks)

    @property
    def right(self) -> int:
        return sum(one.was_right is True for one in self.looks)


def outlooks_on(
    edition: Edition, up_to: date, as_of: date, deliverables: Collection[int] | None = None
) -> dict[int, Outlook]:
    """Deliverable (primary key) to its look ahead; those for which there is none are left out.

    Eight queries at any size; none where the plan does not look ahead.
    """
    return {
        pk: outlook
        for pk, history in histories_of(edition, as_of, deliverables).items()
        if history.settings.looks_ahead and (outlook := outlook_of(history, up_to))
    }


def outlook_of(history: History, up_to: date) -> Outlook | None:
    """The look ahead of one deliverable up to a day."""
    ahead = ahead_of(history.measure_on(up_to), history.facts, up_to)
    return None if ahead is None else look_ahead(ahead)


def sees_looks(authority: Authority, plan: Plan, accountable: int | None, tree: UnitTree) -> bool:
    """Whether somebody sees the look ahead of a deliverable.

    `accountable` is the unit accountable for it; those who report for it do, and the plan manager.
    """
    if authority.allows(Permission.AGREE_STATUS, {plan.scope_id}):
        return True
    units = [] if accountable is None else [accountable]
    return bool(units) and authority.allows(Permission.REPORT_PROGRESS, tree.scopes_of(units))


def past_looks(
    edition: Edition, up_to: date, as_of: date, deliverables: Collection[int] | None = None
) -> LookRecord:
    """The looks made by a day on the deliverables of an edition, the latest first: nine queries."""
    looks: Any = Look.objects.filter(deliverable__plan=edition.plan_id, made_on__lte=up_to)
    if deliverables is not None:
        looks = looks.filter(deliverable__in=deliverables)
    kept = list(looks.select_related("deliverable").order_by("-made_on", "deliverable"))
    histories = histories_of(edition, as_of, {look.deliverable_id for look in kept}) if kept else {}
    return LookRecord([PastLook(look, _happened(look, histories, up_to)) for look in kept])


def _happened(look: Look, histories: dict[int, History], up_to: date) -> int | None:
    history = histories.get(look.deliverable_id)
    if history is None or look.end_on >= up_to:
        return None
    return len(counted_items(history.measure, history.facts, look.end_on))
