"""What changed since the reader was last here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from suivi.core.models import AuditEntry
from suivi.organisation.queries import UnitTree
from suivi.plan.queries.changes import (
    about_deliverables,
    by_others,
    changes_of_plans,
    deliverables_of_units,
)
from suivi.web.access import account_of
from suivi.web.audit_names import names_in
from suivi.web.audit_words import DayOfChanges, in_words
from suivi.web.boards import Board
from suivi.web.plan_shelf import ShelvedPlan
from suivi.web.requests import Request

# A glance: the record holds them all, and what stands below must not sink off the screen.
MOST_LINES = 5


@dataclass(frozen=True)
class News:
    """Changes by day; `since` is the last visit (None: the first), `more` how many lines are left out."""

    days: list[DayOfChanges]
    since: datetime | None
    more: int


def news_of(request: Request, shelf: Sequence[ShelvedPlan], boards: Sequence[Board], tree: UnitTree) -> News:
    """What others did in the reader's plans since the last visit; on the first visit, the last changes."""
    account = account_of(request)
    since = account.previous_visit_at
    entries = changes_of_plans((one.plan.slug for one in shelf), until=request.day, since=since)
    units = {node.pk for board in boards if board.unit for node in tree.below(board.unit.pk)}
    if units and not any(board.plans for board in boards):
        entries = about_deliverables(entries, deliverables_of_units(request.day, units))
    if since is None:
        return News(_told(list(entries[:MOST_LINES]), request, tree), None, 0)
    entries = by_others(entries, account)
    lines = list(entries[: MOST_LINES + 1])
    more = entries.count() - MOST_LINES if len(lines) > MOST_LINES else 0
    return News(_told(lines[:MOST_LINES], request, tree), since, more)


def _told(lines: list[AuditEntry], request: Request, tree: UnitTree) -> list[DayOfChanges]:
    return in_words(lines, names_in(lines, request.day, tree)) if lines else []
