"""The invented internal management plan, as the record learnt of it day by day."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from suivi.demonstration.cast import account, unit, unit_named
from suivi.demonstration.data_files import read, text
from suivi.demonstration.kept import kept
from suivi.demonstration.story import Story
from suivi.organisation.models import Stakeholder
from suivi.plan.commands import (
    add_milestone,
    answer_request,
    ask_for_change,
    assign_unit,
    change_milestone,
    end_responsibility,
    expect_of_stakeholder,
    set_resource,
)
from suivi.plan.models import ChangeRequest, Deliverable, Milestone, Responsibility

MANAGER = "ines-okonvale"


def tell_management(story: Story) -> None:
    """Responsibilities, expectations, milestones, staff time and money, requests and their answers."""
    data = read("management.yaml")
    for key, planned in data["deliverables"].items():
        for row in planned.get("responsibilities", []):
            _tell_responsibility(story, key, row)
        for row in planned.get("milestones", []):
            _tell_milestone(story, key, row)
        for row in planned.get("resources", []):
            story.tell(row["recorded_on"], partial(_set_resource, key, row))
    for key, planned in data["deliverables"].items():
        for row in planned.get("milestones", []):
            if row.get("after"):
                story.tell(row["recorded_on"], partial(_connect, key, row))
    for row in data["expectations"]:
        story.tell(row["recorded_on"], partial(_expect, row))
    for row in data["change_requests"]:
        story.tell(row["asked_on"], partial(_ask, row))
        if "answered_on" in row:
            story.tell(row["answered_on"], partial(_answer, row))


@kept
def deliverable(key: str) -> Deliverable:
    """The deliverable with this internal number."""
    return Deliverable.objects.select_related("plan").get(plan__slug=read("management.yaml")["plan"], key=key)


@kept
def _milestone(key: str) -> Milestone:
    return Milestone.objects.select_related("deliverable__plan").get(
        deliverable__plan__slug=read("management.yaml")["plan"], key=key
    )


def _tell_responsibility(story: Story, key: str, row: dict[str, Any]) -> None:
    learnt_of_end: date | None = row.get("ends_recorded_on")
    story.tell(row["recorded_on"], partial(_assign, key, row, learnt_of_end is None))
    if learnt_of_end is not None:
        story.tell(learnt_of_end, partial(_end, key, row))


def _assign(key: str, row: dict[str, Any], knows_end: bool, now: datetime) -> None:
    assign_unit(
        by=account(MANAGER),
        now=now,
        deliverable=deliverable(key),
        unit=unit_named(row["unit"]),
        role=row["role"],
        starts_on=row["starts_on"],
        ends_on=row.get("ends_on") if knows_end else None,
        contact=account(row.get("person")),
    )


def _end(key: str, row: dict[str, Any], now: datetime) -> None:
    held = Responsibility.objects.current().get(
        deliverable=deliverable(key), unit=unit(row["unit"]), role=row["role"], starts_on=row["starts_on"]
    )
    end_responsibility(by=account(MANAGER), now=now, responsibility=held, ends_on=row["ends_on"])


def _tell_milestone(story: Story, key: str, row: dict[str, Any]) -> None:
    story.tell(row["recorded_on"], partial(_add_milestone, key, row))
    for move in row.get("moved", []):
        story.tell(move["recorded_on"], partial(_change_milestone, row["key"], {"due_on": move["due_on"]}))
    if row.get("done_on"):
        learnt_on = row.get("done_recorded_on", row["done_on"])
        story.tell(learnt_on, partial(_change_milestone, row["key"], {"done_on": row["done_on"]}))


def _add_milestone(key: str, row: dict[str, Any], now: datetime) -> None:
    add_milestone(
        by=account(MANAGER),
        now=now,
        deliverable=deliverable(key),
        key=row["key"],
        title=text(row["title"]),
        due_on=row["due_on"],
        expected=_amount(row.get("expected")),
        owner_unit=unit(row.get("unit")),
        owner=account(row.get("person")),
    )


def _change_milestone(key: str, changes: dict[str, Any], now: datetime) -> None:
    milestone = _milestone(key)
    states = milestone.states.select_related("owner_unit", "owner")
    state = states.get(superseded_at__isnull=True)
    change_milestone(
        by=account(MANAGER),
        now=now,
        milestone=milestone,
        **{
            "title": state.title,
            "due_on": state.due_on,
            "done_on": state.done_on,
            "expected": state.expected,
            "owner_unit": state.owner_unit,
            "owner": state.owner,
            "depends_on": list(state.depends_on.all()),
            **changes,
        },
    )


def _connect(_key: str, row: dict[str, Any], now: datetime) -> None:
    _change_milestone(row["key"], {"depends_on": [_milestone(key) for key in row["after"]]}, now)


def _set_resource(key: str, row: dict[str, Any], now: datetime) -> None:
    set_resource(
        by=account(MANAGER),
        now=now,
        deliverable=deliverable(key),
        kind=row["kind"],
        currency=row.get("currency", ""),
        planned=_amount(row.get("planned")),
        secured=_amount(row.get("secured")),
    )


def _amount(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _expect(row: dict[str, Any], now: datetime) -> None:
    expect_of_stakeholder(
        by=account(MANAGER),
        now=now,
        deliverable=deliverable(row["deliverable"]),
        stakeholder=Stakeholder.objects.get(key=row["stakeholder"]),
        text=text(row["text"]),
    )


def _ask(row: dict[str, Any], now: datetime) -> None:
    ask_for_change(
        by=account(row["asked_by"]),
        now=now,
        deliverable=deliverable(row["deliverable"]),
        kind=row["kind"],
        reason=row["reason"],
        unit=unit(row["unit"]),
        proposed_end_on=row.get("proposed_end_on"),
        proposed_text=text(row["proposed_text"]) if "proposed_text" in row else None,
        merge_into=deliverable(row["merge_into"]) if "merge_into" in row else None,
        proposed_unit=unit(row.get("proposed_unit")),
    )


def _answer(row: dict[str, Any], now: datetime) -> None:
    request = ChangeRequest.objects.select_related("deliverable__plan").get(
        deliverable=deliverable(row["deliverable"]), kind=row["kind"], reason=row["reason"].strip()
    )
    answer_request(
        by=account(row["answered_by"]),
        now=now,
        request=request,
        is_accepted=row["state"] == "accepted",
        answer=row["answer"],
    )
