"""What somebody who reports needs to know: what the sheet asks for, who gives what, what was said last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from suivi.core.models import Account
from suivi.monitoring.models import (
    Asked,
    ItemState,
    ProgressUpdate,
    Round,
    UpdateKind,
    UpdateState,
)
from suivi.monitoring.queries.sheets import settings_on, sheet_on
from suivi.monitoring.rules.checks import SheetFacts
from suivi.monitoring.rules.content import UpdateContent
from suivi.monitoring.rules.rounds import kind_of_answer
from suivi.monitoring.rules.settings import DEFAULTS, PlanSettings
from suivi.monitoring.rules.workflow import OPEN
from suivi.organisation.models import Unit
from suivi.plan.models import Deliverable, Plan, ResponsibilityRole
from suivi.plan.queries import edition_on, responsibilities_on


@dataclass(frozen=True)
class SheetAsks:
    """What the reference sheet in force asks for, and its steps by their keys as primary keys."""

    facts: SheetFacts
    rungs: Mapping[str, int]


def settings_at(plan: Plan, now: datetime) -> PlanSettings:
    """What the plan decides about its follow-up, today."""
    today = timezone.localdate(now)
    edition = edition_on(plan, today)
    return settings_on(edition, today) if edition else DEFAULTS


def sheet_asks(deliverable: Deliverable, now: datetime) -> SheetAsks:
    """What the sheet of a deliverable asks for today."""
    today = timezone.localdate(now)
    edition = edition_on(deliverable.plan, today)
    sheet = sheet_on(deliverable, edition, today) if edition else None
    if sheet is None:
        return SheetAsks(SheetFacts(), {})
    rungs = {rung.key: rung.pk for rung in sheet.ladder.rungs} if sheet.ladder else {}
    facts = SheetFacts(
        kind=sheet.kind,
        parts=frozenset(sheet.part_keys),
        rungs=frozenset(rungs),
        criteria=frozenset(sheet.criterion_keys),
        dimensions={one["key"]: frozenset(v["key"] for v in one["values"]) for one in sheet.dimensions},
        is_ratio=sheet.is_ratio,
    )
    return SheetAsks(facts, rungs)


def kind_for(deliverable: Deliverable, unit: Unit, now: datetime) -> str | None:
    """What a unit gives on a deliverable today: the update, a contribution, or (None) nothing."""
    held = list(
        responsibilities_on(timezone.localdate(now))
        .filter(deliverable=deliverable)
        .values_list("role", "unit_id")
    )
    accountable = next((pk for role, pk in held if role == ResponsibilityRole.ACCOUNTABLE), None)
    responsible = {pk for role, pk in held if role == ResponsibilityRole.RESPONSIBLE}
    return kind_of_answer(unit.pk, accountable, responsible)


def is_asked(deliverable: Deliverable, unit: Unit, round: Round | None) -> bool:
    """Whether the round asks this unit about this deliverable."""
    return (
        round is not None and Asked.objects.filter(round=round, deliverable=deliverable, unit=unit).exists()
    )


def open_update(
    deliverable: Deliverable, unit: Unit, kind: str, round: Round | None
) -> ProgressUpdate | None:
    """The update of this unit that is under way: a draft, sent or returned; corrections apart."""
    under_way = ProgressUpdate.objects.filter(
        deliverable=deliverable, unit=unit, kind=kind, round=round, corrects=None, state__in=OPEN
    )
    # A contribution that went into an approved update is done with.
    return under_way.exclude(consolidated_in__state=UpdateState.APPROVED).order_by("pk").first()


def last_update(
    deliverable: Deliverable, unit: Unit | None = None, kind: str = UpdateKind.UPDATE
) -> ProgressUpdate | None:
    """The approved update that speaks of the latest day, of one unit or of any.

    Corrected ones are passed over. Of contributions, which nobody approves, the last that was submitted.
    """
    is_said = Q(state=UpdateState.APPROVED)
    if kind == UpdateKind.CONTRIBUTION:
        is_said |= Q(state=UpdateState.SUBMITTED)
    updates = ProgressUpdate.objects.filter(is_said, deliverable=deliverable, kind=kind)
    if unit is not None:
        updates = updates.filter(unit=unit)
    return (
        updates.exclude(corrections__state=UpdateState.APPROVED)
        .order_by("-reported_on", "-approved_at", "-pk")
        .first()
    )


def item_states_so_far(deliverables: Iterable[Deliverable]) -> dict[str, ItemState]:
    """Of each counted item the state that approved updates told last, by the item's key."""
    states = (
        ItemState.objects.filter(
            item__deliverable__in=list(deliverables), update_row__state=UpdateState.APPROVED
        )
        .exclude(update_row__corrections__state=UpdateState.APPROVED)
        .select_related("item", "update_row")
        .order_by("happened_on", "update_row__reported_on", "update_row__key")
    )
    return {str(state.item.key): state for state in states}


def empty_content(by: Account | None, plan: Plan, round: Round | None, today: date) -> UpdateContent:
    """What a new draft says: nothing, up to the end of the round's period or today."""
    reported_on = min(round.period_ends_on, today) if round else today
    return UpdateContent(reported_on=reported_on, language=by.language if by else plan.language)
