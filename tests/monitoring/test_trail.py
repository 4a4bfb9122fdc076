"""Every command on updates, rounds and evidence leaves its line in the trail in its own transaction.

Saving a draft and receiving a file in pieces leave none; approving several leaves one for each.
"""

from collections.abc import Callable
from typing import Any

import pytest

from suivi.monitoring.commands.drafts import discard_draft
from suivi.monitoring.commands.evidence import add_file, add_link, classify_evidence, withdraw_evidence
from suivi.monitoring.commands.rounds import ask_also, close_round, excuse, open_round
from suivi.monitoring.commands.sheets import set_rules
from suivi.monitoring.commands.talk import answer_support, comment
from suivi.monitoring.commands.workflow import (
    approve_unchanged,
    approve_update,
    ask_for_decision,
    clear_update,
    decide_update,
    recall_update,
    report_no_change,
    return_update,
    send_update,
)
from suivi.monitoring.models import Evidence, ProgressUpdate, Support
from suivi.monitoring.rules.content import SupportSaid
from suivi.plan.queries import edition_on
from tests.cast import DAY, NOW, words
from tests.monitoring.scene import OPENED, Scene, build_scene
from tests.trails import sees_a_line, written_without_a_line


def _ready() -> Scene:
    """The scene with an update in each state, evidence and a request for support."""
    scene = build_scene()
    cast = scene.cast
    scene.approved(round=None)
    scene.submitted(support=(SupportSaid("Two lamps", "headquarters", DAY),))
    scene.started("2.1.2", "headquarters", scene.office)
    asked = scene.submitted("1.2.1", "island", by=cast.focal_point)
    for _turn in range(2):
        asked = return_update(by=cast.reviewer, now=OPENED, update=asked, reason="Not so.")
        asked = send_update(by=cast.focal_point, now=OPENED, update=asked, version=asked.version)
    ask_for_decision(by=cast.focal_point, now=OPENED, update=asked, reason="It is right.")
    edition = edition_on(cast.plan, DAY)
    assert edition is not None
    set_rules(by=None, now=OPENED, edition=edition, settings={"needs_clearance": True})
    scene.submitted("1.1.1", "island", by=cast.focal_point, kind="contribution")
    add_link(**_evidence(scene) | {"now": OPENED}, url="https://example.org/one")
    return scene


def _evidence(scene: Scene) -> dict[str, Any]:
    cast = scene.cast
    return {"by": cast.director, "now": NOW, "plan": cast.plan, "unit": cast.region, "title": "A guide"}


def _in(state: str, key: str) -> ProgressUpdate:
    return ProgressUpdate.objects.get(state=state, deliverable__key=key)


def _by(scene: Scene) -> dict[str, Any]:
    return {"by": scene.cast.plan_manager, "now": NOW}


def _unchanged(scene: Scene) -> ProgressUpdate:
    """Sent by the director, who clears: it goes straight to the review."""
    return report_no_change(
        by=scene.cast.director,
        now=NOW,
        deliverable=scene.cast.deliverable("1.1.2"),
        unit=scene.cast.region,
        sentence="As before.",
        language="en",
    )


COMMANDS: dict[str, Callable[[Scene], object]] = {
    "open_round": lambda s: open_round(
        **_by(s),
        plan=s.cast.plan,
        key="2023-1",
        title=words("First half of 2023"),
        period_starts_on=DAY,
        period_ends_on=DAY,
        opens_on=DAY,
        due_on=DAY,
        asked=[],
    ),
    "ask_also": lambda s: ask_also(
        **_by(s), round=s.round, asked=[(s.cast.deliverable("2.1.2"), s.cast.island)]
    ),
    "excuse": lambda s: excuse(
        **_by(s), asked=s.round.asked.select_related("round").order_by("pk")[0], reason="Storm."
    ),
    "close_round": lambda s: close_round(**_by(s), round=s.round),
    "discard_draft": lambda s: discard_draft(**_by(s), update=_in("draft", "2.1.2")),
    "clear_update": lambda s: clear_update(**_by(s), update=_in("in_clearance", "1.1.1")),
    "return_update": lambda s: return_update(**_by(s), update=_in("submitted", "1.1.2"), reason="Why?"),
    "recall_update": lambda s: recall_update(**_by(s), update=_in("submitted", "1.1.2")),
    "approve_update": lambda s: approve_update(**_by(s), update=_in("submitted", "1.1.2")),
    "approve_unchanged": lambda s: approve_unchanged(**_by(s), updates=[_unchanged(s)]),
    "report_no_change": _unchanged,
    "ask_for_decision": lambda s: ask_for_decision(
        by=s.cast.reviewer, now=NOW, update=_in("submitted", "1.2.1"), reason="It is not."
    ),
    "decide_update": lambda s: decide_update(
        **_by(s), update=_in("submitted", "1.2.1"), is_approved=True, reason="It is."
    ),
    "add_file": lambda s: add_file(**_evidence(s), data=b"%PDF-1.7 trail", file_name="a.pdf"),
    "add_link": lambda s: add_link(**_evidence(s), url="https://example.org/two"),
    "classify_evidence": lambda s: classify_evidence(
        **_by(s), evidence=Evidence.objects.get(title="A guide"), classification="restricted", reason="Names."
    ),
    "withdraw_evidence": lambda s: withdraw_evidence(
        **_by(s), evidence=Evidence.objects.get(title="A guide"), reason="Asked for."
    ),
    "comment": lambda s: comment(**_by(s), deliverable=s.cast.deliverable("1.1.1"), text="Well."),
    "answer_support": lambda s: answer_support(**_by(s), support=Support.objects.get(), answer="Sent."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_leaves_a_line(name: str) -> None:
    assert sees_a_line(COMMANDS[name], _ready())


@pytest.mark.django_db(transaction=True)
def test_where_the_line_cannot_be_written_nothing_is() -> None:
    assert written_without_a_line(COMMANDS, _ready()) == []
