"""What the pages of reporting rounds show: the list, a new round, one round with what came."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from suivi.core import clock
from suivi.monitoring.models import Asked, AskedState, Round, UpdateKind, UpdateState
from suivi.monitoring.queries.asked import Owed, chase_list, whom_to_ask
from suivi.monitoring.queries.burden import burden_of
from suivi.monitoring.queries.sheets import frame_on, sheets_on
from suivi.monitoring.rules.burden import PART_WORDS, PartBurden
from suivi.monitoring.rules.round_choice import RoundDays, is_due, next_days
from suivi.organisation.models import Unit
from suivi.organisation.queries import UnitTree, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable, DeliverableEdition, Edition, Plan
from suivi.plan.queries import rows_of
from suivi.web.access import account_of, readable_plan, require_management
from suivi.web.deliverable_of_now import edition_today
from suivi.web.requests import Request


@dataclass(frozen=True)
class AskedRow:
    """A deliverable that a new round may ask about, with the units that answer for it."""

    row: DeliverableEdition
    units: list[Unit]
    is_due: bool


@dataclass(frozen=True)
class Answered:
    """What became of one question, for the page of the round."""

    owed: Owed
    may_read: bool

    @property
    def update_state(self) -> str:
        """The state of the answer; a draft of others is not told apart from none."""
        state = self.owed.answer.update.state if self.owed.answer else ""
        return "" if state == UpdateState.DRAFT else state


class RoundsPage:
    """The rounds of a plan for people inside; they are always shown as they stand now."""

    def __init__(self, request: Request, plan: Plan, edition: Edition) -> None:
        self.request, self.plan, self.edition = request, plan, edition

    @cached_property
    def tree(self) -> UnitTree:
        return unit_tree(self.request.today)

    @property
    def can_manage(self) -> bool:
        return self.request.authority.allows(Permission.MANAGE_ROUNDS, [self.plan.scope_id])

    def require_manage(self) -> None:
        """Stop with NotAllowed before a form is shown that could not be sent."""
        require(account_of(self.request), Permission.MANAGE_ROUNDS, [self.plan.scope_id], now=clock.now())

    def base(self) -> dict[str, Any]:
        return {
            "section": "plans",
            "plan": self.plan,
            "edition": self.edition,
            "tree": self.tree,
            "can_manage": self.can_manage,
        }

    def context(self) -> dict[str, Any]:
        """What the list needs: two queries for any number of rounds."""
        is_answered = Q(asked__outcome__in=[AskedState.ANSWERED, AskedState.LATE])
        rounds = Round.objects.filter(plan=self.plan).order_by("-period_ends_on", "-pk")
        counted = rounds.annotate(
            questions=Count("asked"), answered=Count("asked", filter=is_answered), last=Max("asked__asked_at")
        )
        return self.base() | {"rounds": counted}

    # A new round

    @cached_property
    def proposed_days(self) -> RoundDays:
        last = Round.objects.filter(plan=self.plan).aggregate(last=Max("period_ends_on"))["last"]
        return next_days(last, self.request.today)

    def asked_rows(self, period_ends_on: date) -> list[AskedRow]:
        """Every deliverable with the units to ask: five queries at any size."""
        rows = list(rows_of(self.edition))
        sheets = sheets_on(self.edition, self.request.today)
        last = dict(
            Asked.objects.filter(round__plan=self.plan)
            .values_list("deliverable_id")
            .annotate(Max("round__period_ends_on"))
        )
        units: dict[int, list[Unit]] = defaultdict(list)
        for deliverable, unit in self._whom(rows):
            units[deliverable.pk].append(unit)
        return [
            AskedRow(
                row,
                units[row.deliverable_id],
                is_due(
                    sheets[row.deliverable_id].frequency if row.deliverable_id in sheets else "",
                    ends_on=row.ends_on,
                    last_asked_about=last.get(row.deliverable_id),
                    period_ends_on=period_ends_on,
                ),
            )
            for row in rows
        ]

    def _whom(self, rows: list[DeliverableEdition]) -> list[tuple[Deliverable, Unit]]:
        return whom_to_ask(self.plan, [row.deliverable for row in rows], self.request.today)

    # One round

    def round(self, key: str) -> Round:
        return get_object_or_404(Round.objects.select_related("plan"), plan=self.plan, key=key)

    def context_of(self, round: Round) -> dict[str, Any]:
        """What the page of one round needs: a constant number of queries."""
        owed = chase_list(round, self.request.today)
        rows = {row.deliverable_id: row for row in rows_of(self.edition)}
        lines: dict[int, list[Answered]] = defaultdict(list)
        for one in owed:
            lines[one.asked.deliverable_id].append(Answered(one, self._may_read(one)))
        in_order = sorted(lines, key=lambda pk: rows[pk].position if pk in rows else len(rows))
        counts = Counter(one.state for one in owed)
        came = counts[AskedState.ANSWERED] + counts[AskedState.LATE]
        return self.base() | {
            "round": round,
            "lines": [(rows.get(pk), lines[pk]) for pk in in_order],
            "asked": len(owed),
            "came": came,
            "counts": self._counts(counts),
            "waiting": self._waiting(owed),
            "is_over": round.due_on < self.request.today,
            "burden": self._burden(round),
        }

    def _burden(self, round: Round) -> list[tuple[str, PartBurden]]:
        """What the round cost those who answered, for those who keep rounds, where the plan wants to know."""
        is_metered = frame_on(self.edition, self.request.today).settings.meters_burden
        if not self.can_manage or not is_metered:
            return []
        return [(gettext(PART_WORDS[one.part]), one) for one in burden_of(round)]

    def _counts(self, counts: Mapping[str, int]) -> list[tuple[Any, int]]:
        return [(AskedState(state).label, counts[state]) for state in AskedState.values if counts[state]]

    def _waiting(self, owed: list[Owed]) -> int:
        """How many updates wait for their review."""
        given = [one.answer.update for one in owed if one.answer]
        return sum(1 for one in given if (one.kind, one.state) == (UpdateKind.UPDATE, UpdateState.SUBMITTED))

    def _may_read(self, one: Owed) -> bool:
        """Whether the answer is linked: approved ones for everybody inside, others for those they pass."""
        if one.answer is None:
            return False
        if one.answer.update.state == UpdateState.APPROVED:
            return True
        allows, plan = self.request.authority.allows, self.plan.scope_id
        unit = self.tree.scopes_of([one.asked.unit_id]) | {plan}
        if allows(Permission.REPORT_PROGRESS, unit) or allows(Permission.CLEAR_UPDATE, unit):
            return True
        is_sent = one.answer.update.state in {UpdateState.SUBMITTED, UpdateState.RETURNED}
        return is_sent and allows(Permission.REVIEW_UPDATE, [plan])


def rounds_page(request: Request, slug: str) -> RoundsPage:
    """The page of the address, for people inside."""
    plan = readable_plan(request, slug)
    require_management(request)
    return RoundsPage(request, plan, edition_today(request, plan))
