"""What a unit is asked in a round, and what the record says on it now: a few queries for any number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from suivi.core.models import Account
from suivi.monitoring.models import Asked, ProgressUpdate, Round, StepReached, UpdateKind, UpdateState
from suivi.monitoring.queries.content import contents_of, item_said
from suivi.monitoring.queries.report import empty_content, item_states_so_far
from suivi.monitoring.queries.sheets import SheetOnDay, sheets_on
from suivi.monitoring.rules.content import ItemSaid, UpdateContent
from suivi.monitoring.rules.rounds import kind_of_answer
from suivi.monitoring.rules.workflow import EDITABLE
from suivi.organisation.models import Unit
from suivi.organisation.queries import Authority, UnitNode, UnitTree
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable, DeliverableEdition, Plan, ResponsibilityRole
from suivi.plan.queries import edition_on, responsibilities_on
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop


@dataclass
class Question:
    """One deliverable that a unit is asked about.

    `said` is what the unit's update of the round says, or what a new draft would say; `before` what the
    approved updates said last; `kind` is empty where the unit answers for nothing of it today.
    """

    deliverable: Deliverable
    row: DeliverableEdition
    kind: str
    sheet: SheetOnDay | None
    said: UpdateContent
    update: ProgressUpdate | None = None
    before: UpdateContent | None = None
    items: dict[str, ItemSaid] = field(default_factory=dict)
    steps: dict[tuple[str, str], date] = field(default_factory=dict)
    returned_because: str = ""

    @property
    def key(self) -> str:
        return self.deliverable.key

    @property
    def is_open(self) -> bool:
        """Whether an answer can still be written."""
        return bool(self.kind) and (self.update is None or self.update.state in EDITABLE)


def unit_named(key: str) -> Unit:
    """The unit with this key. Raises NotFound and names those whose keys are near."""
    found = Unit.objects.filter(key=key).first()
    if found is None:
        near = ", ".join(get_close_matches(key, Unit.objects.values_list("key", flat=True), n=5))
        raise NotFound(
            gettext_noop("There is no unit with the key %(key)s."),
            {"key": key, "near": near or "–"},
            gettext_noop("Near it are: %(near)s."),
        )
    return found


def round_of(unit: Unit, plan: Plan, key: str = "") -> Round:
    """The round with this key, or the open one that asks the unit. NotFound says which there are."""
    rounds = Round.objects.filter(plan=plan, asked__unit=unit).distinct()
    if key:
        found = rounds.filter(key=key).first()
        if found is not None:
            return found
    open_ones = list(rounds.filter(closed_at__isnull=True).order_by("-due_on"))
    if not key and open_ones:
        return open_ones[0]
    keys = ", ".join(rounds.order_by("-due_on").values_list("key", flat=True)[:20])
    raise NotFound(
        gettext_noop("No open round asks %(unit)s."),
        {"unit": unit.key, "keys": keys or "–"},
        gettext_noop("The rounds that asked this unit are: %(keys)s."),
    )


def workbooks_to_give(authority: Authority, tree: UnitTree) -> list[tuple[Round, UnitNode]]:
    """The open rounds with the units that they ask and that this account reports for, two queries."""
    pairs = list(
        Asked.objects.filter(round__closed_at__isnull=True, excused_reason="")
        .order_by("round__due_on", "round", "unit__key")
        .values_list("round", "unit")
        .distinct()
    )
    rounds = Round.objects.select_related("plan").in_bulk({pk for pk, _unit in pairs})
    return [
        (rounds[pk], tree[unit])
        for pk, unit in pairs
        if unit in tree.nodes
        and authority.allows(Permission.REPORT_PROGRESS, tree.scopes_of([unit]) | {rounds[pk].plan.scope_id})
    ]


def questions_of(by: Account | None, unit: Unit, round: Round, now: datetime) -> list[Question]:
    """What the unit is asked in the round, in the order of the plan; excused questions are left out."""
    day = timezone.localdate(now)
    asked = Asked.objects.filter(round=round, unit=unit, excused_reason="").values("deliverable")
    edition = edition_on(round.plan, day)
    rows = [] if edition is None else list(
        edition.deliverableeditions.filter(deliverable__in=asked)
        .select_related("deliverable__plan").order_by("position")
    )  # fmt: skip
    pks = [row.deliverable_id for row in rows]
    sheets = sheets_on(edition, day, pks) if edition else {}
    kinds = _kinds(unit, pks, day)
    updates = _updates(unit, round, kinds)
    said, before = contents_of(updates.values()), _before(pks)
    questions = [
        Question(
            deliverable=row.deliverable,
            row=row,
            kind=kinds[row.deliverable_id],
            sheet=sheets.get(row.deliverable_id),
            update=update,
            said=said[update.pk] if update else empty_content(by, round.plan, round, day),
            before=before.get(row.deliverable_id),
        )
        for row in rows
        for update in [updates.get(row.deliverable_id)]
    ]
    _add_items(questions)
    _add_steps(questions)
    _add_returns(questions)
    return questions


def _kinds(unit: Unit, pks: list[int], day: date) -> dict[int, str]:
    """What the unit gives on each deliverable: the update, a contribution, or "" for nothing."""
    held: dict[int, dict[str, set[int]]] = {}
    rows = responsibilities_on(day).filter(deliverable__in=pks)
    for pk, role, unit_pk in rows.values_list("deliverable_id", "role", "unit_id"):
        held.setdefault(pk, {}).setdefault(role, set()).add(unit_pk)
    found = {}
    for pk in pks:
        roles = held.get(pk, {})
        accountable = next(iter(roles.get(ResponsibilityRole.ACCOUNTABLE, ())), None)
        found[pk] = (
            kind_of_answer(unit.pk, accountable, roles.get(ResponsibilityRole.RESPONSIBLE, set())) or ""
        )
    return found


def _updates(unit: Unit, round: Round, kinds: Mapping[int, str]) -> dict[int, ProgressUpdate]:
    """The latest update of the unit in the round on each deliverable; not corrections, nor discarded ones."""
    updates = (
        ProgressUpdate.objects.filter(unit=unit, round=round, deliverable__in=list(kinds), corrects=None)
        .exclude(state=UpdateState.DISCARDED)
        .select_related("deliverable__plan", "plan", "unit", "round")
        .order_by("pk")
    )
    return {one.deliverable_id: one for one in updates if one.kind == kinds[one.deliverable_id]}


def _before(pks: list[int]) -> dict[int, UpdateContent]:
    """What the approved update that speaks of the latest day says, by deliverable."""
    approved = (
        ProgressUpdate.objects.filter(
            deliverable=OuterRef("pk"), kind=UpdateKind.UPDATE, state=UpdateState.APPROVED
        )
        .exclude(corrections__state=UpdateState.APPROVED)
        .order_by("-reported_on", "-approved_at", "-pk")
    )
    last = Deliverable.objects.filter(pk__in=pks).annotate(last=Subquery(approved.values("pk")[:1]))
    updates = list(ProgressUpdate.objects.filter(pk__in=[one.last for one in last if one.last]))
    said = contents_of(updates)
    return {one.deliverable_id: said[one.pk] for one in updates}


def _add_items(questions: Iterable[Question]) -> None:
    by_pk = _of_kind(questions, "items")
    if not by_pk:
        return
    for key, state in item_states_so_far([one.deliverable for one in by_pk.values()]).items():
        by_pk[state.item.deliverable_id].items[key] = item_said(state)


def _add_steps(questions: Iterable[Question]) -> None:
    by_pk = _of_kind(questions, "ladder", "parts")
    if not by_pk:
        return
    steps: Any = (
        StepReached.objects.filter(
            update_row__deliverable__in=list(by_pk), update_row__state=UpdateState.APPROVED
        )
        .exclude(update_row__corrections__state=UpdateState.APPROVED)
        .order_by("happened_on", "update_row__reported_on", "update_row__key")
        .values_list("update_row__deliverable_id", "part", "rung__key", "happened_on")
    )
    for pk, part, rung, happened_on in steps:
        by_pk[pk].steps[part, rung] = happened_on


def _add_returns(questions: Iterable[Question]) -> None:
    """Why an update came back, beside the update."""
    for one in questions:
        if one.update is not None and one.update.state == UpdateState.RETURNED:
            event = one.update.events.filter(verb="returned").last()
            one.returned_because = event.reason if event else ""


def _of_kind(questions: Iterable[Question], *kinds: str) -> dict[int, Question]:
    return {one.deliverable.pk: one for one in questions if one.sheet and one.sheet.kind in kinds}
