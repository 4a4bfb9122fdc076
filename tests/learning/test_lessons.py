from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suivi.core.models import Account
from suivi.learning.commands import record_lesson, rewrite_lesson, withdraw_lesson
from suivi.learning.models import Lesson
from suivi.learning.queries import lessons_on
from suivi.values.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from tests.cast import DAY, NOW, at, words
from tests.learning.given import learned
from tests.monitoring.scene import Scene

YESTERDAY = DAY - timedelta(days=1)


def written(scene: Scene, by: Account | None = None, **changes: Any) -> Lesson:
    """A lesson written the day before."""
    return record_lesson(by=by, now=at(2023, 2, 14), plan=scene.cast.plan, given=learned(**changes))


def test_lessons_are_read_by_number_as_of_a_day(scene: Scene) -> None:
    first, second = written(scene), written(scene, title=words("Lamps are cleaned at dawn"))
    assert lessons_on(scene.cast.plan, YESTERDAY) == [first, second]
    assert (first.number, second.number) == (1, 2)
    assert lessons_on(scene.cast.plan, YESTERDAY - timedelta(days=1)) == []


def test_the_public_reads_what_may_be_shown(scene: Scene) -> None:
    written(scene)
    shown = written(scene, is_public=True)
    assert lessons_on(scene.cast.plan, DAY, in_public=True) == [shown]


def test_a_lesson_without_a_source_is_refused(scene: Scene) -> None:
    with pytest.raises(ValidationError, match="names its source"):
        written(scene, source_text=" ")


def test_a_lesson_rests_on_an_approved_update_of_the_plan(scene: Scene) -> None:
    with pytest.raises(RuleBroken, match="approved update"):
        written(scene, update=scene.submitted(now=at(2023, 2, 13)))
    approved = scene.approved("2.1.2", "headquarters", by=scene.office, now=at(2023, 2, 13))
    assert written(scene, update=approved, source_text="").update_row == approved


def test_a_lesson_written_anew_keeps_its_number_and_the_earlier_words(scene: Scene) -> None:
    lesson = written(scene)
    anew = rewrite_lesson(
        by=None, now=NOW, lesson=lesson, given=learned(title=words("Buy oil early")), reason="Shorter."
    )
    assert anew.number == lesson.number
    assert [str(one.title) for one in lessons_on(scene.cast.plan, YESTERDAY)] == ["Oil is bought in summer"]
    assert [str(one.title) for one in lessons_on(scene.cast.plan, DAY)] == ["Buy oil early"]
    with pytest.raises(ChangedMeanwhile):
        rewrite_lesson(by=None, now=NOW, lesson=lesson, given=learned(), reason="Longer.", based_on=lesson.pk)


def test_a_withdrawn_lesson_is_there_on_earlier_days_alone(scene: Scene) -> None:
    lesson = written(scene, deliverables=[scene.cast.deliverable("1.1.1")])
    withdraw_lesson(by=None, now=NOW, lesson=lesson, reason="It was only once.")
    assert lessons_on(scene.cast.plan, DAY) == []
    (before,) = lessons_on(scene.cast.plan, YESTERDAY)
    assert [one.key for one in before.deliverables.all()] == ["1.1.1"]
    with pytest.raises(NotFound):
        withdraw_lesson(by=None, now=NOW, lesson=lesson, reason="Again.")


def test_units_reviewers_and_the_plan_manager_write_lessons(scene: Scene) -> None:
    cast = scene.cast
    for who in (cast.focal_point, cast.director, cast.reviewer, cast.plan_manager):
        written(scene, by=who)
    for who in (cast.auditor, cast.stranger, cast.public_reader):
        with pytest.raises(NotAllowed):
            written(scene, by=who)


def test_a_unit_does_not_open_a_lesson_to_the_public(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        written(scene, by=scene.cast.focal_point, is_public=True)
    assert written(scene, by=scene.cast.reviewer, is_public=True).is_public


def test_a_unit_changes_its_own_lesson_and_no_other(scene: Scene) -> None:
    cast = scene.cast
    own, of_others = written(scene, by=cast.focal_point), written(scene, by=cast.director)
    rewrite_lesson(by=cast.focal_point, now=NOW, lesson=own, given=learned(), reason="Clearer.")
    for change in (
        lambda: rewrite_lesson(
            by=cast.focal_point, now=NOW, lesson=of_others, given=learned(), reason="Mine."
        ),
        lambda: withdraw_lesson(by=cast.focal_point, now=NOW, lesson=of_others, reason="Not mine."),
    ):
        with pytest.raises(NotAllowed):
            change()
    withdraw_lesson(by=cast.reviewer, now=NOW, lesson=of_others, reason="Told twice.")


def test_any_number_is_read_with_three_queries(scene: Scene) -> None:
    update = scene.approved(now=at(2023, 2, 13))
    for _turn in range(5):
        written(scene, update=update, deliverables=[update.deliverable])
    with CaptureQueriesContext(connection) as asked:
        named = [
            (one.update_row.unit, list(one.deliverables.all()), list(one.pillars.all()))
            for one in lessons_on(scene.cast.plan, DAY)
            if one.update_row
        ]
    assert (len(named), len(asked)) == (5, 3)
