"""What units reported and constituents said, set apart in frames with who says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from suivi.learning.models import ReportedElsewhere
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.voices import Quote
from suivi.render.document import Box, BulletList, Content, Inline, Paragraph, Run
from suivi.render.markdown import blocks_of
from suivi.render.runs import inlines, plain_text
from suivi.reporting.cells import country
from suivi.reporting.learning_parts import cited_once
from suivi.reporting.material import Material
from suivi.values.text import Text


def quote_box(material: Material, quote: Quote) -> Box:
    """The words of a constituent, under the name or the group that may be told."""
    row = material.row_of(quote.deliverable.pk)
    who = (
        ", ".join(part for part in (quote.name, country(material, quote.country)) if part)
        or quote.group_label
    )
    about = _("%(who)s, on deliverable %(number)s, %(day)s") % {
        "who": who,
        "number": row.number if row else quote.deliverable.key,
        "day": material.typography.day(quote.said_on),
    }
    words = material.words(Text.of(quote.text, quote.language))
    return Box((Paragraph(words), _who(material, about, words.language)))


def update_box(
    material: Material, update: ProgressUpdate, elsewhere: Sequence[ReportedElsewhere] = ()
) -> Box:
    """What a unit reported, with its name and the deliverable; where it was told already, that is said."""
    row = material.row_of(update.deliverable_id)
    about = _("%(unit)s, on deliverable %(number)s, up to %(day)s") % {
        "unit": material.unit(update.unit_id),
        "number": row.number if row else update.deliverable.key,
        "day": material.typography.day(update.reported_on),
    }
    shown = update.narrative.shown(material.language)
    blocks = [*_said(material, update.narrative), _who(material, about, shown.language)]
    if elsewhere:
        told = _("Reported already in %(documents)s.") % {"documents": "; ".join(cited_once(elsewhere))}
        blocks.append(Paragraph(Run(told), role="small"))
    return Box(tuple(blocks))


def _who(material: Material, about: str, language: str) -> Paragraph:
    """The line under what was said: by whom, and in which language where that is another."""
    return Paragraph((Run(f"– {about}"), *material.language_mark(language)), role="small")


def first_words(material: Material, said: Text, most: int) -> tuple[Inline, ...]:
    """The beginning of what was reported, cut at a word, without its marks; "…" where there is more."""
    text = " ".join(plain_text(content) for block in _said(material, said) for content in _contents(block))
    words = " ".join(text.split())
    shown = said.shown(material.language)
    if len(words) > most:
        words = words[:most].rsplit(" ", 1)[0].rstrip(".,;: ") + "…"
    language = shown.language if shown.is_fallback else ""
    return (Run(words, language=language, italic=shown.is_fallback),) if words else ()


def _said(material: Material, said: Text) -> Iterator[Paragraph | BulletList]:
    """The paragraphs and lists of what was written, in the language of the report where there is one."""
    shown = said.shown(material.language)
    language = shown.language if shown.is_fallback else ""
    for block in blocks_of(shown.text, lambda name: Run(f"{{{{{name}}}}}"), language=language):
        if isinstance(block, Paragraph | BulletList):
            yield _in_italics(block) if shown.is_fallback else block
        elif isinstance(block, Box):
            yield from block.blocks


def _in_italics(block: Paragraph | BulletList) -> Paragraph | BulletList:
    """The same set as words in another language are set."""

    def italic(content: Content) -> Content:
        return tuple(replace(one, italic=True) if isinstance(one, Run) else one for one in inlines(content))

    if isinstance(block, BulletList):
        return replace(block, items=tuple(italic(item) for item in block.items))
    return replace(block, content=italic(block.content))


def _contents(block: Paragraph | BulletList) -> tuple[Content, ...]:
    return block.items if isinstance(block, BulletList) else (block.content,)
