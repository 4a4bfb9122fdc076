"""The dated steps of the internal management plan, and what they cost."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from suivi.core.commands import supersede, write_audit
from suivi.core.models import Account
from suivi.organisation.models import Unit
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable, Milestone, MilestoneState, Resource, ResourceKind
from suivi.plan.queries.scopes import scopes_of
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


@transaction.atomic
def add_milestone(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    title: Text,
    due_on: date,
    key: str = "",
    owner_unit: Unit | None = None,
    owner: Account | None = None,
    done_on: date | None = None,
    depends_on: Iterable[Milestone] = (),
) -> MilestoneState:
    """Add a dated step to a deliverable."""
    require(by, Permission.PLAN_STEPS, scopes_of(deliverable, now), now=now)
    milestone = Milestone(deliverable=deliverable, key=key or _next_key(deliverable))
    milestone.full_clean()
    milestone.save()
    state = MilestoneState(
        milestone=milestone,
        title=title,
        due_on=due_on,
        done_on=done_on,
        owner_unit=owner_unit,
        owner=owner,
        recorded_at=now,
        recorded_by=by,
    )
    return _write_state(state, list(depends_on), "add_milestone", by, now)


@transaction.atomic
def change_milestone(
    *,
    by: Account | None,
    now: datetime,
    milestone: Milestone,
    title: Text,
    due_on: date,
    done_on: date | None,
    owner_unit: Unit | None,
    owner: Account | None = None,
    depends_on: Iterable[Milestone] = (),
    is_dropped: bool = False,
) -> MilestoneState:
    """Write a new state of a milestone: moved, done, given to another owner, dropped. The old one stays."""
    require(by, Permission.PLAN_STEPS, scopes_of(milestone.deliverable, now), now=now)
    for old in milestone.states.select_for_update().filter(superseded_at__isnull=True):
        supersede(old, by=by, now=now)
    state = MilestoneState(
        milestone=milestone,
        title=title,
        due_on=due_on,
        done_on=done_on,
        owner_unit=owner_unit,
        owner=owner,
        is_dropped=is_dropped,
        recorded_at=now,
        recorded_by=by,
    )
    return _write_state(state, list(depends_on), "change_milestone", by, now)


def _next_key(deliverable: Deliverable) -> str:
    taken = set(deliverable.milestones.values_list("key", flat=True))
    return next(f"m{n}" for n in range(1, len(taken) + 2) if f"m{n}" not in taken)


def _write_state(
    state: MilestoneState, needs: list[Milestone], verb: str, by: Account | None, now: datetime
) -> MilestoneState:
    _refuse_loop(state.milestone, needs)
    state.full_clean()
    state.save()
    state.depends_on.set(needs)
    deliverable = state.milestone.deliverable
    write_audit(
        by=by,
        now=now,
        verb=verb,
        on=deliverable,
        key=deliverable.key,
        plan_slug=deliverable.plan.slug,
        details={
            "milestone": str(state.title),
            "due": state.due_on.isoformat(),
            "done": state.done_on.isoformat() if state.done_on else "",
            "dropped": state.is_dropped,
        },
    )
    return state


def _refuse_loop(milestone: Milestone, needs: list[Milestone]) -> None:
    """A step that waits for itself, directly or through others, could never be done."""
    seen: set[int] = set()
    waiting = [need.pk for need in needs]
    while waiting:
        here = waiting.pop()
        if here == milestone.pk:
            raise RuleBroken(
                gettext_noop("The milestone would wait for itself."),
                hint=gettext_noop("Take one of the dependencies away."),
            )
        if here not in seen:
            seen.add(here)
            waiting.extend(
                MilestoneState.objects.current()
                .filter(milestone_id=here, depends_on__isnull=False)
                .values_list("depends_on", flat=True)
            )


@transaction.atomic
def set_resource(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    kind: str,
    planned: Decimal | None,
    secured: Decimal | None,
    currency: str = "",
) -> Resource | None:
    """State the staff time (person-months) or money planned and secured.

    None is unknown; where both are unknown the statement ends.
    """
    require(by, Permission.PLAN_STEPS, scopes_of(deliverable, now), now=now)
    kind = ResourceKind(kind)
    for old in Resource.objects.current().filter(deliverable=deliverable, kind=kind, currency=currency):
        if (old.planned, old.secured) == (planned, secured):
            same: Resource = old
            return same
        supersede(old, by=by, now=now)
    row = None
    if planned is not None or secured is not None:
        row = Resource(
            deliverable=deliverable,
            kind=kind,
            currency=currency,
            planned=planned,
            secured=secured,
            recorded_at=now,
            recorded_by=by,
        )
        row.full_clean()
        row.save()
    write_audit(
        by=by,
        now=now,
        verb="set_resource",
        on=deliverable,
        key=deliverable.key,
        plan_slug=deliverable.plan.slug,
        details={"kind": str(kind), "currency": currency, "planned": str(planned), "secured": str(secured)},
    )
    return row
