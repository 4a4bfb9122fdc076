"""What still stands between a paper and its being issued."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from suivi.reporting.models import Paper, PaperSection
from suivi.reporting.queries.sections import InLanguage, SectionOnDay, sections_on
from suivi.reporting.rules import SectionState
from suivi.reporting.sentences import language_name
from suivi.values.messages import gettext_noop

_NEEDED = {
    SectionState.WRITTEN: gettext_noop("written, to be cleared"),
    SectionState.CLEARED: gettext_noop("cleared"),
    SectionState.STALE: gettext_noop("to be translated anew: the original was changed"),
    SectionState.FIGURES: gettext_noop("to be cleared again: figures were changed"),
}


@dataclass(frozen=True)
class Missing:
    """A text that is not ready: of which section, in a language, in which state, and who sees to it."""

    section: str
    heading: str
    language: str
    state: SectionState
    is_original: bool
    person: str = ""

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def needed(self) -> str:
        """What has to be done with it."""
        if self.state == SectionState.EMPTY:
            return _("to be written") if self.is_original else _("to be translated")
        return _(_NEEDED[self.state])

    def __str__(self) -> str:
        return _("%(section)s (%(language)s): %(state)s") % {
            "section": self.heading,
            "language": self.language_name,
            "state": self.needed,
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
            is_original = found is one.original
            if not _is_ready(found, is_original=is_original):
                heading, person = str(one.part.heading), _person(one.section, found, is_original)
                yield Missing(one.section.key, heading, found.language, found.state, is_original, person)


def _person(section: PaperSection, found: InLanguage, is_original: bool) -> str:
    """Who was named to do what is needed; nobody for translations, which any translator writes."""
    if not is_original:
        return ""
    account = section.writer if found.state == SectionState.EMPTY else section.clearer
    return account.name if account else ""


def _is_ready(found: InLanguage, *, is_original: bool) -> bool:
    if found.state == SectionState.CLEARED:
        return True
    return not is_original and found.state == SectionState.WRITTEN
