"""Two reports of one plan against each other: what moved, what was promised, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from suivi.learning.queries import GuidanceOnDay, guidance_on
from suivi.monitoring.queries.changes import Change, Changed, Days, changed_between
from suivi.plan.queries import DeliverableOnDay, edition_on
from suivi.render import render
from suivi.render.document import (
    Block,
    Cell,
    Column,
    Cover,
    CoverRow,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
)
from suivi.render.docx import render_docx
from suivi.render.runs import Content, plain_text
from suivi.reporting.asked import Asked
from suivi.reporting.cells import count, header, named, status
from suivi.reporting.kinds import compose_report, format_of
from suivi.reporting.learning_parts import answer_run
from suivi.reporting.material import Material, gather
from suivi.reporting.quoting import counted
from suivi.reporting.standing_parts import reason_words
from suivi.values.errors import InputRefused, NotFound
from suivi.values.messages import gettext_noop

_DECIDED = {Change.WINDOW, Change.ADDED, Change.DROPPED}  # by an edition of the plan


def make_comparison(earlier: Asked, later: Asked, suffix: str) -> bytes:
    """The comparison as a file, in the language of the later report."""
    wanted = format_of(suffix)
    return render(compose_comparison(earlier, later), wanted)


def make_tracked(earlier: Asked, later: Asked) -> bytes:
    """The later report as a DOCX that shows as tracked changes what is new against the earlier one.

    Both are in the language of the later one.
    """
    _require_one_plan(earlier, later)
    before = compose_report(replace(earlier, language=later.language))
    return render_docx(compose_report(later), against=before)


def compose_comparison(earlier: Asked, later: Asked) -> Document:
    """What moved between two reports of a plan. Raises InputRefused for reports of two plans."""
    _require_one_plan(earlier, later)
    with override(later.language):
        then, now = (_material(asked, later.language) for asked in (earlier, later))
        comparison = _Comparison(then, now)
        title = _("What moved between two reports")
        return Document(
            metadata=now.metadata(title, now.words(now.edition.title).text),
            cover=comparison.cover(),
            notice=now.notice,
            blocks=tuple(comparison.blocks()),
            contents=False,
        )


def _require_one_plan(earlier: Asked, later: Asked) -> None:
    if earlier.plan != later.plan:
        raise InputRefused(
            gettext_noop("The two reports are about two plans."),
            hint=gettext_noop("Compare reports of one plan."),
        )


def _material(asked: Asked, language: str) -> Material:
    edition = edition_on(asked.plan, asked.as_of)
    if edition is None:
        raise NotFound(
            gettext_noop("On %(day)s the plan was not adopted yet."), {"day": asked.as_of.isoformat()}
        )
    return gather(replace(asked, language=language), edition)


@dataclass
class _Comparison:
    """The facts of the earlier report beside those of the later one."""

    then: Material
    now: Material

    def cover(self) -> Cover:
        rows = [
            CoverRow(label, _named(material))
            for label, material in ((_("Earlier report"), self.then), (_("Later report"), self.now))
        ]
        return Cover(subtitle=self.now.words(self.now.edition.title).text, rows=tuple(rows))

    def blocks(self) -> Iterator[Block]:
        yield Heading(_("What moved"))
        yield from self._moved()
        yield Heading(_("What was promised, and what became of it"))
        yield from self._promised()
        yield Heading(_("What the governing body asked for"))
        yield from self._guidance()

    @cached_property
    def changed(self) -> list[Changed]:
        before, after = (Days(one.up_to, one.day) for one in (self.then, self.now))
        return changed_between(self.now.edition.plan, before, after)

    @cached_property
    def _here(self) -> dict[int, DeliverableOnDay]:
        """The deliverables of both editions; where both have one, as the later has it."""
        return {one.row.deliverable_id: one for one in (*self.then.deliverables, *self.now.deliverables)}

    def _moved(self) -> Iterator[Block]:
        found = [one for one in self.changed if Change.AGREED in one.changes]
        number = len(found)
        some = ngettext(
            "%(count)s deliverable has another agreed status than in the earlier report.",
            "%(count)s deliverables have another agreed status than in the earlier report.",
            number,
        )
        none = _("Every agreed status is as it was in the earlier report.")
        yield Paragraph(counted(self.now, "moved:agreed", number, none, some), numbered=True)
        if found:
            rows = ((one.deliverable, self._status(one, 0), self._status(one, 1)) for one in found)
            yield self._table(_("Agreed statuses that moved"), rows)
        counts = [one for one in self._pairs() if plain_text(one[1]) != plain_text(one[2])]
        if counts:
            yield self._table(_("Counts that moved"), iter(counts))
        windows = [one for one in self.changed if _DECIDED & {*one.changes}]
        if windows:
            rows = ((one.deliverable, self._window(one, 0), self._window(one, 1)) for one in windows)
            yield self._table(_("Deliverables that were added, dropped or given another time frame"), rows)

    def _pairs(self) -> Iterator[tuple[int, Content, Content]]:
        """What both reports say of how far the deliverables have come that stand in both."""
        for one in self.changed:
            if Change.PROGRESS in one.changes and one.before and one.after:
                deliverable = self._here[one.deliverable]
                before, after = (count(self.now, deliverable, state) for state in (one.before, one.after))
                yield one.deliverable, before, after

    def _status(self, one: Changed, side: int) -> Run:
        state = (one.before, one.after)[side]
        return status(self.now, state.agreed.status if state and state.agreed else "")

    def _window(self, one: Changed, side: int) -> Run:
        material = (self.then, self.now)[side]
        found = next((d for d in material.deliverables if d.row.deliverable_id == one.deliverable), None)
        return Run(material.window(found) if found else _("not in the plan"))

    def _table(self, caption: str, rows: Iterator[tuple[int, Content, Content]]) -> Table:
        days = [self.now.typography.short_day(material.up_to) for material in (self.then, self.now)]
        return Table(
            caption=caption,
            columns=(Column(5), Column(3), Column(3)),
            header=header(self.now.level("deliverable"), *(_("On %(day)s") % {"day": day} for day in days)),
            body=tuple(
                Row((Cell(named(self.now, self._here[pk]), is_header=True), Cell(before), Cell(after)))
                for pk, before, after in rows
            ),
            source=self.now.source,
        )

    def _promised(self) -> Iterator[Block]:
        """The deliverables whose adopted time frame ended between the two reports."""
        due = [
            one
            for one in self.then.deliverables
            if one.row.ends_on and self.then.up_to <= one.row.ends_on < self.now.up_to
        ]
        number = len(due)
        some = ngettext(
            "%(count)s deliverable was to be finished between the two reports.",
            "%(count)s deliverables were to be finished between the two reports.",
            number,
        )
        none = _("No deliverable was to be finished between the two reports.")
        yield Paragraph(counted(self.now, "promised", number, none, some), numbered=True)
        if due:
            yield Table(
                caption=_("What was to be finished between the two reports"),
                columns=(Column(5), Column(2), Column(2.6), Column(4)),
                header=header(self.now.level("deliverable"), _("Time frame"), _("Agreed status"), _("Why")),
                body=tuple(self._due_row(one) for one in due),
                source=self.now.source,
            )

    def _due_row(self, one: DeliverableOnDay) -> Row:
        pk = one.row.deliverable_id
        now = next((found for found in self.now.deliverables if found.row.deliverable_id == pk), None)
        agreed = status(self.now, self.now.agreed(now)) if now else Run(_("not in the plan"))
        why = reason_words(self.now, now) if now else ""
        return Row(
            (
                Cell(named(self.now, now or one), is_header=True),
                Cell(self.then.window(one)),
                Cell(agreed),
                Cell(why),
            )
        )

    def _guidance(self) -> Iterator[Block]:
        """What was asked for by the earlier report, and the answers to it by the later one."""
        plan = self.now.edition.plan
        asked = {one.guidance.pk: one for one in guidance_on(plan, self.then.day)}
        found = guidance_on(plan, self.now.day)
        if not found:
            yield Paragraph(_("The governing body has given no guidance on this plan."), numbered=True)
            return
        yield Table(
            caption=_("Guidance of the governing body, then and now"),
            columns=(Column(5), Column(2.4), Column(2.4), Column(4)),
            header=header(_("Guidance"), _("Then"), _("Now"), _("What was done")),
            body=tuple(self._guidance_row(one, asked.get(one.guidance.pk)) for one in found),
            source=self.now.source,
        )

    def _guidance_row(self, one: GuidanceOnDay, before: GuidanceOnDay | None) -> Row:
        return Row(
            (
                Cell(self.now.words(one.wording.text), is_header=True),
                Cell(answer_run(before) if before else _("not given yet")),
                Cell(answer_run(one)),
                Cell(self.now.words(one.answer.text) if one.answer else _("Nothing was answered yet.")),
            )
        )


def _named(material: Material) -> str:
    """A report by its symbol or kind, and its days."""
    paper = material.asked.paper
    days = {
        "report": str(paper) if paper else material.asked.kind,
        "up_to": material.typography.day(material.up_to),
        "as_of": material.typography.day(material.day),
    }
    return _("%(report)s, up to %(up_to)s, as known on %(as_of)s") % days
