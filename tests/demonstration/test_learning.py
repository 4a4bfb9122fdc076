from collections import Counter
from datetime import date

import pytest

from suivi.learning.queries import guidance_on, lessons_on, reported_elsewhere_on
from suivi.plan.models import Plan
from tests.demonstration.days import OPENING_DAY


@pytest.mark.parametrize(
    ("day", "standings"),
    [
        (date(2021, 3, 23), {}),
        (date(2021, 3, 24), {"open": 5}),
        (OPENING_DAY, {"done": 2, "in_hand": 1, "not_accepted": 1, "open": 1}),
    ],
)
def test_the_guidance_of_the_adoption_is_answered_by_and_by(
    plan: Plan, day: date, standings: dict[str, int]
) -> None:
    assert Counter(one.standing.value for one in guidance_on(plan, day)) == standings


def test_lessons_come_from_updates_and_stand_in_three_languages(plan: Plan) -> None:
    lessons = lessons_on(plan, OPENING_DAY)
    assert (len(lessons), sum(lesson.is_public for lesson in lessons)) == (6, 3)
    for lesson in lessons:
        assert lesson.update_row is not None
        texts = (lesson.title, lesson.happened, lesson.why, lesson.audience, lesson.next_time)
        assert all(text is not None and set(text.plain()) == {"en", "fr", "es"} for text in texts)


def test_papers_told_of_two_deliverables_and_two_updates(plan: Plan) -> None:
    lines = reported_elsewhere_on(plan, OPENING_DAY)
    assert (len(lines.by_deliverable), len(lines.by_update)) == (2, 2)
    told = [line.symbol for line in lines.of_deliverable(plan.deliverables.get(key="1.4.1").pk)]
    assert told == ["WOLIV/C61/DOC-8"]
