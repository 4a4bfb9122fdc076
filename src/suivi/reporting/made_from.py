"""The report that somebody names: by a file made here, or by a paper."""

from datetime import date

from django.db.models import Q

from suivi.plan.models import Plan
from suivi.render.reading import read_file
from suivi.reporting.asked import Asked
from suivi.reporting.models import Paper
from suivi.reporting.quoted import asked_of as asked_of_paper
from suivi.reporting.verification import asked_of
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop


def asked_by_file_or_paper(stated: str, data: bytes | None, plan: Plan, today: date) -> Asked:
    """A report by a DOCX, PDF or HTML of ours, or by the key or symbol of a paper on its days."""
    if data is not None:
        return asked_of(read_file(data))
    papers = Paper.objects.select_related("plan", "revises").filter(plan=plan)
    paper = papers.filter(Q(key=stated) | Q(symbol=stated)).order_by("pk").last()
    if paper is None:
        raise NotFound(
            gettext_noop("“%(stated)s” is neither a file nor the key or symbol of a paper."),
            {"stated": stated},
        )
    return asked_of_paper(paper, paper.original_language, today)
