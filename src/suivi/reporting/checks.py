"""Checks of a paper against its other languages and against what was issued before."""

from collections.abc import Sequence
from datetime import date

from suivi.findings import Finding
from suivi.render.language_check import compare_languages
from suivi.render.repeats import Repeat, find_repeats
from suivi.reporting.kinds import compose_report
from suivi.reporting.models import Paper
from suivi.reporting.outline import FOLLOWING_KINDS
from suivi.reporting.queries import languages_of
from suivi.reporting.quoted import asked_of

MOST_EARLIER = 8  # papers that a new one is compared with, the latest first


def language_findings(paper: Paper, today: date, shown: str = "") -> dict[str, list[Finding]]:
    """For each other language what differs in figures, dates, symbols and acronyms from the original.

    The places are named in the language `shown`, by default the original.
    """
    documents = {
        language: compose_report(asked_of(paper, language, today)) for language in languages_of(paper)
    }
    original = documents.pop(paper.original_language)
    places = documents.get(shown)
    return {language: compare_languages(original, other, places) for language, other in documents.items()}


def repeats_of(paper: Paper, today: date, language: str = "") -> list[Repeat]:
    """What the paper says nearly as an earlier issued paper of its plan said it."""
    language = language or paper.original_language
    # On their frozen days, they are as they were issued.
    earlier = {str(one): compose_report(asked_of(one, language, today)) for one in earlier_papers(paper)}
    return find_repeats(compose_report(asked_of(paper, language, today)), earlier)


def earlier_papers(paper: Paper, *, with_revised: bool = False) -> Sequence[Paper]:
    """The papers of the plan that were issued before this one, the latest first.

    Those it revises are left out unless they are asked for, and so is what only follows another paper.
    """
    papers = Paper.objects.filter(plan=paper.plan, issued_at__isnull=False).exclude(pk=paper.pk)
    papers = papers.exclude(kind__in=FOLLOWING_KINDS).select_related("plan", "revises")
    if paper.issued_at is not None:
        papers = papers.filter(issued_at__lt=paper.issued_at)
    revised = set()
    last = None if with_revised else paper.revises
    while last is not None:
        revised.add(last.pk)
        last = last.revises
    return [one for one in papers.order_by("-issued_at", "-pk") if one.pk not in revised][:MOST_EARLIER]
