"""What keeps an update from being sent, field by field."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from suivi.monitoring.rules.checks import ASSESSMENTS, STAGES, SheetFacts, check_content
from suivi.monitoring.rules.content import ItemSaid, StepSaid, SupportSaid, UpdateContent, ValueSaid
from tests.monitoring.rules.test_content import CONTENTS

DAY = date(2022, 12, 31)
GOOD = UpdateContent(reported_on=DAY, language="en", narrative="Work went on.")
ITEM = ItemSaid("k", "North quay", "concluded", DAY, criteria={"new": True})
ITEMS = SheetFacts(kind="items", criteria=frozenset({"new"}))
LADDER = SheetFacts(kind="ladder", rungs=frozenset({"drafted", "used"}))
PARTS = SheetFacts(kind="parts", parts=frozenset({"north", "south"}), rungs=frozenset({"drafted"}))
SEX = {"sex": frozenset({"women", "men"})}
INDICATOR = SheetFacts(kind="indicator", dimensions=SEX)
RATIO = SheetFacts(kind="indicator", dimensions=SEX, is_ratio=True)


def _codes(sheet: SheetFacts, today: date = DAY, **changes: Any) -> list[str]:
    return [one.code for one in check_content(replace(GOOD, **changes), sheet, today)]


@pytest.mark.parametrize(
    ("sheet", "changes"),
    [
        (SheetFacts(), {}),
        (SheetFacts(), {"assessment": "at_risk", "assessment_reason": "Rain."}),
        (ITEMS, {"items": (ITEM,)}),
        (LADDER, {"steps": (StepSaid("", "drafted", DAY),)}),
        (PARTS, {"steps": (StepSaid("north", "drafted", DAY), StepSaid("south", "drafted", DAY))}),
        (SheetFacts(kind="commitment"), {"is_commitment_kept": False}),
        (INDICATOR, {"values": (ValueSaid(DAY, Decimal("1.5")),)}),
        (RATIO, {"values": (ValueSaid(DAY, None, Decimal(0), Decimal(4)),)}),
    ],
)
def test_what_is_complete_can_be_sent(sheet: SheetFacts, changes: dict[str, Any]) -> None:
    assert _codes(sheet, **changes) == []


@pytest.mark.parametrize(
    ("sheet", "changes", "codes"),
    [
        (SheetFacts(), {"narrative": "\n"}, ["no-narrative"]),
        (SheetFacts(), {"reported_on": DAY + timedelta(days=1)}, ["reported-in-future"]),
        (SheetFacts(), {"narrative": "Work\x0bwent on."}, ["control-character"]),
        (ITEMS, {"items": (replace(ITEM, name="North\x07quay"),)}, ["control-character"]),
        (SheetFacts(), {"assessment": "splendid", "assessment_reason": "."}, ["unknown-assessment"]),
        (SheetFacts(), {"assessment": "on_track"}, ["assessment-without-reason"]),
        (SheetFacts(), {"items": (replace(ITEM, criteria={}),)}, ["facts-of-another-kind"]),
        (ITEMS, {"items": (replace(ITEM, name=" "),)}, ["item-without-name"]),
        (ITEMS, {"items": (replace(ITEM, stage="begun"),)}, ["item-without-stage"]),
        (ITEMS, {"items": (replace(ITEM, happened_on=None),)}, ["no-day"]),
        (ITEMS, {"items": (replace(ITEM, criteria={"own": True}),)}, ["unknown-criterion"]),
        (ITEMS, {"items": (replace(ITEM, happened_on=DAY + timedelta(days=1)),)}, ["happened-later"]),
        (LADDER, {"steps": (StepSaid("", "flown", DAY),)}, ["unknown-step"]),
        (LADDER, {"steps": (StepSaid("north", "drafted", DAY),)}, ["unknown-step"]),
        (PARTS, {"steps": (StepSaid("", "drafted", DAY),)}, ["unknown-step"]),
        (LADDER, {"steps": (StepSaid("", "used", DAY),) * 2}, ["step-twice"]),
        (SheetFacts(kind="commitment"), {}, ["commitment-not-confirmed"]),
        (INDICATOR, {"values": (ValueSaid(DAY),)}, ["no-value"]),
        (INDICATOR, {"values": (ValueSaid(DAY, Decimal("0.00001")),)}, ["too-many-places"]),
        (INDICATOR, {"values": (ValueSaid(DAY, Decimal(1)),) * 2}, ["value-twice"]),
        (RATIO, {"values": (ValueSaid(DAY, Decimal(50)),)}, ["no-ratio"]),
        (RATIO, {"values": (ValueSaid(DAY, None, Decimal(1), Decimal(0)),)}, ["no-ratio"]),
        (INDICATOR, {"values": (ValueSaid(DAY, Decimal(1), category={"age": "old"}),)}, ["unknown-category"]),
        (SheetFacts(), {"support": (SupportSaid(" "),)}, ["support-without-words"]),
    ],
)
def test_each_lack_has_its_code(sheet: SheetFacts, changes: dict[str, Any], codes: list[str]) -> None:
    assert _codes(sheet, **changes) == codes


def _parts(women: int, men: int, because: str = "") -> tuple[ValueSaid, ...]:
    return (
        ValueSaid(DAY, Decimal(10), differs_because=because),
        ValueSaid(DAY, Decimal(women), category={"sex": "women"}),
        ValueSaid(DAY, Decimal(men), category={"sex": "men"}),
    )


def test_parts_add_up_or_say_why_not() -> None:
    assert _codes(INDICATOR, values=_parts(6, 4)) == []
    assert _codes(INDICATOR, values=_parts(6, 3)) == ["parts-do-not-add-up"]
    assert _codes(INDICATOR, values=_parts(6, 3, "One did not say.")) == []
    assert _codes(INDICATOR, values=_parts(6, 3)[1:]) == []  # without a total there is nothing to hold it to


def test_numerators_and_denominators_of_a_ratio_add_up() -> None:
    def said(numerator: int, denominator: int, **more: Any) -> ValueSaid:
        return ValueSaid(DAY, None, Decimal(numerator), Decimal(denominator), **more)

    women, men = said(1, 4, category={"sex": "women"}), said(2, 4, category={"sex": "men"})
    assert _codes(RATIO, values=(said(3, 8), women, men)) == []
    assert _codes(RATIO, values=(said(3, 9), women, men)) == ["parts-do-not-add-up"]


@given(CONTENTS)
def test_whatever_is_typed_is_checked_without_failing(content: UpdateContent) -> None:
    for sheet in (SheetFacts(), ITEMS, LADDER, PARTS, INDICATOR, RATIO):
        for finding in check_content(content, sheet, DAY):
            assert finding.place.cell
            assert str(finding.message)


def test_stages_and_assessments_are_those_of_the_record() -> None:
    from suivi.monitoring.models import Assessment, ItemStage

    assert set(STAGES) == set(ItemStage.values)
    assert set(ASSESSMENTS) == set(Assessment.values)
