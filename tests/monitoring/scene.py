"""The cast at work on follow-up: sheets, an open round, and more people who report.

1.1.1 counts items (the light office is accountable, the island contributes), 1.1.2 climbs a ladder (the
region), 1.2.1 is an indicator with a ratio (the island alone), 2.1.2 is a commitment (the light office).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from suivi.core.commands import create_account
from suivi.core.models import Account
from suivi.monitoring.commands.drafts import save_draft, start_update
from suivi.monitoring.commands.rounds import open_round
from suivi.monitoring.commands.sheets import (
    CriterionGiven,
    RungGiven,
    describe_ladder,
    write_sheet,
)
from suivi.monitoring.commands.workflow import approve_update, send_update
from suivi.monitoring.models import ProgressUpdate, Round
from suivi.monitoring.queries.asked import whom_to_ask
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.rules.content import ItemSaid, StepSaid, UpdateContent, ValueSaid
from suivi.organisation.commands import grant_role
from suivi.plan.commands import assign_unit
from suivi.plan.queries import edition_on
from tests.cast import DAY, NOW, PASSWORD, Cast, at, build_cast, words
from tests.snapshots import Snapshot

LANTERN = "0b0e9a52-6f5c-4f0e-9d3a-111111111111"
OPENED = at(2023, 1, 10)


@dataclass
class Scene:
    """The cast, two more people, and the round about the second half of 2022."""

    cast: Cast
    office: Account  # focal point of the light office
    second_reviewer: Account
    round: Round

    def started(self, key: str, unit: str, by: Account | None, **more: Any) -> ProgressUpdate:
        """A draft on a deliverable, by a unit of the cast ("headquarters", "region", "island")."""
        given: dict[str, Any] = {"now": NOW, "round": self.round, **more}
        return start_update(
            by=by, deliverable=self.cast.deliverable(key), unit=getattr(self.cast, unit), **given
        )

    def submitted(
        self, key: str = "1.1.2", unit: str = "region", by: Account | None = None, **changes: Any
    ) -> ProgressUpdate:
        """An update that says something and was sent by the director of the region, or whom is named."""
        by = by or self.cast.director
        kind = changes.pop("kind", "update")
        round = changes.pop("round", self.round)
        now = changes.pop("now", NOW)
        update = self.started(key, unit, by, kind=kind, round=round, now=now)
        content = replace(SAID[key], **changes)
        update = save_draft(by=by, now=now, update=update, content=content, version=update.version)
        return send_update(by=by, now=now, update=update, version=update.version)

    def approved(self, key: str = "1.1.2", unit: str = "region", **changes: Any) -> ProgressUpdate:
        """The same, approved by the reviewer."""
        now: datetime = changes.get("now", NOW)
        update = self.submitted(key, unit, **changes)
        confirmed = {item.key: dict(item.criteria) for item in content_of(update).items}
        return approve_update(by=self.cast.reviewer, now=now, update=update, confirmed=confirmed)


_BASE = UpdateContent(
    reported_on=date(2022, 12, 31),
    language="en",
    narrative="Work went on in the *harbours*.",
    assessment="on_track",
    assessment_reason="Nothing stands in the way.",
)
SAID: dict[str, UpdateContent] = {
    "1.1.1": replace(
        _BASE,
        items=(
            ItemSaid(
                LANTERN,
                "North quay",
                "concluded",
                date(2022, 11, 3),
                partners=("Guild of Lamps",),
                regions=("north",),
                groups=("workers",),
                criteria={"new": True, "own": True},
            ),
        ),
    ),
    "1.1.2": replace(_BASE, steps=(StepSaid("", "drafted", date(2022, 11, 20)),)),
    "1.2.1": replace(
        _BASE,
        values=(ValueSaid(date(2022, 12, 1), numerator=Decimal(3), denominator=Decimal(8)),),
    ),
    "2.1.2": replace(_BASE, is_commitment_kept=True),
}


def build_scene() -> Scene:
    """The scene in the database."""
    return _SNAPSHOT.take()


def _build() -> Scene:
    """Write the scene through the commands."""
    cast = build_cast()
    office = _person("Hedda Quay", "focal_point", cast.headquarters.scope)
    second = _person("Rolf Ebb", "reviewer", cast.plan.scope)
    assign_unit(
        by=None,
        now=at(2021, 2, 1),
        deliverable=cast.deliverable("1.2.1"),
        unit=cast.island,
        role="responsible",
        starts_on=date(2021, 2, 1),
    )
    _write_sheets(cast)
    keys = [cast.deliverable(key) for key in ("1.1.1", "1.1.2", "1.2.1", "2.1.2")]
    round = open_round(
        by=cast.plan_manager,
        now=OPENED,
        plan=cast.plan,
        key="2022-2",
        title=words("Second half of 2022", "Second semestre de 2022"),
        period_starts_on=date(2022, 7, 1),
        period_ends_on=date(2022, 12, 31),
        opens_on=OPENED.date(),
        due_on=DAY,
        asked=whom_to_ask(cast.plan, keys, OPENED.date()),
    )
    return Scene(cast, office, second, round)


_SNAPSHOT = Snapshot(_build)


def _person(name: str, role: str, scope: Any) -> Account:
    account = create_account(
        by=None,
        now=at(2021, 1, 11),
        email=f"{name.split(maxsplit=1)[0].lower()}@example.org",
        name=name,
        password=PASSWORD,
    )
    grant_role(by=None, now=at(2021, 1, 11), account=account, role=role, scope=scope)
    return account


def _write_sheets(cast: Cast) -> None:
    then = at(2022, 6, 2)
    edition = edition_on(cast.plan, then.date())
    assert edition is not None
    rungs = [RungGiven(key, words(key)) for key in ("drafted", "tested", "used")]
    describe_ladder(by=None, now=then, edition=edition, key="guide", name=words("A guide"), rungs=rungs)
    given: dict[str, Any] = {"by": None, "now": then, "edition": edition}
    criteria = [CriterionGiven(key, words(key)) for key in ("new", "own")]
    write_sheet(deliverable=cast.deliverable("1.1.1"), kind="items", criteria=criteria, **given)
    write_sheet(deliverable=cast.deliverable("1.1.2"), kind="ladder", ladder="guide", **given)
    dimension = {
        "key": "sex",
        "name": words("sex").to_json(),
        "values": [{"key": key, "name": words(key).to_json()} for key in ("women", "men")],
    }
    write_sheet(
        deliverable=cast.deliverable("1.2.1"),
        kind="indicator",
        is_ratio=True,
        dimensions=[dimension],
        **given,
    )
    write_sheet(deliverable=cast.deliverable("2.1.2"), kind="commitment", **given)
