"""Timelines: one drawing a pillar, so that each can be read on its page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.plan.queries import DeliverableOnDay
from suivi.plan.rules import StepState
from suivi.render.document import FIGURE_WIDTH, Figure, Table
from suivi.render.timeline import Milestone, TimelineGroup, TimelineRow, draw_timeline
from suivi.reporting.material import Material
from suivi.reporting.pictures.picture import Numbers

_DONE = {StepState.DONE, StepState.DONE_LATE}


def timelines(material: Material, *, with_tables: bool = True) -> Iterator[Figure]:
    """Time frames and milestones of each pillar on the day; `with_tables` where no table follows that has
    the same in words."""
    for pillar, found in material.by_pillar():
        name = f"{material.level('pillar')} {pillar.number}"
        title = _("%(pillar)s: time frames and milestones on %(day)s") % {
            "pillar": name,
            "day": material.typography.day(material.day),
        }
        group = TimelineGroup(
            " – ".join(words for words in (name, material.words(pillar.title).text) if words),
            tuple(_row(material, one) for one in found),
        )
        drawing = draw_timeline(
            [group], title=title, language=material.language, today=material.day, width=FIGURE_WIDTH
        )
        alt = ngettext(
            "A timeline with a bar for the time frame of %(count)s deliverable and a mark for each "
            "milestone. The table after it holds the same in words.",
            "A timeline with a bar for the time frame of each of %(count)s deliverables and a mark for "
            "each milestone. The table after it holds the same in words.",
            len(found),
        ) % {"count": len(found)}
        data = _table(material, found, title) if with_tables else None
        yield Figure(svg=drawing.svg, alt=alt, caption=title, data=data)


def _row(material: Material, one: DeliverableOnDay) -> TimelineRow:
    return TimelineRow(
        label=material.short(one.row).text,
        number=one.row.number,
        starts_on=one.row.starts_on,
        ends_on=one.row.ends_on,
        internal_ends_on=one.internal_end_on,
        milestones=tuple(
            Milestone(step.row.due_on, material.words(step.row.title).text, step.state in _DONE)
            for step in one.steps
        ),
    )


def _table(material: Material, found: list[DeliverableOnDay], title: str) -> Table:
    day = material.typography.short_day
    rows = [
        [
            f"{one.row.number} {material.short(one.row).text}",
            material.window(one),
            ", ".join(day(step.row.due_on) for step in one.steps if step.state in _DONE) or "–",
            ", ".join(day(step.row.due_on) for step in one.steps if step.state not in _DONE) or "–",
        ]
        for one in found
    ]
    heads = [material.level("deliverable"), _("Time frame"), _("Milestones reached"), _("Milestones to come")]
    return Numbers(heads, rows).table(title, material.typography)
