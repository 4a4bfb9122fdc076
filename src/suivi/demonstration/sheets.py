"""The invented rules of follow-up, ladders and reference sheets, and a target that was revised inside."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from suivi.demonstration.cast import account, unit
from suivi.demonstration.data_files import read, text
from suivi.demonstration.management import MANAGER, deliverable
from suivi.demonstration.story import Story
from suivi.monitoring.commands.sheets import (
    CriterionGiven,
    PartGiven,
    RungGiven,
    describe_ladder,
    revise_target,
    set_rules,
    write_sheet,
)
from suivi.plan.models import Edition

# The sheets of what was assigned first; where nothing is said in the file.
WRITTEN_ON = date(2021, 5, 31)
_TEXTS = ("meaning", "counts", "counts_not", "verification", "measure")
_AS_GIVEN = (
    "kind",
    "ladder",
    "needs_evidence",
    "frequency",
    "expected_path",
    "is_ratio",
    "baseline_on",
    "less_is_better",
)


def tell_sheets(story: Story) -> None:
    """What the plan decides about its follow-up, each at its day."""
    data = read("sheets.yaml")
    for row in data["rules"]:
        story.tell(row["recorded_on"], partial(_set_rules, row))
    for key, ladder in data["ladders"].items():
        story.tell(WRITTEN_ON, partial(_describe_ladder, key, ladder))
    for number, sheet in data["sheets"].items():
        story.tell(sheet.get("recorded_on", WRITTEN_ON), partial(_write_sheet, number, sheet))
        for change in sheet.get("later", []):
            story.tell(change["recorded_on"], partial(_write_sheet, number, sheet | change))
    for row in data["target_revisions"]:
        story.tell(row["decided_on"], partial(_revise_target, row))


def _edition(number: int) -> Edition:
    edition: Edition = Edition.objects.select_related("plan").get(
        plan__slug=read("decisions.yaml")["plan"], number=number
    )
    return edition


def _set_rules(row: dict[str, Any], now: datetime) -> None:
    set_rules(by=account(MANAGER), now=now, edition=_edition(row["edition"]), settings=row["settings"])


def _describe_ladder(key: str, ladder: dict[str, Any], now: datetime) -> None:
    describe_ladder(
        by=account(MANAGER),
        now=now,
        edition=_edition(1),
        key=key,
        name=text(ladder["name"]),
        rungs=[
            RungGiven(rung["key"], text(rung["name"]), text(rung["meaning"]), text(rung.get("outside")))
            for rung in ladder["rungs"]
        ],
    )


def _write_sheet(number: str, sheet: dict[str, Any], now: datetime) -> None:
    write_sheet(
        by=account(MANAGER),
        now=now,
        deliverable=deliverable(number),
        edition=_edition(sheet.get("edition", 1)),
        validated_by=unit(sheet["validated_by"]),
        criteria=[CriterionGiven(one["key"], text(one["text"])) for one in sheet.get("criteria", [])],
        parts=[PartGiven(one["kind"], one["key"], text(one["name"])) for one in sheet.get("parts", [])],
        dimensions=[_dimension(one) for one in sheet.get("dimensions", [])],
        baseline=Decimal(sheet["baseline"]) if "baseline" in sheet else None,
        **_given(sheet),
    )


def _given(sheet: dict[str, Any]) -> dict[str, Any]:
    """What the file says by the names of the command; what it leaves out keeps the command's default."""
    texts = {name: text(sheet[name]) for name in _TEXTS if name in sheet}
    return {**texts, **{name: sheet[name] for name in _AS_GIVEN if name in sheet}}


def _dimension(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": data["key"],
        "name": text(data["name"]).to_json(),
        "values": [{"key": one["key"], "name": text(one["name"]).to_json()} for one in data["values"]],
    }


def _revise_target(row: dict[str, Any], now: datetime) -> None:
    revise_target(
        by=account(MANAGER),
        now=now,
        deliverable=deliverable(row["number"]),
        target=Decimal(row["target"]),
        decided_on=row["decided_on"],
        decided_by=row["decided_by"],
        reason=row["reason"],
    )
