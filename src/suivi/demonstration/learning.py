"""What the invented Council asked for and how it was answered, lessons, and papers that told of things."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from suivi.demonstration.cast import account, unit
from suivi.demonstration.data_files import read, text
from suivi.demonstration.management import deliverable
from suivi.demonstration.story import Story
from suivi.demonstration.updates import Record
from suivi.learning.commands import (
    GuidanceGiven,
    LessonGiven,
    answer_guidance,
    link_reported_elsewhere,
    record_guidance,
    record_lesson,
)
from suivi.learning.models import Guidance
from suivi.monitoring.models import ProgressUpdate
from suivi.plan.models import Pillar, Plan


def tell_learning(story: Story, record: Record) -> None:
    """Guidance with its answers, lessons, and what was reported elsewhere, each at its day."""
    said = read("learning.yaml")
    for number, piece in enumerate(said["guidance"]["pieces"], start=1):
        story.tell(said["guidance"]["recorded"], partial(_record, said["guidance"], piece))
        for answer in piece["answers"]:
            story.tell(answer["day"], partial(_answer, number, answer))
    for lesson in said["lessons"]:
        story.tell(lesson["day"], partial(_learn, record, lesson))
    for paper in said["told"]:
        story.tell(paper["day"], partial(_link, record, paper))


def _plan() -> Plan:
    return Plan.objects.get(slug=read("decisions.yaml")["plan"])


def _record(shared: Mapping[str, Any], piece: Mapping[str, Any], now: datetime) -> None:
    plan = _plan()
    given = GuidanceGiven(
        text=text(piece["text"]),
        given_by=text(shared["given_by"]),
        given_on=shared["given_on"],
        source_symbol=shared["symbol"],
        source_paragraph=piece["paragraph"],
        deliverables=[deliverable(key) for key in piece["of"]],
        pillars=list(Pillar.objects.filter(plan=plan, key__in=piece.get("pillars", []))),
        owner_unit=unit(piece["owner"]),
        due_on=piece.get("due"),
    )
    record_guidance(by=account(shared["by"]), now=now, plan=plan, given=given)


def _answer(number: int, said: Mapping[str, Any], now: datetime) -> None:
    symbol, paragraph = said.get("told", ("", ""))
    answer_guidance(
        by=account(said["by"]),
        now=now,
        guidance=Guidance.objects.select_related("plan").get(plan=_plan(), number=number),
        state=said["state"],
        text=text(said["text"]),
        done_on=said.get("done_on"),
        reported_in_symbol=symbol,
        reported_in_paragraph=paragraph,
    )


def _learn(record: Record, said: Mapping[str, Any], now: datetime) -> None:
    update = _update(record, said["from"])
    given = LessonGiven(
        title=text(said["title"]),
        happened=text(said["happened"]),
        why=text(said["why"]),
        audience=text(said["audience"]),
        next_time=text(said["next_time"]),
        update=update,
        deliverables=[update.deliverable, *(deliverable(key) for key in said.get("also", []))],
        is_public=said.get("public", False),
    )
    record_lesson(by=account(said["by"]), now=now, plan=update.plan, given=given)


def _link(record: Record, said: Mapping[str, Any], now: datetime) -> None:
    link_reported_elsewhere(
        by=account(said["by"]),
        now=now,
        about=_update(record, said["from"]) if "from" in said else deliverable(said["of"]),
        symbol=said["symbol"],
        paragraph=said["paragraph"],
        title=text(said["title"]),
        reported_on=said["dated"],
    )


def _update(record: Record, key: list[str]) -> ProgressUpdate:
    """The update of a round on a deliverable by a unit."""
    round_key, number, by_unit = key
    return record.updates[round_key, number, by_unit]
