"""Every command on papers leaves its line in the trail in its own transaction."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from suivi.reporting import commands
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
from suivi.reporting.models import Example, IssuedFile, Paper, SectionVersion
from suivi.reporting.rules import Step
from tests.cast import DAY, NOW, at, words
from tests.reporting.paper_scene import PaperScene, build_paper
from tests.trails import sees_a_line, written_without_a_line

YESTERDAY = date(2023, 2, 14)


def _ready() -> PaperScene:
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


def test_every_command_is_tried_here() -> None:
    found = {name for name in commands.__all__ if inspect.isfunction(getattr(commands, name))}
    assert found == set(COMMANDS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_leaves_a_line(name: str) -> None:
    assert sees_a_line(COMMANDS[name], _ready())


@pytest.mark.django_db(transaction=True)
def test_where_the_line_cannot_be_written_nothing_is() -> None:
    assert written_without_a_line(COMMANDS, _ready()) == []


@pytest.mark.django_db
def test_files_of_a_paper_are_made_in_each_language_and_format() -> None:
    scene = _ready()
    with transaction.atomic():
        COMMANDS["issue_paper"](scene)
    assert IssuedFile.objects.count() == 9
