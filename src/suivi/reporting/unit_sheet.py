"""The sheet of a unit, for its director: what is owed this quarter, what waits, where its deliverables stand.

It is internal: beside what was agreed it shows what follows from the record. An ordinary unit has two pages.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from suivi.monitoring.models import Support
from suivi.plan.models import ChangeKind
from suivi.plan.queries import DeliverableOnDay
from suivi.plan.rules import quarter_of
from suivi.render.document import (
    Block,
    Cell,
    Column,
    Content,
    Cover,
    Document,
    Heading,
    Inline,
    LineBreak,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
)
from suivi.reporting.cells import count, header, named, status
from suivi.reporting.management_plan import amount_words, change_words, resource_unit
from suivi.reporting.material import Material
from suivi.reporting.parts import unit_of
from suivi.reporting.phrases import phrase
from suivi.reporting.quoting import counted, figure, sentences
from suivi.reporting.said import first_words
from suivi.reporting.unit_view import UnitView

# Up to so many deliverables what is owed has the first page and where they stand the second.
ORDINARY = 8
# How many characters of the last words are read.
MOST_WORDS = 170


def compose_unit_sheet(material: Material) -> Document:
    """The sheet of a unit with those below it."""
    unit = unit_of(material)
    name = material.words(unit.name).text
    return Document(
        metadata=material.metadata(
            _("%(unit)s: what is owed and where it stands") % {"unit": name},
            _("Sheet of a unit for its director"),
        ),
        cover=_cover(material),
        notice=material.notice,
        blocks=tuple(_blocks(UnitView(material, unit))),
        contents=False,
    )


def _cover(material: Material) -> Cover:
    """Short, to leave the page to what is owed."""
    return Cover(
        organisation=material.words(material.edition.title).text,
        purpose_label=_("Purpose of the document"),
        purpose=_("Internal. What the record holds on %(day)s for the unit and those below it.")
        % {"day": material.typography.day(material.day)},
    )


def _blocks(sheet: UnitView) -> Iterator[Block]:
    yield Paragraph(_summary(sheet), role="lead")
    yield Heading(_("Owed this quarter"))
    yield from _owed_blocks(sheet)
    yield Heading(_("Support asked and not answered"))
    yield from _support_blocks(sheet)
    yield Heading(_("Requests for a change"))
    yield from _request_blocks(sheet)
    yield Heading(_("Staff time and money"))
    yield Paragraph(_resources(sheet))
    if len(sheet.deliverables) <= ORDINARY:
        yield PageBreak()
    yield Heading(_("Where the deliverables stand, and why"))
    yield from _standing_blocks(sheet)


def _summary(sheet: UnitView) -> tuple[Inline, ...]:
    material, today = sheet.material, sheet.material.day
    answers = sum(sheet.answers_for(one) for one in sheet.deliverables)
    works = len(sheet.deliverables)
    late = sum(due.on < today for due in sheet.owed)
    return sentences(
        counted(
            material,
            "unit.accountable",
            answers,
            _("The unit is accountable for no deliverable."),
            ngettext(
                "The unit is accountable for %(count)s deliverable.",
                "The unit is accountable for %(count)s deliverables.",
                answers,
            ),
        ),
        counted(
            material,
            "unit.responsible",
            works - answers,
            _("It is responsible for no other."),
            ngettext(
                "It is responsible for %(count)s for which another unit is accountable.",
                "It is responsible for %(count)s for which other units are accountable.",
                works - answers,
            ),
        ),
        counted(
            material,
            "unit.late",
            late,
            _("Nothing that it owes is late."),
            ngettext(
                "%(count)s thing that it owes is late.", "%(count)s things that it owes are late.", late
            ),
        ),
    )


def _owed_blocks(sheet: UnitView) -> Iterator[Block]:
    material = sheet.material
    if not sheet.owed:
        yield Paragraph(_("Nothing is late, and nothing more is due this quarter."))
        return
    last = quarter_of(material.day).ends_on or material.day
    yield Table(
        caption=_("What is late or due by %(day)s") % {"day": material.typography.day(last)},
        columns=(Column(2.8), Column(5), Column(4.6), Column(3), Column(2.6)),
        header=header(_("Due"), _("What"), material.level("deliverable"), _("Unit"), _("State")),
        body=tuple(
            Row(
                (
                    Cell(material.typography.short_day(due.on)),
                    Cell(due.what, is_header=True),
                    Cell(due.deliverable),
                    Cell(_short_name(sheet, due.unit)),
                    Cell(due.state),
                )
            )
            for due in sheet.owed
        ),
    )


def _short_name(sheet: UnitView, unit: int | None) -> str:
    """The unit of the sheet needs no name; of those below it the short one is enough."""
    node = sheet.material.units.get(unit)
    if node is None or node.pk == sheet.unit.pk:
        return pgettext("unit", "own")
    return node.short_name


def _support_blocks(sheet: UnitView) -> Iterator[Block]:
    material = sheet.material
    if not sheet.support:
        yield Paragraph(_("No support that was asked for waits for an answer."))
        return
    yield Table(
        caption=_("Support that waits for an answer"),
        columns=(Column(2.8), Column(7), Column(3.6), Column(3.6)),
        header=header(_("Needed by"), _("Support needed"), _("Asked by"), _("Asked of")),
        body=tuple(
            Row(
                (
                    Cell(material.typography.short_day(one.due_on) if one.due_on else _("no day stated")),
                    Cell(_support_words(sheet, one), is_header=True),
                    Cell(material.unit(one.update_row.unit_id)),
                    Cell(material.unit(one.owner_unit_id) or _("nobody named")),
                )
            )
            for one in sheet.support
        ),
    )


def _support_words(sheet: UnitView, one: Support) -> Content:
    row = sheet.material.row_of(one.update_row.deliverable_id)
    number = row.number if row else one.update_row.deliverable.key
    language = one.update_row.language
    return (
        Run(f"{number}  "),
        Run(one.text, language="" if language == sheet.material.language else language),
    )


def _request_blocks(sheet: UnitView) -> Iterator[Block]:
    material = sheet.material
    found = [
        (one, request, state)
        for one in sheet.deliverables
        for requests, state in (
            (one.open_requests, _("asked for, not answered yet")),
            (one.accepted_requests, _("agreed inside, the body has not decided")),
        )
        for request in requests
        if sheet.answers_for(one) or request.unit_id in sheet.units
    ]
    if not found:
        yield Paragraph(_("No request for a change is open or waits for the body."))
        return
    yield Table(
        caption=_("Requests for a change that are open or wait for the body"),
        columns=(Column(5), Column(3.4), Column(5), Column(3)),
        header=header(material.level("deliverable"), _("Change"), _("Reason"), _("State")),
        body=tuple(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(
                        change_words(material, str(ChangeKind(request.kind).label), request.proposed_end_on)
                    ),
                    Cell(request.reason),
                    Cell(state),
                )
            )
            for one, request, state in found
        ),
    )


def _resources(sheet: UnitView) -> tuple[Inline, ...]:
    """Planned and secured, over the deliverables that the unit is accountable for; unknown is said."""
    material = sheet.material
    totals: dict[tuple[str, str], list[list[Decimal]]] = {}
    unknown = 0
    for one in sheet.deliverables:
        if not sheet.answers_for(one):
            continue
        for resource in one.resources:
            planned, secured = totals.setdefault((resource.kind, resource.currency), [[], []])
            planned += [] if resource.planned is None else [resource.planned]
            secured += [] if resource.secured is None else [resource.secured]
            unknown += (resource.planned is None) + (resource.secured is None)
    if not totals:
        return (Run(_("Nothing is recorded of staff time or money.")),)
    said = [
        phrase(
            _("%(unit)s: %(planned)s planned, %(secured)s secured."),
            unit=_resource_name(kind, currency),
            planned=_total(material, f"unit.{kind}{currency}.planned", planned),
            secured=_total(material, f"unit.{kind}{currency}.secured", secured),
        )
        for (kind, currency), (planned, secured) in totals.items()
    ]
    if unknown:
        said.append(
            phrase(
                ngettext(
                    "%(count)s amount is not known and left out.",
                    "%(count)s amounts are not known and left out.",
                    unknown,
                ),
                count=figure(material, "unit.amounts-unknown", unknown),
            )
        )
    return sentences(*said)


def _resource_name(kind: str, currency: str) -> str:
    words = resource_unit(kind, currency)
    return words[:1].upper() + words[1:]


def _total(material: Material, name: str, known: Sequence[Decimal]) -> Run:
    return Run(amount_words(material, sum(known, Decimal(0)) if known else None), figure=name)


def _standing_blocks(sheet: UnitView) -> Iterator[Block]:
    material = sheet.material
    if not sheet.deliverables:
        yield Paragraph(_("The unit is accountable or responsible for no deliverable."))
        return
    yield Table(
        caption=_("Deliverables of the unit on %(day)s") % {"day": material.typography.day(material.day)},
        columns=(Column(4.2), Column(2.8), Column(4.6), Column(5)),
        header=header(
            material.level("deliverable"),
            _("Count and agreed status"),
            _("As it follows from the record"),
            _("Last words reported"),
        ),
        body=tuple(_standing_row(sheet, one) for one in sheet.deliverables),
    )


def _standing_row(sheet: UnitView, one: DeliverableOnDay) -> Row:
    material = sheet.material
    state = material.state(one)
    counts = count(material, one)
    return Row(
        (
            Cell(
                (*named(material, one), LineBreak(), Run(", ".join(sheet.roles(one)), italic=True)),
                is_header=True,
            ),
            Cell(
                (
                    *(counts if isinstance(counts, tuple) else (Run(str(counts)),)),
                    LineBreak(),
                    status(material, material.agreed(one)),
                )
            ),
            Cell(
                (
                    status(material, state.signal.status),
                    LineBreak(),
                    Run(material.sentence(state.signal.reason)),
                )
            ),
            Cell(_last_words(sheet, one)),
        )
    )


def _last_words(sheet: UnitView, one: DeliverableOnDay) -> Content:
    update = sheet.last_updates.get(one.row.deliverable_id)
    if update is None:
        return _("no update approved")
    material = sheet.material
    words = first_words(material, update.narrative, MOST_WORDS)
    day = _("up to %(day)s") % {"day": material.typography.short_day(update.reported_on)}
    who = f"{material.unit(update.unit_id)}, {day}"
    return (*words, LineBreak(), Run(who, italic=True)) if words else (Run(who, italic=True),)
