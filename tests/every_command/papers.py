"""Commands on papers, ready to be carried out on the scene of a paper."""

from collections.abc import Callable
from datetime import date
from typing import Any

from suivi.reporting.commands import (
    assign_section,
    change_paper,
    choose_example,
    clear_section,
    drop_example,
    freeze_paper,
    issue_paper,
    revise_paper,
    start_paper,
    thaw_paper,
    write_section,
)
from suivi.reporting.models import Example, Paper, SectionVersion
from suivi.reporting.rules import Step
from tests.cast import DAY, NOW, at, words
from tests.reporting.paper_scene import PaperScene, build_paper

YESTERDAY = date(2023, 2, 14)


def ready_paper() -> PaperScene:
    """A paper in which something is written, an example, and beside it one that is issued."""
    scene = build_paper()
    scene.written()
    update = scene.scene.approved(is_public=True, round=None)
    choose_example(by=None, now=NOW, section=scene.section("pillar:1"), update=update)
    scene.scene.approved("2.1.2", "headquarters", by=scene.scene.office, is_public=True, round=None)
    for key, changes in (
        ("frozen", {"frozen_at": NOW, "up_to": YESTERDAY, "as_of": YESTERDAY}),
        (
            "issued",
            {"frozen_at": NOW, "up_to": YESTERDAY, "as_of": YESTERDAY, "issued_at": NOW, "symbol": "HB/1"},
        ),
    ):
        other = start_paper(by=None, now=NOW, **_facts(scene, key))
        other.sections.all().delete()
        Paper.objects.filter(pk=other.pk).update(**changes)
    return scene


def _facts(scene: PaperScene, key: str) -> dict[str, Any]:
    return {
        "plan": scene.paper.plan,
        "kind": "mid-term-review",
        "key": key,
        "purpose": "information",
        "original_language": "en",
        "title": words("Another paper"),
        "body": words("Harbour Assembly"),
    }


def _by(scene: PaperScene) -> dict[str, Any]:
    return {"by": scene.manager, "now": NOW}


def _other_update(scene: PaperScene) -> Any:
    return scene.paper.plan.updates.get(deliverable__key="2.1.2")


COMMANDS: dict[str, Callable[[PaperScene], object]] = {
    "start_paper": lambda s: start_paper(**_by(s), **_facts(s, "third")),
    "change_paper": lambda s: change_paper(**_by(s), paper=s.paper, days={Step.WRITTEN: DAY}, session="10"),
    "assign_section": lambda s: assign_section(
        **_by(s), section=s.section("pillar:1"), writer=s.writer, clearer=s.clearer
    ),
    "write_section": lambda s: write_section(
        **_by(s), section=s.section("lessons"), language="en", text="Lamps teach.", over=None
    ),
    "clear_section": lambda s: clear_section(
        by=s.clearer, now=NOW, section=s.section(), language="en", version=SectionVersion.objects.get().pk
    ),
    "choose_example": lambda s: choose_example(
        **_by(s), section=s.section("pillar:2"), update=_other_update(s)
    ),
    "drop_example": lambda s: drop_example(**_by(s), example=Example.objects.get()),
    "freeze_paper": lambda s: freeze_paper(**_by(s), paper=s.paper, up_to=YESTERDAY, as_of=YESTERDAY),
    "thaw_paper": lambda s: thaw_paper(**_by(s), paper=Paper.objects.get(key="frozen")),
    "issue_paper": lambda s: issue_paper(
        **_by(s),
        paper=Paper.objects.get(key="frozen"),
        symbol="HB/2",
        dated_on=DAY,
        release_at=at(2023, 3, 1),
    ),
    "revise_paper": lambda s: revise_paper(**_by(s), paper=Paper.objects.get(key="issued"), revision="rev"),
}
