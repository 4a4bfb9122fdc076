"""The report on one pillar: its actions and deliverables, what was agreed and counted, examples."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from django.utils.translation import gettext as _

from suivi.learning.queries import ReportedLines, reported_elsewhere_on
from suivi.monitoring.queries.examples import public_updates
from suivi.plan.queries import DeliverableOnDay
from suivi.render.bars import BarRow
from suivi.render.document import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
)
from suivi.render.runs import plain_text
from suivi.reporting.cells import agreed, count, header, named
from suivi.reporting.learning_parts import elsewhere_note
from suivi.reporting.material import Material
from suivi.reporting.named_figures import figure_run, named_figures
from suivi.reporting.parts import pillar_of
from suivi.reporting.pictures import burn_ups
from suivi.reporting.pictures.picture import Setting
from suivi.reporting.pictures.status import status_picture
from suivi.reporting.said import update_box
from suivi.reporting.standing_parts import counts_paragraph


def compose_pillar_report(material: Material) -> Document:
    """One pillar of the plan, fit to leave the house."""
    pillar = _Pillar(material)
    name = plain_text(material.pillar(pillar.row))
    return Document(
        metadata=material.metadata(name, _("Report on a part of the plan")),
        cover=material.cover(_("State of the actions and deliverables"), _purpose(material)),
        notice=material.notice,
        blocks=tuple(_blocks(pillar)),
    )


def _purpose(material: Material) -> str:
    return _(
        "This report shows what was agreed on the state of each deliverable of this part of the plan and how "
        "far it has come, up to %(up_to)s, as the record knew it on %(day)s, with examples of what was "
        "reported."
    ) % {"up_to": material.typography.day(material.up_to), "day": material.typography.day(material.day)}


class _Pillar:
    """The material of a report, narrowed to one pillar."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.row = pillar_of(material)
        self.deliverables: list[DeliverableOnDay] = [
            one for one in material.deliverables if one.row.action.pillar_id == self.row.pk
        ]

    @cached_property
    def elsewhere(self) -> ReportedLines:
        return reported_elsewhere_on(self.material.edition.plan, self.material.day)


def _blocks(pillar: _Pillar) -> Iterator[Block]:
    material = pillar.material
    if not pillar.deliverables:
        yield Paragraph(_("This part of the plan has no deliverable."))
        return
    figures = named_figures(material)
    yield Heading(_("In short"))
    yield counts_paragraph(
        material, figures, figure_run(material, figures), f"pillar:{pillar.row.number}.", numbered=False
    )
    yield _status_figure(pillar)
    yield Heading(_("Actions and deliverables"))
    yield _table(pillar)
    yield from elsewhere_note(pillar.elsewhere, pillar.deliverables)
    drawn = burn_ups(material, pillar.deliverables)
    if drawn:
        yield Heading(_("What was counted over time"))
        yield from drawn
    yield Heading(_("Examples of what was reported"))
    yield from _examples(pillar)


def _status_figure(pillar: _Pillar) -> Figure:
    """Agreed status by action."""
    material = pillar.material
    rows = [
        BarRow(f"{material.level('action')} {action.number}", Counter(material.agreed(one) for one in found))
        for action, found in material.by_action(pillar.deliverables)
    ]
    setting = Setting(material.language, material.up_to, material.day)
    return status_picture(rows, material.status_words, setting, material.level("action")).figure()


def _table(pillar: _Pillar) -> Table:
    material = pillar.material
    body: list[Row] = []
    for action, found in material.by_action(pillar.deliverables):
        body.append(Row((Cell(material.action(action), colspan=4, is_header=True),), kind="group"))
        body.extend(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(material.window(one)),
                    Cell(count(material, one)),
                    Cell(agreed(material, material.state(one))),
                )
            )
            for one in found
        )
    return Table(
        caption=_("%(level)s %(number)s: state of each deliverable up to %(day)s")
        % {
            "level": material.level("pillar"),
            "number": pillar.row.number,
            "day": material.typography.day(material.up_to),
        },
        columns=(Column(5), Column(1.8), Column(2.8), Column(4)),
        header=header(
            material.level("deliverable"), _("Time frame"), _("Target and count"), _("Agreed status")
        ),
        body=tuple(body),
        source=material.source,
    )


def _examples(pillar: _Pillar) -> Iterator[Block]:
    """The latest public update of each deliverable; what another document told already refers to it."""
    material = pillar.material
    pks = [one.row.deliverable_id for one in pillar.deliverables]
    found = public_updates(material.edition.plan, material.up_to, material.day, pks)
    if not found:
        yield Paragraph(_("No update on these deliverables is marked public."))
    for pk in pks:
        if pk in found:
            yield update_box(material, found[pk], pillar.elsewhere.by_update.get(found[pk].pk, ()))
