"""The scene of follow-up with something in every part of a report: evidence, voices, a closed question."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from suivi.learning.commands.elsewhere import link_reported_elsewhere
from suivi.monitoring.commands.evidence import add_link
from suivi.monitoring.commands.sheets import revise_target
from suivi.monitoring.commands.status import agree_as_signalled, agree_status
from suivi.monitoring.commands.voices import invite_constituent, speak
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.rules.content import EvidenceSaid, ItemSaid, SupportSaid
from suivi.organisation.models import Unit
from suivi.plan.commands import ask_for_change
from suivi.render.document import Box, Document, Figure, Table
from suivi.render.runs import Content, LineBreak, Run, inlines
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import KINDS, compose_report
from tests.cast import DAY, NOW
from tests.monitoring.scene import LANTERN, Scene, build_scene

SINCE = date(2023, 1, 31)
PARTS = {"unit": "region", "region": "region", "pillar": "1"}
OURS = ("evidence-annex", "progress", "unit", "region", "pillar")


@dataclass
class Reported:
    """The scene, and the update on 1.1.1, which is public."""

    scene: Scene
    lanterns: ProgressUpdate

    def compose(self, kind: str, **more: Any) -> Document:
        return compose_report(self.asked(kind, **more))

    def asked(self, kind: str, **more: Any) -> Asked:
        given: dict[str, Any] = {
            "up_to": DAY,
            "as_of": DAY,
            "language": "en",
            "since": SINCE if KINDS[kind].compares else None,
            "part": PARTS.get(KINDS[kind].part, ""),
        }
        return Asked(kind=kind, plan=self.scene.cast.plan, **{**given, **more})


def build_reported() -> Reported:
    """Updates on 1.1.1 and 1.1.2, statuses agreed, two constituents heard, a target revised."""
    scene = build_scene()
    cast = scene.cast
    lanterns = scene.approved(
        "1.1.1",
        "headquarters",
        by=scene.office,
        is_public=True,
        items=(_lantern(),),
        evidence=_evidence(scene, cast.headquarters, scene.office, public=1, internal=1, restricted=2),
    )
    scene.approved(
        "1.1.2", "region", support=(SupportSaid("Two pressmen", "headquarters", date(2023, 3, 10)),)
    )
    revise_target(
        by=cast.plan_manager,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        target=Decimal(12),
        decided_on=date(2023, 2, 10),
        decided_by="Board of the harbours",
        reason="Two quays were added.",
    )
    agree_status(
        by=cast.plan_manager,
        now=NOW,
        round=scene.round,
        deliverable=cast.deliverable("1.1.2"),
        status="at_risk",
        reason="The printer is away.",
    )
    agree_as_signalled(by=cast.plan_manager, now=NOW, round=scene.round)
    _hear(scene, "workers", "Union of Keepers", "name", "We can read the charts at night.")
    _hear(scene, "employers", "Guild of Pilots", "none", "Not for the report.")
    link_reported_elsewhere(by=scene.office, now=NOW, about=lanterns, symbol="HB/2022/7", paragraph="3")
    ask_for_change(
        by=cast.director,
        now=NOW,
        deliverable=cast.deliverable("1.1.2"),
        unit=cast.region,
        kind="postponement",
        reason="The printer is away.",
        proposed_end_on=date(2025, 6, 30),
    )
    return Reported(scene, lanterns)


def _lantern() -> ItemSaid:
    return ItemSaid(
        LANTERN,
        "North quay",
        "concluded",
        date(2022, 11, 3),
        partners=("Guild of Lamps",),
        countries=("Skerra",),
        regions=("region",),
        groups=("workers",),
        criteria={"new": True, "own": True},
    )


def _evidence(scene: Scene, unit: Unit, by: Any, **pieces: int) -> tuple[EvidenceSaid, ...]:
    """So many links of each class."""
    found = [
        add_link(
            by=by,
            now=NOW,
            plan=scene.cast.plan,
            unit=unit,
            title=f"{classification} paper {number}",
            url=f"https://example.org/{classification}-{number}",
            classification=classification,
        )
        for classification, count in pieces.items()
        for number in range(count)
    ]
    return tuple(EvidenceSaid(str(piece.key), "") for piece in found)


def _hear(scene: Scene, group: str, name: str, consent: str, text: str) -> None:
    _invitation, token = invite_constituent(
        by=scene.cast.director,
        now=NOW,
        deliverable=scene.cast.deliverable("1.1.2"),
        unit=scene.cast.region,
        group=group,
        name=name,
        email="",
        language="en",
        question="What changed for you?",
        expires_on=DAY,
        region="region",
    )
    speak(now=NOW, token=token, text=text, consent=consent)


def as_text(document: Document) -> str:
    """What a reader sees of a document, block by block; a row of a table on one line."""
    lines = [f"= {document.metadata.title}"]
    if document.cover:
        lines.append(f"[purpose] {_words(document.cover.purpose)}")
    for block in document.walk():
        match block:
            case Table():
                lines.append(f"[table] {_words(block.caption)}")
                lines += [
                    " | ".join(_words(cell.content) for cell in row.cells)
                    for row in (*block.header, *block.body)
                ]
            case Figure():
                lines += [f"[figure] {_words(block.caption)}", f"[alt] {block.alt}"]
            case Box():
                lines.append("[box]")
            case _:
                items = getattr(block, "items", ()) or (getattr(block, "content", ""),)
                lines += [f"{type(block).__name__}: {_words(item)}" for item in items]
    return "\n".join(lines) + "\n"


def _words(content: Content) -> str:
    """Words with the names of figures and the addresses of links."""
    said = []
    for part in inlines(content):
        if isinstance(part, LineBreak):
            said.append(" / ")
        elif isinstance(part, Run):
            mark = f"<{part.status}>" if part.status else ""
            name = f"{{{part.figure}}}" if part.figure else ""
            link = f"({part.href})" if part.href else ""
            said.append(f"{mark}{part.text}{name}{link}")
    return "".join(said)
