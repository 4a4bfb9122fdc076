"""The same update entered on the page, in the workbook and by command ends in equal records."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from suivi.core.models import Account
from suivi.exchange.round_workbook.commands import write_workbook_back
from suivi.exchange.round_workbook.form import workbook_of
from suivi.monitoring.commands.drafts import discard_draft, start_update
from suivi.monitoring.commands.workflow import recall_update, send_update
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.rules.chain import digest_of
from suivi.monitoring.rules.content import ItemSaid, SupportSaid, UpdateContent, ValueSaid
from tests.cast import NOW
from tests.exchange.sheets import Typist
from tests.monitoring.scene import SAID, Scene
from tests.web.conftest import SignedIn

ITEM = "5b4c7b8e-31d4-4a55-8c3e-333333333333"
_WORDS = replace(
    SAID["1.1.1"],
    narrative="Work went on in the *harbours*.\n\nMore is to come.",
    difficulties="Oil is dear.",
    expected_on=date(2023, 6, 30),
    items=(),
    support=(SupportSaid("Lamp oil", "headquarters", date(2023, 3, 1)),),
)
CONTENTS: dict[str, UpdateContent] = {
    "1.1.1": replace(
        _WORDS,
        items=(
            ItemSaid(
                ITEM, "South quay", "concluded", date(2022, 11, 3), None, ("Guild of Lamps", "Port"),
                ("Skerra",), ("region",), ("workers",), {"new": True, "own": True},
            ),
        ),
    ),
    "1.1.2": replace(_WORDS, steps=SAID["1.1.2"].steps),
    "1.2.1": replace(
        _WORDS,
        values=(
            ValueSaid(date(2022, 12, 1), None, Decimal(3), Decimal(8)),
            ValueSaid(date(2022, 12, 1), None, Decimal(1), Decimal(4), {"sex": "women"}),
            ValueSaid(date(2022, 12, 1), None, Decimal(2), Decimal(4), {"sex": "men"}),
        ),
    ),
    "2.1.2": replace(_WORDS, is_commitment_kept=True),
}  # fmt: skip
UNITS = {"1.1.1": "headquarters", "1.1.2": "region", "1.2.1": "island", "2.1.2": "headquarters"}
_SHARED = ("narrative", "difficulties", "assessment_reason")


def _by_command(scene: Scene, key: str, by: Account) -> None:
    update = start_update(
        by=by, now=NOW, deliverable=scene.cast.deliverable(key), unit=getattr(scene.cast, UNITS[key]),
        round=scene.round, content=CONTENTS[key],
    )  # fmt: skip
    send_update(by=by, now=NOW, update=update, version=update.version)


def _by_workbook(scene: Scene, key: str, by: Account) -> None:
    said, unit = CONTENTS[key], getattr(scene.cast, UNITS[key])
    typist = Typist(workbook_of(by=by, now=NOW, unit=unit, round=scene.round, language="en"))
    typist.type_in(
        f"words/{key}", reported_on=said.reported_on, assessment="on track", expected_on=said.expected_on,
        **{name: getattr(said, name) for name in _SHARED},
    )  # fmt: skip
    for support in said.support:
        typist.type_in(f"support/{key}/1", text=support.text, owner_unit="LIGHT", due_on=support.due_on)
    for step in said.steps:
        typist.type_in(f"ladder/{key}//{step.rung}", happened_on=step.happened_on)
    for item in said.items:
        typist.type_in(
            typist.free_item(key), name=item.name, stage=item.stage, happened_on=item.happened_on,
            partners="Guild of Lamps; Port", countries="Skerra", regions="NORTH",
            groups="workers' organisations", criterion_1="yes", criterion_2="yes",
        )  # fmt: skip
    for value in said.values:
        category = ",".join(f"{name}={one}" for name, one in value.category.items()) or "-"
        numbers = {"numerator": int(value.numerator or 0), "denominator": int(value.denominator or 0)}
        typist.type_in(f"indicator/{key}/{category}", happened_on=value.happened_on, **numbers)
    if said.is_commitment_kept:
        typist.type_in(f"commitment/{key}", kept="yes")
    done = write_workbook_back(by=by, now=NOW, data=typist.saved())
    assert [str(reason) for row in done.set_aside for reason in row.reasons] == []


def _of_page(said: UpdateContent) -> dict[str, Any]:
    """What the form of the page sends."""
    sent: dict[str, Any] = {
        "do": "send",
        "page": "a",
        "reported_on": said.reported_on,
        "language": said.language,
        "assessment": said.assessment,
        "expected_on": said.expected_on,
        "evidence-count": "0",
        **{name: getattr(said, name).replace("\n", "\r\n") for name in _SHARED},
    }
    for number, support in enumerate(said.support):
        sent |= _row("support", number, support, "text owner_unit due_on")
    for number, item in enumerate(said.items):
        sent |= _row("items", number, item, "key name stage happened_on")
        sent |= {
            f"items-{number}-partners": ", ".join(item.partners),
            f"items-{number}-countries": ", ".join(item.countries),
            f"items-{number}-regions": list(item.regions),
            f"items-{number}-groups": list(item.groups),
            f"items-{number}-criteria": list(item.criteria),
        }
    for value in said.values:
        category = ",".join(f"{name}={one}" for name, one in value.category.items())
        sent |= {
            "values-0-happened_on": value.happened_on,
            f"values-0-{category}.numerator": value.numerator,
            f"values-0-{category}.denominator": value.denominator,
        }
    sent |= {f"steps-{step.part}/{step.rung}": step.happened_on for step in said.steps}
    counts = {"support": len(said.support), "items": len(said.items), "values": bool(said.values)}
    sent |= {f"{name}-count": str(int(count)) for name, count in counts.items()}
    return sent | ({"is_commitment_kept": "yes"} if said.is_commitment_kept else {})


def _row(group: str, number: int, fact: Any, names: str) -> Mapping[str, Any]:
    return {f"{group}-{number}-{name}": getattr(fact, name) for name in names.split()}


@pytest.mark.parametrize("key", CONTENTS)
def test_the_same_update_entered_in_three_ways_is_an_equal_record(
    scene: Scene, as_person: SignedIn, key: str
) -> None:
    people = {"headquarters": scene.office, "region": scene.cast.director, "island": scene.cast.focal_point}
    by = people[UNITS[key]]

    def by_page(scene: Scene, key: str, by: Account) -> None:
        client = as_person(by)
        start = {"do": "start", "unit": UNITS[key]}
        client.post(reverse("report-on", args=[scene.cast.plan.slug, key]), start)
        update = ProgressUpdate.objects.get(state="draft")
        sent = _of_page(CONTENTS[key]) | {"version": update.version}
        answer = client.post(reverse("edit-update", args=[update.key]), sent)
        assert answer.status_code == 302, answer.content.decode()

    ways: list[Callable[[Scene, str, Account], None]] = [_by_command, by_page, _by_workbook]
    records = []
    for enter in ways:
        enter(scene, key, by)
        update = ProgressUpdate.objects.get(state="submitted")
        records.append((*_record(update), update.kind, update.unit, update.submitted_by))
        discard_draft(by=by, now=NOW, update=recall_update(by=by, now=NOW, update=update))
    assert records[0] == records[1] == records[2]


def _record(update: ProgressUpdate) -> tuple[UpdateContent, str]:
    """What the rows of an update say, and its canonical digest; items carry keys of their own."""
    said = content_of(update)
    said = replace(said, items=tuple(replace(item, key=ITEM) for item in said.items))
    return said, digest_of(said.to_json())
