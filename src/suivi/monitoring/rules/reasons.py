"""The sentences that say why: what was reached, and how far a deliverable has come."""

from decimal import Decimal

from suivi.monitoring.rules.facts import Measure
from suivi.monitoring.rules.progress import Progress
from suivi.values.messages import Message, gettext_noop

_KEPT = gettext_noop("The commitment is kept.")
_NOT_CONFIRMED = gettext_noop("That the commitment is kept is not confirmed.")
NOT_KEPT = gettext_noop("The commitment is not kept.")
_SAID_OF_COMMITMENT = {True: _KEPT, False: NOT_KEPT, None: _NOT_CONFIRMED}
_NO_VALUE = gettext_noop("No value is proven.")
_WORK = gettext_noop("Work is reported.")


def whole(measure: Measure, progress: Progress) -> Message:
    """What was achieved, as a sentence."""
    if measure.kind == "commitment":
        return Message(gettext_noop("The commitment was kept to the end."))
    if measure.kind in {"ladder", "parts"}:
        return worded(_ladder_template(measure, is_whole=True), **_ladder_numbers(measure, progress))
    if measure.target is None:
        said = gettext_noop("%(number)s stand at the end; the plan sets no number to reach.")
        return worded(said, number=plain(progress.number))
    said = gettext_noop("%(number)s of %(target)s: the target is reached.")
    return worded(said, number=plain(progress.number), target=plain(measure.target))


def so_far(measure: Measure, progress: Progress) -> Message:
    """How far it has come, as a sentence."""
    if measure.kind in {"ladder", "parts"}:
        if measure.kind == "ladder" and not any(progress.reached.values()):
            return worded(gettext_noop("None of %(top)s steps is reached yet."), top=len(measure.rungs))
        return worded(_ladder_template(measure, is_whole=False), **_ladder_numbers(measure, progress))
    if measure.kind == "commitment":
        return Message(_SAID_OF_COMMITMENT[progress.is_kept])
    if progress.number is None:
        return Message(_NO_VALUE if progress.unproven else _WORK)
    if measure.target is None:
        said = gettext_noop("%(number)s so far; the plan sets no number to reach.")
        return worded(said, number=plain(progress.number))
    said = gettext_noop("%(number)s of %(target)s.")
    return worded(said, number=plain(progress.number), target=plain(measure.target))


def _ladder_template(measure: Measure, *, is_whole: bool) -> str:
    if measure.kind == "ladder":
        if is_whole:
            return gettext_noop("The last of %(top)s steps is reached.")
        return gettext_noop("Step %(step)s of %(top)s is reached.")
    if is_whole:
        return gettext_noop("All %(parts)s parts have reached the last of %(top)s steps.")
    return gettext_noop("%(complete)s of %(parts)s parts have reached the last of %(top)s steps.")


def _ladder_numbers(measure: Measure, progress: Progress) -> dict[str, object]:
    top = len(measure.rungs)
    places = list(progress.reached.values())
    return {
        "top": top,
        "step": max(places, default=0),
        "parts": len(places),
        "complete": sum(place == top for place in places),
    }


def plain(number: Decimal | None) -> Decimal:
    """The number as people write it: 4 and not 4.0000, 1500 and not 1.5E+3; none is written 0."""
    number = number or Decimal(0)
    is_whole = number == number.to_integral_value()
    return number.quantize(Decimal(1)) if is_whole else number.normalize()


def worded(template: str, **params: object) -> Message:
    return Message(template, params)
