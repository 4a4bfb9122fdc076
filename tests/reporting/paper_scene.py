"""The cast at work on a paper, a mid-term review of the harbours: a writer, a clearer, a secretary."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from suivi.core.commands import create_account
from suivi.core.models import Account
from suivi.organisation.commands import grant_role
from suivi.reporting.commands import assign_section, clear_section, start_paper, write_section
from suivi.reporting.models import Paper, PaperSection, SectionVersion
from suivi.reporting.queries import languages_of
from tests.cast import DAY, NOW, PASSWORD, at, words
from tests.monitoring.scene import Scene, build_scene
from tests.snapshots import Snapshot

STARTED = at(2023, 1, 16)
SAID = "The harbours hold {{deliverables}} deliverables."


@dataclass
class PaperScene:
    """A paper that was started; Finn writes the introduction, Dora clears it."""

    scene: Scene
    paper: Paper
    secretary: Account
    translator: Account

    @property
    def manager(self) -> Account:
        return self.scene.cast.plan_manager

    @property
    def writer(self) -> Account:
        return self.scene.cast.focal_point

    @property
    def clearer(self) -> Account:
        return self.scene.cast.director

    def section(self, key: str = "introduction") -> PaperSection:
        return PaperSection.objects.select_related("paper__plan").get(paper=self.paper, key=key)

    def written(self, key: str = "introduction", language: str = "en", **changes: Any) -> SectionVersion:
        given: dict[str, Any] = {"by": self.manager, "now": NOW, "text": SAID, "over": None, **changes}
        return write_section(section=self.section(key), language=language, **given)

    def cleared(self, key: str = "introduction", language: str = "en", **changes: Any) -> SectionVersion:
        version = self.written(key, language, **changes)
        return clear_section(
            by=None, now=NOW, section=self.section(key), language=language, version=version.pk
        )

    def all_written(self) -> None:
        """Every section in every language, the original cleared."""
        for section in self.paper.sections.all():
            self.cleared(section.key)
            for language in languages_of(self.paper)[1:]:
                self.written(section.key, language)


def started(scene: Scene) -> Paper:
    """The paper alone, started by the plan manager."""
    return start_paper(
        by=scene.cast.plan_manager,
        now=STARTED,
        plan=scene.cast.plan,
        kind="mid-term-review",
        key="review",
        purpose="decision",
        original_language="en",
        title=words("Mid-term review of the harbours", "Examen à mi-parcours des ports"),
        body=words("Harbour Assembly"),
        session="9",
        session_opens_on=date(2023, 3, 20),
        dated_on=DAY,
    )


def build_paper() -> PaperScene:
    """The scene in the database."""
    return _SNAPSHOT.take()


def _build() -> PaperScene:
    scene = build_scene()
    cast = scene.cast
    secretary = _person("Selma Vane", "secretary", cast.plan.scope)
    translator = _person("Timo Reef", "translator", cast.plan.scope)
    paper = started(scene)
    built = PaperScene(scene, paper, secretary, translator)
    assign_section(
        by=cast.plan_manager,
        now=STARTED,
        section=built.section(),
        writer=built.writer,
        clearer=built.clearer,
        write_by=date(2023, 2, 10),
        clear_by=date(2023, 2, 20),
    )
    return built


_SNAPSHOT = Snapshot(_build)


def _person(name: str, role: str, scope: Any) -> Account:
    account = create_account(
        by=None,
        now=at(2021, 1, 11),
        email=f"{name.split(maxsplit=1)[0].lower()}@example.org",
        name=name,
        password=PASSWORD,
    )
    grant_role(by=None, now=at(2021, 1, 11), account=account, role=role, scope=scope)
    return account
