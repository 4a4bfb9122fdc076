"""The annex of evidence: every deliverable with where it stands, and on what that rests.

It may leave the house: it says agreed statuses alone, and names no evidence that is not public.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.learning.queries import ReportedLines, reported_elsewhere_on
from suivi.monitoring.models import EvidenceClass, Status
from suivi.monitoring.queries.evidence_counts import PublicPiece, Rests, evidence_of_plan
from suivi.monitoring.queries.states import StateOnDay
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import (
    Block,
    Cell,
    Column,
    Content,
    Document,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    Row,
    Run,
    Table,
)
from suivi.reporting.cells import agreed, count_with_measure, foreign, header
from suivi.reporting.learning_parts import cited_once
from suivi.reporting.material import Material
from suivi.reporting.phrases import phrase
from suivi.reporting.quoting import counted, figure, sentences
from suivi.reporting.standing_parts import counted_status

# A cell names the first of the public pieces; how many there are stands above them.
MOST_PIECES = 6


def compose_evidence_annex(material: Material) -> Document:
    """The annex as a document of its own."""
    return Document(
        metadata=material.metadata(
            _("Annex: deliverables and evidence"), _("State of every deliverable and what it rests on")
        ),
        cover=material.cover("", _purpose(material)),
        notice=material.notice,
        blocks=(Heading(_("In short")), *annex_blocks(material, level=1)),
    )


def _purpose(material: Material) -> str:
    return _(
        "This annex shows for every deliverable what was agreed on its state up to %(up_to)s, how far it has "
        "come, and on how much evidence that rests, as the record knew it on %(day)s."
    ) % {
        "up_to": material.typography.day(material.up_to),
        "day": material.typography.day(material.day),
    }


def annex_blocks(material: Material, *, level: int = 2) -> Iterator[Block]:
    """What the annex holds, for papers that end with it: a summary, then one wide table for each pillar.

    `level` is that of the headings of the pillars. Four queries more than the states of the material take.
    """
    evidence = evidence_of_plan(material.edition.plan, material.up_to, material.day)
    elsewhere = reported_elsewhere_on(material.edition.plan, material.day)
    yield Paragraph(_summary(material, evidence), role="lead")
    yield Paragraph(_how_to_read(), role="small")
    if material.internal_numbers:
        yield Paragraph(material.internal_numbers, role="small")
    for pillar, found in material.by_pillar():
        yield Heading(material.pillar(pillar), level=level)
        yield _table(material, found, evidence, elsewhere)


def _summary(material: Material, evidence: Mapping[int, Rests]) -> tuple[Inline, ...]:
    total = len(material.deliverables)
    by_status = Counter(material.agreed(one) for one in material.deliverables)
    proven = sum(bool(evidence.get(one.row.deliverable_id)) for one in material.deliverables)
    return sentences(
        phrase(
            ngettext("The plan has %(count)s deliverable.", "The plan has %(count)s deliverables.", total),
            count=figure(material, "deliverables", total),
        ),
        _agreed_sentence(material, by_status),
        counted(
            material,
            "deliverables-with-evidence",
            proven,
            _("Evidence was given for none of them."),
            ngettext(
                "Evidence was given for %(count)s of them.",
                "Evidence was given for %(count)s of them.",
                proven,
            ),
        ),
    )


def _agreed_sentence(material: Material, by_status: Mapping[str, int]) -> tuple[Inline, ...]:
    """How many have which agreed status: "Agreed: on track (10), at risk (2), not agreed yet (3)."."""
    said: list[Inline] = []
    for code in (*(str(one) for one in Status), ""):
        if by_status[code]:
            said += [Run(", ")] if said else []
            name = code.replace("_", "-") or "not-agreed"
            said += counted_status(material, code, figure(material, name, by_status[code]))
    return (Run(material.typography.labelled(_("Agreed"), "")), *said, Run(".")) if said else ()


def _how_to_read() -> str:
    return _(
        "Where the agreed status differs from what follows from the record alone, the reason is given. "
        "Evidence is counted once for each deliverable; it is named where it is public and given by a public "
        "update, and counted only otherwise. The last column gives the day on which the last update was "
        "approved, the day up to which it speaks, and its unit."
    )


def _table(
    material: Material,
    found: Sequence[DeliverableOnDay],
    evidence: Mapping[int, Rests],
    elsewhere: ReportedLines,
) -> Table:
    body: list[Row] = []
    for action, rows in material.by_action(list(found)):
        body.append(Row((Cell(material.action(action), colspan=6, is_header=True),), kind="group"))
        body.extend(
            _row(material, one, evidence.get(one.row.deliverable_id, Rests()), elsewhere) for one in rows
        )
    return Table(
        caption=_("%(level)s %(number)s: state of each deliverable and evidence up to %(day)s")
        % {
            "level": material.level("pillar"),
            "number": found[0].row.action.pillar.number,
            "day": material.typography.day(material.up_to),
        },
        columns=(Column(6.6), Column(1.75), Column(2.75), Column(3.3), Column(3.5), Column(3.1)),
        header=header(
            material.level("deliverable"),
            _("Time frame"),
            _("Target and count"),
            _("Agreed status"),
            _("Evidence"),
            _("Last approved update"),
        ),
        body=tuple(body),
        wide=True,
    )


def _row(material: Material, one: DeliverableOnDay, rests: Rests, elsewhere: ReportedLines) -> Row:
    state = material.state(one)
    return Row(
        (
            Cell(_words(material, one, elsewhere), is_header=True),
            Cell(material.window(one)),
            Cell(count_with_measure(material, one)),
            Cell(agreed(material, state)),
            Cell(_evidence(material, one, rests)),
            Cell(_last(material, state)),
        )
    )


def _words(material: Material, one: DeliverableOnDay, elsewhere: ReportedLines) -> Content:
    """The short title, the sentence as adopted, and where it was reported already."""
    said: list[Inline] = [Run(f"{one.row.number}  ", bold=True)]
    if one.row.title:
        title = material.words(one.row.title)
        said += [Run(title.text, bold=True, italic=title.italic, language=title.language), LineBreak()]
    said.append(material.words(one.row.text))
    documents = cited_once(elsewhere.of_deliverable(one.row.deliverable_id))
    if documents:
        told = _("Reported already in %(documents)s.") % {"documents": "; ".join(documents)}
        said += [LineBreak(), Run(told, italic=True)]
    return tuple(said)


def _evidence(material: Material, one: DeliverableOnDay, rests: Rests) -> Content:
    """How many pieces of each class, and the public ones by name."""
    if not rests.counts:
        return _("none given")
    said: list[Inline] = []
    for code in EvidenceClass.values:
        pieces = rests.counts.get(code, 0)
        if not pieces:
            continue
        said += [LineBreak()] if said else []
        name = f"evidence:{one.row.deliverable.key}:{code}"
        said += phrase(_pieces(code, pieces), count=figure(material, name, pieces))
        if code == EvidenceClass.PUBLIC:
            said += _named_pieces(material, rests.public)
    return tuple(said)


def _pieces(code: str, pieces: int) -> str:
    match code:
        case EvidenceClass.PUBLIC:
            return ngettext("%(count)s public piece", "%(count)s public pieces", pieces)
        case EvidenceClass.INTERNAL:
            return ngettext("%(count)s internal piece", "%(count)s internal pieces", pieces)
        case EvidenceClass.RESTRICTED:
            return ngettext(
                "rests on %(count)s restricted piece", "rests on %(count)s restricted pieces", pieces
            )
    return ngettext("rests on %(count)s confidential piece", "rests on %(count)s confidential pieces", pieces)


def _named_pieces(material: Material, pieces: Sequence[PublicPiece]) -> Iterator[Inline]:
    for piece in pieces[:MOST_PIECES]:
        yield LineBreak()
        yield Run("– ")
        yield foreign(material, piece.title) if not piece.url else _linked(material, piece)
    more = len(pieces) - MOST_PIECES
    if more > 0:
        yield LineBreak()
        said = ngettext("and %(count)s more piece", "and %(count)s more pieces", more)
        yield Run(said % {"count": more})


def _linked(material: Material, piece: PublicPiece) -> Run:
    words = foreign(material, piece.title)
    return Run(words.text, language=words.language, href=piece.url)


def _last(material: Material, state: StateOnDay) -> Content:
    """When the last update was approved, up to which day it speaks and which unit gave it."""
    last = state.last
    if last is None:
        return _("no update approved")
    approved_on = timezone.localdate(last.approved_at)
    return (
        Run(material.typography.short_day(approved_on)),
        LineBreak(),
        Run(_("up to %(day)s") % {"day": material.typography.short_day(last.reported_on)}),
        LineBreak(),
        Run(material.unit(last.unit)),
    )
