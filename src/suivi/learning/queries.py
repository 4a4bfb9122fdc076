"""Guidance, lessons and what was reported elsewhere, as the record knew them at the end of a day.

Each function asks the same number of questions for any number of rows. For the public, guidance comes only
with the answers that the body was told of, and lessons that may be shown in public are all there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from suivi.core.clock import end_of
from suivi.learning.models import Guidance, GuidanceAnswer, GuidanceWording, Lesson, ReportedElsewhere
from suivi.learning.rules import Standing, standing_of
from suivi.plan.models import Deliverable, Plan


@dataclass(frozen=True)
class GuidanceOnDay:
    """A piece of guidance as of a day, with its answers, the oldest first; the last one speaks."""

    day: date
    wording: GuidanceWording
    answers: Sequence[GuidanceAnswer] = ()
    # The day by which it is due is internal: nothing is late in public.
    in_public: bool = False

    @property
    def guidance(self) -> Guidance:
        return self.wording.guidance

    @property
    def answer(self) -> GuidanceAnswer | None:
        return self.answers[-1] if self.answers else None

    @property
    def standing(self) -> Standing:
        due_on = None if self.in_public else self.wording.due_on
        return standing_of(self.answer.state if self.answer else "", due_on, self.day)


@dataclass(frozen=True)
class ReportedLines:
    """Where things were reported already, by the key of the deliverable and by that of the update."""

    by_deliverable: Mapping[int, Sequence[ReportedElsewhere]] = field(default_factory=dict)
    by_update: Mapping[int, Sequence[ReportedElsewhere]] = field(default_factory=dict)

    def of_deliverable(self, pk: int) -> list[ReportedElsewhere]:
        """The lines of a deliverable and those of its updates."""
        of_updates = [
            line
            for lines in self.by_update.values()
            for line in lines
            if line.update_row is not None and line.update_row.deliverable_id == pk
        ]
        return [*self.by_deliverable.get(pk, ()), *of_updates]


def guidance_on(
    plan: Plan, as_of: date, about: Deliverable | None = None, *, in_public: bool = False
) -> list[GuidanceOnDay]:
    """The guidance of a plan as of a day, by number, or what speaks of one deliverable. Four queries at most.

    `in_public` leaves out the answers that were not reported to the body by then.
    """
    rows: QuerySet[Any] = (
        GuidanceWording.objects.known_at(end_of(as_of))
        .filter(guidance__plan=plan, is_withdrawn=False)
        .select_related("guidance__plan", "owner_unit", "recorded_by")
        .prefetch_related("deliverables", "pillars")
        .order_by("guidance__number")
    )
    wordings = list(rows if about is None else rows.filter(deliverables=about))
    answers = _answers(wordings, as_of, in_public=in_public)
    return [GuidanceOnDay(as_of, row, answers.get(row.guidance_id, ()), in_public) for row in wordings]


def _answers(
    wordings: Sequence[GuidanceWording], as_of: date, *, in_public: bool
) -> dict[int, list[GuidanceAnswer]]:
    """Every answer recorded by a day, also those that a later one followed."""
    rows = (
        GuidanceAnswer.objects.filter(
            guidance__in=[row.guidance_id for row in wordings], recorded_at__lte=end_of(as_of)
        )
        .select_related("recorded_by")
        .order_by("recorded_at", "pk")
    )
    found: dict[int, list[GuidanceAnswer]] = {}
    for row in rows.exclude(reported_in_symbol="") if in_public else rows:
        found.setdefault(row.guidance_id, []).append(row)
    return found


def wordings_of(guidance: Guidance, as_of: date) -> list[GuidanceWording]:
    """What a piece of guidance has said up to a day, latest first."""
    rows = guidance.wordings.filter(recorded_at__lte=end_of(as_of))
    return list(rows.select_related("recorded_by").order_by("-recorded_at", "-pk"))


def lessons_on(
    plan: Plan, as_of: date, about: Deliverable | None = None, *, in_public: bool = False
) -> list[Lesson]:
    """The lessons of a plan as of a day, by number, or those about one deliverable. Three queries at most.

    `in_public` leaves out those that may not be shown in public.
    """
    rows: QuerySet[Any] = (
        Lesson.objects.known_at(end_of(as_of))
        .filter(plan=plan, is_withdrawn=False)
        .select_related("plan", "update_row__unit", "update_row__deliverable", "recorded_by")
        .prefetch_related("deliverables", "pillars")
        .order_by("number")
    )
    rows = rows if about is None else rows.filter(deliverables=about)
    return list(rows.filter(is_public=True) if in_public else rows)


def rows_of_lesson(lesson: Lesson, as_of: date) -> list[Lesson]:
    """What a lesson has said up to a day, latest first."""
    rows = Lesson.objects.filter(
        plan=lesson.plan_id, number=lesson.number, recorded_at__lte=end_of(as_of)
    ).select_related("recorded_by")
    return list(rows.order_by("-recorded_at", "-pk"))


def reported_elsewhere_on(plan: Plan, as_of: date, about: Deliverable | None = None) -> ReportedLines:
    """Where deliverables and updates of a plan were reported already, as of a day. One query.

    With `about`, the lines of that deliverable and of its updates.
    """
    rows = (
        ReportedElsewhere.objects.known_at(end_of(as_of))
        .filter(plan=plan)
        .select_related("plan", "deliverable", "update_row__deliverable", "update_row__unit")
        .order_by("reported_on", "symbol", "paragraph", "pk")
    )
    if about is not None:
        rows = rows.filter(Q(deliverable=about) | Q(update_row__deliverable=about))
    by_deliverable: dict[int, list[ReportedElsewhere]] = {}
    by_update: dict[int, list[ReportedElsewhere]] = {}
    for row in rows:
        if row.deliverable_id is not None:
            by_deliverable.setdefault(row.deliverable_id, []).append(row)
        else:
            by_update.setdefault(row.update_row_id, []).append(row)
    return ReportedLines(by_deliverable, by_update)
