"""How the states of papers and of their sections look: a word, a shape and a tint."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from suivi.reporting.rules import SECTION_WORDS, STATE_WORDS, PaperState, SectionState
from suivi.web.drawings import shape

# Tint of the tag, and whose shape it has.
_PAPERS = {
    PaperState.PREPARED: ("accent", "in_progress"),
    PaperState.FROZEN: ("", "postponed"),
    PaperState.ISSUED: ("warn", "at_risk"),
    PaperState.RELEASED: ("good", "achieved"),
}
_SECTIONS = {
    SectionState.EMPTY: ("", "not_started"),
    SectionState.WRITTEN: ("accent", "in_progress"),
    SectionState.CLEARED: ("good", "achieved"),
    SectionState.STALE: ("warn", "at_risk"),
    SectionState.FIGURES: ("bad", "off_track"),
}


def paper_tag(state: PaperState) -> SafeString:
    """The state of a paper as a tag."""
    return _tag(*_PAPERS[state], str(STATE_WORDS[state]))


def section_tag(state: SectionState) -> SafeString:
    """The state of a section in one language as a tag."""
    return _tag(*_SECTIONS[state], str(SECTION_WORDS[state]))


def _tag(tint: str, mark: str, words: str) -> SafeString:
    return format_html('<span class="tag {}">{}{}</span>', tint, shape(mark), words)
