"""Writing what a plan decides about its follow-up: rules, ladders, reference sheets, revised targets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from suivi.core.commands import supersede, write_audit, write_row
from suivi.core.models import Account
from suivi.monitoring.models import (
    Ladder,
    PlanRules,
    ReferenceSheet,
    Rung,
    SheetPart,
    TargetRevision,
)
from suivi.monitoring.rules.settings import settings_of
from suivi.organisation.models import Unit
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.locks import lock_deliverable
from suivi.plan.commands.trail import note_on
from suivi.plan.models import Deliverable, Edition, Plan
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

NO_WORDS = Text("en", {})


@dataclass(frozen=True)
class RungGiven:
    """A step of a ladder as it is written down; the lowest comes first."""

    key: str
    name: Text
    meaning: Text = NO_WORDS
    outside: Text = NO_WORDS


@dataclass(frozen=True)
class PartGiven:
    """A part as it is written down. `kind` is a PartKind."""

    kind: str
    key: str
    name: Text


@dataclass(frozen=True)
class CriterionGiven:
    """A question that an item has to answer with yes."""

    key: str
    text: Text


@transaction.atomic
def set_rules(
    *, by: Account | None, now: datetime, edition: Edition, settings: Mapping[str, Any]
) -> PlanRules:
    """Decide the rules of follow-up of an edition; what `settings` does not name holds by default.

    Raises InputRefused for a name that is no setting.
    """
    _require(by, edition.plan, now)
    settings_of(settings)
    for before in PlanRules.objects.current().filter(edition=edition):
        supersede(before, by=by, now=now)
    rules = PlanRules(
        plan=edition.plan, edition=edition, settings=dict(settings), recorded_at=now, recorded_by=by
    )
    write_row(rules)
    _audit(rules, edition, "set_rules", by, now, {"settings": dict(settings)})
    return rules


@transaction.atomic
def describe_ladder(
    *,
    by: Account | None,
    now: datetime,
    edition: Edition,
    key: str,
    name: Text,
    rungs: Sequence[RungGiven],
) -> Ladder:
    """Write a ladder of an edition, or write it anew. Steps keep their meaning by their keys."""
    _require(by, edition.plan, now)
    _refuse_doubled(rung.key for rung in rungs)
    if not rungs:
        raise RuleBroken(
            gettext_noop("A ladder needs a step."),
            hint=gettext_noop("Name the steps, the lowest first; the last one means achieved."),
        )
    for before in Ladder.objects.current().filter(edition=edition, key=key):
        supersede(before, by=by, now=now)
    ladder = Ladder(plan=edition.plan, edition=edition, key=key, name=name, recorded_at=now, recorded_by=by)
    write_row(ladder)
    for position, given in enumerate(rungs, start=1):
        rung = Rung(
            ladder=ladder,
            position=position,
            key=given.key,
            name=given.name,
            meaning=given.meaning,
            outside=given.outside,
        )
        write_row(rung)
    _audit(ladder, edition, "describe_ladder", by, now, {"rungs": [rung.key for rung in rungs]})
    return ladder


@transaction.atomic
def write_sheet(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    edition: Edition,
    kind: str,
    meaning: Text = NO_WORDS,
    counts: Text = NO_WORDS,
    counts_not: Text = NO_WORDS,
    verification: Text = NO_WORDS,
    criteria: Sequence[CriterionGiven] = (),
    parts: Sequence[PartGiven] = (),
    ladder: str = "",
    needs_evidence: bool = False,
    validated_by: Unit | None = None,
    frequency: str = "every_round",
    expected_path: str = "milestones",
    measure: Text = NO_WORDS,
    baseline: Decimal | None = None,
    baseline_on: date | None = None,
    is_ratio: bool = False,
    less_is_better: bool = False,
    dimensions: Sequence[Mapping[str, Any]] = (),
) -> ReferenceSheet:
    """Write the reference sheet of a deliverable, or its next version; the old ones stay.

    `kind` is a ProgressKind, `ladder` the key of one of the plan, `dimensions` as ReferenceSheet keeps it.
    """
    _require(by, edition.plan, now)
    lock_deliverable(deliverable)
    _refuse_doubled(part.key for part in parts)
    _refuse_doubled(criterion.key for criterion in criteria)
    _refuse_no_parts(kind, parts)
    for before in ReferenceSheet.objects.current().filter(deliverable=deliverable, edition=edition):
        supersede(before, by=by, now=now)
    sheet = ReferenceSheet(
        deliverable=deliverable,
        edition=edition,
        version=_next_version(deliverable),
        kind=kind,
        meaning=meaning,
        counts=counts,
        counts_not=counts_not,
        verification=verification,
        criteria=[{"key": one.key, "text": one.text.to_json()} for one in criteria],
        needs_evidence=needs_evidence,
        validated_by=validated_by,
        frequency=frequency,
        expected_path=expected_path,
        ladder=_ladder(edition, ladder),
        measure=measure,
        baseline=baseline,
        baseline_on=baseline_on,
        is_ratio=is_ratio,
        less_is_better=less_is_better,
        dimensions=list(dimensions),
        recorded_at=now,
        recorded_by=by,
    )
    write_row(sheet)
    _write_parts(sheet, parts)
    note_on(deliverable, "write_sheet", by, now, {"kind": kind, "version": sheet.version})
    return sheet


@transaction.atomic
def revise_target(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    target: Decimal,
    decided_on: date,
    decided_by: str,
    reason: str,
) -> TargetRevision:
    """Revise a target inside. The adopted one stays beside it, and so do earlier revisions."""
    require(by, Permission.AGREE_STATUS, [deliverable.plan.scope_id], now=now)
    lock_deliverable(deliverable)
    revision = TargetRevision(
        deliverable=deliverable,
        target=target,
        decided_on=decided_on,
        decided_by=decided_by.strip(),
        reason=reason.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    write_row(revision)
    details = {"target": str(target), "decided_on": decided_on.isoformat(), "decided_by": decided_by}
    note_on(deliverable, "revise_target", by, now, details)
    return revision


def _require(by: Account | None, plan: Plan, now: datetime) -> None:
    require(by, Permission.MANAGE_ROUNDS, [plan.scope_id], now=now)


def _refuse_doubled(keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise RuleBroken(
                gettext_noop("The key “%(key)s” stands there twice."),
                {"key": key},
                gettext_noop("Give each a key of its own."),
            )
        seen.add(key)


def _refuse_no_parts(kind: str, parts: Sequence[PartGiven]) -> None:
    if kind == "parts" and not parts:
        raise RuleBroken(
            gettext_noop("No part is named."),
            hint=gettext_noop("Name the strands or the places to cover, or choose a ladder for the whole."),
        )


def _next_version(deliverable: Deliverable) -> int:
    latest: int | None = ReferenceSheet.objects.filter(deliverable=deliverable).aggregate(
        latest=Max("version")
    )["latest"]
    return (latest or 0) + 1


def _ladder(edition: Edition, key: str) -> Ladder | None:
    """The ladder of an edition by its key, or that of the edition before it."""
    if not key:
        return None
    found: Ladder | None = (
        Ladder.objects.current()
        .filter(edition__plan=edition.plan_id, edition__number__lte=edition.number, key=key)
        .order_by("-edition__number")
        .first()
    )
    if found is None:
        raise RuleBroken(
            gettext_noop("The plan has no ladder “%(key)s”."),
            {"key": key},
            gettext_noop("Describe the ladder first."),
        )
    return found


def _write_parts(sheet: ReferenceSheet, parts: Sequence[PartGiven]) -> None:
    for position, given in enumerate(parts, start=1):
        part = SheetPart(sheet=sheet, position=position, kind=given.kind, key=given.key, name=given.name)
        write_row(part)


def _audit(
    row: PlanRules | Ladder,
    edition: Edition,
    verb: str,
    by: Account | None,
    now: datetime,
    details: Mapping[str, Any],
) -> None:
    write_audit(by=by, now=now, verb=verb, on=row, plan_slug=edition.plan.slug, details=details)
