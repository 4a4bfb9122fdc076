"""What waits for whom, and what a reviewer sees."""

from typing import Any

import pytest

from suivi.core.models import Account
from suivi.monitoring.commands.drafts import consolidate, correct_update
from suivi.monitoring.commands.rounds import excuse
from suivi.monitoring.commands.sheets import set_rules
from suivi.monitoring.commands.talk import answer_support, comment
from suivi.monitoring.commands.workflow import ask_for_decision, report_no_change, return_update, send_update
from suivi.monitoring.models import Asked
from suivi.monitoring.queries.asked import chase_list
from suivi.monitoring.queries.mine import Mine, mine_of
from suivi.monitoring.queries.queue import review_queue, waiting
from suivi.monitoring.rules.content import StepSaid, SupportSaid
from suivi.organisation.commands import grant_role, name_deputy
from suivi.organisation.queries import authority_of, unit_tree
from suivi.plan.models import Responsibility
from suivi.plan.queries import edition_on
from tests.cast import DAY, NOW
from tests.monitoring.scene import OPENED, Scene


def _mine(account: Account) -> Mine:
    return mine_of(authority_of(account, DAY), unit_tree(DAY))


def _keys(asked: list[Asked]) -> list[tuple[str, str]]:
    return sorted((one.deliverable.key, one.unit.key) for one in asked)


def test_everyone_owes_what_their_unit_was_asked(scene: Scene) -> None:
    assert _keys(_mine(scene.cast.focal_point).owed) == [("1.1.1", "island"), ("1.2.1", "island")]
    assert _keys(_mine(scene.cast.director).owed) == [("1.1.2", "region")]
    assert _keys(_mine(scene.office).owed) == [("1.1.1", "headquarters"), ("2.1.2", "headquarters")]
    for name in ("plan_manager", "reviewer", "auditor", "stranger"):
        assert _mine(getattr(scene.cast, name)).owed == []


def test_who_reports_for_the_unit_above_owes_where_nobody_is_nearer(scene: Scene) -> None:
    finn = scene.cast.focal_point
    finn.is_active = False
    finn.save()
    assert _keys(_mine(scene.cast.director).owed) == [
        ("1.1.1", "island"),
        ("1.1.2", "region"),
        ("1.2.1", "island"),
    ]


def test_what_was_sent_or_excused_is_not_owed_any_more(scene: Scene) -> None:
    scene.submitted("1.2.1", "island", by=scene.cast.focal_point)
    asked = scene.round.asked.get(deliverable__key="1.1.1", unit=scene.cast.island)
    excuse(by=scene.cast.plan_manager, now=NOW, asked=asked, reason="The boat is late.")
    assert _mine(scene.cast.focal_point).owed == []


def test_a_draft_is_still_owed_and_what_came_back_shows(scene: Scene) -> None:
    scene.started("1.2.1", "island", scene.cast.focal_point)
    mine = _mine(scene.cast.focal_point)
    assert (len(mine.owed), len(mine.drafts), mine.waiting) == (2, 1, 2)
    update = scene.submitted()
    return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Why?")
    assert _mine(scene.cast.director).returned == [update]


def test_the_nearest_director_clears(scene: Scene) -> None:
    edition = edition_on(scene.cast.plan, OPENED.date())
    assert edition is not None
    set_rules(by=None, now=OPENED, edition=edition, settings={"needs_clearance": True})
    update = scene.submitted("1.2.1", "island", by=scene.cast.focal_point)
    assert _mine(scene.cast.director).to_clear == [update]
    assert _mine(scene.cast.plan_manager).to_clear == []


def test_reviewers_see_how_many_wait_and_not_their_own(scene: Scene) -> None:
    grant_role(by=None, now=OPENED, account=scene.cast.director, role="reviewer", scope=scene.cast.plan.scope)
    scene.submitted()
    assert _mine(scene.cast.reviewer).to_review == {scene.cast.plan: 1}
    assert _mine(scene.cast.director).to_review == {}


def test_a_contribution_waits_for_the_accountable_unit_until_it_is_taken_in(scene: Scene) -> None:
    update = scene.submitted("1.1.1", "island", by=scene.cast.focal_point, kind="contribution")
    assert _mine(scene.office).to_consolidate == [update]
    assert _mine(scene.cast.reviewer).to_review == {}
    consolidate(
        by=scene.office,
        now=NOW,
        deliverable=scene.cast.deliverable("1.1.1"),
        unit=scene.cast.headquarters,
        round=scene.round,
        contributions=[update],
    )
    assert _mine(scene.office).to_consolidate == []


def test_decisions_support_and_mentions_find_their_people(scene: Scene) -> None:
    update = scene.submitted(support=(SupportSaid("Two more lamps", "headquarters", DAY),))
    for _turn in range(2):
        update = return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Not so.")
        update = send_update(by=scene.cast.director, now=NOW, update=update, version=update.version)
    ask_for_decision(by=scene.cast.reviewer, now=NOW, update=update, reason="We do not agree.")
    assert _mine(scene.cast.plan_manager).to_decide == [update]
    assert _mine(scene.cast.reviewer).to_decide == []
    (support,) = _mine(scene.office).support
    answer_support(by=scene.office, now=NOW, support=support, answer="On the boat.")
    assert _mine(scene.office).support == []
    remark = comment(
        by=scene.office, now=NOW, deliverable=scene.cast.deliverable("1.1.2"), text="@Dora Kest, see?"
    )
    assert _mine(scene.cast.director).mentions == [remark]


def test_mine_takes_at_most_twelve_queries(scene: Scene, django_assert_max_num_queries: Any) -> None:
    scene.submitted()
    tree = unit_tree(DAY)
    for account in (scene.cast.director, scene.cast.plan_manager, scene.cast.reviewer, scene.office):
        authority = authority_of(account, DAY)
        with django_assert_max_num_queries(12):
            mine_of(authority, tree)


def test_a_reviewer_sees_the_update_before_and_what_differs(scene: Scene) -> None:
    scene.approved(round=None)
    scene.submitted(
        reported_on=DAY, narrative="It is tested.", steps=(StepSaid("", "tested", DAY),), assessment="at_risk"
    )
    (one,) = waiting(review_queue(scene.cast.plan))
    assert one.before is not None
    assert [difference.field for difference in one.differences] == [
        "reported_on",
        "narrative",
        "assessment",
        "step:/drafted",
        "step:/tested",
    ]
    assert not one.says_nothing_new


def test_a_first_update_stands_alone_and_a_correction_beside_what_it_corrects(scene: Scene) -> None:
    scene.submitted()
    approved = scene.approved("2.1.2", "headquarters", by=scene.office)
    correction = correct_update(by=scene.office, now=NOW, update=approved)
    send_update(by=scene.office, now=NOW, update=correction, version=correction.version)
    first, second = waiting(review_queue(scene.cast.plan))
    assert (first.before, first.differences) == (None, [])
    assert (second.before, second.differences) == (approved, [])


def test_the_queue_knows_what_may_be_approved_in_bulk_in_a_constant_number_of_queries(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    for key, unit, by in (("1.1.2", "region", scene.cast.director), ("2.1.2", "headquarters", scene.office)):
        scene.approved(key, unit, by=by, round=None)
        report_no_change(
            by=by,
            now=NOW,
            deliverable=scene.cast.deliverable(key),
            unit=getattr(scene.cast, unit),
            round=scene.round,
            sentence="Nothing is new.",
            language="en",
        )
        with django_assert_num_queries(8):
            assert all(one.says_nothing_new for one in waiting(review_queue(scene.cast.plan)))


def test_the_chase_list_says_who_owes_what_since_when(scene: Scene, django_assert_num_queries: Any) -> None:
    scene.submitted("1.2.1", "island", by=scene.cast.focal_point)
    with django_assert_num_queries(7):
        lines = chase_list(scene.round, DAY)
    found = {(one.asked.deliverable.key, one.asked.unit.key): one for one in lines}
    answered, owed = found["1.2.1", "island"], found["1.1.1", "island"]
    assert (answered.state, answered.is_owed, answered.days_late) == ("answered", False, 0)
    assert (owed.state, owed.is_owed, owed.contact) == ("missing", True, scene.cast.focal_point)
    assert answered.last_word == answered.answer.update if answered.answer else False


def test_where_nobody_is_named_the_focal_point_of_the_unit_is_written_to_and_in_absence_the_deputy(
    scene: Scene,
) -> None:
    cast = scene.cast
    Responsibility.objects.update(contact=None)
    asked = {one.asked.unit.key: one.contact for one in chase_list(scene.round, DAY)}
    # The region has a director alone, who answers for it.
    assert (asked["island"], asked["region"]) == (cast.focal_point, cast.director)
    name_deputy(
        by=cast.focal_point,
        now=NOW,
        account=cast.focal_point,
        deputy=cast.reviewer,
        kind="officer_in_charge",
        starts_on=DAY,
        ends_on=DAY,
    )
    asked = {one.asked.unit.key: one.contact for one in chase_list(scene.round, DAY)}
    assert asked["island"] == cast.reviewer
    after = {one.asked.unit.key: one.contact for one in chase_list(scene.round, DAY.replace(day=16))}
    assert after["island"] == cast.focal_point


@pytest.mark.parametrize(("day", "late"), [(DAY, 0), (DAY.replace(day=20), 5)])
def test_days_late_count_from_the_closing_day(scene: Scene, day: Any, late: int) -> None:
    assert {one.days_late for one in chase_list(scene.round, day)} == {late}


def test_nobody_has_nothing(scene: Scene) -> None:
    assert mine_of(authority_of(None, DAY), unit_tree(DAY)).waiting == 0
