"""Questions about papers."""

from suivi.reporting.queries.calendar import calendar_of
from suivi.reporting.queries.corrections import corrections_since
from suivi.reporting.queries.issuing import issuing_state
from suivi.reporting.queries.missing import Missing, missing_of
from suivi.reporting.queries.papers import paper_named, paper_to_make, papers_on, sections_owed, state_of
from suivi.reporting.queries.sections import (
    InLanguage,
    SectionOnDay,
    heading_of,
    languages_of,
    latest_versions,
    sections_on,
)

__all__ = [
    "InLanguage",
    "Missing",
    "SectionOnDay",
    "calendar_of",
    "corrections_since",
    "heading_of",
    "issuing_state",
    "languages_of",
    "latest_versions",
    "missing_of",
    "paper_named",
    "paper_to_make",
    "papers_on",
    "sections_on",
    "sections_owed",
    "state_of",
]
