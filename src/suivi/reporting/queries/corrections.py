"""What an issued paper said that the record says otherwise since."""

from datetime import date

from suivi.reporting.corrections import Correction, corrections_of
from suivi.reporting.kinds import compose_report
from suivi.reporting.models import Paper
from suivi.reporting.quoted import asked_of


def corrections_since(paper: Paper, day: date, language: str = "") -> list[Correction]:
    """The places of a frozen paper that read otherwise by what was corrected until the end of a day.

    In the language asked for, by default the original one. Empty for a paper that follows the data.
    """
    if paper.as_of is None:
        return []
    return corrections_of(asked_of(paper, language or paper.original_language, day), day, compose_report)
