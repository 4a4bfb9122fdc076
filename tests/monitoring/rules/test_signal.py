"""The signal, case by case: each line is a deliverable on a day, and what is said of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from suivi.monitoring.models import ONLY_BY_DECISION, Status
from suivi.monitoring.rules.facts import DatedSteps, Facts, ItemFact, KeptFact, Measure, StepFact, ValueFact
from suivi.monitoring.rules.settings import DEFAULTS, settings_of
from suivi.monitoring.rules.signal import Case, Standing, signal_of

START, END = date(2021, 1, 1), date(2023, 12, 31)
DAY, AFTER = date(2022, 7, 2), date(2024, 3, 1)
RUNGS = ("planned", "drafted", "tried", "used")
ITEMS = Measure("items", START, END, Decimal(10), Decimal(10), criteria=("new",))
OPEN_ENDED = Measure("items", START, END)
LADDER = Measure("ladder", START, END, rungs=RUNGS)
PARTS = Measure("parts", START, END, rungs=RUNGS, parts=("north", "south"))
KEPT = Measure("commitment", START, END)
SHARE = Measure("indicator", START, END, Decimal(60), Decimal(60), baseline=Decimal(20))
NONE = DatedSteps()
IN_TIME = DatedSteps(total=4, due=2, late=0, done=2)
COUNTED = IN_TIME._replace(has_numbers=True, number=Decimal(5))
RISEN = COUNTED._replace(number=Decimal(40))
FALLEN = COUNTED._replace(number=Decimal(30))
ONE_LATE = DatedSteps(total=4, due=2, late=1, done=1)
TWO_LATE = DatedSteps(total=4, due=2, late=2)


def straight(measure: Measure) -> Measure:
    return Measure(
        measure.kind, START, END, measure.target, measure.target, True, measure.criteria, measure.rungs,
        measure.parts, measure.baseline, measure.less_is_better,
    )  # fmt: skip


def items(
    count: int,
    on: date = date(2022, 3, 1),
    stage: str = "concluded",
    *,
    new: bool = True,
    proven: bool = True,
) -> Facts:
    return Facts(items=[ItemFact(n, stage, {"new": new}, on, on, f"u{n}", proven) for n in range(count)])


def steps(*reached: tuple[str, str], on: date = date(2022, 3, 1), proven: bool = True) -> Facts:
    return Facts(steps=[StepFact(part, rung, on, proven) for part, rung in reached])


def value(*numbers: int, proven: bool = True, on: date = date(2022, 3, 1)) -> Facts:
    return Facts(
        values=[
            ValueFact(Decimal(number), on + timedelta(days=n), on, f"u{n}", proven)
            for n, number in enumerate(numbers)
        ]
    )


def kept(*answers: bool, proven: bool = True, on: date = date(2022, 3, 1)) -> Facts:
    return Facts(
        kept=[KeptFact(answer, on + timedelta(days=n), f"u{n}", proven) for n, answer in enumerate(answers)]
    )


NOTHING = Facts()
RECENT, OLD = date(2022, 6, 30), date(2021, 6, 30)

# Measure, facts, dated steps, day of the last update, day, status, sentence.
CASES: dict[str, tuple[Measure, Facts, DatedSteps, date | None, date, str, str]] = {
    "before the time frame": (
        ITEMS, NOTHING, NONE, None, date(2020, 6, 1), "not_started", "The time frame opens on 2021-01-01.",
    ),
    "nothing reported": (ITEMS, NOTHING, NONE, None, DAY, "not_started", "Nothing was reported yet."),
    "nothing reported, one step late": (
        ITEMS, NOTHING, ONE_LATE, None, DAY, "at_risk", "One of 4 dated steps is late.",
    ),
    "nothing reported, two steps late": (
        ITEMS, NOTHING, TWO_LATE, None, DAY, "off_track", "2 of 4 dated steps are late.",
    ),
    "nothing reported, the end is near": (
        ITEMS, NOTHING, NONE, None, date(2023, 8, 1), "off_track",
        "Nothing was reported yet, and the time frame ends on 2023-12-31.",
    ),
    "no sheet": (
        Measure("", START, END), NOTHING, NONE, RECENT, DAY, "in_progress",
        "Work is reported. There are no dated steps to hold it against.",
    ),
    "no sheet, over": (
        Measure("", START, END), NOTHING, NONE, RECENT, AFTER, "partially_achieved",
        "The time frame ended on 2023-12-31; no reference sheet says what achieved means.",
    ),
    "items without dated steps": (
        ITEMS, items(9), NONE, RECENT, DAY, "in_progress",
        "9 of 10. There are no dated steps to hold it against.",
    ),
    "items as the dated steps want": (
        ITEMS, items(5), COUNTED, RECENT, DAY, "on_track", "5 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "items, the dated steps say no number": (
        ITEMS, items(2), IN_TIME, RECENT, DAY, "on_track", "2 of 10. No dated step is late.",
    ),
    "items, the first dated step is to come": (
        ITEMS, items(1), COUNTED._replace(due=0, done=0, number=None), RECENT, DAY, "on_track",
        "1 of 10. No dated step is late.",
    ),
    "items a little behind": (
        ITEMS, items(4), COUNTED, RECENT, DAY, "at_risk", "4 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "items far behind": (
        ITEMS, items(2), COUNTED, RECENT, DAY, "off_track", "2 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "items in time, a step late": (
        ITEMS, items(5), ONE_LATE, RECENT, DAY, "at_risk", "One of 4 dated steps is late.",
    ),
    "items on a straight line": (
        straight(ITEMS), items(5), NONE, RECENT, DAY, "on_track",
        "5 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "items on a straight line, behind": (
        straight(ITEMS), items(4), NONE, RECENT, DAY, "at_risk",
        "4 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "items that are not confirmed": (
        ITEMS, items(9, new=False), NONE, RECENT, DAY, "in_progress",
        "0 of 10. There are no dated steps to hold it against.",
    ),
    "items that are not concluded": (
        ITEMS, items(9, stage="negotiation"), COUNTED, RECENT, DAY, "off_track",
        "0 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "items given up again": (
        ITEMS,
        Facts(items=[*items(5).items, *items(5, date(2022, 5, 1), "dropped").items]),
        COUNTED, RECENT, DAY, "off_track", "0 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "items without proof": (
        ITEMS, items(10, proven=False), COUNTED, RECENT, DAY, "off_track",
        "0 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "items restated without proof": (
        ITEMS,
        Facts(items=[*items(10).items, *items(10, date(2022, 5, 1), proven=False).items]),
        COUNTED, RECENT, DAY, "achieved", "10 of 10: the target is reached.",
    ),
    "the tenth item": (
        ITEMS, items(10), TWO_LATE, OLD, DAY, "achieved", "10 of 10: the target is reached.",
    ),
    "the tenth item after the end": (
        ITEMS,
        Facts(items=[*items(9).items, ItemFact(9, "concluded", {"new": True}, AFTER, AFTER, "u9")]),
        NONE, AFTER, AFTER, "achieved_late", "10 of 10: the target is reached. Not all of it by 2023-12-31.",
    ),
    "nine items at the end": (
        ITEMS, items(9), NONE, RECENT, AFTER, "partially_achieved",
        "The time frame ended on 2023-12-31. 9 of 10.",
    ),
    "no item at the end": (
        ITEMS, items(3, stage="negotiation"), NONE, RECENT, AFTER, "not_achieved",
        "The time frame ended on 2023-12-31 and nothing that counts was reported.",
    ),
    "no proof at the end": (
        ITEMS, items(3, proven=False), NONE, RECENT, AFTER, "not_achieved",
        "The time frame ended on 2023-12-31 and nothing proves what was reported.",
    ),
    "ten items of which one fell away after the end": (
        ITEMS,
        Facts(items=[*items(10).items, ItemFact(0, "dropped", {}, AFTER, AFTER, "u10")]),
        NONE, AFTER, AFTER, "achieved", "10 of 10: the target is reached.",
    ),
    "the last day of the time frame": (
        ITEMS, items(3, stage="negotiation"), NONE, date(2023, 12, 1), END, "off_track",
        "The time frame ends on 2023-12-31, and nothing that counts stands there yet.",
    ),
    "items without a target": (
        OPEN_ENDED, items(3), NONE, RECENT, DAY, "in_progress",
        "3 so far; the plan sets no number to reach. There are no dated steps to hold it against.",
    ),
    "items without a target, at the end": (
        OPEN_ENDED, items(3), NONE, RECENT, AFTER, "achieved",
        "3 stand at the end; the plan sets no number to reach.",
    ),
    "no recent update": (
        ITEMS, items(5, date(2021, 6, 1)), COUNTED, OLD, DAY, "no_recent_update",
        "The last approved update speaks of 2021-06-30, 367 days ago.",
    ),
    "off track and no recent update": (
        ITEMS, items(1, date(2021, 6, 1)), COUNTED, OLD, DAY, "off_track",
        "1 of 10. 5 were to be expected by 2022-07-02.",
    ),
    "reported later of this time": (
        ITEMS, items(2), NONE, None, DAY, "in_progress",
        "2 of 10. There are no dated steps to hold it against.",
    ),
    "a ladder without dated steps": (
        LADDER, steps(("", "drafted")), NONE, RECENT, DAY, "in_progress",
        "Step 2 of 4 is reached. There are no dated steps to hold it against.",
    ),
    "a ladder with its steps in time": (
        LADDER, steps(("", "drafted")), IN_TIME, RECENT, DAY, "on_track",
        "Step 2 of 4 is reached. No dated step is late.",
    ),
    "a ladder on a straight line": (
        straight(LADDER), steps(("", "drafted")), NONE, RECENT, DAY, "on_track", "Step 2 of 4 is reached.",
    ),
    "a ladder one step behind": (
        straight(LADDER), steps(("", "planned")), NONE, RECENT, DAY, "at_risk",
        "Step 1 of 4 is reached. Step 2 was to be expected by 2022-07-02.",
    ),
    "a ladder two steps behind": (
        straight(LADDER), NOTHING, NONE, RECENT, DAY, "off_track",
        "None of 4 steps is reached yet. Step 2 was to be expected by 2022-07-02.",
    ),
    "a step without proof": (
        LADDER,
        Facts(steps=[*steps(("", "planned")).steps, *steps(("", "used"), proven=False).steps]),
        IN_TIME, RECENT, DAY, "on_track", "Step 1 of 4 is reached. No dated step is late.",
    ),
    "the top of a ladder": (
        LADDER, steps(("", "used")), NONE, RECENT, DAY, "achieved", "The last of 4 steps is reached.",
    ),
    "the top of a ladder after the end": (
        LADDER, steps(("", "used"), on=AFTER), NONE, AFTER, AFTER, "achieved_late",
        "The last of 4 steps is reached. Not all of it by 2023-12-31.",
    ),
    "some of a ladder at the end": (
        LADDER, steps(("", "tried")), NONE, RECENT, AFTER, "partially_achieved",
        "The time frame ended on 2023-12-31. Step 3 of 4 is reached.",
    ),
    "one of two parts": (
        PARTS, steps(("north", "used")), IN_TIME, RECENT, DAY, "on_track",
        "1 of 2 parts have reached the last of 4 steps. No dated step is late.",
    ),
    "all parts": (
        PARTS, steps(("north", "used"), ("south", "used")), NONE, RECENT, DAY, "achieved",
        "All 2 parts have reached the last of 4 steps.",
    ),
    "a part that the sheet does not name": (
        PARTS, steps(("north", "used"), ("west", "used")), NONE, RECENT, DAY, "in_progress",
        "1 of 2 parts have reached the last of 4 steps. There are no dated steps to hold it against.",
    ),
    "a commitment kept": (
        KEPT, kept(True), NONE, RECENT, DAY, "in_progress",
        "The commitment is kept. There are no dated steps to hold it against.",
    ),
    "a commitment kept, with its steps in time": (
        KEPT, kept(True), IN_TIME, RECENT, DAY, "on_track", "The commitment is kept. No dated step is late.",
    ),
    "a commitment not kept": (
        KEPT, kept(True, False), NONE, RECENT, DAY, "off_track", "The commitment is not kept.",
    ),
    "a commitment kept again": (
        KEPT, kept(False, True), NONE, RECENT, DAY, "in_progress",
        "The commitment is kept. There are no dated steps to hold it against.",
    ),
    "a commitment without proof": (
        KEPT, kept(True, proven=False), NONE, RECENT, DAY, "at_risk",
        "Nothing proves that the commitment is kept.",
    ),
    "a commitment kept to the end": (
        KEPT, kept(True), NONE, RECENT, AFTER, "achieved", "The commitment was kept to the end.",
    ),
    "a commitment broken at the end": (
        KEPT, kept(True, False), NONE, RECENT, AFTER, "partially_achieved",
        "The time frame ended on 2023-12-31. The commitment is not kept.",
    ),
    "an indicator as expected": (
        SHARE, value(40), RISEN, RECENT, DAY, "on_track", "40 of 60. 40 were to be expected by 2022-07-02.",
    ),
    "an indicator that fell": (
        SHARE, value(40, 31), RISEN, RECENT, DAY, "off_track",
        "31 of 60. 40 were to be expected by 2022-07-02.",
    ),
    "an indicator of which less is better": (
        Measure("indicator", START, END, Decimal(10), Decimal(10), baseline=Decimal(50), less_is_better=True),
        value(36), FALLEN, RECENT, DAY, "at_risk", "36 of 10. 30 were to be expected by 2022-07-02.",
    ),
    "an indicator without a baseline": (
        Measure("indicator", START, END, Decimal(60), Decimal(60)), value(10), IN_TIME, RECENT, DAY,
        "on_track", "10 of 60. No dated step is late.",
    ),
    "an indicator without proof": (
        SHARE, value(60, proven=False), RISEN, RECENT, DAY, "off_track",
        "No value is proven. 40 were to be expected by 2022-07-02.",
    ),
    "an indicator at its target": (
        SHARE, value(61), NONE, RECENT, DAY, "achieved", "61 of 60: the target is reached.",
    ),
    "no time frame": (
        Measure("items", None, None, Decimal(2), Decimal(2)), items(1), NONE, RECENT, DAY, "in_progress",
        "1 of 2. There are no dated steps to hold it against.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_case_has_its_status_and_its_sentence(name: str) -> None:
    measure, facts, dated, last_on, day, status, sentence = CASES[name]
    signal = signal_of(Case(measure, facts, dated, last_on, day, DEFAULTS))
    assert (signal.status, str(signal.reason)) == (status, sentence)


def test_the_cases_name_every_status_that_can_be_computed() -> None:
    assert {case[5] for case in CASES.values()} == set(Standing)


def test_what_is_computed_is_a_status_and_what_is_left_is_only_decided() -> None:
    assert {*Standing, *ONLY_BY_DECISION} == set(Status.values)


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"late_steps_off_track": 1}, "off_track"),
        ({"late_steps_off_track": 3}, "at_risk"),
    ],
)
def test_a_plan_decides_how_many_late_steps_are_off_track(settings: dict[str, int], status: str) -> None:
    case = Case(ITEMS, items(5), ONE_LATE, RECENT, DAY, settings_of(settings))
    assert signal_of(case).status == status


def test_a_plan_decides_the_shares_from_which_a_count_is_on_track_or_at_risk() -> None:
    settings = settings_of({"on_track_from": "0.4", "at_risk_from": "0.2"})
    found = [signal_of(Case(ITEMS, items(n), COUNTED, RECENT, DAY, settings)).status for n in (0, 1, 2)]
    assert found == ["off_track", "at_risk", "on_track"]


def test_a_plan_decides_what_recent_means() -> None:
    settings = settings_of({"recent_days": 400})
    case = Case(ITEMS, items(5, date(2021, 6, 1)), COUNTED, OLD, DAY, settings)
    assert signal_of(case).status == "on_track"
