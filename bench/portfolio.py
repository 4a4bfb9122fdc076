"""A made-up portfolio to measure with: many plans, deliverables and units, written in bulk, all invented.

The rows are those that the commands would write, without their checks and audit lines: making ten thousand
deliverables through the commands would take longer than everything that is measured.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from suivi.core.models import Account
from suivi.organisation.models import Grant, Scope, Unit, UnitVersion
from suivi.plan.models import (
    Action,
    ActionEdition,
    ChangeKind,
    ChangeRequest,
    Decision,
    Deliverable,
    DeliverableEdition,
    Edition,
    Milestone,
    MilestoneState,
    Pillar,
    PillarEdition,
    Plan,
    RequestState,
    Responsibility,
    ResponsibilityRole,
)
from suivi.values.folding import fold
from suivi.values.text import Text

ADOPTED = date(2021, 1, 1)
RECORDED = datetime(2021, 1, 2, 12, tzinfo=UTC)
DAY = date(2023, 2, 15)
LANGUAGES = ("en", "fr", "es")
PER_ACTION, PILLARS = 5, 4
BATCH = 2000


@dataclass(frozen=True)
class Portfolio:
    """What was made: the slugs by the number of deliverables, the keys of the units, who may read it all."""

    sizes: dict[str, int]
    units: Sequence[str]
    manager: Account

    def slug_of(self, size: int) -> str:
        """A plan with this many deliverables."""
        return next(slug for slug, count in self.sizes.items() if count == size)


def plan_sizes(plans: int, deliverables: int, largest: int) -> list[int]:
    """One plan of `largest`, one of 50, the others alike; together `deliverables`."""
    rest = deliverables - largest - 50
    each, left_over = divmod(rest, plans - 2)
    return [largest, 50, *(each + (number < left_over) for number in range(plans - 2))]


def make_portfolio(
    *,
    plans: int = 200,
    deliverables: int = 10_000,
    units: int = 100,
    largest: int = 2_000,
    seed: int = 8,
    sizes: Sequence[int] = (),
) -> Portfolio:
    """Write the portfolio into an empty, migrated database. The same seed makes the same portfolio.

    `sizes` are those of the plans, where they are to be others than `plan_sizes` gives.
    """
    made = _write(sizes or plan_sizes(plans, deliverables, largest), units, random.Random(seed))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself, a minute after so much was written
    return made


@transaction.atomic
def _write(sizes: Sequence[int], units: int, chance: random.Random) -> Portfolio:
    made = _units(units)
    manager = _manager()
    by_slug: dict[str, int] = {}
    for number, size in enumerate(sizes, start=1):
        slug = f"invented-plan-{number}"
        rows = _plan(slug, number, size, chance)
        _management(rows, made, chance)
        by_slug[slug] = size
    return Portfolio(by_slug, [unit.key for unit in made], manager)


def words(text: str) -> Text:
    """A text in three languages; the translations are the original with their code."""
    return Text.of_many({code: f"{text} ({code})" for code in LANGUAGES}, "en")


def _units(count: int) -> list[Unit]:
    """A tree of three levels: one root, ten regions, the rest under them."""
    scopes = Scope.objects.bulk_create(Scope(label=f"unit-{n}") for n in range(count))
    units = Unit.objects.bulk_create(
        Unit(key=f"unit-{n}", kind="country", scope=scope, starts_on=date(2015, 1, 1))
        for n, scope in enumerate(scopes)
    )
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit,
            name=words(f"Invented unit {n}"),
            short_name=f"U{n}",
            parent=None if n == 0 else units[0 if n <= 10 else n % 10 + 1],
            starts_on=date(2015, 1, 1),
            recorded_at=RECORDED,
        )
        for n, unit in enumerate(units)
    )
    return units


def _manager() -> Account:
    account = Account.objects.create(
        email="bench@example.org", name="Invented Plan Manager", created_at=RECORDED, password="!"
    )
    Grant.objects.create(account=account, role="plan_manager", recorded_at=RECORDED)
    return account


def _plan(slug: str, number: int, size: int, chance: random.Random) -> list[DeliverableEdition]:
    plan = Plan.objects.create(
        slug=slug, scope=Scope.objects.create(label=slug), language="en", is_public=True, created_at=RECORDED
    )
    decision = Decision.objects.create(plan=plan, decided_on=ADOPTED, text=words("Adopted"))
    edition = Edition.objects.create(
        plan=plan, number=1, decision=decision, in_force_on=ADOPTED, recorded_at=RECORDED,
        title=words(f"Invented plan {number}"), digest="0" * 64,
    )  # fmt: skip
    actions = _actions(plan, edition, -(-size // PER_ACTION))
    keys = [f"{action.number}.{n}" for action in actions for n in range(1, PER_ACTION + 1)][:size]
    stored = Deliverable.objects.bulk_create((Deliverable(plan=plan, key=key) for key in keys), BATCH)
    return DeliverableEdition.objects.bulk_create(
        (
            _row(edition, actions[position // PER_ACTION], one, position, chance)
            for position, one in enumerate(stored)
        ),
        BATCH,
    )


def _actions(plan: Plan, edition: Edition, count: int) -> list[ActionEdition]:
    per_pillar = -(-count // PILLARS)
    pillars = Pillar.objects.bulk_create(
        Pillar(plan=plan, key=str(n + 1)) for n in range(-(-count // per_pillar))
    )
    pillar_rows = PillarEdition.objects.bulk_create(
        PillarEdition(
            edition=edition, pillar=one, position=n, number=one.key, title=words(f"Invented pillar {n + 1}")
        )
        for n, one in enumerate(pillars)
    )
    keys = [f"{n // per_pillar + 1}.{n % per_pillar + 1}" for n in range(count)]
    actions = Action.objects.bulk_create(Action(plan=plan, key=key) for key in keys)
    return ActionEdition.objects.bulk_create(
        ActionEdition(
            edition=edition, action=one, pillar=pillar_rows[n // per_pillar], position=n,
            number=one.key, title=words(f"Invented action {one.key}"), text=words(f"Do what {one.key} says"),
        )
        for n, one in enumerate(actions)
    )  # fmt: skip


def _row(
    edition: Edition, action: ActionEdition, stored: Deliverable, position: int, chance: random.Random
) -> DeliverableEdition:
    last = chance.choice((2022, 2023, 2024, 2025))
    title = words(f"Invented deliverable {stored.key}")
    text = words(f"An invented sentence of some length about what deliverable {stored.key} brings to whom")
    spoken = " ".join([*title.plain().values(), *text.plain().values()])
    return DeliverableEdition(
        edition=edition,
        deliverable=stored,
        action=action,
        position=position,
        number=stored.key,
        number_is_internal=True,
        title=title,
        text=text,
        window=f"2021-{last}",
        starts_on=ADOPTED,
        ends_on=date(last, 12, 31),
        target=chance.choice((None, None, 10, 20)),
        target_unit=words("lanterns"),
        folded=fold(f"{stored.key} {spoken}"),
    )


def _management(rows: Sequence[DeliverableEdition], units: Sequence[Unit], chance: random.Random) -> None:
    Responsibility.objects.bulk_create(
        (one for row in rows for one in _responsibilities(row, units, chance)), BATCH
    )
    milestones = Milestone.objects.bulk_create(
        (Milestone(deliverable_id=row.deliverable_id, key=f"m{n}") for row in rows for n in (1, 2, 3)), BATCH
    )
    MilestoneState.objects.bulk_create((_state(one, units, chance) for one in milestones), BATCH)
    ChangeRequest.objects.bulk_create(
        (
            ChangeRequest(
                deliverable_id=row.deliverable_id,
                kind=ChangeKind.POSTPONEMENT,
                reason="Invented",
                proposed_end_on=date(2026, 6, 30),
                state=RequestState.ACCEPTED,
                asked_at=RECORDED,
                answered_at=RECORDED,
            )
            for row in rows
            if chance.random() < 0.02
        ),
        BATCH,
    )


def _responsibilities(
    row: DeliverableEdition, units: Sequence[Unit], chance: random.Random
) -> Iterator[Responsibility]:
    """Nine in ten have an accountable unit; one or two are responsible, one supports; one is history."""
    roles = [ResponsibilityRole.RESPONSIBLE] * chance.choice((1, 2)) + [ResponsibilityRole.SUPPORTS]
    if chance.random() < 0.9:
        roles.append(ResponsibilityRole.ACCOUNTABLE)
    for role, unit in zip(roles, chance.sample(units, len(roles)), strict=True):
        yield Responsibility(
            deliverable_id=row.deliverable_id, unit=unit, role=role, starts_on=ADOPTED, recorded_at=RECORDED
        )
    yield Responsibility(
        deliverable_id=row.deliverable_id, unit=chance.choice(units), role=ResponsibilityRole.INFORMED,
        starts_on=ADOPTED, ends_on=date(2021, 12, 31), recorded_at=RECORDED,
    )  # fmt: skip


def _state(milestone: Milestone, units: Sequence[Unit], chance: random.Random) -> MilestoneState:
    due = ADOPTED + timedelta(days=chance.randrange(90, 1800))
    is_done = due < DAY and chance.random() < 0.8
    return MilestoneState(
        milestone=milestone,
        title=words(f"Invented milestone {milestone.key}"),
        due_on=due,
        done_on=due if is_done else None,
        owner_unit=chance.choice(units) if chance.random() < 0.9 else None,
        recorded_at=RECORDED,
    )
