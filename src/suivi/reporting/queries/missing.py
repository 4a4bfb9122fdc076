"""What still stands between a paper and its being issued."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from suivi.reporting.models import Paper
from suivi.reporting.queries.sections import InLanguage, SectionOnDay, sections_on
from suivi.reporting.rules import SECTION_WORDS, SectionState


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: a section, in a language, and in which state it is."""

    section: str
    heading: str
    language: str
    state: SectionState

    @property
    def language_name(self) -> str:
        return str(get_language_info(self.language)["name_translated"])

    def __str__(self) -> str:
        return _("%(section)s (%(language)s): %(state)s") % {
            "section": self.heading,
            "language": self.language_name,
            "state": SECTION_WORDS[self.state],
        }


def missing_of(paper: Paper, today: date) -> list[Missing]:
    """The sections that are not ready, in the order of the paper.

    In the original language each has to be cleared, with the figures it had then; each translation has to
    be written from what stands there now, and if it was cleared its figures have to be the same too.
    """
    return list(_missing(sections_on(paper, today, today)))


def _missing(sections: list[SectionOnDay]) -> Iterator[Missing]:
    for one in sections:
        for found in one.languages:
            if not _is_ready(found, is_original=found is one.original):
                yield Missing(one.section.key, str(one.part.heading), found.language, found.state)


def _is_ready(found: InLanguage, *, is_original: bool) -> bool:
    if found.state == SectionState.CLEARED:
        return True
    return not is_original and found.state == SectionState.WRITTEN
