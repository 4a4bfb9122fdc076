"""The life of a paper as pure rules: its calendar, the state of a section, the symbol of what revises it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class PaperState(StrEnum):
    """Where a paper stands: it follows the data, holds still, is made, may be read by all."""

    PREPARED = "prepared"
    FROZEN = "frozen"
    ISSUED = "issued"
    RELEASED = "released"


STATE_WORDS = {
    PaperState.PREPARED: _("being prepared"),
    PaperState.FROZEN: _("frozen"),
    PaperState.ISSUED: _("issued, not public yet"),
    PaperState.RELEASED: _("issued"),
}


class Step(StrEnum):
    """The steps of the calendar of a paper, in their order."""

    ROUND = "round"
    WRITTEN = "written"
    CLEARED = "cleared"
    TRANSLATED = "translated"
    RELEASED = "released"
    OPENS = "opens"


STEP_WORDS = {
    Step.ROUND: _("Reporting round closed"),
    Step.WRITTEN: _("Sections written"),
    Step.CLEARED: _("Sections cleared"),
    Step.TRANSLATED: _("Translations written"),
    Step.RELEASED: _("Released"),
    Step.OPENS: _("Session opens"),
}

# Days before the opening of the session. A paper may set each otherwise.
DAYS_BEFORE = {
    Step.ROUND: 49,
    Step.WRITTEN: 35,
    Step.CLEARED: 28,
    Step.TRANSLATED: 21,
    Step.RELEASED: 14,
    Step.OPENS: 0,
}


@dataclass(frozen=True)
class StepOnDay:
    """A step of a calendar: by when, whether that was set for this paper, whether it is done or late."""

    step: Step
    on: date
    is_set: bool
    is_done: bool
    is_late: bool


def calendar(
    opens_on: date | None, days: Mapping[str, str], done: Iterable[Step], today: date
) -> list[StepOnDay]:
    """The steps counted back from the opening of the session; without one only those that were set.

    `days` is step to ISO day, where it is another than the one counted. A step without its day is left out.
    """
    finished = set(done)
    steps = []
    for step, before in DAYS_BEFORE.items():
        told = days.get(step) if step is not Step.OPENS else None
        if told is None and opens_on is None:
            continue
        on = date.fromisoformat(told) if told else _back(opens_on, before)
        is_done = step in finished or (step is Step.OPENS and on <= today)
        steps.append(StepOnDay(step, on, told is not None, is_done, on < today and not is_done))
    return steps


def _back(opens_on: date | None, days: int) -> date:
    if opens_on is None:
        raise ValueError("nothing to count back from")
    return opens_on - timedelta(days=days)


class SectionState(StrEnum):
    """Where a section stands in one language."""

    EMPTY = "empty"
    WRITTEN = "written"
    CLEARED = "cleared"
    STALE = "stale"  # a translation whose original was changed since
    FIGURES = "figures"  # cleared, and a figure it quotes says something else now


SECTION_WORDS = {
    SectionState.EMPTY: _("not written"),
    SectionState.WRITTEN: _("written"),
    SectionState.CLEARED: _("cleared"),
    SectionState.STALE: _("original changed since"),
    SectionState.FIGURES: _("figures changed since clearance"),
}


@dataclass(frozen=True)
class ChangedFigure:
    """A figure that says something else than when the section that quotes it was cleared."""

    name: str
    then: str
    now: str


def changed_figures(kept: Mapping[str, str], now: Mapping[str, str]) -> list[ChangedFigure]:
    """The kept figures that differ from what they say now; one that is gone says nothing now."""
    return [
        ChangedFigure(name, then, now.get(name, ""))
        for name, then in kept.items()
        if now.get(name, "") != then
    ]


def section_state(
    *, is_written: bool, is_cleared: bool, is_stale: bool, has_changed_figures: bool
) -> SectionState:
    """The state of a section in one language; what asks for work comes before what does not."""
    if not is_written:
        return SectionState.EMPTY
    if is_stale:
        return SectionState.STALE
    if not is_cleared:
        return SectionState.WRITTEN
    return SectionState.FIGURES if has_changed_figures else SectionState.CLEARED


_MARKS = {"rev": "Rev.", "add": "Add.", "corr": "Corr."}


def revised_symbol(symbol: str, revision: str, number: int) -> str:
    """The symbol of a paper that follows an issued one: `HB/7` becomes `HB/7/Rev.1`."""
    return f"{symbol}/{_MARKS[revision]}{number}"
