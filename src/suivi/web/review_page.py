"""The queue of review: what waits, what each update says, and which may be approved together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.core import clock
from suivi.monitoring.models import Assessment, ProgressUpdate
from suivi.monitoring.queries.queue import Waiting, review_queue, waiting
from suivi.organisation.queries import require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import DeliverableEdition, Edition, Plan
from suivi.plan.queries import rows_of
from suivi.web.access import account_of, readable_plan, require_management
from suivi.web.deliverable_of_now import edition_today
from suivi.web.requests import Request

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class QueueLine:
    """One update that waits, in a line."""

    update: ProgressUpdate
    row: DeliverableEdition | None
    words: str
    is_unchanged: bool
    is_own: bool
    is_ticked: bool


class ReviewPage:
    """What waits in one plan for one who reviews."""

    def __init__(self, request: Request, plan: Plan, edition: Edition) -> None:
        self.request, self.plan, self.edition = request, plan, edition

    @cached_property
    def waiting(self) -> list[Waiting]:
        return waiting(review_queue(self.plan)[:MOST_AT_ONCE])

    def unchanged(self, keys: Iterable[str]) -> list[ProgressUpdate]:
        """Of the updates that were ticked, those that are in the queue; the command asks what they say."""
        ticked = set(keys)
        return [one.update for one in self.waiting if str(one.update.key) in ticked]

    def context(self, form: Any = None) -> dict[str, Any]:
        """What the template needs: a constant number of queries."""
        rows = {row.deliverable_id: row for row in rows_of(self.edition)}
        lines = [self._line(one, rows.get(one.update.deliverable_id), form) for one in self.waiting]
        return {
            "section": "plans",
            "plan": self.plan,
            "edition": self.edition,
            "tree": unit_tree(self.request.today),
            "lines": lines,
            "unchanged": any(line.is_unchanged and not line.is_own for line in lines),
            "form": form,
        }

    def _line(self, one: Waiting, row: DeliverableEdition | None, form: Any) -> QueueLine:
        update, reader = one.update, self.request.user.pk
        is_own = reader in {update.created_by_id, update.submitted_by_id, update.on_behalf_of_id}
        ticked = form.keys if form is not None else None
        is_ticked = one.says_nothing_new if ticked is None else str(update.key) in ticked
        return QueueLine(update, row, gist(one), one.says_nothing_new, is_own, is_ticked)


def gist(one: Waiting) -> str:
    """What an update says, in a few words."""
    said, words = one.content, []
    if said.items:
        count = len(said.items)
        words.append(ngettext("%(count)s item", "%(count)s items", count) % {"count": count})
    if said.steps:
        count = len(said.steps)
        words.append(ngettext("%(count)s step", "%(count)s steps", count) % {"count": count})
    if said.values:
        words.append(_("a value"))
    if said.is_commitment_kept is not None:
        words.append(_("commitment kept") if said.is_commitment_kept else _("commitment not kept"))
    if said.assessment in Assessment:
        words.append(_("“%(assessment)s”") % {"assessment": Assessment(said.assessment).label})
    if one.update.corrects_id:
        words.insert(0, _("a correction"))
    return ", ".join(words)


def review_page(request: Request, slug: str) -> ReviewPage:
    """The page of the address, for those who review for the plan."""
    plan = readable_plan(request, slug)
    require_management(request)
    require(account_of(request), Permission.REVIEW_UPDATE, [plan.scope_id], now=clock.now())
    return ReviewPage(request, plan, edition_today(request, plan))
