"""The internal management plan on paper: who does what by when, gaps first."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.plan.models import ChangeKind, ResourceKind, Responsibility, ResponsibilityRole
from suivi.plan.queries import DeliverableOnDay, Step
from suivi.plan.rules import SOON, Gap, StepState
from suivi.render.document import (
    Block,
    Cell,
    Column,
    Content,
    Document,
    Heading,
    LineBreak,
    Paragraph,
    Row,
    Run,
    Table,
)
from suivi.reporting.cells import header, named
from suivi.reporting.material import Material
from suivi.reporting.pictures import timelines


def compose_management_plan(material: Material) -> Document:
    """The plan as managed inside, as of the day."""
    return Document(
        metadata=material.metadata(
            _("Internal management plan"), _("Responsibilities and deadlines of each deliverable")
        ),
        cover=material.cover("", _purpose(material)),
        notice=material.notice,
        blocks=tuple(_blocks(material)),
    )


def _purpose(material: Material) -> str:
    return _(
        "This internal plan says which unit is responsible for which deliverable and by when, "
        "as the record knew it on %(day)s."
    ) % {"day": material.typography.day(material.day)}


def _blocks(material: Material) -> Iterator[Block]:
    gaps = [one for one in material.deliverables if one.gaps]
    yield Heading(_("Where the plan stands"))
    yield Paragraph(_summary(material, gaps), role="lead")
    if material.internal_numbers:
        yield Paragraph(material.internal_numbers, role="small")
    yield Heading(_("Gaps in assignment"))
    if gaps:
        yield _gap_table(material, gaps)
    else:
        yield Paragraph(_("Every deliverable has an accountable and a responsible unit."))
    yield Heading(_("Late milestones and milestones due soon"))
    yield from _step_blocks(material)
    yield Heading(_("Time frames and milestones"))
    yield from timelines(material, with_tables=False)
    yield Heading(_("Who does what by when"))
    yield _who_table(material)
    yield from _resource_blocks(material)
    yield from _request_blocks(material)
    yield from _expectation_blocks(material)


def _summary(material: Material, gaps: list[DeliverableOnDay]) -> str:
    total = len(material.deliverables)
    late = sum(len(one.late_steps) for one in material.deliverables)
    soon = sum(step.state is StepState.DUE_SOON for one in material.deliverables for step in one.steps)
    sentences = [
        ngettext(
            "Of %(total)s deliverables, %(count)s has a gap in its assignment.",
            "Of %(total)s deliverables, %(count)s have a gap in their assignment.",
            len(gaps),
        )
        % {"total": total, "count": len(gaps)},
        ngettext("%(count)s milestone is late.", "%(count)s milestones are late.", late) % {"count": late},
        ngettext(
            "%(count)s milestone is due within %(days)s days.",
            "%(count)s milestones are due within %(days)s days.",
            soon,
        )
        % {"count": soon, "days": SOON.days},
    ]
    return " ".join(sentences)


def gap_words(gap: Gap) -> str:
    """What is missing, in words."""
    return {
        Gap.NO_ACCOUNTABLE: _("no accountable unit"),
        Gap.NO_RESPONSIBLE: _("no responsible unit"),
    }[gap]


def step_words(state: StepState) -> str:
    """Where a step stands, in words."""
    return {
        StepState.DONE: _("done"),
        StepState.DONE_LATE: _("done late"),
        StepState.LATE: _("late"),
        StepState.DUE_SOON: _("due soon"),
        StepState.PLANNED: _("planned"),
    }[state]


STEP_MARKS = {
    StepState.DONE: "achieved",
    StepState.DONE_LATE: "achieved-late",
    StepState.LATE: "off-track",
    StepState.DUE_SOON: "at-risk",
    StepState.PLANNED: "not-started",
}


def _gap_table(material: Material, gaps: list[DeliverableOnDay]) -> Table:
    return Table(
        caption=_("Deliverables without an accountable or a responsible unit"),
        columns=(Column(6), Column(3), Column(2)),
        header=header(material.level("deliverable"), _("What is missing"), _("Time frame")),
        body=tuple(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(Run(", ".join(gap_words(gap) for gap in one.gaps), status="off-track")),
                    Cell(material.window(one)),
                )
            )
            for one in gaps
        ),
    )


def _step_blocks(material: Material) -> Iterator[Block]:
    urgent = {StepState.LATE, StepState.DUE_SOON}
    found = [(step, one) for one in material.deliverables for step in one.steps if step.state in urgent]
    found.sort(key=lambda pair: (pair[0].row.due_on, pair[1].row.position))
    if not found:
        none = _("No milestone is late, and none is due within %(days)s days.")
        yield Paragraph(none % {"days": SOON.days})
        return
    yield step_table(
        material,
        found,
        _("Milestones that are late or due within %(days)s days") % {"days": SOON.days},
    )


def step_table(material: Material, found: Sequence[tuple[Step, DeliverableOnDay]], caption: str) -> Table:
    """Milestones with the deliverables they belong to."""
    return Table(
        caption=caption,
        columns=(Column(2.5), Column(5), Column(5), Column(3.6), Column(2.4)),
        header=header(_("Due"), _("Milestone"), material.level("deliverable"), _("Owner"), _("State")),
        body=tuple(
            Row(
                (
                    Cell(material.typography.short_day(step.row.due_on)),
                    Cell(material.words(step.row.title), is_header=True),
                    Cell(named(material, one)),
                    Cell(_owner(material, step)),
                    Cell(Run(step_words(step.state), status=STEP_MARKS[step.state])),
                )
            )
            for step, one in found
        ),
    )


def _owner(material: Material, step: Step) -> Content:
    unit = material.unit(step.row.owner_unit_id)
    person = step.row.owner.name if step.row.owner else ""
    if unit and person:
        return (Run(unit), LineBreak(), Run(person))
    return unit or person or _("nobody named")


def _who_table(material: Material) -> Table:
    body: list[Row] = []
    for pillar, found in material.by_pillar():
        body.append(Row((Cell(material.pillar(pillar), colspan=6, is_header=True),), kind="group"))
        body.extend(_who_row(material, one) for one in found)
    return Table(
        caption=_("Responsibilities, next milestones and time frames"),
        columns=(Column(5), Column(3), Column(4), Column(6), Column(4), Column(2.2)),
        header=header(
            material.level("deliverable"),
            _("Accountable"),
            _("Responsible"),
            _("Supports, consulted, informed"),
            _("Next milestone"),
            _("Time frame"),
        ),
        body=tuple(body),
        wide=True,
    )


def _who_row(material: Material, one: DeliverableOnDay) -> Row:
    accountable = one.accountable
    who: Content = Run(gap_words(Gap.NO_ACCOUNTABLE), status="off-track")
    if accountable:
        who = material.unit(accountable.unit_id)
    does: Content = Run(gap_words(Gap.NO_RESPONSIBLE), status="off-track")
    if one.responsible:
        does = _units(material, one.responsible)
    return Row(
        (
            Cell(named(material, one), is_header=True),
            Cell(who),
            Cell(does),
            Cell(_others(material, one)),
            Cell(_next_step(material, one)),
            Cell(_time_frame(material, one)),
        )
    )


def _units(material: Material, held: Iterable[Responsibility]) -> str:
    return "; ".join(material.unit(one.unit_id) for one in held)


def _others(material: Material, one: DeliverableOnDay) -> Content:
    """A line for each way of taking part: "supports: …"."""
    parts: list[Run | LineBreak] = []
    for role, held in groupby(sorted(one.others, key=_order_of_role), key=lambda other: other.role):
        if parts:
            parts.append(LineBreak())
        label = str(ResponsibilityRole(role).label)
        parts.append(Run(material.typography.labelled(label, _units(material, held))))
    return tuple(parts)


def _order_of_role(held: Responsibility) -> int:
    return ResponsibilityRole.values.index(held.role)


def _next_step(material: Material, one: DeliverableOnDay) -> Content:
    step = one.next_step
    if step is None:
        return _("all milestones reached") if one.steps else _("no milestones planned")
    return (
        Run(material.typography.short_day(step.row.due_on), bold=True, status=STEP_MARKS[step.state]),
        Run(f" ({step_words(step.state)})"),
        LineBreak(),
        material.words(step.row.title),
    )


def _time_frame(material: Material, one: DeliverableOnDay) -> Content:
    if one.internal_end_on is None:
        return material.window(one)
    internal = _("inside: %(day)s") % {"day": material.typography.short_day(one.internal_end_on)}
    return (Run(material.window(one)), LineBreak(), Run(internal, italic=True))


def _resource_blocks(material: Material) -> Iterator[Block]:
    found = [(one, resource) for one in material.deliverables for resource in one.resources]
    if not found:
        return
    yield Heading(_("Staff time and money"))
    body = [
        Row(
            (
                Cell(named(material, one), is_header=True),
                Cell(resource_unit(resource.kind, resource.currency)),
                Cell(amount_words(material, resource.planned), align="end"),
                Cell(amount_words(material, resource.secured), align="end"),
            )
        )
        for one, resource in found
    ]
    for (kind, currency), (planned, secured) in _totals(material).items():
        body.append(
            Row(
                (
                    Cell(_("Total of what is known"), is_header=True),
                    Cell(resource_unit(kind, currency)),
                    Cell(amount_words(material, planned), align="end"),
                    Cell(amount_words(material, secured), align="end"),
                ),
                kind="total",
            )
        )
    yield Table(
        caption=_("Staff time and money, planned and secured"),
        columns=(Column(6), Column(2.4), Column(2, "end"), Column(2, "end")),
        header=header(material.level("deliverable"), _("Unit"), _("Planned"), _("Secured")),
        body=tuple(body),
    )


def resource_unit(kind: str, currency: str) -> str:
    """In what staff time or money is counted."""
    return _("person-months") if kind == ResourceKind.STAFF else currency


def amount_words(material: Material, number: Decimal | None) -> str:
    """An amount, or that it is not known."""
    return _("not known") if number is None else material.typography.number(number)


def _totals(material: Material) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Exact sums by kind and currency; what is not known adds nothing and is said to be left out."""
    totals: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for one in material.deliverables:
        for resource in one.resources:
            planned, secured = totals.get((resource.kind, resource.currency), (Decimal(0), Decimal(0)))
            totals[resource.kind, resource.currency] = (
                planned + (resource.planned or 0),
                secured + (resource.secured or 0),
            )
    return totals


def _request_blocks(material: Material) -> Iterator[Block]:
    waiting = [
        (one, request, _("agreed inside, the body has not decided"))
        for one in material.deliverables
        for request in one.accepted_requests
        if request.kind != ChangeKind.ACCOUNTABLE_UNIT
    ]
    waiting += [
        (one, request, _("asked for, not answered yet"))
        for one in material.deliverables
        for request in one.open_requests
    ]
    if not waiting:
        return
    yield Heading(_("Changes asked for"))
    yield Table(
        caption=_("Requests for a change that are open or wait for the body"),
        columns=(Column(5), Column(2.4), Column(5), Column(3)),
        header=header(material.level("deliverable"), _("Change"), _("Reason"), _("State")),
        body=tuple(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(change_words(material, str(request.get_kind_display()), request.proposed_end_on)),
                    Cell(request.reason),
                    Cell(state),
                )
            )
            for one, request, state in waiting
        ),
    )


def change_words(material: Material, words: str, proposed_end_on: date | None) -> str:
    """What is asked for, with the day where one is proposed."""
    if proposed_end_on is None:
        return words
    return _("%(change)s to %(day)s") % {
        "change": words,
        "day": material.typography.short_day(proposed_end_on),
    }


def _expectation_blocks(material: Material) -> Iterator[Block]:
    found = [(one, expectation) for one in material.deliverables for expectation in one.expectations]
    if not found:
        return
    yield Heading(_("What is expected of others"))
    yield Table(
        caption=_("Stakeholders outside and what the plan expects of them"),
        columns=(Column(5), Column(4), Column(5)),
        header=header(material.level("deliverable"), _("Stakeholder"), _("What is expected")),
        body=tuple(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(material.words(expectation.stakeholder.name)),
                    Cell(material.words(expectation.text)),
                )
            )
            for one, expectation in found
        ),
    )
