"""What the signal is computed from, as plain tuples: the measure of a deliverable and what was reported.

Facts of one thing (an item, the value, the commitment) are ordered by the day they happened, then by the day
their update speaks of, then by the key of the update. The order of approvals plays no part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar

CONCLUDED = "concluded"
DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Measure:
    """How a deliverable progresses, from its sheet and its row of the edition.

    `kind` is a ProgressKind, or empty where there is no sheet. `rungs` and `parts` are keys in their order.
    `target` is the one that holds on the day, `adopted_target` the one of the edition; None is no target.
    """

    kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    target: Decimal | None = None
    adopted_target: Decimal | None = None
    is_straight: bool = False
    criteria: tuple[str, ...] = ()
    rungs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    baseline: Decimal | None = None
    less_is_better: bool = False


class DatedSteps(NamedTuple):
    """The milestones of a deliverable on a day: all, those whose day has passed, late ones, done ones.

    `has_numbers`: some say which count or value will be reached with them. `number` is the furthest that
    those whose day has passed say; None before the first of them.
    """

    total: int = 0
    due: int = 0
    late: int = 0
    done: int = 0
    has_numbers: bool = False
    number: Decimal | None = None


class ItemFact(NamedTuple):
    """What one update says of one item. `confirmed` is what the reviewer said: criterion to yes or no."""

    item: int
    stage: str
    confirmed: Mapping[str, bool]
    happened_on: date
    reported_on: date
    update: str
    is_proven: bool = True
    expected_on: date | None = None


class StepFact(NamedTuple):
    """A step (`rung`, by key) that was reached, of the whole (`part` empty) or of a part."""

    part: str
    rung: str
    happened_on: date
    is_proven: bool = True


class ValueFact(NamedTuple):
    """A total of an indicator."""

    value: Decimal
    happened_on: date
    reported_on: date
    update: str
    is_proven: bool = True


class KeptFact(NamedTuple):
    """Whether a commitment was kept up to the day that an update speaks of."""

    is_kept: bool
    reported_on: date
    update: str
    is_proven: bool = True

    @property
    def happened_on(self) -> date:
        return self.reported_on


@dataclass(slots=True)
class Facts:
    """All that was reported on one deliverable; updates that were corrected are left out before."""

    items: list[ItemFact] = field(default_factory=list)
    steps: list[StepFact] = field(default_factory=list)
    values: list[ValueFact] = field(default_factory=list)
    kept: list[KeptFact] = field(default_factory=list)


class Dated(Protocol):
    """What the facts of one thing are ordered by."""

    @property
    def happened_on(self) -> date: ...
    @property
    def reported_on(self) -> date: ...
    @property
    def update(self) -> str: ...
    @property
    def is_proven(self) -> bool: ...


OneFact = TypeVar("OneFact", bound=Dated)


def order_of(fact: Dated) -> tuple[date, date, str]:
    """By what the facts of one thing are ordered."""
    return (fact.happened_on, fact.reported_on, fact.update)


def speaking(facts: Iterable[OneFact], day: date) -> tuple[Sequence[OneFact], bool]:
    """The facts of one thing that speak on a day, latest first, and whether the last of them is proven.

    These are the latest proven one and those after it. The worst of them holds, so that taking the proof
    away from any fact can only add facts to be the worst of: a signal never improves by it.
    """
    happened = [fact for fact in facts if fact.happened_on <= day]
    if len(happened) > 1:
        happened.sort(key=order_of, reverse=True)
    for place, fact in enumerate(happened):
        if fact.is_proven:
            return happened[: place + 1], True
    return happened, False
