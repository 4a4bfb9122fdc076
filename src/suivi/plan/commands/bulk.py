"""Assigning one unit to many deliverables at once, all of them or none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from suivi.core.models import Account
from suivi.organisation.models import Unit
from suivi.plan.commands.assignments import assign_unit, set_accountable
from suivi.plan.commands.locks import lock_deliverable
from suivi.plan.models import Deliverable, Responsibility, ResponsibilityRole
from suivi.values.errors import ChangedMeanwhile
from suivi.values.messages import gettext_noop


@transaction.atomic
def assign_units(
    *,
    by: Account | None,
    now: datetime,
    deliverables: Sequence[Deliverable],
    unit: Unit,
    roles: Iterable[str],
    starts_on: date,
    based_on: Mapping[str, int | None] | None = None,
) -> int:
    """Give a unit these responsibilities on each deliverable from a day on; give back how many changed.

    An accountable unit takes the place of the one before. `based_on` names, by key of the deliverable, the
    accountable responsibility that was shown to the one who assigns (None: a gap); where another stands
    there by now nothing is written and ChangedMeanwhile is raised.
    """
    if based_on is not None:
        _refuse_changed(deliverables, based_on, starts_on)
    changed = set()
    for role in roles:
        for deliverable in deliverables:
            if _assign(by, now, deliverable, unit, role, starts_on):
                changed.add(deliverable.pk)
    return len(changed)


def _assign(
    by: Account | None, now: datetime, deliverable: Deliverable, unit: Unit, role: str, starts_on: date
) -> bool:
    if role == ResponsibilityRole.ACCOUNTABLE:
        one = [deliverable]
        return bool(set_accountable(by=by, now=now, deliverables=one, unit=unit, starts_on=starts_on))
    held = set(Responsibility.objects.current().filter(deliverable=deliverable).values_list("pk", flat=True))
    row = assign_unit(by=by, now=now, deliverable=deliverable, unit=unit, role=role, starts_on=starts_on)
    return row.pk not in held


def _refuse_changed(
    deliverables: Iterable[Deliverable], based_on: Mapping[str, int | None], starts_on: date
) -> None:
    changed = []
    for deliverable in sorted(deliverables, key=lambda one: one.pk):  # two writers never wait for each other
        lock_deliverable(deliverable)
        held = Responsibility.objects.current().filter(
            deliverable=deliverable, role=ResponsibilityRole.ACCOUNTABLE
        )
        standing = {row.pk for row in held if row.ends_on is None or row.ends_on >= starts_on}
        shown = based_on.get(deliverable.key)
        if standing - {shown}:
            changed.append(deliverable.key)
    if changed:
        raise ChangedMeanwhile(
            gettext_noop(
                "Another accountable unit than the one shown is set from that day or later: %(keys)s."
            ),
            {"keys": ", ".join(changed)},
            gettext_noop("Look at who is accountable now, then decide again."),
        )
