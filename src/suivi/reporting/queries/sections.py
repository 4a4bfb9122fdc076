"""The sections of a paper on a day, with where each stands in every language."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from suivi.core.clock import end_of
from suivi.plan.queries import edition_on
from suivi.reporting.models import Paper, PaperSection, SectionVersion
from suivi.reporting.outline import Part, outline_of
from suivi.reporting.quoted import Figures
from suivi.reporting.rules import ChangedFigure, SectionState, changed_figures, section_state
from suivi.values.text import digest_of


@dataclass(frozen=True)
class InLanguage:
    """A section in one language: what stands there, and in which state."""

    language: str
    version: SectionVersion | None
    state: SectionState
    changed: tuple[ChangedFigure, ...] = ()


@dataclass(frozen=True)
class SectionOnDay:
    """A section with its part of the outline, and its languages, the original first."""

    section: PaperSection
    part: Part
    languages: tuple[InLanguage, ...]

    @property
    def original(self) -> InLanguage:
        return self.languages[0]

    def in_language(self, language: str) -> InLanguage:
        return next(one for one in self.languages if one.language == language)


def languages_of(paper: Paper) -> list[str]:
    """The languages a paper is written in, the original first."""
    return sorted(
        (code for code, _name in settings.LANGUAGES), key=lambda code: code != paper.original_language
    )


def heading_of(section: PaperSection, day: date) -> str:
    """What a section is called; its key where the outline knows it no more."""
    edition = edition_on(section.paper.plan, day)
    parts = outline_of(section.paper.kind, edition) if edition else ()
    return next((str(part.heading) for part in parts if part.key == section.key), section.key)


def latest_versions(paper: Paper, day: date) -> dict[tuple[int, str], SectionVersion]:
    """Section (primary key) and language to the version that stood at the end of a day: one query."""
    rows = SectionVersion.objects.filter(section__paper=paper, written_at__lte=end_of(day))
    rows = rows.select_related("written_by", "cleared_by").order_by("written_at", "pk")
    return {(version.section_id, version.language): version for version in rows}


def sections_on(paper: Paper, day: date, today: date) -> list[SectionOnDay]:
    """The sections in the order of the outline, as they stood at the end of a day.

    The kept figures are compared with what they say on the days of the paper.
    """
    edition = edition_on(paper.plan, paper.as_of or day)
    parts = {part.key: part for part in outline_of(paper.kind, edition)} if edition else {}
    sections = {section.key: section for section in paper.sections.select_related("writer", "clearer")}
    versions, figures = latest_versions(paper, day), Figures(paper, today)
    return [
        SectionOnDay(sections[key], part, tuple(_languages(paper, sections[key], versions, figures, day)))
        for key, part in parts.items()
        if key in sections
    ]


def _languages(
    paper: Paper,
    section: PaperSection,
    versions: dict[tuple[int, str], SectionVersion],
    figures: Figures,
    day: date,
) -> list[InLanguage]:
    original = versions.get((section.pk, paper.original_language))
    return [
        _in_language(language, versions.get((section.pk, language)), original, figures, day)
        for language in languages_of(paper)
    ]


def _in_language(
    language: str,
    version: SectionVersion | None,
    original: SectionVersion | None,
    figures: Figures,
    day: date,
) -> InLanguage:
    if version is None or not version.text.strip():
        return InLanguage(language, version, SectionState.EMPTY)
    is_cleared = version.cleared_at is not None and version.cleared_at <= end_of(day)
    changed: list[ChangedFigure] = []
    if is_cleared and version.figures:
        changed = changed_figures(version.figures, figures.quoted_in(version.text, language))
    state = section_state(
        is_written=True,
        is_cleared=is_cleared,
        is_stale=is_stale(version, original),
        has_changed_figures=bool(changed),
    )
    return InLanguage(language, version, state, tuple(changed))


def is_stale(version: SectionVersion, original: SectionVersion | None) -> bool:
    """Whether a translation was made from another wording than what stands in the original now."""
    if original is None or version.language == original.language or not version.source_digest:
        return False
    return version.source_digest != digest_of(original.text)
