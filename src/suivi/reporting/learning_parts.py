"""What the body asked for, what was learned, and what was told elsewhere already, as parts of a report."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.learning.models import AnswerState, GuidanceWording, ReportedElsewhere
from suivi.learning.queries import GuidanceOnDay, ReportedLines, guidance_on, lessons_on
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Content,
    LineBreak,
    Paragraph,
    Row,
    Run,
    Table,
)
from suivi.render.typography import NO_BREAK
from suivi.reporting.material import Material
from suivi.reporting.phrases import joined, phrase

_MARKS = {
    AnswerState.OPEN: "not-started",
    AnswerState.IN_HAND: "in-progress",
    AnswerState.DONE: "achieved",
    AnswerState.NOT_ACCEPTED: "decided-otherwise",
}


def guidance_table(material: Material) -> Iterator[Table]:
    """Each piece of guidance with its source, its owner and what was done; none where none was given."""
    found = guidance_on(material.edition.plan, material.day)
    if not found:
        return
    yield Table(
        caption=_("Guidance of the governing body, and what was done"),
        columns=(Column(6.4), Column(2.7), Column(2), Column(4.3)),
        header=(
            Row(tuple(Cell(words) for words in (_("Guidance"), _("Owner"), _("State"), _("What was done")))),
        ),
        body=tuple(_guidance_row(material, one) for one in found),
        source=material.source,
    )


def _guidance_row(material: Material, one: GuidanceOnDay) -> Row:
    wording = one.wording
    source = ", ".join(
        part
        for part in (
            _given_by(material, wording),
            material.typography.day(wording.given_on),
            cited(wording.source_symbol, wording.source_paragraph),
        )
        if part
    )
    done: Content = material.said(one.answer.text) if one.answer else _("Nothing was answered yet.")
    return Row(
        (
            Cell((*material.said(wording.text), LineBreak(), Run(f"({source})")), is_header=True),
            Cell(material.unit(wording.owner_unit_id) or _("no unit named")),
            Cell(answer_run(one)),
            Cell(done),
        )
    )


def _given_by(material: Material, wording: GuidanceWording) -> str:
    """Who gave the guidance, unless it is the body that gets the report: its caption says so."""
    given_by = material.words(wording.given_by).text
    return "" if given_by == material.body else given_by


def answer_run(one: GuidanceOnDay) -> Run:
    """Where guidance stands by its last answer, with the mark of it."""
    state = AnswerState(one.answer.state) if one.answer else AnswerState.OPEN
    return Run(str(state.label), status=_MARKS[state])


def lessons_list(material: Material) -> Iterator[Paragraph | BulletList]:
    """The lessons that may be shown in public: what happened, and what to do next time."""
    lessons = lessons_on(material.edition.plan, material.day, in_public=True)
    if lessons:
        said = ngettext(
            "The units keep this lesson for later work:",
            "The units keep these lessons for later work:",
            len(lessons),
        )
        yield Paragraph(said)
        yield BulletList(
            tuple(
                (
                    Run(material.words(one.title).text + ". ", bold=True),
                    *material.said(one.happened),
                    Run(" "),
                    *material.said(one.next_time),
                )
                for one in lessons
            )
        )


def cited(symbol: str, paragraph: str) -> str:
    """A document and its paragraph: "GB.1/2, para. 3"."""
    if not paragraph:
        return symbol
    words = _("%(symbol)s, para. %(paragraph)s") % {"symbol": symbol, "paragraph": paragraph}
    return words.replace(f". {paragraph}", f".{NO_BREAK}{paragraph}")


def elsewhere_note(lines: ReportedLines, found: Iterable[DeliverableOnDay]) -> Iterator[Block]:
    """Which of these deliverables another document told of already, so that it is not told twice."""
    told: list[Content] = []
    for one in found:
        documents = cited_once(lines.of_deliverable(one.row.deliverable_id))
        if documents:
            told.append(
                _("deliverable %(number)s in %(documents)s")
                % {"number": one.row.number, "documents": "; ".join(documents)}
            )
    if told:
        said = phrase(_("Reported elsewhere already: %(told)s."), told=joined(told, "; "))
        yield Paragraph(said, role="small")


def cited_once(lines: Iterable[ReportedElsewhere]) -> list[str]:
    """The documents and paragraphs of these lines, each once."""
    return list(dict.fromkeys(cited(line.symbol, line.paragraph) for line in lines))
