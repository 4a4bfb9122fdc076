"""What the reader may see of what units report, and what the reader may do with it: the buttons of pages.

Commands ask again. Drafts are for the unit that writes and for those who clear or review what was sent.
"""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from suivi.monitoring.commands.steps import PERMISSIONS, writers_of
from suivi.monitoring.models import ProgressUpdate, UpdateKind, UpdateState
from suivi.monitoring.rules.workflow import Who, verbs_in
from suivi.organisation.queries import UnitTree
from suivi.organisation.rules import Permission
from suivi.plan.models import ResponsibilityRole
from suivi.plan.queries import responsibilities_on
from suivi.web.access import can_read, sees_management
from suivi.web.requests import Request

_WITH = ("deliverable__plan__scope", "plan__scope", "unit", "round", "corrects", "created_by", "changed_by")


def parts_played(request: Request, update: ProgressUpdate, tree: UnitTree) -> set[Who]:
    """In which of the parts of the table of states the reader stands towards an update."""
    plan = update.plan.scope_id
    unit = tree.scopes_of([update.unit_id]) | {plan}
    scopes = {who: {plan} for who in Who} | {Who.UNIT: unit, Who.CLEARER: unit}
    if update.kind == UpdateKind.CONTRIBUTION:
        scopes[Who.ACCOUNTABLE] = tree.scopes_of(_accountable(request, update)) | {plan}
    played = {who for who in Who if request.authority.allows(PERMISSIONS[who], scopes[who])}
    own = {Who.OTHER_REVIEWER, Who.MANAGER}
    if played & own and request.user.pk in writers_of(update):
        played -= own
    return played


def _accountable(request: Request, update: ProgressUpdate) -> Iterable[int]:
    held = responsibilities_on(request.today).filter(deliverable=update.deliverable_id)
    return held.filter(role=ResponsibilityRole.ACCOUNTABLE).values_list("unit_id", flat=True)


def can_see(update: ProgressUpdate, played: set[Who]) -> bool:
    """Whether an update may be read: approved by everybody inside, before that by those it passes through."""
    if update.state == UpdateState.APPROVED:
        return True
    if Who.UNIT in played or Who.CLEARER in played:
        return True
    if update.state in {UpdateState.SUBMITTED, UpdateState.RETURNED}:
        is_contribution = update.kind == UpdateKind.CONTRIBUTION
        return Who.REVIEWER in played or (is_contribution and Who.ACCOUNTABLE in played)
    return False


def found_update(request: Request, key: UUID, tree: UnitTree) -> tuple[ProgressUpdate, set[Who]]:
    """The update of the address and the parts the reader plays; one that may not be read does not exist."""
    update = ProgressUpdate.objects.select_related(*_WITH).filter(key=key).first()
    if update is None or not can_read(request, update.plan) or not sees_management(request):
        raise _missing()
    played = parts_played(request, update, tree)
    if not can_see(update, played) and not _is_asked_for_support(request, update, tree):
        raise _missing()
    return update, played


def _is_asked_for_support(request: Request, update: ProgressUpdate, tree: UnitTree) -> bool:
    """Whether a submitted update asks the reader's unit for help: who is asked reads why."""
    if update.state != UpdateState.SUBMITTED:
        return False
    asked = update.support.filter(owner_unit__isnull=False).values_list("owner_unit_id", flat=True)
    scopes = tree.scopes_of(pk for pk in asked if pk is not None)
    return request.authority.allows(Permission.REPORT_PROGRESS, scopes)


def verbs_for(update: ProgressUpdate, played: set[Who]) -> set[str]:
    """What the reader may do with the update as it stands."""
    return {row.verb for row in verbs_in(update.state, update.kind) if row.who & played}


def _missing() -> Http404:
    return Http404(_("There is no such update, or you may not read it."))
