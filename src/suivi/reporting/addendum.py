"""An addendum to an issued paper: a cover and a text, all of it written."""

from django.utils.translation import gettext as _

from suivi.render.document import Block, Document, Heading
from suivi.reporting.material import Material
from suivi.reporting.models import Revision
from suivi.reporting.named_figures import figure_run, named_figures
from suivi.reporting.narrative import narrative_of
from suivi.reporting.outline import outline_of
from suivi.reporting.paper_frame import paper_document
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop


def compose_addendum(material: Material) -> Document:
    """The written sections one after the other, under the cover of a paper.

    Raises NotFound where there is no addendum that was begun.
    """
    paper = material.asked.paper
    if paper is None or paper.revision != Revision.ADDENDUM:
        raise NotFound(
            gettext_noop("An addendum adds to an issued paper."),
            hint=gettext_noop("Begin it on the page of that paper, then name it."),
        )
    narrative = narrative_of(material, figure_run(material, named_figures(material)))
    parts = {part.key: part for part in outline_of(material.asked.kind, material.edition)}
    blocks: list[Block] = []
    for part in parts.values():
        if part.place == "body":
            blocks += [Heading(str(part.heading)), *narrative.blocks(part), *narrative.boxes(part)]
    return paper_document(material, narrative, parts, _("Addendum"), tuple(blocks))
