"""The timeline of a plan: drawn for a wide and a narrow screen, with the same facts in a table behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suivi.plan.queries.on_day import milestones_on
from suivi.plan.queries.overview import Line, Overview, Words, words_of_lines
from suivi.plan.rules import StepState, step_state
from suivi.render.timeline import Milestone, TimelineGroup, TimelineRow, draw_timeline
from suivi.web.addresses import PlanAddresses
from suivi.web.labels import internal_word, pillar_line
from suivi.web.standing import Standing

WIDE, NARROW = 1140, 328  # CSS pixels: the page on a desk, and on a phone of 360
DONE = {StepState.DONE, StepState.DONE_LATE}


@dataclass(frozen=True)
class Timeline:
    """The two drawings, and the groups they were drawn from for the table."""

    wide: SafeString
    narrow: SafeString
    groups: Sequence[TimelineGroup]


def timeline_of(
    overview: Overview, standing: Standing, lines: Sequence[Line], slug: str, *, is_inside: bool
) -> Timeline:
    """The timeline of these lines; milestones and days agreed inside only for people inside."""
    language = get_language() or "en"
    texts = words_of_lines([line.pk for line in lines])
    steps = _milestones(overview, lines, language) if is_inside else {}
    addresses = PlanAddresses(slug)
    groups = []
    for pillar, members in groupby(lines, key=overview.pillar_of):
        rows = tuple(_row(line, standing, texts[line.pk], steps, addresses, language) for line in members)
        groups.append(TimelineGroup(pillar_line(overview.edition, pillar), rows))
    return Timeline(
        _drawn(groups, overview.day, WIDE, language), _drawn(groups, overview.day, NARROW, language), groups
    )


def _row(
    line: Line,
    standing: Standing,
    text: Words,
    steps: dict[int, tuple[Milestone, ...]],
    addresses: PlanAddresses,
    language: str,
) -> TimelineRow:
    status = standing.status_of(line.deliverable)
    return TimelineRow(
        status=status,
        status_words=standing.words[status] if status else "",
        label=(text.title or text.text).shown(language).text,
        number=f"{text.number} {internal_word()}" if text.number_is_internal else text.number,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        internal_ends_on=line.internal_end_on,
        milestones=steps.get(line.deliverable, ()),
        href=addresses.deliverable(text.key),
    )


def _milestones(overview: Overview, lines: Iterable[Line], language: str) -> dict[int, tuple[Milestone, ...]]:
    """Deliverable to its milestones, in one query."""
    wanted = {line.deliverable for line in lines}
    found: dict[int, list[Milestone]] = {}
    states = (
        milestones_on(overview.day)
        .filter(milestone__deliverable__plan=overview.edition.plan_id)
        .values_list("milestone__deliverable", "title", "due_on", "done_on")
    )
    for deliverable, title, due_on, done_on in states:
        if deliverable in wanted:
            is_done = step_state(due_on, done_on, overview.day) in DONE
            milestone = Milestone(due_on, title.shown(language).text, is_done)
            found.setdefault(deliverable, []).append(milestone)
    return {deliverable: tuple(milestones) for deliverable, milestones in found.items()}


def _drawn(groups: Sequence[TimelineGroup], today: date, width: int, language: str) -> SafeString:
    drawing = draw_timeline(
        groups, title=_("Timeline of the plan"), language=language, today=today, width=width
    )
    # Our own drawing; every word in it is escaped where it is written.
    return mark_safe(drawing.svg)  # noqa: S308
