"""The reviews that the governing body gets: halfway (mid-term review) and at the end (final report).

What is computed stands beside what is written. A review at the end says what passes into the next plan.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from suivi.learning.queries import reported_elsewhere_on
from suivi.plan.models import PillarEdition
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import Block, Document, Heading, PageBreak, Paragraph
from suivi.reporting.evidence_annex import annex_blocks
from suivi.reporting.learning_parts import elsewhere_note, guidance_table, lessons_list
from suivi.reporting.material import Material
from suivi.reporting.named_figures import DONE, figure_run, named_figures
from suivi.reporting.narrative import Narrative, narrative_of
from suivi.reporting.outline import DECISION, PILLARS, Part, outline_of
from suivi.reporting.paper_frame import decision_blocks, paper_document
from suivi.reporting.pictures import activity_map, burn_ups, constituent_balance, status_by_pillar
from suivi.reporting.standing_parts import (
    carried_over_table,
    counts_paragraph,
    deliverables_table,
    wanting,
    wanting_table,
)


def compose_mid_term_review(material: Material) -> Document:
    """Introduction, state of each pillar, lessons, areas of concern, adjustments, decision, annex."""
    review = _Review(material)
    blocks = (
        *review.beginning(),
        *review.lessons(),
        *review.further_progress(),
        *review.written("adjustments"),
        *review.ending(),
    )
    return review.document(_("Mid-term review of the implementation plan"), blocks)


def compose_final_report(material: Material) -> Document:
    """Introduction, state of each pillar, lessons, what passes into the next plan, decision, annex."""
    review = _Review(material)
    blocks = (*review.beginning(), *review.lessons(), *review.carried_over(), *review.ending())
    return review.document(_("Final report on the implementation plan"), blocks)


def compose_guidance_follow_up(material: Material) -> Document:
    """What the body asked for, and what was done about it."""
    review = _Review(material)
    blocks = (
        *review.written("introduction"),
        Heading(_("Guidance and what was done")),
        *review.guidance(),
        *decision_blocks(review.narrative, review.parts[DECISION]),
    )
    return review.document(_("Follow-up to the guidance of the governing body"), blocks)


class _Review:
    """One review being composed: the parts that are written beside those that are computed."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.figures = named_figures(material)
        self.figure = figure_run(material, self.figures)
        self.narrative: Narrative = narrative_of(material, self.figure)
        self.elsewhere = reported_elsewhere_on(material.edition.plan, material.day)
        self.parts: dict[str, Part] = {
            part.key: part for part in outline_of(material.asked.kind, material.edition)
        }

    def document(self, title: str, blocks: tuple[Block, ...]) -> Document:
        return paper_document(self.material, self.narrative, self.parts, title, blocks)

    def written(self, key: str) -> Iterator[Block]:
        """A part that is written, with its heading and its examples."""
        part = self.parts[key]
        yield Heading(str(part.heading), anchor=key)
        yield from self.narrative.blocks(part)
        yield from self.narrative.boxes(part)

    def beginning(self) -> Iterator[Block]:
        """The introduction, what the body asked for last time, and the state of the plan by pillar."""
        yield from self.written("introduction")
        yield from guidance_table(self.material)
        yield Heading(_("State of implementation"))
        yield counts_paragraph(self.material, self.figures, self.figure)
        yield status_by_pillar(self.material)
        for pillar, found in self.material.by_pillar():
            yield from self._pillar(pillar, found)
        yield Heading(_("Constituents heard, and activity by country"), level=2)
        yield constituent_balance(self.material)
        yield activity_map(self.material)

    def _pillar(self, pillar: PillarEdition, found: list[DeliverableOnDay]) -> Iterator[Block]:
        part = self.parts[f"{PILLARS}{pillar.number}"]
        anchor = f"pillar-{pillar.position}"
        yield Heading(self.material.pillar(pillar), level=2)
        prefix = f"pillar:{pillar.number}."
        yield counts_paragraph(self.material, self.figures, self.figure, prefix, table=anchor)
        yield from self.narrative.blocks(part, level=3)
        yield from self.narrative.boxes(part)
        caption = _("%(level)s %(number)s: what was reached, and the agreed status") % {
            "level": self.material.level("pillar"),
            "number": pillar.number,
        }
        yield deliverables_table(self.material, found, caption, anchor=anchor)
        yield from elsewhere_note(self.elsewhere, found)

    def lessons(self) -> Iterator[Block]:
        yield from self.written("lessons")
        yield from lessons_list(self.material)

    def guidance(self) -> Iterator[Block]:
        found = tuple(guidance_table(self.material))
        yield from found or (Paragraph(_("The governing body has given no guidance on this plan.")),)

    def further_progress(self) -> Iterator[Block]:
        yield from self.written("further-progress")
        yield from wanting_table(self.material, wanting(self.material))

    def carried_over(self) -> Iterator[Block]:
        yield from self.written("carried-over")
        unfinished = [one for one in self.material.deliverables if self.material.agreed(one) not in DONE]
        yield from carried_over_table(self.material, unfinished)

    def ending(self) -> Iterator[Block]:
        """The draft decision, and the annex on its own pages."""
        yield from decision_blocks(self.narrative, self.parts[DECISION])
        yield PageBreak()
        yield Heading(_("Annex: every deliverable, and what it rests on"))
        yield from annex_blocks(self.material)
        counted = burn_ups(self.material)
        if counted:
            yield Heading(_("Counted deliverables over time"), level=2)
            yield from counted
