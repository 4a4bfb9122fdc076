"""Help that was asked for, with its answer, and whether the reader may answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from suivi.monitoring.models import Support
from suivi.organisation.queries import UnitTree
from suivi.organisation.rules import Permission
from suivi.plan.models import Plan
from suivi.web.requests import Request


@dataclass(frozen=True)
class SupportLine:
    """One request for help as the pages show it."""

    support: Support
    can_answer: bool


def support_lines(request: Request, plan: Plan, rows: Iterable[Support], tree: UnitTree) -> list[SupportLine]:
    """Those who report for the unit that was asked may answer, and those who keep the rounds of the plan."""
    return [SupportLine(row, _can_answer(request, plan, row, tree)) for row in rows]


def _can_answer(request: Request, plan: Plan, row: Support, tree: UnitTree) -> bool:
    if row.answered_at is not None:
        return False
    if request.authority.allows(Permission.MANAGE_ROUNDS, [plan.scope_id]):
        return True
    units = [row.owner_unit_id] if row.owner_unit_id else []
    return request.authority.allows(Permission.REPORT_PROGRESS, tree.scopes_of(units))
