"""From what a file of ours was made, by its properties, so that it can be made again."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q

from suivi.plan.models import Plan
from suivi.render.reading import read_file
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import KINDS
from suivi.reporting.models import Paper
from suivi.reporting.quoted import asked_of
from suivi.values.errors import InputRefused, NotFound
from suivi.values.messages import gettext_noop


def asked_from(said: Mapping[str, str]) -> Asked:
    """What was asked for. Raises InputRefused where the file does not say, or names what is not here."""
    if not said.get("plan") or not said.get("kind"):
        raise InputRefused(
            gettext_noop(
                "The file says nothing of how it was made: it does not come from here, or its properties "
                "were removed."
            ),
            hint=gettext_noop("Ask for the file as it was given out."),
        )
    plan = Plan.objects.select_related("scope").filter(slug=said["plan"]).first()
    kind = said["kind"]
    if plan is None or kind not in KINDS:
        raise not_of_this_record(said["plan"], kind)
    return Asked(
        kind=kind,
        plan=plan,
        up_to=_day(said, "up to"),
        as_of=_day(said, "as of"),
        language=said.get("language", ""),
        since=_day(said, "since") if "since" in said else None,
        part=said.get("part", ""),
        paper=_paper(plan, said["paper"]) if "paper" in said else None,
        prints_provenance="printed" in said,
        written_until=_moment(said, "written until") if "written until" in said else None,
    )


def asked_by_file_or_paper(stated: str, data: bytes | None, plan: Plan, today: date) -> Asked:
    """A report by a DOCX, PDF or HTML of ours, or by the key or symbol of a paper on its days."""
    if data is not None:
        return asked_from(read_file(data).provenance)
    papers = Paper.objects.select_related("plan", "revises").filter(plan=plan)
    paper = papers.filter(Q(key=stated) | Q(symbol=stated)).order_by("pk").last()
    if paper is None:
        raise NotFound(
            gettext_noop("“%(stated)s” is neither a file nor the key or symbol of a paper."),
            {"stated": stated},
        )
    return asked_of(paper, paper.original_language, today)


def not_of_this_record(plan: str, kind: str) -> InputRefused:
    """The refusal of a file about a plan or of a kind that is not here, or that may not be read."""
    return InputRefused(
        gettext_noop(
            "The file speaks of the plan “%(plan)s” and the report “%(kind)s”, which are not in this record."
        ),
        {"plan": plan[:80], "kind": kind[:80]},
        gettext_noop("Check it with the installation that made it."),
    )


def _day(said: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(said.get(name, ""))
    except ValueError as error:
        raise _no_day(name) from error


def _moment(said: Mapping[str, str], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said[name])
    except ValueError as error:
        raise _no_day(name) from error
    if moment.tzinfo is None:
        raise _no_day(name)
    return moment


def _no_day(name: str) -> InputRefused:
    return InputRefused(
        gettext_noop("The properties of the file were changed: “%(name)s” is no day."), {"name": name}
    )


def _paper(plan: Plan, key: str) -> Paper:
    paper = Paper.objects.select_related("plan", "revises").filter(plan=plan, key=key).first()
    if paper is None:
        raise InputRefused(
            gettext_noop("The file speaks of the paper “%(paper)s”, which is not in this record."),
            {"paper": key[:80]},
            gettext_noop("Check it with the installation that made it."),
        )
    return paper
