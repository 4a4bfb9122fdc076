"""The mid-term review: what the body sees of the plan halfway, and what it is asked to decide."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from suivi.plan.models import PillarEdition
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import Block, Document, Heading, PageBreak, Paragraph, Reference
from suivi.reporting.material import Material
from suivi.reporting.named_figures import figure_run, named_figures
from suivi.reporting.narrative import Narrative, narrative_of
from suivi.reporting.outline import DECISION, PILLARS, Part, outline_of
from suivi.reporting.paper_frame import decision_blocks, paper_document
from suivi.reporting.phrases import phrase
from suivi.reporting.standing_parts import counts_paragraph, deliverables_table, wanting, wanting_table


def compose_mid_term_review(material: Material) -> Document:
    """Introduction, the state of each pillar, lessons, areas of concern, adjustments, decision, annex."""
    review = _Review(material)
    return paper_document(
        material,
        review.narrative,
        review.parts,
        _("Mid-term review of the implementation plan"),
        tuple(review.blocks()),
    )


class _Review:
    """One review being composed: the parts that are written beside those that are computed."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.figures = named_figures(material)
        self.figure = figure_run(material, self.figures)
        self.narrative: Narrative = narrative_of(material, self.figure)
        self.parts: dict[str, Part] = {
            part.key: part for part in outline_of(material.asked.kind, material.edition)
        }

    def blocks(self) -> Iterator[Block]:
        yield from self._written("introduction")
        yield Heading(_("State of implementation"))
        yield counts_paragraph(self.figures, self.figure)
        for pillar, found in self.material.by_pillar():
            yield from self._pillar(pillar, found)
        yield from self._written("lessons")
        yield from self._further()
        yield from self._written("adjustments")
        yield from decision_blocks(self.narrative, self.parts[DECISION])
        yield PageBreak()

    def _written(self, key: str) -> Iterator[Block]:
        part = self.parts[key]
        yield Heading(str(part.heading), anchor=key)
        yield from self.narrative.blocks(part)
        yield from self.narrative.boxes(part)

    def _pillar(self, pillar: PillarEdition, found: list[DeliverableOnDay]) -> Iterator[Block]:
        part = self.parts[f"{PILLARS}{pillar.number}"]
        anchor = f"pillar-{pillar.position}"
        yield Heading(self.material.pillar(pillar), level=2)
        yield counts_paragraph(self.figures, self.figure, f"pillar:{pillar.number}.")
        yield from self.narrative.blocks(part, level=3)
        yield from self.narrative.boxes(part)
        yield Paragraph(
            phrase(_("%(table)s shows each of them."), table=Reference(anchor)),
            role="small",
        )
        caption = _("%(level)s %(number)s: what was reached, and the agreed status") % {
            "level": self.material.level("pillar"),
            "number": pillar.number,
        }
        yield deliverables_table(self.material, found, caption, anchor=anchor)

    def _further(self) -> Iterator[Block]:
        yield from self._written("further-progress")
        yield from wanting_table(self.material, wanting(self.material))
