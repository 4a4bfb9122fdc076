"""The sections of a paper as a job for a translator."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import override

from suivi.render.translation import Job, Section
from suivi.render.translation.segments import quotes_of, segments_of
from suivi.reporting.models import Paper, SectionVersion
from suivi.reporting.queries import languages_of, sections_on
from suivi.reporting.queries.sections import InLanguage, SectionOnDay
from suivi.reporting.quoted import Figures
from suivi.reporting.rules import SectionState
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


def _section(
    one: SectionOnDay, original: SectionVersion, translated: InLanguage, figures: Figures
) -> Section:
    source = segments_of(original.text)
    quotes = {quote for line in source.values() for quote in quotes_of(line)}
    return Section(
        key=one.section.key,
        heading=str(one.part.heading),
        digest=digest_of(original.text),
        source=source,
        target=_target(source, translated),
        shown={quote: _said(quote, original.language, figures) for quote in quotes},
    )


def _target(source: dict[str, str], translated: InLanguage) -> dict[str, str]:
    """What was translated, where it has the same pieces; else the translator begins anew."""
    if translated.version is None or translated.state == SectionState.EMPTY:
        return {}
    lines = segments_of(translated.version.text)
    return lines if lines.keys() == source.keys() else {}


def _said(quote: str, language: str, figures: Figures) -> str:
    """The words of a figure, for the eye; other marks as they are written."""
    if not quote.startswith("{{"):
        return quote
    return figures.said(quote.strip("{} "), language) or quote
