"""What is late on the day of a report: milestones, time frames that have ended, updates asked for."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.models import Asked
from suivi.monitoring.queries.owed import owed_on
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import Block, Cell, Column, Paragraph, Row, Table
from suivi.reporting.cells import agreed, header, named, of_plan
from suivi.reporting.management_plan import step_table
from suivi.reporting.material import Material
from suivi.reporting.quoting import counted, sentences


def late_blocks(material: Material, ended: Sequence[DeliverableOnDay]) -> Iterator[Block]:
    """What is late, in sentences and tables; `ended` are time frames that are over without success."""
    steps = [(step, one) for one in material.deliverables for step in one.late_steps]
    steps.sort(key=lambda pair: (pair[0].row.due_on, pair[1].row.position))
    owed = [one for one in owed_on(material.edition.plan, material.day) if one.round.due_on < material.day]
    yield Paragraph(
        sentences(
            counted(
                material,
                "late:steps",
                len(steps),
                _("No milestone is late."),
                ngettext("%(count)s milestone is late.", "%(count)s milestones are late.", len(steps)),
            ),
            counted(
                material,
                "late:ended",
                len(ended),
                _("No time frame has ended without the deliverable being agreed as achieved."),
                ngettext(
                    "%(count)s time frame has ended without the deliverable being agreed as achieved.",
                    "%(count)s time frames have ended without the deliverable being agreed as achieved.",
                    len(ended),
                ),
            ),
            counted(
                material,
                "late:updates",
                len(owed),
                _("No update asked for is overdue."),
                ngettext(
                    "%(count)s update asked for is overdue.",
                    "%(count)s updates asked for are overdue.",
                    len(owed),
                ),
            ),
        )
    )
    if steps:
        yield step_table(material, steps, _("Milestones that are late"))
    if ended:
        yield _ended_table(material, ended)
    if owed:
        yield _owed_table(material, owed)


def _ended_table(material: Material, ended: Sequence[DeliverableOnDay]) -> Table:
    return Table(
        caption=_("Time frames that have ended without the deliverable being agreed as achieved"),
        columns=(Column(5), Column(2), Column(4)),
        header=header(material.level("deliverable"), _("Time frame"), _("Agreed status")),
        body=tuple(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(material.window(one)),
                    Cell(agreed(material, material.state(one))),
                )
            )
            for one in ended
        ),
    )


def _owed_table(material: Material, owed: Sequence[Asked]) -> Table:
    by_pk = {one.row.deliverable_id: one for one in material.deliverables}
    return Table(
        caption=_("Updates asked for that are overdue"),
        columns=(Column(2.6), Column(5), Column(4)),
        header=header(_("Due"), material.level("deliverable"), _("Unit")),
        body=tuple(
            Row(
                (
                    Cell(material.typography.short_day(one.round.due_on)),
                    Cell(of_plan(material, by_pk, one.deliverable_id, one.deliverable.key), is_header=True),
                    Cell(material.unit(one.unit_id)),
                )
            )
            for one in owed
        ),
    )
