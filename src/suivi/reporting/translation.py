"""The sections of a paper as a job for a translator."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from suivi.render.translation import Job, Section
from suivi.render.translation.segments import quotes_of, segments_of
from suivi.reporting.models import Paper, SectionVersion
from suivi.reporting.queries import languages_of, sections_on
from suivi.reporting.queries.sections import InLanguage, SectionOnDay, is_stale
from suivi.reporting.quoted import Figures
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop
from suivi.values.text import digest_of


def job_of(paper: Paper, language: str, today: date, only: Collection[str] = ()) -> Job:
    """What stands in the paper now, with what was translated before, for a translator into a language.

    `only` names the sections to give out, by their keys; without any all that are written. Raises NotFound
    where the paper is not written in that language besides its own, or nothing is written.
    """
    if language not in languages_of(paper)[1:]:
        raise NotFound(
            gettext_noop("The paper is not translated into “%(language)s”."),
            {"language": language, "languages": ", ".join(languages_of(paper)[1:])},
            gettext_noop("Choose one of: %(languages)s."),
        )
    figures = Figures(paper, today)
    with override(paper.original_language):
        found = [one for one in sections_on(paper, today, today) if not only or one.section.key in only]
        sections = tuple(
            _section(one, one.original.version, one.in_language(language), figures)
            for one in found
            if one.original.version is not None and one.original.version.text.strip()
        )
    if not sections:
        raise NotFound(
            gettext_noop("Nothing is written yet that could be translated."),
            hint=gettext_noop("Write the sections in the original language first."),
        )
    title = paper.title.shown(paper.original_language).text if paper.title else paper.key
    return Job(paper.plan.slug, paper.key, title, paper.original_language, language, sections)


@dataclass(frozen=True)
class CarriedOver:
    """What goes along with the original of a section: the lines that still hold, and the earlier ones of
    those pieces whose original was changed since (empty where it is new).
    """

    target: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)


def carried_over(original: SectionVersion, translated: SectionVersion | None) -> CarriedOver:
    """What was translated before. A translation with other pieces than its source tells nothing of any."""
    if translated is None or not translated.text.strip():
        return CarriedOver()
    source, lines = segments_of(original.text), segments_of(translated.text)
    if not is_stale(translated, original):
        return CarriedOver(lines) if lines.keys() == source.keys() else CarriedOver()
    versions = original.section.versions.filter(language=original.language)
    texts = (version.text for version in versions)
    before = next((text for text in texts if digest_of(text) == translated.source_digest), "")
    earlier = segments_of(before)
    if earlier.keys() != lines.keys():
        return CarriedOver({}, dict.fromkeys(source, ""))
    held = {line: lines[name] for name, line in earlier.items()}
    target = {name: held[line] for name, line in source.items() if line in held}
    return CarriedOver(target, {name: lines.get(name, "") for name in source if name not in target})


def _section(
    one: SectionOnDay, original: SectionVersion, translated: InLanguage, figures: Figures
) -> Section:
    source = segments_of(original.text)
    quotes = {quote for line in source.values() for quote in quotes_of(line)}
    shown = {quote: _said(quote, original.language, figures) for quote in quotes}
    carried = carried_over(original, translated.version)
    with override(translated.language):
        notes = {name: _note(line) for name, line in carried.changed.items()}
    return Section(
        key=one.section.key,
        heading=str(one.part.heading),
        digest=digest_of(original.text),
        source=source,
        target=carried.target,
        shown=shown,
        notes=notes,
    )


def _note(earlier: str) -> str:
    """What the translator is told of a piece whose original was changed."""
    if not earlier:
        return _("The original was changed after this was translated.")
    said = _("The original was changed after this was translated. The translation read: %(words)s")
    return said % {"words": earlier}


def _said(quote: str, language: str, figures: Figures) -> str:
    """The words of a figure, for the eye; other marks as they are written."""
    if not quote.startswith("{{"):
        return quote
    return figures.said(quote.strip("{} "), language) or quote
