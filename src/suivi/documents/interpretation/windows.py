"""The time frame of a deliverable: its words, its first and last day, and what is doubtful about them."""

import re

from suivi.documents.interpretation.ledger import Ledger
from suivi.documents.interpretation.outline import Part, Said
from suivi.documents.interpretation.state import State
from suivi.documents.model import Certainty, Deliverable, Source
from suivi.documents.words.marks import strip_marks
from suivi.documents.words.timeframes import UNKNOWN_WORDS, TimeFrame, read_timeframe
from suivi.findings import Severity
from suivi.values.messages import gettext_noop


def set_window(deliverable: Deliverable, part: Part, state: State) -> None:
    """Give a deliverable its time frame; what is doubtful about it becomes a finding."""
    said, frame = _time_of(part, state)
    if said is None or frame is None:
        return
    deliverable.window = frame.window
    deliverable.starts_on, deliverable.ends_on = frame.starts_on, frame.ends_on
    certainty = frame.certainty if said.certainty is Certainty.STATED else said.certainty
    deliverable.sources["window"] = Source(said.place, said.words, certainty, said.why or frame.why)
    _say_doubts(frame, said, state.ledger)


_IN_PLAN_FILE = gettext_noop("Write the first and last day in plan.yaml.")
_DOUBTS = {
    "timeframe-open": (
        Severity.NOTE,
        gettext_noop("“%(words)s” names no last day."),
        gettext_noop("The words are kept as the source; agree a last day."),
    ),
    "timeframe-fiscal": (
        Severity.WARNING,
        gettext_noop("“%(words)s” is counted in fiscal periods: its days were not concluded."),
        _IN_PLAN_FILE,
    ),
    "timeframe-unread": (
        Severity.WARNING,
        gettext_noop("“%(words)s” was not understood as a time frame."),
        _IN_PLAN_FILE,
    ),
    "timeframe-order": (
        Severity.WARNING,
        gettext_noop("“%(words)s” ends before it starts."),
        _IN_PLAN_FILE,
    ),
    "timeframe-words": (
        Severity.NOTE,
        gettext_noop("“%(words)s”: not all of its words were understood; its days are a guess."),
        gettext_noop("Check the first and the last day."),
    ),
    "timeframe-ambiguous": (
        Severity.WARNING,
        gettext_noop("“%(words)s” may be read in two ways; the day was taken before the month."),
        gettext_noop("Write the day as 2023-12-31 in plan.yaml."),
    ),
}


def _say_doubts(frame: TimeFrame, said: Said, ledger: Ledger) -> None:
    code, words = frame.problem, frame.words
    if not code and frame.certainty is Certainty.GUESSED:
        code, words = _guessed(frame), said.words
    if code:
        severity, message, hint = _DOUBTS[code]
        ledger.find(code, severity, message, said.place, hint, words=words[:80])


def _guessed(frame: TimeFrame) -> str:
    return "timeframe-words" if frame.why == UNKNOWN_WORDS else "timeframe-ambiguous"


def _time_of(part: Part, state: State) -> tuple[Said | None, TimeFrame | None]:
    """The time frame from its column, or from the columns of first and last days."""
    said = part.fields.get("timeframe")
    if said is not None:
        frame = read_timeframe(strip_marks(said.words)[0], is_fiscal=state.is_fiscal)
        if frame is not None:
            return said, frame
    start, end = part.fields.get("start"), part.fields.get("end")
    if start is None and end is None:
        return said, None
    return _from_two(start, end, state)


def _from_two(start: Said | None, end: Said | None, state: State) -> tuple[Said | None, TimeFrame | None]:
    first = read_timeframe(start.words, is_fiscal=state.is_fiscal) if start else None
    last = read_timeframe(end.words, is_fiscal=state.is_fiscal) if end else None
    words = " – ".join(said.words for said in (start, end) if said and not said.is_empty)
    said = end or start
    if not words or said is None:
        return None, None
    starts_on = (first.starts_on or first.ends_on) if first else None
    ends_on = (last.ends_on or last.starts_on) if last else None
    if starts_on and ends_on and ends_on < starts_on:
        return said, TimeFrame(words, words, problem="timeframe-order")
    if starts_on is None and ends_on is None:
        problem = next(
            (frame.problem for frame in (last, first) if frame and frame.problem), "timeframe-unread"
        )
        return said, TimeFrame(words, problem=problem)
    is_years = first and last and re.fullmatch(r"\d{4}", first.words) and re.fullmatch(r"\d{4}", last.words)
    window = f"{first.words}-{last.words}" if is_years and first and last else words
    if is_years and first and last and first.words == last.words:
        window = first.words
    return said, TimeFrame(words, window, starts_on, ends_on)
