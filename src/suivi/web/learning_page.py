"""What the pages on guidance and lessons show, and who may write there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from suivi.core import clock
from suivi.core.models import Account
from suivi.learning.commands.guidance import scopes_of_guidance
from suivi.learning.commands.lessons import scopes_of_lesson, scopes_of_lessons
from suivi.learning.models import AnswerState, GuidanceWording, Lesson
from suivi.learning.queries import GuidanceOnDay, guidance_on, lessons_on
from suivi.learning.rules import ENDED, Standing
from suivi.organisation.queries import UnitTree, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable, DeliverableEdition, Edition, Pillar, PillarEdition, Plan
from suivi.web.access import account_of, edition_looked_at, readable_plan, require_management, sees_management
from suivi.web.requests import Request

Found = TypeVar("Found")
WORDS: Mapping[Standing, str | Promise] = {
    Standing.LATE: pgettext_lazy("guidance", "late"),
    **{Standing(state.value): state.label for state in AnswerState},
}
MARKS = {
    Standing.OPEN: "not_started",
    Standing.IN_HAND: "in_progress",
    Standing.LATE: "off_track",
    Standing.DONE: "achieved",
    Standing.NOT_ACCEPTED: "postponed",
}
TONES = {Standing.IN_HAND: "accent", Standing.LATE: "bad", Standing.DONE: "good"}


@dataclass(frozen=True)
class Parts:
    """The deliverables and pillars of an edition, by the keys of what never changes."""

    rows: Mapping[int, DeliverableEdition]
    tops: Mapping[int, PillarEdition]

    @classmethod
    def of(cls, edition: Edition, about: Iterable[GuidanceWording | Lesson]) -> "Parts":
        """Those that these speak of. Two queries."""
        said = list(about)
        deliverables = {one.pk for row in said for one in row.deliverables.all()}
        pillars = {one.pk for row in said for one in row.pillars.all()}
        rows = edition.deliverableeditions.filter(deliverable__in=deliverables).select_related("deliverable")
        tops = edition.pillareditions.filter(pillar__in=pillars).select_related("pillar")
        return cls({row.deliverable_id: row for row in rows}, {top.pillar_id: top for top in tops})

    def pillars(self, of: GuidanceWording | Lesson) -> list[tuple[Pillar, PillarEdition | None]]:
        """Each pillar with its row; None where the edition has none."""
        return [(one, self.tops.get(one.pk)) for one in of.pillars.all()]

    def deliverables(
        self, of: GuidanceWording | Lesson
    ) -> list[tuple[Deliverable, DeliverableEdition | None]]:
        """Each deliverable with its row; None where the edition has none."""
        return [(one, self.rows.get(one.pk)) for one in of.deliverables.all()]


@dataclass(frozen=True)
class GuidanceLine:
    """A piece of guidance as the pages show it."""

    one: GuidanceOnDay
    deliverables: Sequence[tuple[Deliverable, DeliverableEdition | None]]
    pillars: Sequence[tuple[Pillar, PillarEdition | None]]
    can_answer: bool = False

    @property
    def words(self) -> str | Promise:
        return WORDS[self.one.standing]

    @property
    def mark(self) -> str:
        return MARKS[self.one.standing]

    @property
    def tone(self) -> str:
        return TONES.get(self.one.standing, "")

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to be done by its day."""
        return self.one.standing not in ENDED

    @property
    def earlier(self) -> Sequence[Any]:
        """The answers before the last one, the latest first."""
        return self.one.answers[-2::-1]


@dataclass(frozen=True)
class LessonLine:
    """A lesson as the pages show it."""

    lesson: Lesson
    deliverables: Sequence[tuple[Deliverable, DeliverableEdition | None]]
    pillars: Sequence[tuple[Pillar, PillarEdition | None]]
    can_edit: bool = False


@dataclass(frozen=True)
class LearningPage:
    """Guidance and lessons of one plan, for one reader as of one day."""

    request: Request
    plan: Plan
    edition: Edition

    def context(self) -> dict[str, Any]:
        """What the template of the list needs. Readers from outside get what is public alone."""
        in_public = not sees_management(self.request)
        guidance = guidance_on(self.plan, self.request.day, in_public=in_public)
        lessons = lessons_on(self.plan, self.request.day, in_public=in_public)
        parts = Parts.of(self.edition, [*(one.wording for one in guidance), *lessons])
        return self.base() | {
            "guidance": [
                GuidanceLine(
                    one, parts.deliverables(one.wording), parts.pillars(one.wording), self._may_answer(one)
                )
                for one in guidance
            ],
            "lessons": [
                LessonLine(one, parts.deliverables(one), parts.pillars(one), self._may_edit(one))
                for one in lessons
            ],
            "can_record": self._may(Permission.RECORD_GUIDANCE, {self.plan.scope_id}),
            "can_write": self._may_write
            and self._may(Permission.WRITE_LESSON, scopes_of_lessons(self.plan, self.tree)),
        }

    def base(self) -> dict[str, Any]:
        """What every template of these pages needs."""
        context: dict[str, Any] = {"section": "plans", "plan": self.plan, "edition": self.edition}
        return context | ({"tree": self.tree} if sees_management(self.request) else {})

    @cached_property
    def tree(self) -> UnitTree:
        """The units as of the day looked at, which is today wherever something may be written."""
        return unit_tree(self.request.day)

    def guidance(self, number: int) -> GuidanceOnDay:
        """The guidance of the address."""
        found = guidance_on(self.plan, self.request.day)
        return _the_one([one for one in found if one.guidance.number == number])

    def lesson(self, number: int) -> Lesson:
        """The lesson of the address."""
        found = lessons_on(self.plan, self.request.day)
        return _the_one([one for one in found if one.number == number])

    def require(self, permission: Permission, scopes: Iterable[int]) -> None:
        """Stop with NotAllowed before a form is shown that could not be sent."""
        require(account_of(self.request), permission, scopes, now=clock.now())

    def may_publish(self) -> bool:
        """Whether the reader may open lessons to the public."""
        return self._may(Permission.WRITE_LESSON, {self.plan.scope_id})

    def _may(self, permission: Permission, scopes: Iterable[int]) -> bool:
        return self._may_write and self.request.authority.allows(permission, scopes)

    @cached_property
    def _may_write(self) -> bool:
        return sees_management(self.request) and not self.request.is_past

    def _may_answer(self, one: GuidanceOnDay) -> bool:
        return self._may_write and self._may(
            Permission.ANSWER_GUIDANCE, scopes_of_guidance(one.wording, self.tree)
        )

    def _may_edit(self, lesson: Lesson) -> bool:
        by = self.request.user if isinstance(self.request.user, Account) else None
        return self._may_write and self._may(Permission.WRITE_LESSON, scopes_of_lesson(by, lesson, self.tree))


def _the_one(found: list[Found]) -> Found:
    if not found:
        raise Http404
    return found[0]


def learning_page(request: Request, slug: str) -> LearningPage:
    """The page of the address, for everybody who reads the plan."""
    plan = readable_plan(request, slug)
    return LearningPage(request, plan, edition_looked_at(request, plan))


def learning_page_inside(request: Request, slug: str) -> LearningPage:
    """The same for people inside, who may write."""
    page = learning_page(request, slug)
    require_management(request)
    return page
