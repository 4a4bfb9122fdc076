"""The calendar of a paper on a day: which steps are due when, done or late."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from suivi.core.clock import end_of
from suivi.monitoring.models import Round
from suivi.reporting.models import Paper
from suivi.reporting.queries.papers import state_of
from suivi.reporting.queries.sections import SectionOnDay
from suivi.reporting.rules import PaperState, SectionState, Step, StepOnDay, calendar

_READY = {SectionState.WRITTEN, SectionState.CLEARED}


def calendar_of(
    paper: Paper, sections: Sequence[SectionOnDay], day: date, *, now: datetime
) -> list[StepOnDay]:
    """The steps of a paper with its sections as they stood on the day: one query."""
    done = _done(paper, sections, day, state_of(paper, day, now=now))
    days = dict(paper.days)
    if paper.release_at is not None:  # said when it was issued, whatever was counted before
        days[Step.RELEASED] = timezone.localdate(paper.release_at).isoformat()
    return calendar(paper.session_opens_on, days, done, day)


def _done(paper: Paper, sections: Sequence[SectionOnDay], day: date, state: PaperState) -> Iterator[Step]:
    """A round is closed when none that was opened is open; what is issued was written and translated."""
    is_issued = state in {PaperState.ISSUED, PaperState.RELEASED}
    originals = [one.original.state for one in sections]
    others = [found.state for one in sections for found in one.languages[1:]]
    if is_issued or not _open_rounds(paper, day):
        yield Step.ROUND
    if is_issued or SectionState.EMPTY not in originals:
        yield Step.WRITTEN
    if is_issued or all(one == SectionState.CLEARED for one in originals):
        yield Step.CLEARED
    if is_issued or all(one in _READY for one in others):
        yield Step.TRANSLATED
    if state == PaperState.RELEASED:
        yield Step.RELEASED


def _open_rounds(paper: Paper, day: date) -> bool:
    is_open = Q(closed_at__isnull=True) | Q(closed_at__gt=end_of(day))
    return Round.objects.filter(is_open, plan=paper.plan, opened_at__lte=end_of(day)).exists()
