"""Where guidance stands on a day, and what an answer to it has to say."""

from datetime import date
from enum import StrEnum

from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop


class Standing(StrEnum):
    """Where a piece of guidance stands: its last answer, or late where its day passed without an end."""

    OPEN = "open"
    IN_HAND = "in_hand"
    LATE = "late"
    DONE = "done"
    NOT_ACCEPTED = "not_accepted"


ENDED = frozenset({Standing.DONE, Standing.NOT_ACCEPTED})


def standing_of(answer: str, due_on: date | None, day: date) -> Standing:
    """The standing on a day; `answer` is the state of the last answer known by then, empty where none was."""
    said = Standing(answer or Standing.OPEN)
    is_past_due = due_on is not None and due_on < day
    return Standing.LATE if is_past_due and said not in ENDED else said


def refuse_answer(state: str, done_on: date | None, given_on: date, today: date) -> None:
    """Raise RuleBroken unless exactly an answer "done" names its day, between the guidance and today."""
    if (state == Standing.DONE) != (done_on is not None):
        raise RuleBroken(
            gettext_noop("Only guidance that is done has a day on which it was done, and it needs one."),
            hint=gettext_noop("Give the day with the answer “done”, and with no other."),
        )
    if done_on is not None and not given_on <= done_on <= today:
        raise RuleBroken(
            gettext_noop("The day is before the guidance was given, or still to come."),
            hint=gettext_noop("Give the day on which it was done."),
        )


def refuse_day_to_come(given_on: date, today: date) -> None:
    """Raise RuleBroken for guidance of a day that has not come."""
    if given_on > today:
        raise RuleBroken(
            gettext_noop("The day on which the guidance was given is still to come."),
            hint=gettext_noop("Record guidance once it was given."),
        )


def refuse_no_reason(reason: str) -> None:
    """Raise RuleBroken where something is written anew or withdrawn without a reason."""
    if not reason.strip():
        raise RuleBroken(
            gettext_noop("What is recorded changes only with a reason."),
            hint=gettext_noop("Write in a sentence why it is changed or withdrawn."),
        )
