"""What was written in the sections of a paper, as it stood on a day, as parts of the document."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from suivi.core.clock import end_of
from suivi.monitoring.queries.voices import quote_of
from suivi.plan.models import Edition, Plan
from suivi.render.document import Block, Box, Content, Paragraph, Run
from suivi.render.markdown import FigureRun, blocks_of
from suivi.reporting.material import Material
from suivi.reporting.models import Example, Paper, SectionVersion
from suivi.reporting.outline import Part, outline_of
from suivi.reporting.said import quote_box, update_box
from suivi.values.messages import gettext_noop
from suivi.values.text import digest_of

LANGUAGE_NAMES = {"en": gettext_noop("English"), "fr": gettext_noop("French"), "es": gettext_noop("Spanish")}


def paper_of(plan: Plan, kind: str, as_of: date) -> Paper | None:
    """The latest paper of a kind that existed on a day; addenda and corrigenda are papers of their own."""
    papers = Paper.objects.filter(plan=plan, kind=kind, created_at__lte=end_of(as_of))
    return papers.exclude(revision__in=("add", "corr")).order_by("-created_at", "-pk").first()


def is_frozen_on(paper: Paper, as_of: date) -> bool:
    """Whether the day is the one that the paper was frozen as of."""
    return paper.frozen_at is not None and paper.as_of == as_of


def written_until(paper: Paper, as_of: date) -> datetime:
    """The moment up to which the original counts: when the paper was frozen, else the end of the day."""
    if paper.frozen_at is not None and is_frozen_on(paper, as_of):
        return paper.frozen_at
    return end_of(as_of)


def unwritten_parts(paper: Paper | None, kind: str, edition: Edition, as_of: date) -> list[Part]:
    """The parts of the body that nobody has written by a day in any language; all of them without a paper."""
    parts = [part for part in outline_of(kind, edition) if part.place == "body"]
    if paper is None or not parts:
        return parts
    rows = SectionVersion.objects.filter(section__paper=paper, written_at__lte=written_until(paper, as_of))
    latest = {(row.section.key, row.language): row for row in rows.select_related("section")}
    written = {key for (key, _language), row in latest.items() if row.text.strip()}
    return [part for part in parts if part.key not in written]


@dataclass(frozen=True)
class Narrative:
    """The written side of one paper in one language. Without a paper everything is still to be written."""

    material: Material
    original: str
    figure: FigureRun = field(repr=False)
    versions: dict[tuple[str, str], SectionVersion] = field(default_factory=dict, repr=False)
    examples: dict[str, list[Example]] = field(default_factory=dict, repr=False)
    # When the last of it came in: made again with what stood there by then, the paper is the same.
    until: datetime | None = None

    @property
    def language(self) -> str:
        return self.material.language

    def shown(self, key: str) -> SectionVersion | None:
        """What a reader of the language gets: that language, else the original."""
        for language in (self.language, self.original):
            version = self.versions.get((key, language))
            if version is not None and version.text.strip():
                return version
        return None

    def is_stale(self, version: SectionVersion) -> bool:
        """Whether the original was reworded after this translation was made."""
        source = self.versions.get((version.section.key, self.original))
        if source is None or version.language == self.original or not version.source_digest:
            return False
        return version.source_digest != digest_of(source.text)

    def blocks(self, part: Part, *, numbered: bool = True, level: int = 2) -> Iterator[Block]:
        """A section as blocks, with a visible mark where it is missing, in another language or outdated."""
        version = self.shown(part.key)
        if version is None:
            yield Paragraph(Run(_("[Nothing is written here yet. %s]") % part.hint, italic=True))
            return
        mark = self._mark(version)
        if mark:
            yield Paragraph(Run(mark, italic=True), role="small")
        yield from blocks_of(
            version.text,
            self.figure,
            numbered=numbered,
            level=level,
            language=version.language if version.language != self.language else "",
            origin=part.key,
        )

    def _mark(self, version: SectionVersion) -> str:
        if version.language != self.language:
            name = _(LANGUAGE_NAMES.get(version.language, version.language))
            return _("[Not translated yet; in the language of the original: %(language)s]") % {
                "language": name
            }
        if self.is_stale(version):
            return _("[The original was changed after this translation was made]")
        return ""

    def origin(self, part: Part) -> str:
        """Where the line of a section of the cover block was written, if it is all of one block."""
        if self.shown(part.key) is None:
            return ""
        blocks = [block for block in self.blocks(part, numbered=False) if isinstance(block, Paragraph)]
        return blocks[0].origin if len(blocks) == 1 else ""

    def line(self, part: Part) -> Content:
        """A section of the cover block: its paragraphs one after the other, or nothing."""
        if self.shown(part.key) is None:
            return ""
        found: list[Run] = []
        for block in self.blocks(part, numbered=False):
            if isinstance(block, Paragraph):
                content = block.content if isinstance(block.content, tuple) else (block.content,)
                found += [Run("\n")] * bool(found)
                found += [one for one in content if isinstance(one, Run)]
        return tuple(found)

    def boxes(self, part: Part) -> Iterator[Box]:
        """The examples chosen for a section, each in a frame with who says so."""
        for example in self.examples.get(part.key, ()):
            if example.voice is not None:
                box = quote_box(self.material, quote_of(example.voice))
                yield replace(box, title=_("In their words"))
            elif example.update_row is not None:
                yield replace(update_box(self.material, example.update_row), title=_("Example"))


def narrative_of(material: Material, figure: FigureRun) -> Narrative:
    """What was written in the paper of a report by its day: three queries."""
    paper, as_of = material.asked.paper, material.day
    if paper is None:
        return Narrative(material, material.language, figure)
    until = material.asked.written_until or written_until(paper, as_of)
    stood = Q(written_at__lte=until)
    if material.asked.written_until is None and is_frozen_on(paper, as_of):
        stood |= ~Q(language=paper.original_language)  # a frozen paper is still translated
    versions: dict[tuple[str, str], SectionVersion] = {}
    moments: list[datetime] = []
    rows = SectionVersion.objects.filter(stood, section__paper=paper)
    for version in rows.select_related("section").order_by("written_at", "pk"):
        versions[version.section.key, version.language] = version
        moments.append(version.written_at)
    examples: dict[str, list[Example]] = {}
    chosen = Example.objects.filter(section__paper=paper, chosen_at__lte=until)
    related = ("section", "update_row__deliverable", "voice__invitation__deliverable")
    for example in chosen.select_related(*related):
        is_dropped = example.dropped_at is not None and example.dropped_at <= until
        moments.append(example.dropped_at if is_dropped and example.dropped_at else example.chosen_at)
        if not is_dropped:
            examples.setdefault(example.section.key, []).append(example)
    latest = max(moments, default=None)
    return Narrative(material, paper.original_language, figure, versions, examples, latest)
