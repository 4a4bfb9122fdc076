"""From what a file of ours was made, by its properties, so that it can be made again."""

import shlex
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Q

from suivi.office.word import read_word
from suivi.plan.models import Plan
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import KINDS
from suivi.reporting.models import Paper
from suivi.reporting.queries import paper_named
from suivi.reporting.quoted import asked_of
from suivi.values.errors import InputRefused, NotFound
from suivi.values.messages import gettext_noop


def asked_from(properties: Mapping[str, str]) -> Asked:
    """What was asked for. Raises InputRefused where the file does not say, NotFound for another record."""
    words = shlex.split(properties.get("command", ""))
    plan = Plan.objects.filter(slug=properties.get("plan", "")).first()
    try:
        kind = words[2]
        up_to, as_of = (date.fromisoformat(properties[name]) for name in ("up to", "as of"))
        until = properties.get("written until", "")
        written_until = datetime.fromisoformat(until) if until else None
        since = _option(words, "--since")
        first = date.fromisoformat(since) if since else None
    except (IndexError, KeyError, ValueError) as error:
        raise InputRefused(
            gettext_noop("The file does not say from what it was made."),
            hint=gettext_noop("Give the file that was made here; its properties go when its text is copied."),
        ) from error
    if plan is None or kind not in KINDS:
        raise NotFound(
            gettext_noop("The file was made from the plan “%(plan)s”, which is not in this record."),
            {"plan": properties.get("plan", "")},
            gettext_noop("Read it back where it was made."),
        )
    return Asked(
        kind=kind,
        plan=plan,
        up_to=up_to,
        as_of=as_of,
        language=properties.get("language", ""),
        since=first,
        part=_option(words, "--part"),
        paper=paper_named(plan, key) if (key := _option(words, "--paper")) else None,
        written_until=written_until,
    )


def asked_by_file_or_paper(stated: str, data: bytes | None, plan: Plan, today: date) -> Asked:
    """A report by a DOCX of ours, or by the key or symbol of a paper on its days."""
    if data is not None:
        return asked_from(read_word(data).properties)
    papers = Paper.objects.select_related("plan", "revises").filter(plan=plan)
    paper = papers.filter(Q(key=stated) | Q(symbol=stated)).order_by("pk").last()
    if paper is None:
        raise NotFound(
            gettext_noop("“%(stated)s” is neither a file nor the key or symbol of a paper."),
            {"stated": stated},
        )
    return asked_of(paper, paper.original_language, today)


def _option(words: list[str], name: str) -> str:
    """What follows an option on a command line, empty where it is not there."""
    return next((after for option, after in pairwise(words) if option == name), "")
