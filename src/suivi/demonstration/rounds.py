"""The four invented rounds: whom each asks, what came in, how each was closed and what was agreed."""

from datetime import datetime
from functools import partial
from typing import Any

from suivi.demonstration.cast import account
from suivi.demonstration.data_files import read, text
from suivi.demonstration.management import MANAGER, deliverable
from suivi.demonstration.story import Story
from suivi.demonstration.updates import Record, round_of, tell_updates
from suivi.monitoring.commands.looks import record_looks
from suivi.monitoring.commands.rounds import close_round, excuse, open_round
from suivi.monitoring.commands.status import agree_as_signalled, agree_status
from suivi.monitoring.models import Asked
from suivi.organisation.models import Unit
from suivi.plan.models import Plan


def tell_rounds(story: Story, record: Record) -> None:
    """Each round from its opening to its closing, with all that was sent in it."""
    for data in read("rounds.yaml")["rounds"]:
        story.tell(data["opens_on"], partial(_open, data))
        for row in data["excused"]:
            story.tell(row["day"], partial(_excuse, data["key"], row))
        tell_updates(story, record, data["key"], data["period"][1], data["updates"])
        if "agreed_on" in data:
            story.tell(data["agreed_on"], partial(_agree, data))
        if data["closed_on"] is not None:
            story.tell(data["closed_on"], partial(_close, data))


def _slug() -> str:
    return str(read("decisions.yaml")["plan"])


def _open(data: dict[str, Any], now: datetime) -> None:
    units = {one.key: one for one in Unit.objects.all()}
    starts_on, ends_on = data["period"]
    open_round(
        by=account(MANAGER),
        now=now,
        plan=Plan.objects.get(slug=_slug()),
        key=data["key"],
        title=text(data["title"]),
        period_starts_on=starts_on,
        period_ends_on=ends_on,
        opens_on=data["opens_on"],
        due_on=data["due_on"],
        asked=[(deliverable(number), units[key]) for number, keys in data["asked"].items() for key in keys],
    )


def _excuse(round_key: str, row: dict[str, Any], now: datetime) -> None:
    asked = Asked.objects.select_related("round__plan", "deliverable__plan", "unit").get(
        round__key=round_key, deliverable__key=row["of"], unit__key=row["unit"]
    )
    excuse(by=account(MANAGER), now=now, asked=asked, reason=row["reason"])


def _close(data: dict[str, Any], now: datetime) -> None:
    """Freeze the list, agree (with a reason what is seen otherwise than signalled), keep the looks ahead."""
    round = close_round(by=account(MANAGER), now=now, round=round_of(data["key"]))
    _agree(data, now)
    agree_as_signalled(by=account(MANAGER), now=now, round=round)
    record_looks(by=account(MANAGER), now=now, plan=round.plan)


def _agree(data: dict[str, Any], now: datetime) -> None:
    round = round_of(data["key"])
    for number, (status, reason) in data["agreed"].items():
        agree_status(
            by=account(MANAGER),
            now=now,
            round=round,
            deliverable=deliverable(number),
            status=status,
            reason=reason,
        )
