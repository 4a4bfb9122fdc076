"""Questions about papers."""

from suivi.reporting.queries.calendar import calendar_of
from suivi.reporting.queries.missing import Missing, missing_of
from suivi.reporting.queries.papers import papers_on, sections_owed, state_of
from suivi.reporting.queries.sections import (
    InLanguage,
    SectionOnDay,
    languages_of,
    latest_versions,
    sections_on,
)

__all__ = [
    "InLanguage",
    "Missing",
    "SectionOnDay",
    "calendar_of",
    "languages_of",
    "latest_versions",
    "missing_of",
    "papers_on",
    "sections_on",
    "sections_owed",
    "state_of",
]
