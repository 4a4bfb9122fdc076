"""Taking the proof away from any facts never improves a signal."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from suivi.monitoring.rules.facts import (
    DatedSteps,
    Facts,
    ItemFact,
    KeptFact,
    Measure,
    StepFact,
    ValueFact,
    order_of,
)
from suivi.monitoring.rules.settings import DEFAULTS
from suivi.monitoring.rules.signal import Case, signal_of
from tests.monitoring.order import ORDER

RUNGS, PARTS = ("planned", "drafted", "used"), ("north", "south")

days = st.integers(0, 1500).map(lambda n: date(2021, 1, 1) + timedelta(days=n))
keys = st.integers(0, 9).map(str)
item_facts = st.builds(
    ItemFact,
    st.integers(0, 3),
    st.sampled_from(("identified", "negotiation", "concluded", "concluded", "dropped")),
    st.fixed_dictionaries({"new": st.sampled_from((True, True, False))}),
    days,
    days,
    keys,
    st.booleans(),
)
step_facts = st.builds(StepFact, st.sampled_from(("", *PARTS)), st.sampled_from(RUNGS), days, st.booleans())
value_facts = st.builds(ValueFact, st.integers(0, 12).map(Decimal), days, days, keys, st.booleans())
kept_facts = st.builds(KeptFact, st.booleans(), days, keys, st.booleans())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    starts_on = draw(days)
    target = draw(st.none() | st.integers(1, 4).map(Decimal))
    measure = Measure(
        kind=draw(st.sampled_from(("items", "ladder", "parts", "indicator", "commitment", ""))),
        starts_on=starts_on,
        ends_on=draw(st.none() | st.integers(0, 900).map(lambda n: starts_on + timedelta(days=n))),
        target=target,
        adopted_target=target,
        is_straight=draw(st.booleans()),
        criteria=draw(st.sampled_from(((), ("new",)))),
        rungs=RUNGS,
        parts=PARTS,
        baseline=draw(st.none() | st.integers(0, 6).map(Decimal)),
        less_is_better=draw(st.booleans()),
    )
    facts = Facts(
        draw(st.lists(item_facts, max_size=6)),
        draw(st.lists(step_facts, max_size=6)),
        draw(st.lists(value_facts, max_size=5)),
        draw(st.lists(kept_facts, max_size=5)),
    )
    due = draw(st.integers(0, 4))
    late = draw(st.integers(0, due))
    steps = DatedSteps(4 if draw(st.booleans()) else due, due, late, due - late)
    return Case(measure, facts, steps, draw(st.none() | days), draw(days), DEFAULTS)


def without_proof(case: Case, draw: st.DataObject) -> Case:
    """The same with the proof taken away from some facts."""

    def some(facts: list[Any]) -> list[Any]:
        taken = draw.draw(st.lists(st.booleans(), min_size=len(facts), max_size=len(facts)))
        return [
            fact._replace(is_proven=fact.is_proven and not is_taken)
            for fact, is_taken in zip(facts, taken, strict=True)
        ]

    facts = Facts(*(some(one) for one in _lists(case.facts)))
    return Case(case.measure, facts, case.steps, case.last_on, case.day, case.settings)


@given(cases(), st.data())
def test_proof_that_is_taken_away_never_improves_a_signal(case: Case, data: st.DataObject) -> None:
    before, after = signal_of(case), signal_of(without_proof(case, data))
    assert ORDER.index(after.status) >= ORDER.index(before.status)


@given(cases(), st.data())
def test_proof_that_is_taken_away_never_raises_a_count_a_step_or_a_gain(
    case: Case, data: st.DataObject
) -> None:
    before, after = signal_of(case).progress, signal_of(without_proof(case, data)).progress
    for part, place in after.reached.items():
        assert place <= before.reached[part]
    if after.number is not None and before.number is not None:
        change = after.number - before.number
        assert (-change if case.measure.less_is_better and case.measure.kind == "indicator" else change) <= 0
    assert not (before.number is None and after.number is not None)


@given(cases(), st.randoms())
def test_the_order_of_facts_plays_no_part(case: Case, chance: Random) -> None:
    told_apart = (
        [(fact.item, *order_of(fact)) for fact in case.facts.items],
        [order_of(fact) for fact in case.facts.values],
        [order_of(fact) for fact in case.facts.kept],
    )
    assume(all(len(set(orders)) == len(orders) for orders in told_apart))
    mixed = Facts(*(chance.sample(facts, len(facts)) for facts in _lists(case.facts)))
    again = Case(case.measure, mixed, case.steps, case.last_on, case.day, case.settings)
    assert signal_of(again) == signal_of(case)


def _lists(facts: Facts) -> list[list[Any]]:
    return [facts.items, facts.steps, facts.values, facts.kept]
