"""A fixed cast for tests: a small invented plan in two editions, three units, and people with roles.

The day is 15 February 2023. On it 1.1.1 is fully assigned with one late and one coming milestone, 1.1.2
lacks a responsible unit, 1.2.1 lacks both, 2.1.1 was dropped by the second edition and 2.1.2 came with it.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from suivi.core.commands import create_account
from suivi.core.models import Account
from suivi.documents.model import Action, Deliverable, Header, Link, LinkKind, Pillar, PlanDocument, Target
from suivi.organisation.commands import add_unit, grant_role, rename_unit
from suivi.organisation.models import Scope, Unit
from suivi.plan.commands import (
    DecisionGiven,
    add_milestone,
    assign_unit,
    change_milestone,
    load_plan,
    publish_plan,
)
from suivi.plan.models import Deliverable as StoredDeliverable
from suivi.plan.models import Plan
from suivi.values.text import Text
from tests.snapshots import Snapshot

NOW = datetime(2023, 2, 15, 11, tzinfo=UTC)
DAY = date(2023, 2, 15)
PASSWORD = "harbour-lantern-42"
SLUG = "harbour-plan"


def at(year: int, month: int, day: int) -> datetime:
    """Noon of a day, as the moment of a record."""
    return datetime(year, month, day, 12, tzinfo=UTC)


def words(english: str, french: str = "") -> Text:
    """An invented text, English the original."""
    return Text.of_many({"en": english, "fr": french}, "en")


def _deliverable(number: str, title: str, year: int, target: int | None = None) -> Deliverable:
    return Deliverable(
        number=number,
        number_is_internal=True,
        title=words(title),
        text=words(f"{title}, in one invented sentence"),
        window=f"2021-{year}",
        starts_on=date(2021, 1, 1),
        ends_on=date(year, 12, 31),
        target=Target.of(Decimal(target), "lanterns", "en") if target else None,
        links=[Link(LinkKind.OUTPUT, "A.1", "2020-21")],
    )


def first_edition() -> PlanDocument:
    """The invented plan as first adopted."""
    lit = Action(
        number="1.1",
        text=words("Light the harbours"),
        deliverables=[
            _deliverable("1.1.1", "Lanterns on every quay", 2023, 10),
            _deliverable("1.1.2", "A guide to lamp oil", 2023),
        ],
    )
    watched = Action(
        number="1.2",
        text=words("Watch the harbours"),
        deliverables=[_deliverable("1.2.1", "Keepers trained", 2025, 40)],
    )
    shared = Action(
        number="2.1",
        text=words("Share the charts"),
        deliverables=[_deliverable("2.1.1", "Charts on paper", 2023)],
    )
    return PlanDocument(
        header=Header(language="en", symbol="HB/1", title=words("Plan of the harbours", "Plan des ports")),
        pillars=[
            Pillar(number="1", title=words("Safe harbours"), actions=[lit, watched]),
            Pillar(number="2", title=words("Shared charts"), actions=[shared]),
        ],
    )


def second_edition() -> PlanDocument:
    """The same plan with 1.1.1 reworded, 1.1.2 extended, 2.1.1 dropped and 2.1.2 added."""
    document = deepcopy(first_edition())
    lanterns, guide = document.pillars[0].actions[0].deliverables
    lanterns.text = words("Lanterns on every quay and pier, in another invented sentence")
    guide.window, guide.ends_on = "2021-2024", date(2024, 12, 31)
    document.pillars[1].actions[0].deliverables = [_deliverable("2.1.2", "Charts on screens", 2025)]
    return document


@dataclass
class Cast:
    """Who and what a test may name."""

    plan: Plan
    headquarters: Unit
    region: Unit
    island: Unit
    plan_manager: Account
    focal_point: Account  # of the island, a country office
    director: Account  # of the region, with the island below
    reviewer: Account
    auditor: Account
    stranger: Account  # an account without a role
    public_reader: Account

    def deliverable(self, key: str) -> StoredDeliverable:
        return StoredDeliverable.objects.select_related("plan").get(plan=self.plan, key=key)


def build_cast() -> Cast:
    """The whole cast in the database."""
    return _SNAPSHOT.take()


def _build() -> Cast:
    """Write the whole cast through the commands, each at its day."""
    units = _units()
    plan = _plan()
    people = _people(plan, units)
    cast = Cast(plan, *units, *people)
    _assign(cast)
    return cast


_SNAPSHOT = Snapshot(_build)


def _units() -> tuple[Unit, Unit, Unit]:
    then = at(2020, 1, 1)
    first = {"by": None, "now": then, "starts_on": date(2019, 1, 1)}
    headquarters = add_unit(
        key="headquarters", kind="headquarters", name=words("Lamp Office"), short_name="LAMP", **first
    )
    region = add_unit(key="region", kind="regional", name=words("Northern Seas"), short_name="NORTH", **first)
    island = add_unit(
        key="island",
        kind="country",
        name=words("Isle of Skerra"),
        short_name="SKERRA",
        parent=region,
        **first,
    )
    rename_unit(
        by=None,
        now=at(2022, 7, 1),
        unit=headquarters,
        name=words("Light and Lamp Office", "Bureau des phares"),
        short_name="LIGHT",
        starts_on=date(2022, 7, 1),
    )
    return headquarters, region, island


def _plan() -> Plan:
    for day, document in ((at(2021, 1, 10), first_edition()), (at(2022, 6, 1), second_edition())):
        loaded = load_plan(
            by=None,
            now=day,
            slug=SLUG,
            document=document,
            decision=DecisionGiven(day.date(), "Harbour Assembly", "7", f"HB/{day.year}", "4"),
        )
    publish_plan(by=None, now=at(2021, 1, 10), plan=loaded.edition.plan, is_public=True)
    return loaded.edition.plan


def _people(plan: Plan, units: tuple[Unit, Unit, Unit]) -> list[Account]:
    _headquarters, region, island = units
    roles: list[tuple[str, str, Scope | None]] = [
        ("Mara Plane", "plan_manager", None),
        ("Finn Oduya", "focal_point", island.scope),
        ("Dora Kest", "director", region.scope),
        ("Remi Sallow", "reviewer", plan.scope),
        ("Ada Quill", "auditor", plan.scope),
        ("Sten Farrow", "", None),
        ("Pia Moor", "public_reader", None),
    ]
    people = []
    for name, role, scope in roles:
        account = create_account(
            by=None,
            now=at(2021, 1, 11),
            email=f"{name.split()[0].lower()}@example.org",
            name=name,
            password=PASSWORD,
        )
        if role:
            grant_role(by=None, now=at(2021, 1, 11), account=account, role=role, scope=scope)
        people.append(account)
    return people


def _assign(cast: Cast) -> None:
    start = date(2021, 2, 1)
    for key, unit, role in (
        ("1.1.1", cast.headquarters, "accountable"),
        ("1.1.1", cast.island, "responsible"),
        ("1.1.2", cast.region, "accountable"),
        ("2.1.2", cast.headquarters, "accountable"),
        ("2.1.2", cast.headquarters, "responsible"),
    ):
        assign_unit(
            by=cast.plan_manager,
            now=at(2021, 2, 1),
            deliverable=cast.deliverable(key),
            unit=unit,
            role=role,
            starts_on=start,
            contact=cast.focal_point if unit == cast.island else None,
        )
    for key, title, due, unit in (
        ("1.1.1", "First five lanterns lit", date(2023, 2, 1), cast.island),
        ("1.1.1", "All lanterns lit", date(2023, 3, 1), cast.island),
        ("1.1.2", "Draft of the guide", date(2022, 12, 1), cast.region),
        ("2.1.1", "Paper charts printed", date(2022, 12, 31), cast.headquarters),
    ):
        state = add_milestone(
            by=cast.plan_manager,
            now=at(2021, 2, 2),
            deliverable=cast.deliverable(key),
            title=words(title),
            due_on=due,
            owner_unit=unit,
            owner=cast.focal_point if unit == cast.island else None,
        )
        if key == "1.1.2":
            change_milestone(
                by=cast.plan_manager,
                now=at(2022, 11, 21),
                milestone=state.milestone,
                title=state.title,
                due_on=due,
                done_on=date(2022, 11, 20),
                owner_unit=unit,
            )
