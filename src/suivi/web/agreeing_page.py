"""The page on which the plan manager agrees the status of each deliverable for a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from suivi.core import clock
from suivi.core.models import Account
from suivi.monitoring.models import AgreedStatus, Assessment, Round
from suivi.monitoring.queries.agreed import agreed_in
from suivi.monitoring.queries.states import StateOnDay
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.models import DeliverableEdition, Edition, Plan
from suivi.plan.queries import rows_of
from suivi.web.access import account_of, readable_plan, require_management
from suivi.web.deliverable_of_now import edition_today
from suivi.web.forms.agreeing import AgreeForm
from suivi.web.requests import Request
from suivi.web.sentences import sentence
from suivi.web.standing import Standing, standing_of


@dataclass(frozen=True)
class AgreeingLine:
    """One deliverable: what is computed, what the unit says, what was agreed, and the form to agree."""

    row: DeliverableEdition
    state: StateOnDay
    agreed: AgreedStatus | None
    form: AgreeForm

    @property
    def reason(self) -> str:
        return sentence(self.state.signal.reason)

    @property
    def assessment(self) -> str:
        return str(Assessment(self.state.assessment).label) if self.state.assessment else ""


class AgreeingPage:
    """A round as it is agreed now: the signals up to its last day, with what the record knows today."""

    def __init__(self, request: Request, plan: Plan, edition: Edition, round: Round) -> None:
        self.request, self.plan, self.edition, self.round = request, plan, edition, round

    def require_agree(self) -> None:
        """Stop with NotAllowed unless the reader may set agreed statuses."""
        by: Account = account_of(self.request)
        require(by, Permission.AGREE_STATUS, [self.plan.scope_id], now=clock.now())

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.edition, self.round.period_ends_on, self.request.today, is_inside=True)

    def lines(self, refused: AgreeForm | None) -> Sequence[AgreeingLine]:
        """Every deliverable in force; `refused` is the form that could not be carried out."""
        agreed = agreed_in(self.round, self.request.today)
        return [
            AgreeingLine(
                row,
                state,
                agreed.get(row.deliverable_id),
                self._form(row, state, agreed.get(row.deliverable_id), refused),
            )
            for row in rows_of(self.edition).select_related("deliverable", "edition")
            if (state := self.standing.states.get(row.deliverable_id)) is not None
        ]

    def _form(
        self,
        row: DeliverableEdition,
        state: StateOnDay,
        agreed: AgreedStatus | None,
        refused: AgreeForm | None,
    ) -> AgreeForm:
        key = row.deliverable.key
        if refused is not None and refused.data.get("deliverable") == key:
            return refused
        status = agreed.status if agreed else str(state.signal.status)
        initial = {"deliverable": key, "status": status, "reason": agreed.reason if agreed else ""}
        return AgreeForm(None, self.round, initial=initial, auto_id=f"agree-{row.pk}-%s")

    def context(self, refused: AgreeForm | None = None) -> dict[str, Any]:
        lines = self.lines(refused)
        return {
            "section": "plans",
            "plan": self.plan,
            "edition": self.edition,
            "round": self.round,
            "standing": self.standing,
            "lines": lines,
            "waiting": sum(line.agreed is None for line in lines),
        }


def agreeing_page(request: Request, slug: str, key: str) -> AgreeingPage:
    """The round of the address, for those who may agree."""
    plan = readable_plan(request, slug)
    require_management(request)
    round = get_object_or_404(Round.objects.select_related("plan"), plan=plan, key=key)
    page = AgreeingPage(request, plan, edition_today(request, plan), round)
    page.require_agree()
    return page
