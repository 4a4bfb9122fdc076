"""What was to be expected by a day: from the dated steps, or from a straight line where the sheet says so."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from suivi.monitoring.rules.facts import DatedSteps, Measure


@dataclass(frozen=True, slots=True)
class Expected:
    """What was expected by a day. `number` for counts and values, `step` for ladders; None: nothing is said.

    `has_path` says whether there is anything at all to hold progress against.
    """

    has_path: bool = False
    number: Decimal | None = None
    step: int | None = None


def expected_on(measure: Measure, steps: DatedSteps, day: date) -> Expected:
    """What was expected by a day.

    Dated steps say a number only where they were given one; no number is made up from how many there are.
    A ladder is not a number either: its dated steps are late or not, and only a straight line says which
    step it should have reached.
    """
    if not measure.is_straight:
        number = _stepwise(measure, steps) if _has_number(measure) else None
        return Expected(has_path=steps.total > 0, number=number)
    share = _straight(measure, day)
    if share is None:
        return Expected(has_path=steps.total > 0)
    if measure.kind in {"ladder", "parts"}:
        return Expected(has_path=True, step=int(share * len(measure.rungs)))
    return Expected(has_path=True, number=_on_the_line(measure, share) if _has_number(measure) else None)


def _has_number(measure: Measure) -> bool:
    """Whether there is a number to reach, and one to start from."""
    if measure.target is None:
        return False
    return measure.kind == "items" or (measure.kind == "indicator" and measure.baseline is not None)


def _start(measure: Measure) -> Decimal:
    """The baseline of an indicator; a count starts from zero."""
    return measure.baseline if measure.kind == "indicator" and measure.baseline is not None else Decimal(0)


def _on_the_line(measure: Measure, share: Decimal) -> Decimal:
    start = _start(measure)
    return (start + ((measure.target or start) - start) * share).quantize(Decimal("0.0001"))


def _stepwise(measure: Measure, steps: DatedSteps) -> Decimal | None:
    if not steps.has_numbers:
        return None
    return _start(measure) if steps.number is None else steps.number


def _straight(measure: Measure, day: date) -> Decimal | None:
    if measure.starts_on is None or measure.ends_on is None:
        return None
    days = (measure.ends_on - measure.starts_on).days + 1
    passed = (day - measure.starts_on).days + 1
    return min(max(Decimal(passed) / days, Decimal(0)), Decimal(1))
