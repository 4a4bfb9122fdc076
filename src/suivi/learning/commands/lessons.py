"""Lessons learned: written, written anew, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from suivi.core.commands import supersede, write_audit, write_row
from suivi.core.models import Account
from suivi.learning.commands.parts import refuse_changed, refuse_parts_of_others
from suivi.learning.models import Lesson
from suivi.learning.rules import refuse_no_reason
from suivi.monitoring.models import ProgressUpdate, UpdateState
from suivi.organisation.queries import UnitTree, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable, Pillar, Plan
from suivi.values.errors import NotFound, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


@dataclass(frozen=True)
class LessonGiven:
    """A lesson as the one who writes it states it; one source at least is named."""

    title: Text
    happened: Text
    why: Text
    audience: Text
    next_time: Text
    update: ProgressUpdate | None = None
    source_symbol: str = ""
    source_paragraph: str = ""
    source_text: str = ""
    deliverables: Sequence[Deliverable] = ()
    pillars: Sequence[Pillar] = ()
    is_public: bool = False


@transaction.atomic
def record_lesson(*, by: Account | None, now: datetime, plan: Plan, given: LessonGiven) -> Lesson:
    """Write a lesson: whoever writes lessons for the plan or for any unit. It gets the next number.

    Who writes for a unit alone may not open it to the public.
    """
    scopes = scopes_of_lessons(plan, _tree(now), in_public=given.is_public)
    require(by, Permission.WRITE_LESSON, scopes, now=now)
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)  # one number each
    last = Lesson.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    lesson = _write(plan, last + 1, given, "", by, now)
    _audit(lesson, "record_lesson", by, now)
    return lesson


@transaction.atomic
def rewrite_lesson(
    *,
    by: Account | None,
    now: datetime,
    lesson: Lesson,
    given: LessonGiven,
    reason: str,
    based_on: int | None = None,
) -> Lesson:
    """Write a lesson anew: its author, or who writes lessons for the plan. The earlier wording stays.

    `based_on` is the row that was shown to the one who writes; where another stands there by now,
    ChangedMeanwhile is raised.
    """
    current = _lock(by, lesson, now, in_public=given.is_public)
    refuse_no_reason(reason)
    refuse_changed(current, based_on)
    supersede(current, by=by, now=now)
    lesson = _write(current.plan, current.number, given, reason, by, now)
    _audit(lesson, "rewrite_lesson", by, now)
    return lesson


@transaction.atomic
def withdraw_lesson(*, by: Account | None, now: datetime, lesson: Lesson, reason: str) -> Lesson:
    """Take a lesson back; earlier days still show it."""
    current = _lock(by, lesson, now, in_public=False)
    refuse_no_reason(reason)
    deliverables, pillars = list(current.deliverables.all()), list(current.pillars.all())
    supersede(current, by=by, now=now)
    current.pk, current._state.adding = None, True
    current.superseded_at, current.superseded_by = None, None
    current.is_withdrawn = True
    withdrawn = _save(current, deliverables, pillars, reason, by, now)
    _audit(withdrawn, "withdraw_lesson", by, now)
    return withdrawn


def scopes_of_lesson(by: Account | None, lesson: Lesson, tree: UnitTree) -> set[int]:
    """The scopes a role may be given for so that it changes a lesson.

    That of the plan; for one's own lesson, unless the public reads it, that of any unit.
    """
    is_own = by is not None and lesson.recorded_by_id == by.pk
    return scopes_of_lessons(lesson.plan, tree, in_public=lesson.is_public or not is_own)


def scopes_of_lessons(plan: Plan, tree: UnitTree, *, in_public: bool = False) -> set[int]:
    """The scopes a role may be given for so that it writes lessons: the plan's, and inside any unit's."""
    units = () if in_public else tree.nodes.values()
    return {plan.scope_id, *(unit.scope_id for unit in units)}


def _tree(now: datetime) -> UnitTree:
    return unit_tree(timezone.localdate(now))


def _lock(by: Account | None, lesson: Lesson, now: datetime, *, in_public: bool) -> Lesson:
    """The row of a lesson that holds now, if it may be changed."""
    Plan.objects.select_for_update(no_key=True).get(pk=lesson.plan_id)
    current: Lesson | None = (
        Lesson.objects.current()
        .select_related("plan")
        .filter(plan=lesson.plan_id, number=lesson.number, is_withdrawn=False)
        .first()
    )
    if current is None:
        raise NotFound(
            gettext_noop("Lesson %(number)s was withdrawn."),
            {"number": lesson.number},
            gettext_noop("Write a new one."),
        )
    scopes = {current.plan.scope_id} if in_public else scopes_of_lesson(by, current, _tree(now))
    require(by, Permission.WRITE_LESSON, scopes, now=now)
    return current


def _write(
    plan: Plan, number: int, given: LessonGiven, reason: str, by: Account | None, now: datetime
) -> Lesson:
    _refuse_update(plan, given.update)
    lesson = Lesson(
        plan=plan,
        number=number,
        title=given.title,
        happened=given.happened,
        why=given.why,
        audience=given.audience,
        next_time=given.next_time,
        update_row=given.update,
        source_symbol=given.source_symbol.strip(),
        source_paragraph=given.source_paragraph.strip(),
        source_text=given.source_text.strip(),
        is_public=given.is_public,
    )
    return _save(lesson, given.deliverables, given.pillars, reason, by, now)


def _refuse_update(plan: Plan, update: ProgressUpdate | None) -> None:
    if update is not None and (update.plan_id != plan.pk or update.state != UpdateState.APPROVED):
        raise RuleBroken(
            gettext_noop("A lesson rests on an approved update of the plan."),
            hint=gettext_noop("Choose an approved update, or name another source."),
        )


def _save(
    lesson: Lesson,
    deliverables: Sequence[Deliverable],
    pillars: Sequence[Pillar],
    reason: str,
    by: Account | None,
    now: datetime,
) -> Lesson:
    refuse_parts_of_others(lesson.plan, deliverables, pillars)
    lesson.reason, lesson.recorded_at, lesson.recorded_by = reason.strip(), now, by
    write_row(lesson)
    lesson.deliverables.set(deliverables)
    lesson.pillars.set(pillars)
    return lesson


def _audit(lesson: Lesson, verb: str, by: Account | None, now: datetime) -> None:
    write_audit(
        by=by,
        now=now,
        verb=verb,
        on=lesson,
        key=str(lesson.number),
        plan_slug=lesson.plan.slug,
        details={"reason": lesson.reason} if lesson.reason else {},
    )
