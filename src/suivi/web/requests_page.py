"""What the pages on change requests show, and who may answer or withdraw."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from suivi.organisation.queries import UnitTree, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.commands.requests import scopes_of_request
from suivi.plan.models import ChangeRequest, Edition, Plan, Responsibility, ResponsibilityRole
from suivi.plan.queries import responsibilities_on
from suivi.plan.queries.requests import RequestOnDay, RequestStage, requests_of
from suivi.web.access import account_of, edition_looked_at, readable_plan, require_management
from suivi.web.forms.requests import STAGE_WORDS, AnswerForm, RequestFilters
from suivi.web.requests import Request


@dataclass(frozen=True)
class RequestLine:
    """A request as the pages show it."""

    one: RequestOnDay
    words: Any
    accountable: Responsibility | None
    can_answer: bool
    can_withdraw: bool


@dataclass(frozen=True)
class RequestsPage:
    """The requests of one plan for one reader as of one day."""

    request: Request
    plan: Plan
    edition: Edition
    tree: UnitTree
    requests: list[RequestOnDay]

    def context(self) -> dict[str, Any]:
        """What the template of the list needs."""
        filters = RequestFilters(self.request.GET, tree=self.tree, requests=self.requests)
        selected = filters.selected()
        return self._base() | {
            "filters": filters,
            "is_filtered": any(self.request.GET.get(name) for name in ("stage", "kind", "unit")),
            "total": len(self.requests),
            "lines": self._lines(selected),
        }

    def context_of(self, pk: int, form: AnswerForm) -> dict[str, Any]:
        """What the template of one request needs."""
        [line] = self._lines([one for one in self.requests if one.request.pk == pk])
        return self._base() | {"line": line, "form": form}

    def change_request(self, pk: int) -> ChangeRequest:
        """The request of the address."""
        found = next((one.request for one in self.requests if one.request.pk == pk), None)
        if found is None:
            raise Http404
        return found

    def _base(self) -> dict[str, Any]:
        return {"section": "plans", "plan": self.plan, "edition": self.edition, "tree": self.tree}

    def _lines(self, requests: Iterable[RequestOnDay]) -> list[RequestLine]:
        shown = list(requests)
        accountable = self._accountable({one.request.deliverable_id for one in shown})
        may_answer = self._may(Permission.ANSWER_CHANGE, {self.plan.scope_id})
        return [
            RequestLine(
                one,
                STAGE_WORDS[one.stage],
                accountable.get(one.request.deliverable_id),
                may_answer and one.stage is RequestStage.OPEN,
                one.stage is RequestStage.OPEN and self._may_withdraw(one.request),
            )
            for one in shown
        ]

    def _accountable(self, deliverables: set[int]) -> dict[int, Responsibility]:
        held = responsibilities_on(self.request.day).filter(
            role=ResponsibilityRole.ACCOUNTABLE, deliverable__in=deliverables
        )
        return {one.deliverable_id: one for one in held}

    def _may(self, permission: Permission, scopes: set[int]) -> bool:
        return not self.request.is_past and self.request.authority.allows(permission, scopes)

    def _may_withdraw(self, change: ChangeRequest) -> bool:
        if self.request.is_past:
            return False
        is_own = change.asked_by_id == account_of(self.request).pk
        return is_own or self._may(Permission.REQUEST_CHANGE, scopes_of_request(change, self.tree))


def requests_page(request: Request, slug: str) -> RequestsPage:
    """The page of the address, for people inside."""
    plan = readable_plan(request, slug)
    require_management(request)
    edition = edition_looked_at(request, plan)
    return RequestsPage(request, plan, edition, unit_tree(request.day), requests_of(plan, request.day))
