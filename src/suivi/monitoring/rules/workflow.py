"""The life of an update as one table: which verb leads from which state to which, and who may.

    draft -> [in clearance] -> submitted -> approved for ever
                                         -> returned -> ...

The states are those of `models.UpdateState`. Who may is asked in `commands.steps`; the docs print the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop


class Who(StrEnum):
    """Who may do a step. What each needs stands in `commands.steps`."""

    UNIT = "unit"  # reports for the unit
    CLEARER = "clearer"  # clears what the unit reports
    ACCOUNTABLE = "accountable"  # reports for the unit that is accountable for the deliverable
    REVIEWER = "reviewer"  # reviews for the plan
    OTHER_REVIEWER = "other_reviewer"  # the same, having neither written nor submitted the update
    MANAGER = "manager"  # sets agreed statuses for the plan, having neither written nor submitted the update


WHO_WORDS: dict[Who, str] = {
    Who.UNIT: gettext_noop("who reports for the unit"),
    Who.CLEARER: gettext_noop("who clears for the unit"),
    Who.ACCOUNTABLE: gettext_noop("who reports for the accountable unit"),
    Who.REVIEWER: gettext_noop("who reviews for the plan"),
    Who.OTHER_REVIEWER: gettext_noop("who reviews for the plan and did not write it"),
    Who.MANAGER: gettext_noop("who agrees statuses of the plan and did not write it"),
}


@dataclass(frozen=True)
class Transition:
    """One row: in this state, this verb leads there, and these may. `kinds` empty: of every kind."""

    verb: str
    before: str
    after: str
    who: frozenset[Who]
    kind: str = ""


def _rows(verb: str, before: str, after: str, *who: Who, kind: str = "") -> list[Transition]:
    return [Transition(verb, state, after or state, frozenset(who), kind) for state in before.split("|")]


TABLE: tuple[Transition, ...] = (
    *_rows("save", "draft|returned", "", Who.UNIT),
    *_rows("discard", "draft|returned", "discarded", Who.UNIT),
    # Where the plan wants clearance, `send` leads to it, unless the one who sends may clear.
    *_rows("send", "draft|returned", "submitted", Who.UNIT),
    *_rows("clear", "in_clearance", "submitted", Who.CLEARER),
    *_rows("recall", "in_clearance|submitted", "draft", Who.UNIT),
    *_rows("return", "in_clearance", "returned", Who.CLEARER),
    *_rows("return", "submitted", "returned", Who.REVIEWER, kind="update"),
    *_rows("return", "submitted", "returned", Who.ACCOUNTABLE, kind="contribution"),
    *_rows("approve", "submitted", "approved", Who.OTHER_REVIEWER, kind="update"),
    *_rows("ask_decision", "returned", "submitted", Who.UNIT, kind="update"),
    *_rows("ask_decision", "submitted", "submitted", Who.UNIT, Who.REVIEWER, kind="update"),
    *_rows("decide_approved", "submitted", "approved", Who.MANAGER, kind="update"),
    *_rows("decide_returned", "submitted", "returned", Who.MANAGER, kind="update"),
    *_rows("correct", "approved", "approved", Who.UNIT),
)
EDITABLE = tuple(row.before for row in TABLE if row.verb == "save")
OPEN = ("draft", "in_clearance", "submitted", "returned")


def transition(verb: str, state: str, kind: str) -> Transition:
    """The row for this verb in this state. Raises RuleBroken where there is none, saying what there is."""
    for row in TABLE:
        if row.verb == verb and row.before == state and row.kind in {"", kind}:
            return row
    raise RuleBroken(_REFUSALS.get(state, _OTHERWISE), hint=_HINTS.get(state, ""))


def verbs_in(state: str, kind: str) -> tuple[Transition, ...]:
    """What can be done with an update of this kind in this state."""
    return tuple(row for row in TABLE if row.before == state and row.kind in {"", kind})


def state_after_sending(*, needs_clearance: bool, sender_clears: bool) -> str:
    """Where sending leads: to the director, unless the plan wants none or the sender may clear."""
    return "in_clearance" if needs_clearance and not sender_clears else "submitted"


def is_decision_pending(verbs: Iterable[str]) -> bool:
    """Whether the plan manager was asked to decide and has not, from the verbs of the events in order."""
    pending = False
    for verb in verbs:
        if verb == "decision_asked":
            pending = True
        elif verb in {"decided", "recalled", "approved"}:
            pending = False
    return pending


def may_ask_for_decision(verbs: Iterable[str], returns_before_decision: int) -> bool:
    """Whether it came back so often that either side may ask the plan manager."""
    return sum(verb == "returned" for verb in verbs) >= returns_before_decision


_OTHERWISE = gettext_noop("This cannot be done in the state the update is in.")
_REFUSALS = {
    "draft": gettext_noop("The update is a draft; it was not sent."),
    "in_clearance": gettext_noop("The update waits for clearance."),
    "submitted": gettext_noop("The update was submitted."),
    "returned": gettext_noop("The update was returned to its unit."),
    "approved": gettext_noop("The update is approved, and that is for ever."),
    "discarded": gettext_noop("The update was discarded."),
}
_HINTS = {
    "draft": gettext_noop("Send it first."),
    "in_clearance": gettext_noop("Recall it to change it, or wait for the director."),
    "submitted": gettext_noop("Recall it to change it, or wait for the review."),
    "returned": gettext_noop("Change it and send it again."),
    "approved": gettext_noop("Correct it by a new update that names it."),
    "discarded": gettext_noop("Start a new one."),
}
