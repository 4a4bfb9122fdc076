"""The page of a piece of evidence: what it is, who gave it, which updates rest on it."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from suivi.monitoring.models import Evidence, EvidenceClass, EvidenceUse
from suivi.monitoring.queries.evidence import can_read_evidence, classes_open_to
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.organisation.rules import Permission
from suivi.web.access import can_read, sees_management
from suivi.web.deliverable_of_now import edition_today
from suivi.web.forms.evidence import ClassForm, WithdrawForm
from suivi.web.requests import Request
from suivi.web.update_rights import can_see, parts_played

_WITH = ("plan__scope", "file", "added_by", "withdrawn_by", "owner_unit")


class EvidencePage:
    """One piece of evidence for one who may read it."""

    def __init__(self, request: Request, piece: Evidence, tree: UnitTree) -> None:
        self.request, self.piece, self.tree = request, piece, tree

    @property
    def can_withdraw(self) -> bool:
        allows = self.request.authority.allows
        scope = self.piece.plan.scope_id
        return self.piece.withdrawn_at is None and allows(Permission.WITHDRAW_EVIDENCE, [scope])

    @cached_property
    def classes(self) -> set[EvidenceClass]:
        """The other classes that the reader may give it."""
        return classes_open_to(self.request.authority, self.piece, self.tree)

    def context(
        self, form: WithdrawForm | None = None, class_form: ClassForm | None = None
    ) -> dict[str, Any]:
        """What the template needs."""
        return {
            "plan": self.piece.plan,
            "edition": edition_today(self.request, self.piece.plan),
            "tree": self.tree,
            "piece": self.piece,
            "uses": self._uses(),
            "can_withdraw": self.can_withdraw,
            "class_form": (class_form or ClassForm(None, self.piece, self.classes)) if self.classes else None,
            "form": form or WithdrawForm(None, self.piece),
        }

    def _uses(self) -> list[EvidenceUse]:
        """Where it is used, as far as the reader may read these updates; each update once."""
        uses = self.piece.uses.select_related(
            "update_row__deliverable", "update_row__plan__scope", "update_row__unit"
        )
        each = {use.update_row_id: use for use in uses}
        return [use for use in each.values() if self._may_read(use)]

    def _may_read(self, use: EvidenceUse) -> bool:
        return can_see(use.update_row, parts_played(self.request, use.update_row, self.tree))


def evidence_page(request: Request, key: UUID) -> EvidencePage:
    """The piece of the address. One that may not be read does not exist."""
    piece = Evidence.objects.select_related(*_WITH).filter(key=key).first()
    if piece is not None and can_read(request, piece.plan) and sees_management(request):
        tree = unit_tree(request.today)
        if can_read_evidence(request.authority, piece, tree):
            return EvidencePage(request, piece, tree)
    raise Http404(_("There is no such evidence, or you may not see it."))
