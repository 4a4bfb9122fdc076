"""A made-up record of follow-up of any size: rounds, sheets, updates with their facts, all invented.

Of every five deliverables one counts items, one climbs a ladder, one has parts, one an indicator and one a
commitment. An update says one thing, as people who report every few weeks do. One in ten names evidence, one
in ten is a contribution, one in fifty corrects the one before; one sheet in ten asks for evidence, one piece
of evidence in a hundred was withdrawn. Of twenty deliverables one has an update that waits for review, one an
update that came back, one a draft.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from bench.bulk import Table, without_checks
from bench.portfolio import ADOPTED, DAY, RECORDED, words
from suivi.core.models import Account
from suivi.monitoring.models import (
    AgreedStatus,
    Asked,
    Evidence,
    EvidenceUse,
    Item,
    ItemState,
    Ladder,
    ProgressUpdate,
    ReferenceSheet,
    ReportedValue,
    Round,
    Rung,
    SheetPart,
    StepReached,
    UpdateEvent,
)
from suivi.plan.models import DeliverableEdition, Responsibility
from suivi.values.text import Text

KINDS = ("items", "ladder", "parts", "indicator", "commitment")
RUNGS = ("planned", "drafted", "tried", "used")
ITEMS_EACH = 12
ROUNDS = 10
NO_WORDS = Text("en", {})
NO_TEXT = json.dumps(NO_WORDS.to_json())
NARRATIVE = json.dumps(
    Text.of("Work went on in **three** harbours. The lamps were tried with those who tend them, and two "
            "meetings were held about who pays for the oil. Next: the quay in the north.", "en").to_json()
)  # fmt: skip


@dataclass(frozen=True)
class Followed:
    """A deliverable of the made-up record."""

    pk: int
    place: int
    plan: int
    unit: int
    ends_on: date
    rungs: Sequence[int]
    rounds: Sequence[tuple[int, date]]
    items: Sequence[int]

    @property
    def kind(self) -> str:
        return KINDS[self.place % len(KINDS)]


@transaction.atomic
def make_record(updates_each: int) -> int:
    """Write the record of all plans that stand in the database; gives the number of approved updates."""
    without_checks()
    writer = Account.objects.create(email="writer@example.org", name="Invented Writer", created_at=RECORDED)
    reviewer = Account.objects.create(email="review@example.org", name="Invented Reader", created_at=RECORDED)
    followed = list(_followed())
    _write_sheets(followed)
    made = Table(
        ProgressUpdate,
        kind="update",
        language="en",
        narrative=NO_WORDS,
        difficulties=NO_WORDS,
        assessment_reason=NO_WORDS,
        created_by=writer,
        changed_by=writer,
        submitted_by=writer,
    )
    first, last = made.write(_updates(followed, updates_each, made.next_pk, reviewer.pk))
    _write_facts(followed, updates_each, first)
    made.write(_open_updates(followed))
    _write_events(first, last, writer.pk)
    _write_evidence(followed, updates_each, first)
    _write_agreed(followed)
    return last - first + 1


def _followed() -> Iterator[Followed]:
    """Each deliverable with the unit that answers for it, the steps of its plan, its rounds and items."""
    rows = list(
        DeliverableEdition.objects.order_by("edition", "position").values_list(
            "deliverable_id", "edition__plan_id", "edition_id", "ends_on"
        )
    )
    units = dict(
        Responsibility.objects.filter(role__in=("responsible", "accountable"), ends_on__isnull=True)
        .order_by("-role")
        .values_list("deliverable_id", "unit_id")
    )
    rungs = {plan: _ladder(plan, edition) for plan, edition in {(row[1], row[2]) for row in rows}}
    rounds = {plan: _rounds(plan) for plan in rungs}
    items = Table(Item)
    first, _last = items.write(
        {"key": UUID(int=10**30 + place * 100 + n), "deliverable_id": row[0], "created_at": RECORDED}
        for place, row in enumerate(rows)
        if place % len(KINDS) == 0
        for n in range(ITEMS_EACH)
    )
    for place, (pk, plan, _edition, ends_on) in enumerate(rows):
        start = first + place // len(KINDS) * ITEMS_EACH
        own = range(start, start + ITEMS_EACH) if place % len(KINDS) == 0 else ()
        yield Followed(pk, place, plan, units[pk], ends_on, rungs[plan], rounds[plan], own)


def _ladder(plan: int, edition: int) -> list[int]:
    ladder = Ladder.objects.create(
        plan_id=plan, edition_id=edition, key="made", name=words("Made and used"), recorded_at=RECORDED
    )
    return [
        Rung.objects.create(
            ladder=ladder, position=n, key=key, name=words(key), meaning=NO_WORDS, outside=NO_WORDS
        ).pk
        for n, key in enumerate(RUNGS, start=1)
    ]


def _rounds(plan: int) -> list[tuple[int, date]]:
    """Ten rounds of 77 days each up to the day; the last is open."""
    found = []
    for n in range(ROUNDS):
        starts_on = ADOPTED + timedelta(days=77 * n)
        ends_on = starts_on + timedelta(days=76)
        round = Round.objects.create(
            plan_id=plan, key=f"r{n}", title=words(f"Round {n}"), period_starts_on=starts_on,
            period_ends_on=ends_on, opens_on=ends_on, due_on=ends_on + timedelta(days=20),
            opened_at=_noon(ends_on),
            closed_at=None if n == ROUNDS - 1 else _noon(ends_on + timedelta(days=25)),
        )  # fmt: skip
        found.append((round.pk, ends_on))
    return found


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _write_sheets(followed: Sequence[Followed]) -> None:
    editions = dict(DeliverableEdition.objects.values_list("deliverable_id", "edition_id"))
    ladders = dict(Ladder.objects.values_list("plan_id", "pk"))
    sheets = Table(
        ReferenceSheet, version=1, meaning=words("What it means"), counts=words("What counts"),
        counts_not=words("What does not"), verification=words("Where to look"), measure=NO_WORDS,
        recorded_at=RECORDED,
    )  # fmt: skip
    criteria = json.dumps([{"key": "new", "text": words("Is it new?").to_json()}])
    first, _last = sheets.write(
        {
            "deliverable_id": one.pk,
            "edition_id": editions[one.pk],
            "kind": one.kind,
            "criteria": criteria,
            "needs_evidence": one.place // len(KINDS) % 10 == 0,
            "expected_path": "straight" if one.place % 7 == 0 else "milestones",
            "ladder_id": ladders[one.plan] if one.kind in {"ladder", "parts"} else None,
            "baseline": 0 if one.kind == "indicator" else None,
        }
        for one in followed
    )
    Table(SheetPart, kind="strand").write(
        {"sheet_id": first + one.place, "position": n, "key": key, "name": json.dumps(words(key).to_json())}
        for one in followed
        if one.kind == "parts"
        for n, key in enumerate(("north", "south"), start=1)
    )
    Table(Asked, asked_at=RECORDED).write(
        {
            "round_id": round,
            "deliverable_id": one.pk,
            "unit_id": one.unit,
            "outcome": "" if round == one.rounds[-1][0] else "answered",
        }
        for one in followed
        for round, _ends_on in one.rounds
    )


def _reported_on(place: int, n: int, updates_each: int) -> date:
    """The day that the n-th update speaks of: spread over the time up to the day, each deliverable apart."""
    return ADOPTED + timedelta(days=((DAY - ADOPTED).days - 20) * (n + 1) // updates_each - place % 5)


def _is_contribution(n: int) -> bool:
    return n % 10 == 9


def _updates(
    followed: Sequence[Followed], updates_each: int, first: int, reviewer: int
) -> Iterator[dict[str, object]]:
    for one in followed:
        for n in range(updates_each):
            number = one.place * updates_each + n
            day = _reported_on(one.place, n, updates_each)
            at = _noon(day + timedelta(days=10))
            yield {
                "key": UUID(int=2 * 10**30 + (number * 7919) % 10**12),
                "plan_id": one.plan,
                "deliverable_id": one.pk,
                "unit_id": one.unit,
                "round_id": one.rounds[min(n * ROUNDS // updates_each, ROUNDS - 2)][0],
                "kind": "contribution" if _is_contribution(n) else "update",
                "state": "approved",
                "reported_on": day,
                "narrative": NARRATIVE,
                "assessment": ("on_track", "on_track", "at_risk", "")[(one.place + n) % 4],
                "is_commitment_kept": n % 23 != 0 if one.kind == "commitment" else None,
                "corrects_id": first + number - 1 if n % 50 == 40 else None,
                "created_at": _noon(day),
                "changed_at": _noon(day),
                "submitted_at": _noon(day + timedelta(days=2)),
                "approved_at": at,
                "approved_by_id": reviewer,
                "recorded_at": at,
            }


def _open_updates(followed: Sequence[Followed]) -> Iterator[dict[str, object]]:
    """Of twenty deliverables one waits for review, one came back and one is being written."""
    states = {0: "submitted", 7: "returned", 13: "draft"}
    for one in followed:
        state = states.get(one.place % 20)
        if state:
            day = DAY - timedelta(days=one.place % 9)
            yield {
                "key": UUID(int=3 * 10**30 + one.place),
                "plan_id": one.plan,
                "deliverable_id": one.pk,
                "unit_id": one.unit,
                "round_id": one.rounds[-1][0],
                "state": state,
                "reported_on": one.rounds[-1][1],
                "narrative": NARRATIVE,
                "created_at": _noon(day),
                "changed_at": _noon(day),
                "submitted_at": None if state == "draft" else _noon(day),
            }


def _write_facts(followed: Sequence[Followed], updates_each: int, first: int) -> None:
    confirmed = json.dumps({"new": True})
    states = Table(ItemState, name=words("An invented partnership"))
    states.write(
        {
            "update_row_id": first + one.place * updates_each + n,
            "item_id": one.items[n % ITEMS_EACH],
            "stage": ("identified", "negotiation", "concluded")[min(n // ITEMS_EACH, 2)],
            "happened_on": _reported_on(
                one.place, min(n, 2 * ITEMS_EACH + n % ITEMS_EACH, updates_each - 1), updates_each
            ),
            "expected_on": date(2023, 6, 1) if n < ITEMS_EACH else None,
            "confirmed": confirmed if n >= 2 * ITEMS_EACH else "{}",
        }
        for one in followed
        if one.kind == "items"
        for n in range(updates_each)
    )
    Table(StepReached).write(
        {
            "update_row_id": first + one.place * updates_each + n,
            "deliverable_id": one.pk,
            "part": ("north", "south")[n % 2] if one.kind == "parts" else "",
            "rung_id": one.rungs[n * 3 // updates_each],
            "happened_on": _reported_on(one.place, n, updates_each),
        }
        for one in followed
        if one.kind in {"ladder", "parts"}
        for n in range(updates_each)
        if n % max(updates_each // 12, 1) == 0
    )
    Table(ReportedValue, differs_because=NO_WORDS).write(
        {
            "update_row_id": first + one.place * updates_each + n,
            "deliverable_id": one.pk,
            "value": n * 100_000 // updates_each,
            "happened_on": _reported_on(one.place, n, updates_each),
        }
        for one in followed
        if one.kind == "indicator"
        for n in range(updates_each)
    )


def _write_events(first: int, last: int, by: int) -> None:
    Table(UpdateEvent).write(
        {"update_row_id": pk, "at": RECORDED, "by_id": by, "verb": "submitted"}
        for pk in range(first, last + 1, 4)
    )


def _write_evidence(followed: Sequence[Followed], updates_each: int, first: int) -> None:
    """One link for each deliverable, named by every tenth update as a whole."""
    link = Table(
        Evidence, title="An invented paper", url="https://example.org/paper", added_at=RECORDED,
        withdrawn_reason="Invented",
    )  # fmt: skip
    start, _last = link.write(
        {
            "key": UUID(int=4 * 10**30 + one.place),
            "plan_id": one.plan,
            "owner_unit_id": one.unit,
            "withdrawn_at": _noon(date(2022, 6, 1)) if one.place % 100 == 50 else None,
        }
        for one in followed
    )
    Table(EvidenceUse).write(
        {"update_row_id": first + one.place * updates_each + n, "evidence_id": start + one.place, "about": ""}
        for one in followed
        for n in range(0, updates_each, 10)
    )


def _write_agreed(followed: Sequence[Followed]) -> None:
    Table(AgreedStatus, reason="Invented", status="on_track", signal="in_progress").write(
        {
            "deliverable_id": one.pk,
            "round_id": round,
            "up_to": ends_on,
            "recorded_at": _noon(ends_on + timedelta(days=25)),
        }
        for one in followed
        for round, ends_on in one.rounds[:-1]
    )
