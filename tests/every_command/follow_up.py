"""Commands on updates, rounds and evidence, ready to be carried out on the scene."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from suivi.monitoring.commands.drafts import discard_draft, save_draft
from suivi.monitoring.commands.evidence import add_file, add_link, classify_evidence, withdraw_evidence
from suivi.monitoring.commands.feeds import make_feed, revoke_feed
from suivi.monitoring.commands.looks import record_looks
from suivi.monitoring.commands.rounds import ask_also, close_round, excuse, open_round
from suivi.monitoring.commands.samples import check_sampled, draw_sample
from suivi.monitoring.commands.sheets import RungGiven, describe_ladder, revise_target, set_rules, write_sheet
from suivi.monitoring.commands.status import agree_as_signalled, agree_status
from suivi.monitoring.commands.talk import answer_support, comment
from suivi.monitoring.commands.voices import invite_constituent, revoke_invitation
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
    take_over_update,
)
from suivi.monitoring.models import Evidence, Invitation, ProgressUpdate, Sample, Support
from suivi.monitoring.rules.content import SupportSaid
from suivi.plan.models import Edition
from suivi.plan.queries import edition_on
from tests.cast import DAY, NOW, words
from tests.monitoring.record import Record
from tests.monitoring.scene import OPENED, SAID, Scene, build_scene


def ready_scene() -> Scene:
    """The scene with an update in each state, evidence and a request for support."""
    scene = build_scene()
    cast = scene.cast
    told = Record(cast.deliverable("1.1.1"), cast.headquarters, cast.reviewer)
    update = told.update(date(2022, 6, 30))
    for month in range(1, 7):  # so that one can look ahead
        told.item(update, UUID(int=month), "concluded", date(2022, month, 1), {"new": True, "own": True})
    scene.approved(round=None)
    scene.submitted(support=(SupportSaid("Two lamps", "headquarters", DAY),))
    draft = scene.started("2.1.2", "headquarters", scene.office)
    save_draft(by=scene.office, now=NOW, update=draft, version=draft.version, content=SAID["2.1.2"])
    ProgressUpdate.objects.filter(pk=draft.pk).update(source="tracker")
    asked = scene.submitted("1.2.1", "island", by=cast.focal_point)
    for _turn in range(2):
        asked = return_update(by=cast.reviewer, now=OPENED, update=asked, reason="Not so.")
        asked = send_update(by=cast.focal_point, now=OPENED, update=asked, version=asked.version)
    ask_for_decision(by=cast.focal_point, now=OPENED, update=asked, reason="It is right.")
    set_rules(by=None, now=OPENED, edition=_edition(scene), settings={"needs_clearance": True})
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


def _edition(scene: Scene) -> Edition:
    edition = edition_on(scene.cast.plan, DAY)
    assert edition is not None
    return edition


def _drawn(scene: Scene) -> Sample:
    return draw_sample(**_by(scene), plan=scene.cast.plan, seed="A", size=1, as_of=DAY)


def _invited(scene: Scene) -> Invitation:
    invitation, _token = invite_constituent(
        **_by(scene),
        deliverable=scene.cast.deliverable("1.1.1"),
        unit=scene.cast.island,
        group="workers",
        name="Union of Lamp Lighters",
        email="",
        language="en",
        question="What has changed?",
        expires_on=date(2023, 3, 1),
    )
    return invitation


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
    "send_update": lambda s: send_update(
        by=s.office, now=NOW, update=_in("draft", "2.1.2"), version=_in("draft", "2.1.2").version
    ),
    "take_over_update": lambda s: take_over_update(
        **_by(s), update=_in("draft", "2.1.2"), approved_at=OPENED
    ),
    "set_rules": lambda s: set_rules(
        by=None, now=NOW, edition=_edition(s), settings={"needs_clearance": False}
    ),
    "describe_ladder": lambda s: describe_ladder(
        by=None,
        now=NOW,
        edition=_edition(s),
        key="map",
        name=words("A map"),
        rungs=[RungGiven("drawn", words("drawn"))],
    ),
    "write_sheet": lambda s: write_sheet(
        by=None, now=NOW, edition=_edition(s), deliverable=s.cast.deliverable("2.1.2"), kind="commitment"
    ),
    "revise_target": lambda s: revise_target(
        **_by(s),
        deliverable=s.cast.deliverable("1.1.1"),
        target=Decimal(8),
        decided_on=DAY,
        decided_by="Harbour Assembly",
        reason="Oil is scarce",
    ),
    "agree_status": lambda s: agree_status(
        **_by(s),
        round=s.round,
        deliverable=s.cast.deliverable("1.2.1"),
        status="off_track",
        reason="Nobody was trained.",
    ),
    "agree_as_signalled": lambda s: agree_as_signalled(**_by(s), round=s.round),
    "record_looks": lambda s: record_looks(**_by(s), plan=s.cast.plan),
    "draw_sample": _drawn,
    "check_sampled": lambda s: check_sampled(
        **_by(s),
        sampled=_drawn(s).sampled.get(),
        is_relevant=True,
        is_sufficient=True,
        is_accurate=True,
        is_timely=True,
    ),
    "invite_constituent": _invited,
    "revoke_invitation": lambda s: revoke_invitation(**_by(s), invitation=_invited(s)),
    "make_feed": lambda s: make_feed(**_by(s)),
    "revoke_feed": lambda s: revoke_feed(**_by(s), feed=make_feed(**_by(s))[0]),
}
