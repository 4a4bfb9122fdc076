"""The audit line of a command stands or falls with what the command writes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from suivi.core.models import AuditEntry
from suivi.organisation.commands import add_stakeholder
from suivi.plan import commands
from suivi.plan.models import ChangeRequest, MilestoneState, Responsibility
from tests.cast import DAY, NOW, SLUG, Cast, second_edition, words

DECISION = commands.DecisionGiven(date(2023, 2, 10))


def _responsible(cast: Cast) -> Responsibility:
    held: Responsibility = Responsibility.objects.current().get(
        deliverable=cast.deliverable("1.1.1"), role="responsible"
    )
    return held


def _step(cast: Cast) -> MilestoneState:
    state: MilestoneState = MilestoneState.objects.current().get(
        milestone__deliverable=cast.deliverable("1.1.1"), milestone__key="m1"
    )
    return state


def _request(cast: Cast) -> ChangeRequest:
    return ChangeRequest.objects.get(deliverable=cast.deliverable("1.1.1"))


def _amended() -> Any:
    document = second_edition()
    document.pillars[0].actions[0].deliverables.pop()
    return document


COMMANDS: dict[str, Callable[[Cast, dict[str, Any]], object]] = {
    "assign_unit": lambda cast, who: commands.assign_unit(
        **who, deliverable=cast.deliverable("1.2.1"), unit=cast.region, role="accountable", starts_on=DAY
    ),
    "assign_units": lambda cast, who: commands.assign_units(
        **who,
        deliverables=[cast.deliverable("1.1.1"), cast.deliverable("1.2.1")],
        unit=cast.region,
        roles=["responsible"],
        starts_on=DAY,
    ),
    "set_accountable": lambda cast, who: commands.set_accountable(
        **who, deliverables=[cast.deliverable("1.1.1")], unit=cast.region, starts_on=DAY
    ),
    "end_responsibility": lambda cast, who: commands.end_responsibility(
        **who, responsibility=_responsible(cast), ends_on=DAY
    ),
    "change_contact": lambda cast, who: commands.change_contact(
        **who, responsibility=_responsible(cast), contact=None
    ),
    "hand_over": lambda cast, who: commands.hand_over(
        **who,
        deliverables=[cast.deliverable("1.1.1")],
        from_unit=cast.island,
        to_unit=cast.region,
        on=DAY,
    ),
    "expect_of_stakeholder": lambda cast, who: commands.expect_of_stakeholder(
        **who,
        deliverable=cast.deliverable("1.1.1"),
        stakeholder=add_stakeholder(
            by=None, now=NOW, key="guild", kind="workers", name=words("Keepers' guild")
        ),
        text=words("Keeps watch"),
    ),
    "add_milestone": lambda cast, who: commands.add_milestone(
        **who, deliverable=cast.deliverable("1.1.1"), title=words("Buy wicks"), due_on=DAY
    ),
    "finish_milestone": lambda cast, who: commands.finish_milestone(
        **who, milestone=_step(cast).milestone, done_on=DAY
    ),
    "set_resource": lambda cast, who: commands.set_resource(
        **who, deliverable=cast.deliverable("1.1.1"), kind="staff", planned=Decimal(3), secured=None
    ),
    "ask_for_change": lambda cast, who: commands.ask_for_change(
        **who, deliverable=cast.deliverable("1.1.1"), kind="cancellation", reason="Storms"
    ),
    "answer_request": lambda cast, who: commands.answer_request(
        **who, request=_request(cast), is_accepted=True, answer=""
    ),
    "withdraw_request": lambda cast, who: commands.withdraw_request(**who, request=_request(cast)),
    "load_plan": lambda _cast, who: commands.load_plan(
        **who, document=_amended(), slug=SLUG, decision=DECISION
    ),
    "publish_plan": lambda cast, who: commands.publish_plan(**who, plan=cast.plan, is_public=False),
}


def _everything() -> dict[str, list[dict[str, Any]]]:
    models = [m for m in apps.get_models() if m._meta.app_label in {"core", "organisation", "plan"}]
    return {m._meta.label: list(m._default_manager.order_by("pk").values()) for m in models}


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """The cast with an open request for another accountable unit."""
    commands.ask_for_change(
        by=cast.focal_point,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        kind="accountable_unit",
        reason="Storms",
        proposed_unit=cast.island,
    )
    return cast


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_who_did_what_to_which_thing(asked: Cast, name: str) -> None:
    before = AuditEntry.objects.count()
    COMMANDS[name](asked, {"by": asked.plan_manager, "now": NOW})
    lines = AuditEntry.objects.all()[: AuditEntry.objects.count() - before]
    assert lines
    for line in lines:
        assert line.at == NOW
        assert line.object_key
        assert line.verb
    assert {line.by for line in lines} <= {asked.plan_manager, None}
    assert lines[0].by == asked.plan_manager
    assert lines[0].plan_slug == SLUG


@pytest.mark.parametrize("name", COMMANDS)
def test_without_its_line_a_command_writes_nothing(
    asked: Cast, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    untouched = _everything()

    def fail(*_: object, **__: object) -> None:
        raise OSError("the trail is full")

    monkeypatch.setattr(AuditEntry.objects, "create", fail)
    with pytest.raises(OSError, match="trail is full"):
        COMMANDS[name](asked, {"by": asked.plan_manager, "now": NOW})
    assert _everything() == untouched


@pytest.mark.parametrize("name", COMMANDS)
def test_a_stranger_writes_nothing(asked: Cast, name: str) -> None:
    from suivi.values.errors import NotAllowed

    before = _everything()
    with pytest.raises(NotAllowed):
        COMMANDS[name](asked, {"by": asked.stranger, "now": NOW})
    after = _everything()
    if name != "expect_of_stakeholder":  # its stakeholder is added by the test itself
        assert after == before
