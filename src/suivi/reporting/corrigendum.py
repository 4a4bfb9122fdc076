"""The corrigendum of an issued paper: each place, what it said, what it should read."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from suivi.render.document import (
    Block,
    Cell,
    Column,
    Cover,
    CoverRow,
    Document,
    Paragraph,
    Row,
    Table,
)
from suivi.reporting.asked import Asked
from suivi.reporting.corrections import Correction, corrections_of
from suivi.reporting.material import Material
from suivi.reporting.models import Paper, Revision
from suivi.reporting.quoted import asked_of
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop


def compose_corrigendum(material: Material, compose: Callable[[Asked], Document]) -> Document:
    """Of the issued paper asked for, or of the one that the corrigendum asked for corrects.

    `compose` makes the report of the issued paper. Raises NotFound where there is no issued paper.
    """
    paper = material.asked.paper
    corrected = paper.revises if paper and paper.revision == Revision.CORRIGENDUM else paper
    if paper is None or corrected is None or corrected.issued_at is None:
        raise NotFound(
            gettext_noop("A corrigendum corrects an issued paper."),
            hint=gettext_noop("Name an issued paper."),
        )
    asked = asked_of(corrected, material.language, material.day)
    found = corrections_of(asked, material.day, compose)
    title = _("Corrigendum")
    metadata = material.metadata(title, material.words(corrected.title).text)
    return Document(
        metadata=metadata,
        cover=_cover(material, paper, corrected),
        notice=material.notice,
        blocks=tuple(_blocks(material, corrected, found)),
        contents=False,
    )


def _cover(material: Material, paper: Paper, corrected: Paper) -> Cover:
    dated_on = paper.dated_on if paper != corrected else None
    rows = (
        CoverRow(_("Corrects"), corrected.symbol),
        CoverRow(_("Session"), corrected.session),
        CoverRow(_("Date"), material.typography.day(dated_on) if dated_on else ""),
    )
    return Cover(
        organisation=material.words(corrected.body).text,
        symbol=paper.symbol if paper != corrected else "",
        subtitle=material.words(corrected.title).text,
        rows=tuple(row for row in rows if row.value),
    )


def _blocks(material: Material, corrected: Paper, found: list[Correction]) -> list[Block]:
    days = {
        "symbol": corrected.symbol,
        "as_of": material.typography.day(corrected.as_of or material.day),
        "day": material.typography.day(material.day),
    }
    if not found:
        said = _("Nothing that %(symbol)s says was corrected in the record between %(as_of)s and %(day)s.")
        return [Paragraph(said % days, numbered=True)]
    said = _(
        "%(symbol)s speaks as the record knew it on %(as_of)s. The record was corrected by %(day)s; "
        "the places below should read as shown."
    )
    return [Paragraph(said % days, numbered=True), _table(found)]


def _table(found: list[Correction]) -> Table:
    header = Row(tuple(Cell(words, is_header=True) for words in (_("Place"), _("Said"), _("Should read"))))
    body = tuple(
        Row((Cell(place_of(one), is_header=True), Cell(one.said or "–"), Cell(one.should_read or "–")))
        for one in found
    )
    return Table(
        caption=_("Corrections"),
        columns=(Column(1.2), Column(2), Column(2)),
        header=(header,),
        body=body,
    )


def place_of(one: Correction) -> str:
    """Where a correction stands, in words: a paragraph by its number, a row of a table, a heading."""
    if one.kind == "numbered":
        return _("Paragraph %(number)s") % {"number": one.place}
    if one.row:
        return _("%(table)s, row %(row)s") % {"table": one.place, "row": one.row}
    return one.place or _("Cover")
