"""One page for everyone: what I owe, what came back, what I clear, what I review, what I am asked for."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from suivi.monitoring.models import (
    Asked,
    Comment,
    ProgressUpdate,
    Support,
    UpdateEvent,
    UpdateKind,
    UpdateState,
)
from suivi.monitoring.queries.people import units_to_act_for
from suivi.organisation.queries import Authority, UnitTree
from suivi.organisation.rules import Permission
from suivi.plan.models import Plan, ResponsibilityRole
from suivi.plan.queries import responsibilities_on

_WITH = ("deliverable", "plan", "unit", "round", "changed_by", "submitted_by")
_ARRIVED = (UpdateState.IN_CLEARANCE, UpdateState.SUBMITTED, UpdateState.APPROVED)
_NEWEST_MENTIONS = 10


@dataclass(frozen=True)
class Mine:
    """What waits for one person. The lists come as they are needed; each is one query.

    `owed` are questions of open rounds without an answer (also those with a draft), the first due first;
    `to_review` counts by plan, since the queue is a page of its own.
    """

    owed: list[Asked] = field(default_factory=list)
    drafts: list[ProgressUpdate] = field(default_factory=list)
    returned: list[ProgressUpdate] = field(default_factory=list)
    to_clear: list[ProgressUpdate] = field(default_factory=list)
    to_consolidate: list[ProgressUpdate] = field(default_factory=list)
    to_decide: list[ProgressUpdate] = field(default_factory=list)
    to_review: dict[Plan, int] = field(default_factory=dict)
    support: list[Support] = field(default_factory=list)
    mentions: list[Comment] = field(default_factory=list)

    @property
    def to_report(self) -> list[Asked]:
        """What is owed, but for what came back: that is answered, and stands there."""
        back = {(one.round_id, one.deliverable_id, one.unit_id) for one in self.returned}
        return [one for one in self.owed if (one.round_id, one.deliverable_id, one.unit_id) not in back]

    @property
    def waiting(self) -> int:
        """How many things wait for this person; drafts and mentions do not."""
        lists: tuple[list[Any], ...] = (
            self.to_report,
            self.returned,
            self.to_clear,
            self.to_consolidate,
            self.to_decide,
            self.support,
        )
        return sum(len(one) for one in lists) + sum(self.to_review.values())


def mine_of(authority: Authority, tree: UnitTree) -> Mine:
    """What waits for an account today: at most twelve queries, whatever the size of the record."""
    if authority.account is None:
        return Mine()
    reports = units_to_act_for(authority, Permission.REPORT_PROGRESS, tree)
    clears = units_to_act_for(authority, Permission.CLEAR_UPDATE, tree)
    plans = list(Plan.objects.select_related("scope"))
    reviewed = [p for p in plans if authority.allows(Permission.REVIEW_UPDATE, [p.scope_id])]
    decided = [p for p in plans if authority.allows(Permission.AGREE_STATUS, [p.scope_id])]
    written = _of_units(reports, [UpdateState.DRAFT, UpdateState.RETURNED])
    return Mine(
        owed=_owed(reports, authority),
        drafts=[one for one in written if one.state == UpdateState.DRAFT],
        returned=[one for one in written if one.state == UpdateState.RETURNED],
        to_clear=_of_units(clears, [UpdateState.IN_CLEARANCE]),
        to_consolidate=_to_consolidate(reports, authority),
        to_decide=list(pending_decisions().filter(plan__in=decided)) if decided else [],
        to_review=_to_review(reviewed, authority.account.pk),
        support=_support(reports),
        mentions=list(
            authority.account.mentioned_in.select_related("deliverable__plan", "by").order_by("-at")[
                :_NEWEST_MENTIONS
            ]
        ),
    )


def pending_decisions() -> QuerySet[ProgressUpdate]:
    """Submitted updates on which the plan manager was asked to decide and has not."""
    last = (
        UpdateEvent.objects.filter(
            update_row=OuterRef("pk"), verb__in=("decision_asked", "decided", "recalled", "approved")
        )
        .order_by("-pk")
        .values("verb")[:1]
    )
    return (
        ProgressUpdate.objects.filter(state=UpdateState.SUBMITTED, kind=UpdateKind.UPDATE)
        .annotate(last_word=Subquery(last))
        .filter(last_word="decision_asked")
        .select_related(*_WITH)
        .order_by("submitted_at", "pk")
    )


def _owed(units: set[int], authority: Authority) -> list[Asked]:
    if not units:
        return []
    arrived = ProgressUpdate.objects.filter(
        round=OuterRef("round"),
        deliverable=OuterRef("deliverable"),
        unit=OuterRef("unit"),
        state__in=_ARRIVED,
    )
    return list(
        Asked.objects.filter(
            ~Exists(arrived),
            unit__in=units,
            excused_reason="",
            round__closed_at__isnull=True,
            round__opens_on__lte=authority.day,
        )
        .select_related("round", "deliverable__plan", "unit")
        .order_by("round__due_on", "deliverable__plan", "deliverable")
    )


def _of_units(units: set[int], states: list[str]) -> list[ProgressUpdate]:
    if not units:
        return []
    rows = ProgressUpdate.objects.filter(unit__in=units, state__in=states)
    return list(rows.select_related(*_WITH).order_by("-changed_at", "-pk"))


def _to_consolidate(units: set[int], authority: Authority) -> list[ProgressUpdate]:
    """Contributions that arrived and are in no update of the accountable unit yet."""
    if not units:
        return []
    held = responsibilities_on(authority.day).filter(role=ResponsibilityRole.ACCOUNTABLE, unit__in=units)
    rows = ProgressUpdate.objects.filter(
        kind=UpdateKind.CONTRIBUTION,
        state=UpdateState.SUBMITTED,
        deliverable__in=held.order_by().values("deliverable"),
    )
    taken = rows.filter(pk=OuterRef("pk"), consolidated_in__isnull=False).exclude(
        consolidated_in__state=UpdateState.DISCARDED
    )
    return list(rows.filter(~Exists(taken)).select_related(*_WITH).order_by("submitted_at", "pk"))


def _to_review(plans: list[Plan], account: int) -> dict[Plan, int]:
    """How many submitted updates wait in each plan, those of the account itself left out."""
    if not plans:
        return {}
    by_pk = {plan.pk: plan for plan in plans}
    own = Q(created_by=account) | Q(submitted_by=account) | Q(on_behalf_of=account)
    rows = (
        ProgressUpdate.objects.filter(plan__in=plans, state=UpdateState.SUBMITTED, kind=UpdateKind.UPDATE)
        .exclude(own)
        .order_by()
        .values_list("plan")
        .annotate(count=Count("pk"))
    )
    return {by_pk[pk]: count for pk, count in rows}


def _support(units: set[int]) -> list[Support]:
    if not units:
        return []
    return list(
        Support.objects.filter(
            owner_unit__in=units,
            answered_at__isnull=True,
            update_row__state__in=(UpdateState.SUBMITTED, UpdateState.APPROVED),
        )
        .select_related("update_row__deliverable", "update_row__plan", "update_row__unit", "owner_unit")
        .order_by("due_on", "pk")
    )
