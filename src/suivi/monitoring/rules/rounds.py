"""What becomes of a question when its round closes, and who answers in which way."""

from collections.abc import Collection
from datetime import date


def outcome_of(*, is_excused: bool, state: str, first_submitted_on: date | None, due_on: date) -> str:
    """The outcome that is frozen: answered, late, missing or excused.

    `state` is that of the unit's update ("" for none), `first_submitted_on` the day it first arrived. What
    was returned and did not come back again is missing.
    """
    if is_excused:
        return "excused"
    if state not in {"submitted", "approved"} or first_submitted_on is None:
        return "missing"
    return "answered" if first_submitted_on <= due_on else "late"


def kind_of_answer(unit: int, accountable: int | None, responsible: Collection[int]) -> str | None:
    """What a unit gives: "update" or "contribution", None where it does not answer for the deliverable.

    The accountable unit gives the update. Where there is none, the only responsible unit does.
    """
    if unit == accountable or (accountable is None and set(responsible) == {unit}):
        return "update"
    return "contribution" if unit in responsible else None
