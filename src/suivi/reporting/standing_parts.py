"""Where the plan stands, as parts of a report: sentences with counts and tables of deliverables.

Only what was agreed goes in. Each count in a sentence is a named figure, so that it can be checked.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.models import Status
from suivi.plan.models import Action
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import Cell, Column, Content, Inline, Paragraph, Reference, Row, Run, Table
from suivi.render.markdown import FigureRun
from suivi.reporting.cells import count, count_with_measure, reason, status
from suivi.reporting.material import Material
from suivi.reporting.named_figures import NEEDS_PROGRESS, NamedFigure
from suivi.reporting.phrases import joined, phrase


def counts_paragraph(
    material: Material,
    figures: dict[str, NamedFigure],
    figure: FigureRun,
    prefix: str = "",
    *,
    numbered: bool = True,
    table: str = "",
) -> Paragraph:
    """How many deliverables there are, and in which agreed status, of the plan or of a pillar.

    `table` is the anchor of the table that shows each of them.
    """
    total = figures[f"{prefix}deliverables"]
    deliverables = int(str(total.value))
    parts: list[Content] = []
    for code in Status.values:
        name = f"{prefix}{code.replace('_', '-')}"
        if figures[name].value:
            parts.append(counted_status(material, code, figure(name)))
    none = figures[f"{prefix}not-agreed"]
    if none.value:
        parts.append(counted_status(material, "", figure(none.name)))
    if prefix:
        said = ngettext(
            "The agreed status of the %(count)s deliverable of this part of the plan is as follows: "
            "%(statuses)s.",
            "The agreed status of the %(count)s deliverables of this part of the plan is as follows: "
            "%(statuses)s.",
            deliverables,
        )
    else:
        said = ngettext(
            "The agreed status of the %(count)s deliverable of the plan is as follows: %(statuses)s.",
            "The agreed status of the %(count)s deliverables of the plan is as follows: %(statuses)s.",
            deliverables,
        )
    sentence = phrase(said, count=figure(total.name), statuses=joined(parts))
    if table:
        sentence += (Run(" "), *phrase(_("%(table)s shows each of them."), table=Reference(table)))
    return Paragraph(sentence, numbered=numbered)


def counted_status(material: Material, code: str, count: Run) -> tuple[Inline, ...]:
    """A status with how many there are, which agrees with any number: "on track (23)"."""
    return (Run(f"{material.status_words[code]} ("), count, Run(")"))


def deliverables_table(
    material: Material, found: Iterable[DeliverableOnDay], caption: Content, *, anchor: str = ""
) -> Table:
    """Each deliverable with what was reached, its agreed status and its time frame."""
    return Table(
        caption=caption,
        columns=(Column(6.2), Column(3.9), Column(2.9), Column(1.9)),
        header=(
            Row(
                tuple(
                    Cell(label)
                    for label in (
                        material.level("deliverable"),
                        _("Reached so far"),
                        _("Agreed status"),
                        _("Time frame"),
                    )
                )
            ),
        ),
        body=tuple(_row(material, one) for one in found),
        anchor=anchor,
        keep_together=True,
        source=material.source,
    )


def _row(material: Material, one: DeliverableOnDay) -> Row:
    return Row(
        (
            Cell((Run(f"{one.row.number}  "), material.short(one.row)), is_header=True),
            Cell(count_with_measure(material, one)),
            Cell(status(material, material.agreed(one))),
            Cell(material.window(one)),
        )
    )


def wanting(material: Material) -> list[DeliverableOnDay]:
    """The deliverables where further progress is needed, by their agreed status."""
    return [one for one in material.deliverables if material.agreed(one) in NEEDS_PROGRESS]


def reason_words(material: Material, one: DeliverableOnDay) -> Content:
    """Why: the reason that was written when the status was agreed, else how far it has come."""
    agreed = material.state(one).agreed
    if agreed is not None and agreed.reason:
        return reason(material, agreed.reason)
    state = material.state(one)
    if agreed is not None and state.signal.status == agreed.status:
        return material.sentence(state.signal.reason)
    return count(material, one)


def wanting_table(material: Material, found: list[DeliverableOnDay]) -> Iterator[Table]:
    """The table of these deliverables with the reasons, where there are any; in texts it is [@wanting]."""
    if found:
        last = {one.row.deliverable_id: accountable_words(material, one) for one in found}
        caption = _("Deliverables where further progress is needed, with the reasons")
        yield _reasons_table(material, found, caption, _("Accountable"), last, anchor="wanting")


def carried_over_table(material: Material, found: list[DeliverableOnDay]) -> Iterator[Table]:
    """The table of what is not finished, where there is any, with the actions of later plans that go on."""
    if found:
        later = _later_actions(material)
        last = {one.row.deliverable_id: later.get(one.row.action.action_id, _("not said")) for one in found}
        caption = _("Deliverables that are not finished, and why")
        yield _reasons_table(material, found, caption, _("Goes on in"), last, anchor="carried-over-table")


def _later_actions(material: Material) -> dict[int, str]:
    """Action of this plan to the actions of later plans that continue it."""
    found: dict[int, list[str]] = {}
    rows = Action.objects.filter(continues__plan=material.edition.plan).select_related("plan")
    for row in rows.order_by("plan__slug", "key"):
        found.setdefault(row.continues_id or 0, []).append(f"{row.plan.slug} {row.key}")
    return {pk: "; ".join(names) for pk, names in found.items()}


def accountable_words(material: Material, one: DeliverableOnDay) -> str:
    return material.unit(one.accountable.unit_id) if one.accountable else _("no unit named")


def _reasons_table(
    material: Material,
    found: list[DeliverableOnDay],
    caption: str,
    label: str,
    last: dict[int, str],
    *,
    anchor: str,
) -> Table:
    """Deliverables with their status and its reason; the last column comes by deliverable."""
    labels = (material.level("deliverable"), _("Agreed status"), _("Why"), label)
    return Table(
        caption=caption,
        columns=(Column(4.8), Column(2.8), Column(5), Column(3)),
        header=(Row(tuple(Cell(one) for one in labels)),),
        body=tuple(
            Row(
                (
                    Cell((Run(f"{one.row.number}  "), material.short(one.row)), is_header=True),
                    Cell(status(material, material.agreed(one))),
                    Cell(reason_words(material, one)),
                    Cell(last[one.row.deliverable_id]),
                )
            )
            for one in found
        ),
        anchor=anchor,
        source=material.source,
    )
