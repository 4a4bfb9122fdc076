"""From what a file of ours was made, by its properties, so that it can be made again."""

import shlex
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

from suivi.plan.models import Plan
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import KINDS
from suivi.reporting.models import Paper
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
        paper=_paper(plan, _option(words, "--paper")),
        written_until=written_until,
    )


def _option(words: list[str], name: str) -> str:
    """What follows an option on a command line, empty where it is not there."""
    return next((after for option, after in pairwise(words) if option == name), "")


def _paper(plan: Plan, key: str) -> Paper | None:
    if not key:
        return None
    found = Paper.objects.select_related("plan", "revises").filter(plan=plan, key=key).first()
    if found is None:
        raise NotFound(gettext_noop("The plan has no paper “%(key)s”."), {"key": key})
    return found
