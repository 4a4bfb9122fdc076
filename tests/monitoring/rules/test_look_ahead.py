"""Looks ahead: silent where they would say nothing, and right about as often as they claim."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.monitoring.rules.facts import Facts, ItemFact, Measure
from suivi.monitoring.rules.look_ahead import Ahead, ahead_of, look_ahead

START, END, DAY = date(2021, 1, 1), date(2024, 12, 31), date(2022, 12, 31)
TEN = Decimal(10)


def ahead(counted: int = 5, target: int = 10, day: date = DAY, **more: object) -> Ahead:
    return Ahead(counted, Decimal(target), START, END, day, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "thin",
    [
        ahead(counted=4),
        ahead(target=9),
        ahead(counted=10),
        ahead(day=END),
        ahead(day=date(2020, 12, 31)),
    ],
    ids=["four items", "a target of nine", "reached", "the last day", "before the time frame"],
)
def test_it_is_silent_where_there_is_nothing_to_say(thin: Ahead) -> None:
    assert look_ahead(thin) is None


def test_five_in_half_the_time_lead_to_about_ten() -> None:
    outlook = look_ahead(ahead())
    assert outlook
    assert (outlook.low, outlook.middle, outlook.high) == (6, 10, 16)
    assert 0.5 < outlook.chance < 0.65
    assert not outlook.is_alarming


def test_items_under_way_come_first_and_the_pace_only_for_the_days_after_them() -> None:
    coming = [date(2023, 6, 1), END]
    outlook = look_ahead(ahead(coming=coming))
    # Nothing is left to the pace: each of two comes with two chances in three.
    assert outlook
    assert (outlook.low, outlook.high) == (5, 7)
    assert outlook.chance == 0
    assert outlook.is_alarming


def test_expected_days_that_were_kept_weigh_more_than_missed_ones() -> None:
    coming = [END] * 5
    kept, missed = (look_ahead(ahead(coming=coming, kept=k, missed=9 - k)) for k in (9, 0))
    assert kept
    assert missed
    assert kept.chance > 0.6
    assert missed.chance < 0.01


def test_what_a_look_is_made_from_is_read_from_the_facts() -> None:
    def said(item: int, stage: str, on: date, expected: date | None = None) -> ItemFact:
        return ItemFact(item, stage, {}, on, on, "u", True, expected)

    facts = Facts(
        items=[
            said(1, "negotiation", date(2021, 3, 1), date(2021, 9, 1)),
            said(1, "concluded", date(2021, 8, 1)),  # kept
            said(2, "negotiation", date(2021, 3, 1), date(2021, 9, 1)),
            said(2, "concluded", date(2022, 8, 1)),  # missed
            said(3, "negotiation", date(2022, 3, 1), date(2023, 9, 1)),  # coming
            said(4, "negotiation", date(2022, 3, 1), date(2025, 9, 1)),  # after the end
            said(5, "dropped", date(2022, 4, 1), date(2023, 9, 1)),
            said(6, "identified", date(2023, 4, 1), date(2023, 9, 1)),  # not known of on the day
        ]
    )
    found = ahead_of(Measure("items", START, END, TEN, TEN), facts, DAY)
    assert found == ahead(counted=2, coming=[date(2023, 9, 1)], kept=1, missed=1)


@pytest.mark.parametrize(
    "measure",
    [Measure("ladder", START, END, TEN), Measure("items", START, END), Measure("items", None, END, TEN)],
)
def test_nothing_is_looked_ahead_to_without_a_count_a_target_and_a_time_frame(measure: Measure) -> None:
    assert ahead_of(measure, Facts(), DAY) is None


@given(
    st.integers(5, 60),
    st.integers(10, 100),
    st.integers(0, 1459),
    st.lists(st.integers(1, 1400), max_size=8),
)
def test_a_range_is_in_order_and_starts_from_what_is_counted(
    counted: int, target: int, passed: int, coming: list[int]
) -> None:
    day = START + timedelta(days=passed)
    days = [day + timedelta(days=n) for n in coming if day + timedelta(days=n) <= END]
    outlook = look_ahead(ahead(counted, target, day, coming=days))
    if outlook:
        assert counted <= outlook.low <= outlook.middle <= outlook.high
        assert -1e-9 <= outlook.chance <= 1 + 1e-9


def test_looks_at_a_steady_pace_are_right_about_nine_times_in_ten() -> None:
    chance, right, made = Random(7), 0, 0
    days = (END - START).days + 1
    for _ in range(600):
        rate = chance.gammavariate(12, 1) / days
        happened = [day for day in range(days) for _ in range(_poisson(chance, rate))]
        outlook = look_ahead(ahead(sum(day <= 730 for day in happened), 30, START + timedelta(days=730)))
        if outlook:
            made += 1
            right += outlook.low <= len(happened) <= outlook.high
    assert made > 200
    assert 0.85 <= right / made <= 0.99


def _poisson(chance: Random, rate: float) -> int:
    """Small rates only: nothing, or now and then one."""
    return int(chance.random() < rate)
