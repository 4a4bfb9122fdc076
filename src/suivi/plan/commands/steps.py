"""The dated steps of the internal management plan, and what they cost."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import supersede, write_row
from suivi.core.models import Account
from suivi.organisation.models import Unit
from suivi.organisation.queries import require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.commands.locks import lock_deliverable
from suivi.plan.commands.trail import note_on
from suivi.plan.models import Deliverable, Milestone, MilestoneState, Resource, ResourceKind
from suivi.plan.queries.scopes import scopes_of
from suivi.values.errors import ChangedMeanwhile, RuleBroken
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
    expected: Decimal | None = None,
) -> MilestoneState:
    """Add a dated step to a deliverable; `expected` is the count or value to be reached by then."""
    require(by, Permission.PLAN_STEPS, scopes_of(deliverable, now), now=now)
    lock_deliverable(deliverable)
    milestone = Milestone(deliverable=deliverable, key=key or _next_key(deliverable))
    write_row(milestone)
    state = MilestoneState(
        milestone=milestone,
        title=title,
        due_on=due_on,
        done_on=done_on,
        expected=expected,
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
    expected: Decimal | None = None,
    is_dropped: bool = False,
    based_on: int | None = None,
) -> MilestoneState:
    """Write a new state of a milestone: moved, done, given to another owner, dropped. The old one stays.

    `based_on` is the state that was shown to the one who changes it; where another stands there by now,
    ChangedMeanwhile is raised.
    """
    lock_deliverable(milestone.deliverable)
    current = milestone.states.filter(superseded_at__isnull=True).first()
    require(by, Permission.PLAN_STEPS, scopes_of_step(milestone, current, now), now=now)
    _refuse_changed(current, based_on)
    if current is not None:
        supersede(current, by=by, now=now)
    state = MilestoneState(
        milestone=milestone,
        title=title,
        due_on=due_on,
        done_on=done_on,
        expected=expected,
        owner_unit=owner_unit,
        owner=owner,
        is_dropped=is_dropped,
        recorded_at=now,
        recorded_by=by,
    )
    return _write_state(state, list(depends_on), "change_milestone", by, now)


@transaction.atomic
def finish_milestone(
    *, by: Account | None, now: datetime, milestone: Milestone, done_on: date, based_on: int | None = None
) -> MilestoneState:
    """Say on which day a milestone was done; all else stays as it is."""
    current = milestone.states.select_related("owner_unit", "owner").get(superseded_at__isnull=True)
    return change_milestone(
        by=by,
        now=now,
        milestone=milestone,
        title=current.title,
        due_on=current.due_on,
        done_on=done_on,
        owner_unit=current.owner_unit,
        owner=current.owner,
        depends_on=current.depends_on.all(),
        expected=current.expected,
        is_dropped=current.is_dropped,
        based_on=based_on,
    )


def scopes_of_step(milestone: Milestone, state: MilestoneState | None, now: datetime) -> set[int]:
    """The scopes a role may be given for so that it reaches a milestone: those of its owner count too."""
    tree = unit_tree(timezone.localdate(now))
    owner = [state.owner_unit_id] if state and state.owner_unit_id else []
    return scopes_of(milestone.deliverable, now, tree) | tree.scopes_of(owner)


def _refuse_changed(current: MilestoneState | Resource | None, based_on: int | None) -> None:
    if based_on is not None and (current.pk if current else 0) != based_on:
        raise ChangedMeanwhile(
            gettext_noop("Somebody else changed this while you were writing."),
            hint=gettext_noop("Compare what stands there now with what you wrote, then save again."),
        )


def _next_key(deliverable: Deliverable) -> str:
    taken = set(deliverable.milestones.values_list("key", flat=True))
    return next(f"m{n}" for n in range(1, len(taken) + 2) if f"m{n}" not in taken)


def _write_state(
    state: MilestoneState, needs: list[Milestone], verb: str, by: Account | None, now: datetime
) -> MilestoneState:
    _refuse_loop(state.milestone, needs)
    write_row(state)
    state.depends_on.set(needs)
    deliverable = state.milestone.deliverable
    note_on(
        deliverable,
        verb,
        by,
        now,
        {
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
    based_on: int | None = None,
) -> Resource | None:
    """State the staff time (person-months) or money planned and secured.

    None is unknown; where both are unknown the statement ends. `based_on` is the statement that was shown
    to the one who writes (0: there was none); where another stands there by now, ChangedMeanwhile is raised.
    """
    require(by, Permission.PLAN_STEPS, scopes_of(deliverable, now), now=now)
    kind = ResourceKind(kind)
    lock_deliverable(deliverable)
    same_kind = Resource.objects.current().filter(deliverable=deliverable, kind=kind, currency=currency)
    current: Resource | None = same_kind.first()
    _refuse_changed(current, based_on)
    if (planned, secured) == ((current.planned, current.secured) if current else (None, None)):
        return current
    if current is not None:
        supersede(current, by=by, now=now)
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
        write_row(row)
    note_on(
        deliverable,
        "set_resource",
        by,
        now,
        {"kind": str(kind), "currency": currency, "planned": str(planned), "secured": str(secured)},
    )
    return row
