"""How far a deliverable has come on a day, in the way that fits it. Counts and steps are never averaged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from suivi.monitoring.rules.facts import CONCLUDED, Facts, ItemFact, Measure, speaking


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a deliverable has come.

    `number` is the count of items or the value of an indicator; None is unknown, not zero. `reached` is, for
    the whole ("") or for each part, the position of the highest step reached (0 before the first). `is_kept`
    is None where nothing proves it. `is_complete` says that nothing more is wanted, `has_begun` that
    something proven stands there. `unproven` counts the things that are not counted for want of evidence.
    """

    number: Decimal | None = None
    reached: Mapping[str, int] = field(default_factory=dict)
    is_kept: bool | None = None
    is_complete: bool = False
    has_begun: bool = False
    unproven: int = 0


def progress_on(measure: Measure, facts: Facts, day: date) -> Progress:
    """How far the deliverable had come on a day. What happened later is ignored."""
    found = _MEASURED.get(measure.kind)
    return found(measure, facts, day) if found else Progress()


def has_any(facts: Facts, day: date) -> bool:
    """Whether anything that happened by a day was reported, proven or not."""
    return any(
        fact.happened_on <= day
        for kind in (facts.items, facts.steps, facts.values, facts.kept)
        for fact in kind
    )


def gain(measure: Measure, number: Decimal) -> Decimal:
    """How much better a number is than the baseline; an item count starts from zero."""
    change = number - (measure.baseline or Decimal(0))
    return -change if measure.less_is_better else change


def counted_items(measure: Measure, facts: Facts, day: date) -> dict[int, date]:
    """The items that count on a day, with the day from which each does."""
    found, _unproven = _counted(measure, facts, day)
    return found


def _counted(measure: Measure, facts: Facts, day: date) -> tuple[dict[int, date], int]:
    by_item: dict[int, list[ItemFact]] = {}
    for fact in facts.items:
        by_item.setdefault(fact.item, []).append(fact)
    found: dict[int, date] = {}
    unproven = 0
    for item, said in by_item.items():
        spoken, is_proven = speaking(said, day)
        if not spoken or not all(is_concluded(measure, fact) for fact in spoken):
            continue
        if is_proven:
            found[item] = spoken[0].happened_on
        else:
            unproven += 1
    return found, unproven


def is_concluded(measure: Measure, fact: ItemFact) -> bool:
    """Whether what is said of an item meets the sheet: concluded, and every criterion confirmed."""
    return fact.stage == CONCLUDED and all(fact.confirmed.get(key) for key in measure.criteria)


def _items(measure: Measure, facts: Facts, day: date) -> Progress:
    found, unproven = _counted(measure, facts, day)
    number = Decimal(len(found))
    is_complete = measure.target is not None and number >= measure.target
    return Progress(number=number, is_complete=is_complete, has_begun=bool(found), unproven=unproven)


def _steps(measure: Measure, facts: Facts, day: date) -> Progress:
    """Of each part the highest proven step: what stands on a step has passed those below."""
    position = {key: place for place, key in enumerate(measure.rungs, start=1)}
    parts = measure.parts if measure.kind == "parts" else ("",)
    reached, claimed = dict.fromkeys(parts, 0), dict.fromkeys(parts, 0)
    for fact in facts.steps:
        if fact.happened_on > day or fact.part not in reached:
            continue
        place = position.get(fact.rung, 0)
        claimed[fact.part] = max(claimed[fact.part], place)
        if fact.is_proven:
            reached[fact.part] = max(reached[fact.part], place)
    top = len(measure.rungs)
    return Progress(
        reached=reached,
        is_complete=bool(parts) and top > 0 and all(place == top for place in reached.values()),
        has_begun=any(reached.values()),
        unproven=sum(claimed[part] > reached[part] for part in parts),
    )


def _value(measure: Measure, facts: Facts, day: date) -> Progress:
    spoken, is_proven = speaking(facts.values, day)
    if not is_proven:
        return Progress(unproven=bool(spoken))
    values = [fact.value for fact in spoken]
    number = max(values) if measure.less_is_better else min(values)
    is_complete = measure.target is not None and (
        number <= measure.target if measure.less_is_better else number >= measure.target
    )
    return Progress(
        number=number,
        is_complete=is_complete,
        has_begun=measure.baseline is None or gain(measure, number) > 0,
        unproven=len(spoken) > 1,
    )


def _commitment(_measure: Measure, facts: Facts, day: date) -> Progress:
    spoken, is_proven = speaking(facts.kept, day)
    if not spoken:
        return Progress()
    is_kept = all(fact.is_kept for fact in spoken)
    return Progress(
        is_kept=None if is_kept and not is_proven else is_kept,
        has_begun=any(fact.is_kept and fact.is_proven for fact in facts.kept if fact.happened_on <= day),
        unproven=not is_proven or len(spoken) > 1,
    )


_MEASURED = {
    "items": _items,
    "ladder": _steps,
    "parts": _steps,
    "indicator": _value,
    "commitment": _commitment,
}
