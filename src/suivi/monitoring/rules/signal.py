"""The signal: where a deliverable stands on a day, computed from the record, with the sentence that says why.

The rules in words stand in docs/explanation/signal.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from suivi.monitoring.rules.expected import Expected, expected_on
from suivi.monitoring.rules.facts import DatedSteps, Facts, Measure
from suivi.monitoring.rules.progress import Progress, gain, has_any, progress_on
from suivi.monitoring.rules.reasons import NOT_KEPT, plain, so_far, whole, worded
from suivi.monitoring.rules.settings import PlanSettings
from suivi.values.messages import Message, gettext_noop


class Standing(StrEnum):
    """The statuses that can be computed, by the values of `Status`. Others are only decided."""

    ACHIEVED = "achieved"
    ACHIEVED_LATE = "achieved_late"
    ON_TRACK = "on_track"
    IN_PROGRESS = "in_progress"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NOT_STARTED = "not_started"
    PARTIALLY_ACHIEVED = "partially_achieved"
    NOT_ACHIEVED = "not_achieved"
    NO_RECENT_UPDATE = "no_recent_update"


@dataclass(frozen=True, slots=True)
class Signal:
    """A computed status, the sentence that says why, and what it was computed from."""

    status: Standing
    reason: Message
    progress: Progress
    expected: Expected


@dataclass(frozen=True, slots=True)
class Case:
    """One deliverable on one day: all that its signal depends on.

    `last_on` is the day that the latest approved update speaks of; None where there is none.
    """

    measure: Measure
    facts: Facts
    steps: DatedSteps
    last_on: date | None
    day: date
    settings: PlanSettings

    @property
    def is_closed(self) -> bool:
        return self.measure.ends_on is not None and self.measure.ends_on < self.day


@dataclass(frozen=True, slots=True)
class Finding:
    """A status that one rule gives, and its sentence. Of several the worst holds, the first of equals."""

    status: Standing
    reason: Message


_WORST_LAST = (
    Standing.ON_TRACK,
    Standing.IN_PROGRESS,
    Standing.NO_RECENT_UPDATE,
    Standing.AT_RISK,
    Standing.OFF_TRACK,
)


def signal_of(case: Case) -> Signal:
    """The signal of a deliverable on a day. A pure function: the same case gives the same signal."""
    progress = progress_on(case.measure, case.facts, case.day)
    expected = expected_on(case.measure, case.steps, case.day)
    if case.is_closed:
        found = _closed(case, progress)
    elif progress.is_complete:
        found = Finding(Standing.ACHIEVED, whole(case.measure, progress))
    elif case.last_on is None and not has_any(case.facts, case.day):
        found = _silent(case)
    else:
        found = _running(case, progress, expected)
    return Signal(found.status, found.reason, progress, expected)


def _closed(case: Case, now: Progress) -> Finding:
    """After the last day of the time frame; only here something can be not achieved."""
    end = case.measure.ends_on or case.day
    at_end = progress_on(case.measure, case.facts, end)
    if _was_reached(case.measure, at_end):
        return Finding(Standing.ACHIEVED, whole(case.measure, at_end))
    if now.is_complete:
        return Finding(
            Standing.ACHIEVED_LATE,
            worded(
                gettext_noop("%(what)s Not all of it by %(day)s."), what=whole(case.measure, now), day=end
            ),
        )
    if not case.measure.kind and case.last_on is not None:
        said = gettext_noop("The time frame ended on %(day)s; no reference sheet says what achieved means.")
        return Finding(Standing.PARTIALLY_ACHIEVED, worded(said, day=end))
    if now.has_begun:
        said = gettext_noop("The time frame ended on %(day)s. %(what)s")
        return Finding(Standing.PARTIALLY_ACHIEVED, worded(said, day=end, what=so_far(case.measure, now)))
    if now.unproven:
        said = gettext_noop("The time frame ended on %(day)s and nothing proves what was reported.")
    else:
        said = gettext_noop("The time frame ended on %(day)s and nothing that counts was reported.")
    return Finding(Standing.NOT_ACHIEVED, worded(said, day=end))


def _was_reached(measure: Measure, at_end: Progress) -> bool:
    """Whether what stood there on the last day is what was wanted; without a number, some are wanted."""
    if measure.kind == "commitment":
        return at_end.is_kept is True
    if measure.kind == "items" and measure.target is None:
        return at_end.has_begun
    return at_end.is_complete


def _silent(case: Case) -> Finding:
    """Nothing was reported yet, and the time frame has not ended."""
    late = _late_steps(case)
    if late:
        return late
    start, end = case.measure.starts_on, case.measure.ends_on
    if start is not None and case.day < start:
        said = gettext_noop("The time frame opens on %(day)s.")
        return Finding(Standing.NOT_STARTED, worded(said, day=start))
    if _is_closing(case) and end is not None:
        said = gettext_noop("Nothing was reported yet, and the time frame ends on %(day)s.")
        return Finding(Standing.OFF_TRACK, worded(said, day=end))
    return Finding(Standing.NOT_STARTED, Message(gettext_noop("Nothing was reported yet.")))


def _running(case: Case, progress: Progress, expected: Expected) -> Finding:
    """Something was reported and the time frame has not ended: the worst of what the rules find."""
    rules: tuple[Callable[[Case, Progress, Expected], Finding | None], ...] = (
        _steps_rule,
        _closing_rule,
        _number_rule,
        _ladder_rule,
        _commitment_rule,
    )
    found = [one for rule in rules if (one := rule(case, progress, expected))]
    worst = max([*found, _base(case, progress, expected)], key=lambda one: _WORST_LAST.index(one.status))
    return _unless_stale(case, worst)


def _base(case: Case, progress: Progress, expected: Expected) -> Finding:
    what = so_far(case.measure, progress)
    if not expected.has_path:
        said = gettext_noop("%(what)s There are no dated steps to hold it against.")
        return Finding(Standing.IN_PROGRESS, worded(said, what=what))
    if case.steps.total:
        said = gettext_noop("%(what)s No dated step is late.")
        return Finding(Standing.ON_TRACK, worded(said, what=what))
    return Finding(Standing.ON_TRACK, what)


def _unless_stale(case: Case, found: Finding) -> Finding:
    age = (case.day - case.last_on).days if case.last_on else 0
    if age <= case.settings.recent_days or found.status is Standing.OFF_TRACK:
        return found
    said = gettext_noop("The last approved update speaks of %(day)s, %(days)s days ago.")
    return Finding(Standing.NO_RECENT_UPDATE, worded(said, day=case.last_on, days=age))


def _late_steps(case: Case) -> Finding | None:
    late = case.steps.late
    if not late:
        return None
    status = Standing.OFF_TRACK if late >= case.settings.late_steps_off_track else Standing.AT_RISK
    if late == 1:
        said = gettext_noop("One of %(total)s dated steps is late.")
    else:
        said = gettext_noop("%(late)s of %(total)s dated steps are late.")
    return Finding(status, worded(said, late=late, total=case.steps.total))


def _steps_rule(case: Case, _progress: Progress, _expected: Expected) -> Finding | None:
    return _late_steps(case)


def _closing_rule(case: Case, progress: Progress, _expected: Expected) -> Finding | None:
    if not case.measure.kind or progress.has_begun or not _is_closing(case):
        return None
    said = gettext_noop("The time frame ends on %(day)s, and nothing that counts stands there yet.")
    return Finding(Standing.OFF_TRACK, worded(said, day=case.measure.ends_on))


def _number_rule(case: Case, progress: Progress, expected: Expected) -> Finding | None:
    """A count or value against what was expected by the day, both from the baseline."""
    if expected.number is None:
        return None
    wanted = gain(case.measure, expected.number)
    if wanted <= 0:
        return None
    got = Decimal(0) if progress.number is None else gain(case.measure, progress.number)
    if got >= case.settings.on_track_from * wanted:
        status = Standing.ON_TRACK
    else:
        is_at_risk = progress.number is not None and got >= case.settings.at_risk_from * wanted
        status = Standing.AT_RISK if is_at_risk else Standing.OFF_TRACK
    said = gettext_noop("%(what)s %(expected)s were to be expected by %(day)s.")
    what = so_far(case.measure, progress)
    return Finding(status, worded(said, what=what, expected=plain(round(expected.number, 1)), day=case.day))


def _ladder_rule(case: Case, progress: Progress, expected: Expected) -> Finding | None:
    """The part that is furthest behind against a straight line: one step is a risk, two are off track."""
    if expected.step is None:
        return None
    behind = max((expected.step - place for place in progress.reached.values()), default=0)
    if behind <= 0:
        return None
    status = Standing.AT_RISK if behind == 1 else Standing.OFF_TRACK
    said = gettext_noop("%(what)s Step %(step)s was to be expected by %(day)s.")
    return Finding(
        status, worded(said, what=so_far(case.measure, progress), step=expected.step, day=case.day)
    )


def _commitment_rule(case: Case, progress: Progress, _expected: Expected) -> Finding | None:
    if case.measure.kind != "commitment" or progress.is_kept:
        return None
    if progress.is_kept is False:
        return Finding(Standing.OFF_TRACK, Message(NOT_KEPT))
    return Finding(Standing.AT_RISK, Message(gettext_noop("Nothing proves that the commitment is kept.")))


def _is_closing(case: Case) -> bool:
    end = case.measure.ends_on
    return end is not None and (end - case.day).days < case.settings.closing_days
