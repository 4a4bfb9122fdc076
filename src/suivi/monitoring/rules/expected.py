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

    Of a target, each dated step brings the same share, on its day. A ladder is not a number: its dated
    steps are late or not, and only a straight line says which step it should have reached.
    """
    share = _straight(measure, day) if measure.is_straight else _stepwise(steps)
    if share is None:
        return Expected(has_path=steps.total > 0)
    if measure.kind in {"ladder", "parts"}:
        step = int(share * len(measure.rungs)) if measure.is_straight else None
        return Expected(has_path=True, step=step)
    return Expected(has_path=True, number=_number(measure, share))


def _number(measure: Measure, share: Decimal) -> Decimal | None:
    if measure.target is None or measure.kind not in {"items", "indicator"}:
        return None
    if measure.kind == "indicator" and measure.baseline is None:
        return None
    start = measure.baseline if measure.kind == "indicator" and measure.baseline is not None else Decimal(0)
    return (start + (measure.target - start) * share).quantize(Decimal("0.0001"))


def _stepwise(steps: DatedSteps) -> Decimal | None:
    return Decimal(steps.due) / steps.total if steps.total else None


def _straight(measure: Measure, day: date) -> Decimal | None:
    if measure.starts_on is None or measure.ends_on is None:
        return None
    days = (measure.ends_on - measure.starts_on).days + 1
    passed = (day - measure.starts_on).days + 1
    return min(max(Decimal(passed) / days, Decimal(0)), Decimal(1))
