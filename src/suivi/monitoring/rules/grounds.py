"""Why a figure is what it is: of each fact whether it counts, and if not, why it was left out."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from suivi.monitoring.rules.facts import (
    CONCLUDED,
    DROPPED,
    Facts,
    ItemFact,
    KeptFact,
    Measure,
    StepFact,
    ValueFact,
    speaking,
)
from suivi.monitoring.rules.progress import is_concluded, progress_on
from suivi.values.messages import gettext_noop


class Verdict(StrEnum):
    """What became of a fact in the figure."""

    COUNTED = "counted"
    REPLACED = "replaced"
    LATER = "later"
    NOT_CONCLUDED = "not_concluded"
    GIVEN_UP = "given_up"
    NOT_CONFIRMED = "not_confirmed"
    UNPROVEN = "unproven"
    UNKNOWN_STEP = "unknown_step"
    CORRECTED = "corrected"
    CONTRIBUTION = "contribution"


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.COUNTED: gettext_noop("counted"),
    Verdict.REPLACED: gettext_noop("another fact of the same thing speaks"),
    Verdict.LATER: gettext_noop("happened after this day"),
    Verdict.NOT_CONCLUDED: gettext_noop("not concluded"),
    Verdict.GIVEN_UP: gettext_noop("given up"),
    Verdict.NOT_CONFIRMED: gettext_noop("not confirmed against the reference sheet"),
    Verdict.UNPROVEN: gettext_noop("no evidence stands for it"),
    Verdict.UNKNOWN_STEP: gettext_noop("the reference sheet does not name this step or part"),
    Verdict.CORRECTED: gettext_noop("the update was corrected"),
    Verdict.CONTRIBUTION: gettext_noop("a contribution; the update of the accountable unit speaks"),
}


def item_verdicts(measure: Measure, facts: Sequence[ItemFact], day: date) -> list[Verdict]:
    """What became of each fact about items, in the order given."""
    spoken: dict[int, Sequence[ItemFact]] = {}
    for item in {fact.item for fact in facts}:
        spoken[item], _is_proven = speaking((fact for fact in facts if fact.item == item), day)
    return [_of_item(measure, fact, spoken[fact.item], day) for fact in facts]


def _of_item(measure: Measure, fact: ItemFact, spoken: Sequence[ItemFact], day: date) -> Verdict:
    if fact.happened_on > day:
        return Verdict.LATER
    if fact not in spoken:
        return Verdict.REPLACED
    if fact.stage != CONCLUDED:
        return Verdict.GIVEN_UP if fact.stage == DROPPED else Verdict.NOT_CONCLUDED
    if not is_concluded(measure, fact):
        return Verdict.NOT_CONFIRMED
    if not fact.is_proven:
        return Verdict.UNPROVEN
    return Verdict.COUNTED if all(is_concluded(measure, one) for one in spoken) else Verdict.REPLACED


def step_verdicts(measure: Measure, facts: Sequence[StepFact], day: date) -> list[Verdict]:
    """What became of each step, in the order given: all steps that are proven count."""
    parts = measure.parts if measure.kind == "parts" else ("",)
    found = []
    for fact in facts:
        if fact.happened_on > day:
            verdict = Verdict.LATER
        elif fact.part not in parts or fact.rung not in measure.rungs:
            verdict = Verdict.UNKNOWN_STEP
        else:
            verdict = Verdict.COUNTED if fact.is_proven else Verdict.UNPROVEN
        found.append(verdict)
    return found


def value_verdicts(measure: Measure, facts: Sequence[ValueFact], day: date) -> list[Verdict]:
    """What became of each value, in the order given."""
    spoken, is_proven = speaking(facts, day)
    number = progress_on(measure, Facts(values=list(facts)), day).number
    return [_of_speaking(fact, spoken, day, is_proven and fact.value == number) for fact in facts]


def kept_verdicts(measure: Measure, facts: Sequence[KeptFact], day: date) -> list[Verdict]:
    """What became of each confirmation of a commitment, in the order given."""
    spoken, is_proven = speaking(facts, day)
    is_kept = progress_on(measure, Facts(kept=list(facts)), day).is_kept
    return [
        _of_speaking(fact, spoken, day, fact.is_kept is is_kept and (is_proven or not is_kept))
        for fact in facts
    ]


def _of_speaking(
    fact: ValueFact | KeptFact, spoken: Sequence[ValueFact | KeptFact], day: date, is_the_one: bool
) -> Verdict:
    if fact.happened_on > day:
        return Verdict.LATER
    if fact not in spoken:
        return Verdict.REPLACED
    if is_the_one:
        return Verdict.COUNTED
    return Verdict.REPLACED if fact.is_proven else Verdict.UNPROVEN
