"""The frame of a paper for the governing body: its cover block, its properties, its draft decision."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from suivi.render.document import (
    Block,
    BulletList,
    Content,
    Cover,
    CoverRow,
    Document,
    Heading,
    Paragraph,
    Reference,
    Run,
)
from suivi.render.references import with_sound_references
from suivi.reporting.material import Material
from suivi.reporting.models import Paper
from suivi.reporting.narrative import LANGUAGE_NAMES, Narrative
from suivi.reporting.outline import DECISION, Part
from suivi.reporting.phrases import phrase

_DECISION_ANCHOR = "draft-decision"


def paper_document(
    material: Material,
    narrative: Narrative,
    parts: dict[str, Part],
    title: str,
    blocks: tuple[Block, ...],
) -> Document:
    """A paper with its cover block; `title` is that of the kind, where the paper has none of its own."""
    paper = material.asked.paper
    own = material.words(paper.title).text if paper and paper.title else title
    subject = material.words(material.edition.title).text
    about = material.metadata(own, subject)
    if narrative.until is not None:
        until = narrative.until.astimezone(UTC).isoformat()
        command = f"{material.asked.command} --written-until {until}"
        about = replace(about, provenance={**about.provenance, "written until": until, "command": command})
    document = Document(
        metadata=about,
        cover=_cover(material, narrative, parts, subject if own != subject else ""),
        notice=_notice(material, narrative, parts),
        blocks=blocks,
        contents=False,
    )
    return with_sound_references(document)


def _notice(material: Material, narrative: Narrative, parts: dict[str, Part]) -> str:
    """What stands on every page: also that the paper is a draft, where a part of it is not written."""
    count = sum(part.place == "body" and narrative.shown(part.key) is None for part in parts.values())
    said = ngettext(
        "Draft: %(n)s part is not written yet.", "Draft: %(n)s parts are not written yet.", count
    ) % {"n": count}
    return " ".join(one for one in (material.notice, said if count else "") if one)


def _cover(material: Material, narrative: Narrative, parts: dict[str, Part], subtitle: str) -> Cover:
    paper = material.asked.paper
    header = material.edition.header
    body = material.words(paper.body).text if paper and paper.body else str(header.get("body", ""))
    rows = [
        *_session_rows(material, paper),
        *(
            CoverRow(str(part.heading), narrative.line(part), narrative.origin(part))
            for part in parts.values()
            if part.place == "cover" and part.key != "purpose"
        ),
        CoverRow(
            _("Edition of the plan"),
            _("%(number)s, in force from %(day)s")
            % {
                "number": material.edition.number,
                "day": material.typography.day(material.edition.in_force_on),
            },
        ),
        CoverRow(_("State of the record"), _days(material)),
    ]
    return Cover(
        organisation=body,
        symbol=paper.symbol if paper else "",
        subtitle=subtitle,
        purpose_label=str(parts["purpose"].heading),
        purpose=_purpose(narrative, parts),
        rows=tuple(row for row in rows if row.value),
    )


def _session_rows(material: Material, paper: Paper | None) -> Iterator[CoverRow]:
    if paper is None:
        return
    yield CoverRow(_("Session"), paper.session)
    yield CoverRow(_("Section"), paper.section)
    yield CoverRow(_("Date"), material.typography.day(paper.dated_on) if paper.dated_on else "")
    yield CoverRow(_("Submitted"), str(paper.get_purpose_display()))
    original = _(LANGUAGE_NAMES.get(paper.original_language, paper.original_language))
    yield CoverRow(_("Original language"), original)


def _days(material: Material) -> str:
    """The two days of the record in one line."""
    days = {
        "up_to": material.typography.day(material.up_to),
        "as_of": material.typography.day(material.day),
    }
    if material.up_to == material.day:
        return days["as_of"]
    return _("up to %(up_to)s, as known on %(as_of)s") % days


def _purpose(narrative: Narrative, parts: dict[str, Part]) -> Content:
    """The purpose, with the way to the draft decision, as papers for decision have it."""
    written = narrative.line(parts["purpose"])
    if not written or DECISION not in parts:
        return written
    see = phrase(
        pgettext("after the purpose of a paper", " (see the draft decision in %(paragraph)s)"),
        paragraph=Reference(_DECISION_ANCHOR),
    )
    return (*(written if isinstance(written, tuple) else (Run(str(written)),)), *see)


def decision_blocks(narrative: Narrative, part: Part) -> Iterator[Block]:
    """The draft decision: a numbered paragraph that references lead to, and its lettered points."""
    yield Heading(str(part.heading), anchor="decision")
    is_first = True
    for block in narrative.blocks(part):
        if isinstance(block, Paragraph) and is_first and block.role == "body":
            is_first = False
            yield Paragraph(block.content, numbered=True, anchor=_DECISION_ANCHOR, origin=block.origin)
        elif isinstance(block, Paragraph | BulletList | Heading):
            yield block
