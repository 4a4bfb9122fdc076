"""A section as its paper will show it, while it is being written."""

from collections.abc import Iterator
from datetime import date

from suivi.render.document import Block, Box, BulletList, Document, Heading, Metadata, Paragraph
from suivi.render.html import render_fragment
from suivi.render.markdown import blocks_of
from suivi.render.runs import Content, Inline, Reference, Run, inlines
from suivi.reporting.named_figures import figure_run
from suivi.reporting.quoted import Figures


def preview_of(figures: Figures, text: str, language: str, *, numbered: bool) -> str:
    """The HTML of a written text, by the code that makes the document; its numbers start at 1.

    References lead into the rest of the paper, which is not there: they stand by their name.
    """
    material, named = figures.of(language)
    blocks = blocks_of(text, figure_run(material, named), numbered=numbered)
    document = Document(
        metadata=Metadata(title="", language=language, created_on=_day(figures)),
        blocks=tuple(_without_references(blocks)),
    )
    return render_fragment(document)


def _day(figures: Figures) -> date:
    return figures.paper.as_of or figures.today


def _without_references(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _plain_paragraph(block)
            case Heading():
                yield Heading(_named(block.content), block.level)
            case BulletList():
                yield _plain_list(block)
            case Box():
                inside = (
                    _plain_paragraph(one) if isinstance(one, Paragraph) else _plain_list(one)
                    for one in block.blocks
                )
                yield Box(tuple(inside), block.title)


def _plain_paragraph(block: Paragraph) -> Paragraph:
    return Paragraph(_named(block.content), block.numbered, role=block.role)


def _plain_list(block: BulletList) -> BulletList:
    return BulletList(tuple(_named(item) for item in block.items), block.lettered)


def _named(content: Content) -> tuple[Inline, ...]:
    return tuple(Run(f"[{one.anchor}]") if isinstance(one, Reference) else one for one in inlines(content))
