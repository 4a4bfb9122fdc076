"""A look ahead: how many items to expect by the end of the time frame. A question to the unit, no promise.

First come the items under way: those whose expected day lies between the day of the look and the end. Each of
them is concluded with the chance that expected days were kept so far (two of three before any has passed).

Then comes the pace, for the days between the last of those expected days and the end: the number of items is
Poisson distributed with a rate that is Gamma distributed. Before anything was counted the rate is taken to be
the one that the target needs (target over the length of the time frame), with the weight of one item; each
item counted and each day passed moves it from there. So the count to come is negative binomial.

There is no look for fewer than five counted items or a target below ten: its range would say nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, exp, lgamma, log, log1p

from suivi.monitoring.rules.facts import CONCLUDED, DROPPED, Facts, ItemFact, Measure, order_of
from suivi.monitoring.rules.progress import counted_items

LEAST_COUNTED = 5
LEAST_TARGET = 10
# Nine times in ten what happens should lie between the first and the last.
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
PRIOR_ITEMS = 1.0
PRIOR_KEPT, PRIOR_MISSED = 2.0, 1.0
# What is left out at the far end of a distribution.
REST = 1e-6


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a look is made from.

    `coming` are the expected days of the items under way, up to the end. `kept` and `missed` count the
    expected days that have passed, by whether the item was concluded by then.
    """

    counted: int
    target: Decimal
    starts_on: date
    ends_on: date
    day: date
    coming: Sequence[date] = ()
    kept: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many items to expect by the end: nine times in ten from `low` to `high`.

    `chance` is the probability that the target is reached by then.
    """

    made_from: Ahead
    low: int
    middle: int
    high: int
    chance: float

    @property
    def is_alarming(self) -> bool:
        """Whether the target is more likely missed than reached: what looks green may be red inside."""
        return self.chance < 0.5


def ahead_of(measure: Measure, facts: Facts, day: date) -> Ahead | None:
    """What a look ahead on a day rests on; None for what counts no items towards a target in a time frame."""
    if measure.kind != "items" or measure.target is None:
        return None
    if measure.starts_on is None or measure.ends_on is None:
        return None
    counted = counted_items(measure, facts, day)
    coming: list[date] = []
    kept = missed = 0
    for item, said in _by_item(facts, day).items():
        latest, promised = said[-1], next((one.expected_on for one in said if one.expected_on), None)
        is_under_way = latest.stage not in {CONCLUDED, DROPPED}
        if is_under_way and latest.expected_on and day < latest.expected_on <= measure.ends_on:
            coming.append(latest.expected_on)
        if promised is not None and promised <= day:
            is_kept = item in counted and counted[item] <= promised
            kept, missed = kept + is_kept, missed + (not is_kept)
    return Ahead(
        len(counted), measure.target, measure.starts_on, measure.ends_on, day, sorted(coming), kept, missed
    )


def _by_item(facts: Facts, day: date) -> dict[int, list[ItemFact]]:
    """What was said of each item by a day, the earliest first."""
    found: dict[int, list[ItemFact]] = {}
    for fact in sorted(facts.items, key=order_of):
        if fact.happened_on <= day:
            found.setdefault(fact.item, []).append(fact)
    return found


def look_ahead(ahead: Ahead) -> Outlook | None:
    """The range to expect; None where the record is too thin, or nothing is left to expect."""
    if ahead.counted < LEAST_COUNTED or ahead.target < LEAST_TARGET:
        return None
    if ahead.counted >= ahead.target or not ahead.starts_on <= ahead.day < ahead.ends_on:
        return None
    chances = _sum(_binomial(len(ahead.coming), _share_kept(ahead)), _by_pace(ahead))
    missing = ceil(ahead.target) - ahead.counted
    low, middle, high = (ahead.counted + _quantile(chances, share) for share in (LOW, MIDDLE, HIGH))
    return Outlook(ahead, low, middle, high, chance=sum(chances[missing:]))


def _share_kept(ahead: Ahead) -> float:
    return (ahead.kept + PRIOR_KEPT) / (ahead.kept + ahead.missed + PRIOR_KEPT + PRIOR_MISSED)


def _by_pace(ahead: Ahead) -> list[float]:
    """The chances of 0, 1, 2 ... items in the days after the last expected one."""
    passed = (ahead.day - ahead.starts_on).days + 1
    length = (ahead.ends_on - ahead.starts_on).days + 1
    left = (ahead.ends_on - max([ahead.day, *ahead.coming])).days
    shape = PRIOR_ITEMS + ahead.counted
    days = PRIOR_ITEMS * length / float(ahead.target) + passed
    return _negative_binomial(shape, days, left)


def _negative_binomial(shape: float, days: float, left: int) -> list[float]:
    """A Poisson count over the days left, its daily rate Gamma distributed: this shape, these days."""
    if left <= 0:
        return [1.0]
    stays, comes = -log1p(left / days), log(left / (days + left))
    chances: list[float] = []
    so_far = 0.0
    while so_far < 1 - REST:
        n = len(chances)
        chances.append(exp(lgamma(shape + n) - lgamma(shape) - lgamma(n + 1) + shape * stays + n * comes))
        so_far += chances[-1]
    return chances


def _binomial(count: int, chance: float) -> list[float]:
    found = [1.0]
    for _ in range(count):
        found = _sum(found, [1 - chance, chance])
    return found


def _sum(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """The chances of the sum of two independent counts."""
    found = [0.0] * (len(first) + len(second) - 1)
    for n, one in enumerate(first):
        for m, other in enumerate(second):
            found[n + m] += one * other
    return found


def _quantile(chances: Sequence[float], share: float) -> int:
    """The smallest count that is not exceeded with this probability."""
    so_far = 0.0
    for n, chance in enumerate(chances):
        so_far += chance
        if so_far >= share:
            return n
    return len(chances) - 1
