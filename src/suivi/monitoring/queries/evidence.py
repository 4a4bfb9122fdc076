"""Who may read which evidence: asked by every page and download."""

from django.db.models import Q, QuerySet

from suivi.monitoring.models import Evidence, EvidenceClass, ProgressUpdate, UpdateState
from suivi.organisation.queries import Authority, UnitTree
from suivi.organisation.rules import Permission

_OPEN = (EvidenceClass.PUBLIC, EvidenceClass.INTERNAL)
_NEEDS = {
    EvidenceClass.RESTRICTED: Permission.READ_RESTRICTED,
    EvidenceClass.CONFIDENTIAL: Permission.READ_CONFIDENTIAL,
}


def can_read_evidence(authority: Authority, evidence: Evidence, tree: UnitTree) -> bool:
    """Whether the content of a piece of evidence may be read.

    Public and internal: inside, once an approved update uses it; before that by its unit and by those who
    review for the plan. Restricted and confidential: with the permission for its unit or the plan. Who added
    it reads it as long as they report for the unit.
    """
    scopes = tree.scopes_of([evidence.owner_unit_id]) | {evidence.plan.scope_id}
    is_of_unit = authority.allows(Permission.REPORT_PROGRESS, scopes)
    if is_of_unit and authority.account is not None and evidence.added_by_id == authority.account.pk:
        return True
    needed = _NEEDS.get(EvidenceClass(evidence.classification))
    if needed is not None:
        return authority.allows(needed, scopes)
    if is_of_unit or authority.allows(Permission.CLEAR_UPDATE, scopes):
        return True
    if authority.allows(Permission.REVIEW_UPDATE, {evidence.plan.scope_id}):
        return True
    if not evidence.uses.filter(update_row__state=UpdateState.APPROVED).exists():
        return False
    return authority.allows_somewhere(Permission.READ_MANAGEMENT)


def classes_open_to(authority: Authority, evidence: Evidence, tree: UnitTree) -> set[EvidenceClass]:
    """The other classes that an account may give to a piece of evidence.

    Its own unit and those above it give any; who may withdraw it for the plan only closes it to more people.
    """
    if evidence.withdrawn_at is not None or not can_read_evidence(authority, evidence, tree):
        return set()
    order = list(EvidenceClass)
    now = order.index(EvidenceClass(evidence.classification))
    # A role for the plan or the whole installation does not speak for the unit.
    of_unit = (one for one in authority.held if one.scope_id in tree.scopes_of([evidence.owner_unit_id]))
    if any(Permission.REPORT_PROGRESS in one.permissions for one in of_unit if one.is_active(authority.day)):
        return set(order) - {order[now]}
    closes = authority.allows(Permission.WITHDRAW_EVIDENCE, {evidence.plan.scope_id})
    return set(order[now + 1 :]) if closes else set()


def evidence_for(update: ProgressUpdate) -> QuerySet[Evidence]:
    """The evidence that an update may name.

    Its unit's own; what is open inside; what the contributions it takes in, and the update it corrects,
    rested on.
    """
    told = Q(uses__update_row__consolidated_in=update)
    if update.corrects_id is not None:
        told |= Q(uses__update_row=update.corrects_id)
    allowed = Q(owner_unit=update.unit_id) | Q(classification__in=_OPEN) | told
    return Evidence.objects.filter(allowed, plan=update.plan_id).distinct()
