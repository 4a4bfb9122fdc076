"""What every page that edits a deliverable stands on: its plan, its state on the day, and who may write."""

from dataclasses import dataclass
from typing import Any

from suivi.core import clock
from suivi.organisation.queries import UnitTree, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable, Edition, Plan
from suivi.plan.queries import DeliverableOnDay, Parts, deliverables_on, rows_of, scopes_of
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop
from suivi.web.access import account_of, edition_looked_at, readable_plan, require_management
from suivi.web.requests import Request


@dataclass(frozen=True)
class EditedDeliverable:
    """One deliverable of the edition in force, as of the day looked at."""

    request: Request
    plan: Plan
    edition: Edition
    one: DeliverableOnDay
    tree: UnitTree

    @property
    def deliverable(self) -> Deliverable:
        return self.one.row.deliverable

    @property
    def key(self) -> str:
        return self.deliverable.key

    def scopes(self) -> set[int]:
        """The scopes a role may be given for so that it reaches this deliverable today."""
        return scopes_of(self.deliverable, clock.now())

    def can(self, permission: Permission) -> bool:
        """Whether to offer a button; the command decides."""
        return not self.request.is_past and self.request.authority.allows(permission, self.scopes())

    def require(self, permission: Permission) -> None:
        """Stop with NotAllowed before a form is shown that could not be sent."""
        require(account_of(self.request), permission, self.scopes(), now=clock.now())

    def context(self) -> dict[str, Any]:
        """What every template of these pages needs."""
        return {
            "section": "plans",
            "plan": self.plan,
            "edition": self.edition,
            "tree": self.tree,
            "one": self.one,
            "row": self.one.row,
        }


def edited_deliverable(
    request: Request, slug: str, key: str, parts: Parts = Parts.RESPONSIBILITIES
) -> EditedDeliverable:
    """The deliverable of the address, for people inside."""
    plan = readable_plan(request, slug)
    require_management(request)
    edition = edition_looked_at(request, plan)
    found = deliverables_on(request.day, rows_of(edition).filter(deliverable__key=key), parts)
    if not found:
        raise NotFound(
            gettext_noop("Edition %(number)s of the plan has no deliverable %(key)s."),
            {"number": edition.number, "key": key},
            gettext_noop("It may stand in another edition."),
        )
    return EditedDeliverable(request, plan, edition, found[0], unit_tree(request.day))
