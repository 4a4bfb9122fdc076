from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suivi.learning.commands import (
    answer_guidance,
    record_guidance,
    rewrite_guidance,
    withdraw_guidance,
)
from suivi.learning.models import GuidanceAnswer, GuidanceWording
from suivi.learning.queries import guidance_on, wordings_of
from suivi.learning.rules import Standing
from suivi.organisation.commands import grant_role
from suivi.plan.models import Plan
from suivi.values.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from tests.cast import DAY, NOW, at, words
from tests.learning.given import GIVEN_ON, asked_for
from tests.monitoring.scene import Scene


def recorded(scene: Scene, **changes: Any) -> GuidanceWording:
    """The guidance as the plan manager recorded it on 3 June 2022."""
    given = asked_for(**changes)
    return record_guidance(by=scene.cast.plan_manager, now=at(2022, 6, 3), plan=scene.cast.plan, given=given)


def answered(scene: Scene, wording: GuidanceWording, month: int, state: str, **more: Any) -> GuidanceAnswer:
    given: dict[str, Any] = {"by": scene.cast.plan_manager, "text": words(f"Said in {month}"), **more}
    return answer_guidance(now=at(2022, month, 10), guidance=wording.guidance, state=state, **given)


def standings(scene: Scene, *days: date) -> list[Standing]:
    return [guidance_on(scene.cast.plan, day)[0].standing for day in days]


def test_each_piece_gets_the_next_number_of_its_plan(scene: Scene) -> None:
    numbers = [recorded(scene).guidance.number for _turn in range(3)]
    assert numbers == [1, 2, 3]


def test_where_it_stands_follows_from_the_answers_known_on_the_day(scene: Scene) -> None:
    wording = recorded(scene)
    answered(scene, wording, 8, "in_hand")
    answered(scene, wording, 10, "done", done_on=date(2022, 9, 30))
    days = (date(2022, 6, 3), date(2022, 8, 10), date(2022, 10, 9), date(2022, 10, 10))
    assert standings(scene, *days) == [Standing.OPEN, Standing.IN_HAND, Standing.IN_HAND, Standing.DONE]
    assert guidance_on(scene.cast.plan, date(2022, 6, 2)) == []


def test_earlier_answers_stay_readable(scene: Scene) -> None:
    wording = recorded(scene)
    for month in (7, 8, 9):
        answered(scene, wording, month, "in_hand")
    (one,) = guidance_on(scene.cast.plan, date(2022, 8, 31))
    assert [str(answer.text) for answer in one.answers] == ["Said in 7", "Said in 8"]


def test_the_public_reads_an_answer_once_the_body_was_told(scene: Scene) -> None:
    wording = recorded(scene)
    answered(scene, wording, 7, "in_hand", reported_in_symbol="HB/2022/5", reported_in_paragraph="9")
    answered(scene, wording, 8, "open")
    (inside,) = guidance_on(scene.cast.plan, DAY)
    (outside,) = guidance_on(scene.cast.plan, DAY, in_public=True)
    assert [answer.state for answer in inside.answers] == ["in_hand", "open"]
    assert [answer.reported_in_symbol for answer in outside.answers] == ["HB/2022/5"]


def test_guidance_written_anew_keeps_its_number_its_answers_and_what_it_said(scene: Scene) -> None:
    wording = recorded(scene)
    answered(scene, wording, 7, "in_hand")
    given = asked_for(text=words("Light the smallest harbours first"), owner_unit=scene.cast.island)
    rewrite_guidance(
        by=scene.cast.plan_manager,
        now=at(2022, 9, 1),
        guidance=wording.guidance,
        given=given,
        reason="The minutes were corrected.",
        based_on=wording.pk,
    )
    (before,) = guidance_on(scene.cast.plan, date(2022, 8, 31))
    (after,) = guidance_on(scene.cast.plan, date(2022, 9, 1))
    assert (str(before.wording.text), str(after.wording.text)) == (
        "Light the small harbours first",
        "Light the smallest harbours first",
    )
    assert (before.guidance, before.answers) == (after.guidance, after.answers)
    assert [one.reason for one in wordings_of(wording.guidance, DAY)] == ["The minutes were corrected.", ""]


def test_who_writes_on_an_older_wording_is_told(scene: Scene) -> None:
    wording = recorded(scene)
    given: dict[str, Any] = {"by": None, "guidance": wording.guidance, "reason": "Better words."}
    rewrite_guidance(now=at(2022, 9, 1), given=asked_for(), based_on=wording.pk, **given)
    with pytest.raises(ChangedMeanwhile):
        rewrite_guidance(now=at(2022, 9, 2), given=asked_for(), based_on=wording.pk, **given)


def test_withdrawn_guidance_is_there_on_earlier_days_alone(scene: Scene) -> None:
    lanterns = scene.cast.deliverable("1.1.1")
    wording = recorded(scene, deliverables=[lanterns])
    withdrawn = withdraw_guidance(
        by=scene.cast.plan_manager, now=NOW, guidance=wording.guidance, reason="Given to another plan."
    )
    assert guidance_on(scene.cast.plan, DAY) == []
    (before,) = guidance_on(scene.cast.plan, DAY - timedelta(days=1))
    assert list(before.wording.deliverables.all()) == list(withdrawn.deliverables.all()) == [lanterns]
    with pytest.raises(NotFound):
        answer_guidance(by=None, now=NOW, guidance=wording.guidance, state="open", text=words("But"))


def test_a_change_without_a_reason_is_refused(scene: Scene) -> None:
    wording = recorded(scene)
    with pytest.raises(RuleBroken, match="only with a reason"):
        withdraw_guidance(by=None, now=NOW, guidance=wording.guidance, reason=" ")


def test_an_answer_says_something(scene: Scene) -> None:
    with pytest.raises(ValidationError):
        answered(scene, recorded(scene), 8, "not_accepted", text=words(""))


def test_guidance_of_a_day_to_come_is_refused(scene: Scene) -> None:
    with pytest.raises(RuleBroken, match="still to come"):
        recorded(scene, given_on=date(2022, 6, 4))


def test_a_deliverable_of_another_plan_is_refused(scene: Scene) -> None:
    plan = scene.cast.plan
    other = Plan.objects.create(
        slug="other-plan", scope=scene.cast.region.scope, language="en", created_at=NOW
    )
    assert plan != other
    with pytest.raises(RuleBroken, match="no part of this plan"):
        record_guidance(
            by=None,
            now=NOW,
            plan=other,
            given=asked_for(deliverables=[scene.cast.deliverable("1.1.1")]),
        )


def test_the_unit_that_sees_to_it_answers_and_those_above(scene: Scene) -> None:
    wording = recorded(scene, owner_unit=scene.cast.island)
    for who in (scene.cast.focal_point, scene.cast.director):
        answered(scene, wording, 8, "in_hand", by=who)
    for who in (scene.office, scene.cast.reviewer, scene.cast.stranger):
        with pytest.raises(NotAllowed):
            answered(scene, wording, 8, "in_hand", by=who)


def test_the_secretary_records_and_a_unit_does_not(scene: Scene) -> None:
    cast = scene.cast
    grant_role(by=None, now=at(2022, 1, 1), account=cast.stranger, role="secretary", scope=cast.plan.scope)
    record_guidance(by=cast.stranger, now=NOW, plan=cast.plan, given=asked_for())
    for who in (cast.focal_point, cast.director, cast.reviewer):
        with pytest.raises(NotAllowed):
            record_guidance(by=who, now=NOW, plan=cast.plan, given=asked_for())


def test_any_number_is_read_with_four_queries(scene: Scene) -> None:
    lanterns = scene.cast.deliverable("1.1.1")
    for _turn in range(5):
        wording = recorded(scene, deliverables=[lanterns], owner_unit=scene.cast.island)
        answered(scene, wording, 8, "in_hand")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = guidance_on(scene.cast.plan, DAY)
        named = [
            (one.standing, one.wording.owner_unit, list(one.wording.deliverables.all())) for one in found
        ]
    assert (len(named), len(asked)) == (5, 4)
    assert found[0].wording.given_on == GIVEN_ON
