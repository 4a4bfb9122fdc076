"""What was decided and taken in between two days: editions, time frames, targets, updates, corrections."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from suivi.monitoring.queries.changes import Change
from suivi.monitoring.queries.revisions import revisions_on
from suivi.monitoring.queries.states import StateOnDay
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import Block, Cell, Column, Content, LineBreak, Paragraph, Row, Run, Table
from suivi.reporting.between import Between
from suivi.reporting.cells import header, named, number, of_plan, reason
from suivi.reporting.material import Material
from suivi.reporting.phrases import phrase
from suivi.reporting.quoting import counted, figure, sentences


def decided_blocks(between: Between) -> Iterator[Block]:
    rows = [*_edition_rows(between), *_window_rows(between), *_target_rows(between)]
    if not rows:
        yield Paragraph(_("No deliverable was added or dropped; every time frame and target is as before."))
        return
    material = between.material
    yield Table(
        caption=_("Deliverables, time frames and targets that were changed"),
        columns=(Column(4.4), Column(2.4), Column(2.2), Column(2.2), Column(4.2)),
        header=header(
            material.level("deliverable"), _("Change"), _("Before"), _("Now"), _("By whom and why")
        ),
        body=tuple(rows),
    )


def _decision(material: Material) -> Content:
    """The decision on which the edition in force rests: symbol, paragraph and day."""
    decision = material.edition.decision
    paragraph = _("paragraph %(number)s") % {"number": decision.paragraph} if decision.paragraph else ""
    parts = [decision.symbol, paragraph, material.typography.short_day(decision.decided_on)]
    return ", ".join(part for part in parts if part)


def _decided(words: Content, change: str, before: Content, now: Content, why: Content) -> Row:
    return Row((Cell(words, is_header=True), Cell(change), Cell(before), Cell(now), Cell(why)))


def _edition_rows(between: Between) -> Iterator[Row]:
    material = between.material
    for one in between.added:
        yield _decided(
            named(material, one),
            pgettext("deliverable", "added"),
            "–",
            material.window(one),
            _decision(material),
        )
    for row in between.dropped:
        words = (Run(f"{row.number}  "), material.short(row))
        window = material.window(DeliverableOnDay(between.since, row))
        yield _decided(words, pgettext("deliverable", "dropped"), window, "–", _decision(material))


def _window_rows(between: Between) -> Iterator[Row]:
    material = between.material
    found = between.with_change(Change.WINDOW)
    if not found or between.edition_before is None:
        return
    pks = [one.row.deliverable_id for one, _before, _after in found]
    before = {
        row.deliverable_id: DeliverableOnDay(between.since, row)
        for row in between.edition_before.deliverableeditions.filter(deliverable__in=pks)
    }
    for one, _old, _new in found:
        earlier = material.window(before[one.row.deliverable_id])
        yield _decided(
            named(material, one), _("another time frame"), earlier, material.window(one), _decision(material)
        )


def _target_rows(between: Between) -> Iterator[Row]:
    material = between.material
    found = between.with_change(Change.TARGET)
    if not found:
        return
    pks = [one.row.deliverable_id for one, _before, _after in found]
    revisions = revisions_on(material.edition, material.day, pks)
    for one, before, after in found:
        said = [r for r in revisions.get(one.row.deliverable_id, ()) if r.decided_on <= material.up_to]
        why: Content = _decision(material)
        if after.is_revised and said:
            last = said[-1]
            day = material.typography.short_day(last.decided_on)
            why = (Run(f"{last.decided_by}, {day}"), LineBreak(), *reason(material, last.reason))
        yield _decided(
            named(material, one),
            _("another target"),
            _target(material, before),
            _target(material, after),
            why,
        )


def _target(material: Material, state: StateOnDay) -> str:
    target = state.measure.target
    return pgettext("target", "none") if target is None else number(material, target)


def update_blocks(between: Between) -> Iterator[Block]:
    material, found = between.material, between.taken_in
    if not found.updates:
        yield Paragraph(_("No update was approved between the two days."))
        return
    corrections = len(found.corrections)
    yield Paragraph(
        sentences(
            phrase(
                ngettext(
                    "%(updates)s update was approved, on %(deliverables)s.",
                    "%(updates)s updates were approved, on %(deliverables)s.",
                    found.updates,
                ),
                updates=figure(material, "changed:updates", found.updates),
                deliverables=ngettext("%(count)s deliverable", "%(count)s deliverables", found.deliverables)
                % {"count": material.typography.number(found.deliverables)},
            ),
            counted(
                material,
                "changed:corrections",
                corrections,
                _("None of them corrects an earlier one."),
                ngettext(
                    "%(count)s of them corrects an earlier one.",
                    "%(count)s of them correct earlier ones.",
                    corrections,
                ),
            ),
        )
    )
    yield Table(
        caption=_("Updates approved, by unit"),
        columns=(Column(6), Column(2, "end"), Column(2, "end")),
        header=header(_("Unit"), _("Updates"), _("Deliverables")),
        body=tuple(
            Row(
                (
                    Cell(material.unit(one.unit), is_header=True),
                    Cell(material.typography.number(one.updates), align="end"),
                    Cell(material.typography.number(one.deliverables), align="end"),
                )
            )
            for one in found.by_unit
        ),
    )
    if found.corrections:
        yield _correction_table(between)


def _correction_table(between: Between) -> Table:
    material = between.material
    by_pk = {one.row.deliverable_id: one for one in material.deliverables}
    return Table(
        caption=_("Updates that correct an earlier one"),
        columns=(Column(5), Column(3.4), Column(2.6), Column(2.6), Column(2.2)),
        header=header(
            material.level("deliverable"),
            _("Unit"),
            _("Corrects what spoke up to"),
            _("which was approved on"),
            _("Corrected on"),
        ),
        body=tuple(
            Row(
                (
                    Cell(of_plan(material, by_pk, one.deliverable, one.key), is_header=True),
                    Cell(material.unit(one.unit)),
                    Cell(material.typography.short_day(one.reported_on)),
                    Cell(_local_day(material, one.first_approved_at)),
                    Cell(_local_day(material, one.approved_at)),
                )
            )
            for one in between.taken_in.corrections
        ),
    )


def _local_day(material: Material, moment: datetime) -> str:
    return material.typography.short_day(timezone.localdate(moment))
