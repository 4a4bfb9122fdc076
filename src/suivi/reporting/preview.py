"""A section as its paper will show it, while it is being written."""

from suivi.render.document import Document, Metadata
from suivi.render.html import render_fragment
from suivi.render.markdown import blocks_of
from suivi.render.references import with_sound_references
from suivi.reporting.named_figures import figure_run
from suivi.reporting.quoted import Figures


def preview_of(figures: Figures, text: str, language: str, *, numbered: bool) -> str:
    """The HTML of a written text, by the code that makes the document; its numbers start at 1.

    References lead into the rest of the paper, which is not there: they stand by their name.
    """
    material, named = figures.of(language)
    document = Document(
        metadata=Metadata(title="", language=language, created_on=material.day),
        blocks=blocks_of(text, figure_run(material, named), numbered=numbered),
    )
    return render_fragment(with_sound_references(document, mark="[%s]"))
