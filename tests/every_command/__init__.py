"""Every command, ready to be carried out: for tests of what holds for all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.cast import Cast
from tests.every_command import follow_up, papers, plan


@dataclass(frozen=True)
class Commands:
    """What is built before any of the commands, whom of it readers know, and the commands by name."""

    ready: Callable[[], Any]
    cast_of: Callable[[Any], Cast]
    by_name: Mapping[str, Callable[[Any], object]]


ALL: Mapping[str, Commands] = {
    "plan": Commands(plan.ready_cast, lambda cast: cast, plan.COMMANDS),
    "follow-up": Commands(follow_up.ready_scene, lambda scene: scene.cast, follow_up.COMMANDS),
    "papers": Commands(papers.ready_paper, lambda desk: desk.scene.cast, papers.COMMANDS),
}
