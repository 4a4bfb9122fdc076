"""Who answers for a deliverable: assigning units, handing over, expectations of those outside."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import supersede, write_row
from suivi.core.models import Account
from suivi.organisation.models import Stakeholder, Unit
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.locks import lock_deliverable
from suivi.plan.commands.trail import note_on
from suivi.plan.models import (
    Deliverable,
    Expectation,
    MilestoneState,
    Responsibility,
    ResponsibilityRole,
)
from suivi.plan.rules import hand_over_period
from suivi.values.errors import ChangedMeanwhile, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.period import Period
from suivi.values.text import Text

ACCOUNTABLE = ResponsibilityRole.ACCOUNTABLE


@transaction.atomic
def assign_unit(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    unit: Unit,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    contact: Account | None = None,
) -> Responsibility:
    """Give a unit a responsibility from a day on. A second accountable unit on any of its days is refused."""
    require(by, Permission.ASSIGN_UNITS, [deliverable.plan.scope_id], now=now)
    _refuse_closed(unit, starts_on)
    period = _period(starts_on, ends_on)
    lock_deliverable(deliverable)
    for other in _current(deliverable, role):
        if not period.overlaps(Period(other.starts_on, other.ends_on)):
            continue
        if other.unit_id == unit.pk and other.starts_on <= starts_on:
            return other
        if role == ACCOUNTABLE:
            raise RuleBroken(
                gettext_noop("%(unit)s is accountable for %(deliverable)s on some of these days."),
                {"unit": other.unit.key, "deliverable": deliverable.key},
                gettext_noop("Hand the deliverable over instead: that ends the one and starts the other."),
            )
    row = _write(deliverable, unit, role, period, contact, by, now)
    _audit(by, now, "assign_unit", deliverable, unit, role, starts_on)
    return row


@transaction.atomic
def end_responsibility(
    *, by: Account | None, now: datetime, responsibility: Responsibility, ends_on: date
) -> None:
    """Name the last day of a responsibility; one that would end before it starts is withdrawn."""
    deliverable = responsibility.deliverable
    require(by, Permission.ASSIGN_UNITS, [deliverable.plan.scope_id], now=now)
    _end(_locked(responsibility), ends_on, by, now)
    _audit(by, now, "end_responsibility", deliverable, responsibility.unit, responsibility.role, ends_on)


@transaction.atomic
def change_contact(
    *, by: Account | None, now: datetime, responsibility: Responsibility, contact: Account | None
) -> Responsibility:
    """Name another person (or nobody) to turn to for what a unit has to do."""
    deliverable = responsibility.deliverable
    require(by, Permission.ASSIGN_UNITS, [deliverable.plan.scope_id], now=now)
    row = _locked(responsibility)
    if row.contact == contact:
        return row
    supersede(row, by=by, now=now)
    fresh = _write(deliverable, row.unit, row.role, Period(row.starts_on, row.ends_on), contact, by, now)
    more = {"contact": contact.name if contact else ""}
    _audit(by, now, "change_contact", deliverable, row.unit, row.role, row.starts_on, more)
    return fresh


@transaction.atomic
def set_accountable(
    *,
    by: Account | None,
    now: datetime,
    deliverables: Iterable[Deliverable],
    unit: Unit | None,
    starts_on: date,
) -> int:
    """Make one unit (or none) accountable for these deliverables from a day on; give back how many changed.

    Whoever was accountable on that day or later is so until the day before.
    """
    changed = 0
    if unit is not None:
        _refuse_closed(unit, starts_on)
    for deliverable in deliverables:
        require(by, Permission.ASSIGN_UNITS, [deliverable.plan.scope_id], now=now)
        lock_deliverable(deliverable)
        held = [r for r in _current(deliverable, ACCOUNTABLE) if r.ends_on is None or r.ends_on >= starts_on]
        already = unit is not None and len(held) == 1 and held[0].unit_id == unit.pk
        if (not held and unit is None) or (already and held[0].starts_on <= starts_on):
            continue
        for row in held:
            _end(row, starts_on - timedelta(days=1), by, now)
        if unit is not None:
            _write(deliverable, unit, ACCOUNTABLE, Period(starts_on, None), None, by, now)
        _audit(by, now, "set_accountable", deliverable, unit, ACCOUNTABLE, starts_on)
        changed += 1
    return changed


@transaction.atomic
def hand_over(
    *,
    by: Account | None,
    now: datetime,
    deliverables: Iterable[Deliverable],
    from_unit: Unit,
    to_unit: Unit,
    on: date,
) -> int:
    """Move everything one unit owes on these deliverables to another from a day on; give back how many moved.

    Each responsibility is cut at that day; milestones not done by then change their owner, so the calendar
    of the new unit holds them. What was recorded before keeps the old unit.
    """
    moved = 0
    if from_unit == to_unit:
        raise RuleBroken(
            gettext_noop("%(unit)s cannot hand over to itself."),
            {"unit": from_unit.key},
            gettext_noop("Choose another unit."),
        )
    _refuse_closed(to_unit, on)
    for deliverable in deliverables:
        require(by, Permission.ASSIGN_UNITS, [deliverable.plan.scope_id], now=now)
        lock_deliverable(deliverable)
        rows = Responsibility.objects.current().filter(deliverable=deliverable, unit=from_unit)
        cut = [_cut(row, to_unit, on, by, now) for row in rows]
        steps = _move_milestones(deliverable, from_unit, to_unit, on, by, now)
        if any(cut) or steps:
            moved += 1
            _audit(by, now, "hand_over", deliverable, to_unit, "", on, {"from": from_unit.key})
    return moved


def _period(starts_on: date, ends_on: date | None) -> Period:
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken(
            gettext_noop("The last day, %(last)s, is before the first, %(first)s."),
            {"first": starts_on.isoformat(), "last": ends_on.isoformat()},
            gettext_noop("Check the two days."),
        )
    return Period(starts_on, ends_on)


def _refuse_closed(unit: Unit, on: date) -> None:
    if unit.ends_on is not None and unit.ends_on < on:
        raise RuleBroken(
            gettext_noop("%(unit)s was closed on %(day)s."),
            {"unit": unit.key, "day": unit.ends_on.isoformat()},
            gettext_noop("Choose a unit that exists on the first day, such as its successor."),
        )


def _locked(responsibility: Responsibility) -> Responsibility:
    """The responsibility, if it still stands as it was shown."""
    lock_deliverable(responsibility.deliverable)
    row: Responsibility | None = Responsibility.objects.current().filter(pk=responsibility.pk).first()
    if row is None:
        raise ChangedMeanwhile(
            gettext_noop("Somebody else changed this responsibility while you were looking at it."),
            hint=gettext_noop("Look at what stands there now, then decide again."),
        )
    return row


def _current(deliverable: Deliverable, role: str) -> Sequence[Responsibility]:
    return list(
        Responsibility.objects.current()
        .filter(deliverable=deliverable, role=role)
        .select_related("unit")
        .order_by("starts_on")
    )


def _write(
    deliverable: Deliverable,
    unit: Unit,
    role: str,
    period: Period,
    contact: Account | None,
    by: Account | None,
    now: datetime,
) -> Responsibility:
    row = Responsibility(
        deliverable=deliverable,
        unit=unit,
        role=role,
        contact=contact,
        starts_on=period.starts_on or timezone.localdate(now),
        ends_on=period.ends_on,
        recorded_at=now,
        recorded_by=by,
    )
    write_row(row)
    return row


def _end(row: Responsibility, ends_on: date, by: Account | None, now: datetime) -> None:
    supersede(row, by=by, now=now)
    if row.starts_on <= ends_on:
        _write(row.deliverable, row.unit, row.role, Period(row.starts_on, ends_on), row.contact, by, now)


def _cut(row: Responsibility, to_unit: Unit, on: date, by: Account | None, now: datetime) -> bool:
    handed = hand_over_period(Period(row.starts_on, row.ends_on), on)
    if handed is None:
        return False
    supersede(row, by=by, now=now)
    if handed.kept is not None:
        _write(row.deliverable, row.unit, row.role, handed.kept, row.contact, by, now)
    same = Responsibility.objects.current().filter(
        deliverable=row.deliverable, unit=to_unit, role=row.role, starts_on__lte=on, ends_on__isnull=True
    )
    if not same.exists():
        _write(row.deliverable, to_unit, row.role, handed.given, None, by, now)
    return True


def _move_milestones(
    deliverable: Deliverable, from_unit: Unit, to_unit: Unit, on: date, by: Account | None, now: datetime
) -> int:
    states = MilestoneState.objects.current().filter(
        milestone__deliverable=deliverable, owner_unit=from_unit, is_dropped=False
    )
    moved = 0
    for state in states.prefetch_related("depends_on"):
        if state.done_on is not None and state.done_on < on:
            continue
        needs = list(state.depends_on.all())
        supersede(state, by=by, now=now)
        state.pk = None
        state.superseded_at = state.superseded_by = None
        state.recorded_at, state.recorded_by = now, by
        state.owner_unit, state.owner = to_unit, None
        state.save()
        state.depends_on.set(needs)
        moved += 1
    return moved


def _audit(
    by: Account | None,
    now: datetime,
    verb: str,
    deliverable: Deliverable,
    unit: Unit | None,
    role: str,
    day: date,
    more: dict[str, str] | None = None,
) -> None:
    details = {"unit": unit.key if unit else "", "responsibility": str(role), "day": day.isoformat()}
    note_on(deliverable, verb, by, now, {**details, **(more or {})})


@transaction.atomic
def expect_of_stakeholder(
    *, by: Account | None, now: datetime, deliverable: Deliverable, stakeholder: Stakeholder, text: Text
) -> Expectation:
    """Say what is expected of somebody outside; saying it anew replaces what was said."""
    require(by, Permission.ASSIGN_UNITS, [deliverable.plan.scope_id], now=now)
    lock_deliverable(deliverable)
    for old in Expectation.objects.current().filter(deliverable=deliverable, stakeholder=stakeholder):
        supersede(old, by=by, now=now)
    row = Expectation(
        deliverable=deliverable, stakeholder=stakeholder, text=text, recorded_at=now, recorded_by=by
    )
    write_row(row)
    note_on(deliverable, "expect_of_stakeholder", by, now, {"stakeholder": stakeholder.key})
    return row
