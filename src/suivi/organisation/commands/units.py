"""Changes to units and stakeholders."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from suivi.core.commands import supersede, write_audit, write_row
from suivi.core.models import Account
from suivi.organisation.models import Scope, Stakeholder, Unit, UnitVersion
from suivi.organisation.queries import require, unit_tree
from suivi.organisation.rules import Permission
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


@transaction.atomic
def add_unit(
    *,
    by: Account | None,
    now: datetime,
    key: str,
    kind: str,
    name: Text,
    short_name: str,
    parent: Unit | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Unit:
    """Add a unit with its first name and place."""
    require(by, Permission.MANAGE_UNITS, now=now)
    unit = Unit(
        key=key,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        scope=Scope.objects.create(label=short_name),
    )
    write_row(unit)
    _write_version(by, now, unit=unit, name=name, short_name=short_name, parent=parent, starts_on=starts_on)
    write_audit(by=by, now=now, verb="add_unit", on=unit, key=key)
    return unit


def _write_version(by: Account | None, now: datetime, **fields: Any) -> UnitVersion:
    version = UnitVersion(**fields, recorded_at=now, recorded_by=by)
    write_row(version)
    return version


@transaction.atomic
def rename_unit(
    *,
    by: Account | None,
    now: datetime,
    unit: Unit,
    name: Text,
    short_name: str,
    starts_on: date,
    parent: Unit | None = None,
) -> UnitVersion:
    """Give a unit another name or place from a day on; earlier days keep the earlier name."""
    tree = unit_tree(starts_on)
    require(by, Permission.MANAGE_UNITS, tree.scopes_of([unit.pk]), now=now)
    if parent is not None and any(above.pk == unit.pk for above in tree.ancestors(parent.pk)):
        raise RuleBroken(
            gettext_noop("%(unit)s cannot stand below itself."),
            {"unit": unit.key},
            gettext_noop("Choose another unit above it."),
        )
    latest = F("starts_on").desc(nulls_last=True)
    last = unit.versions.filter(superseded_at__isnull=True).order_by(latest, "-pk").first()
    if last is not None and last.starts_on and last.starts_on >= starts_on:
        raise RuleBroken(
            gettext_noop("The unit has a name from %(day)s on already."),
            {"day": last.starts_on.isoformat()},
            gettext_noop("Choose a later first day for the new name."),
        )
    if last is not None:
        supersede(last, by=by, now=now)
        last.pk = None
        last.superseded_at = last.superseded_by = None
        last.recorded_at, last.recorded_by = now, by
        last.ends_on = starts_on - timedelta(days=1)
        last.save()
    version = _write_version(
        by, now, unit=unit, name=name, short_name=short_name, parent=parent, starts_on=starts_on
    )
    write_audit(by=by, now=now, verb="rename_unit", on=unit, key=unit.key, details={"to": short_name})
    return version


@transaction.atomic
def close_unit(
    *,
    by: Account | None,
    now: datetime,
    unit: Unit,
    ends_on: date,
    successors: Iterable[Unit] = (),
) -> Unit:
    """Name the last day of a unit and who follows it. What it owes is handed over by its own command."""
    require(by, Permission.MANAGE_UNITS, unit_tree(ends_on).scopes_of([unit.pk]), now=now)
    unit.ends_on = ends_on
    write_row(unit, fields=["ends_on"])
    unit.successors.set(successors)
    write_audit(
        by=by, now=now, verb="close_unit", on=unit, key=unit.key, details={"last day": ends_on.isoformat()}
    )
    return unit


@transaction.atomic
def add_stakeholder(*, by: Account | None, now: datetime, key: str, kind: str, name: Text) -> Stakeholder:
    """Add somebody outside the organisation of whom a plan expects something."""
    require(by, Permission.MANAGE_UNITS, now=now)
    stakeholder = Stakeholder(key=key, kind=kind, name=name)
    write_row(stakeholder)
    write_audit(by=by, now=now, verb="add_stakeholder", on=stakeholder, key=key)
    return stakeholder
