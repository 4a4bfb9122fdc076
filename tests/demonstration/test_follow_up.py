"""The demonstration shows follow-up at work: rounds, every turn an update can take, states on each day."""

from collections import Counter
from datetime import date, datetime, time

import pytest
from django.utils import timezone

from suivi.core.models import Account
from suivi.demonstration.said import item_key
from suivi.monitoring.models import (
    AgreedStatus,
    Asked,
    Comment,
    Evidence,
    Invitation,
    Item,
    Look,
    ProgressUpdate,
    Round,
    Sample,
    Support,
    UpdateEvent,
)
from suivi.monitoring.queries.asked import chase_list
from suivi.monitoring.queries.burden import burden_of
from suivi.monitoring.queries.chain import verify
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.queries.mine import Mine, mine_of
from suivi.monitoring.queries.queue import review_queue, waiting
from suivi.monitoring.queries.sheets import settings_on
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.organisation.queries import authority_of, unit_tree
from suivi.plan.models import Plan
from suivi.plan.queries import edition_on
from tests.demonstration.days import OPENING_DAY

YEARS_LATER = date(2026, 1, 2)  # all time frames have ended, and nothing was reported since

# On the opening day the signal, the own assessment, the status agreed last; and the signal years later.
STANDING = """
1.1.1  on_track          on_track   on_track     partially_achieved
1.1.2  on_track          on_track   on_track     partially_achieved
1.2.1  at_risk           on_track   on_track     partially_achieved
1.3.1  on_track          on_track   on_track     partially_achieved
1.3.2  at_risk           on_track   on_track     partially_achieved
1.3.3  on_track          on_track   on_track     partially_achieved
1.4.1  on_track          on_track   on_track     partially_achieved
1.4.2  at_risk           on_track   on_track     not_achieved
1.4.3  at_risk           on_track   at_risk      partially_achieved
1.4.4  achieved         achieved   achieved     achieved
2.1.1  at_risk           on_track   on_track     not_achieved
2.1.2  on_track          on_track   on_track     partially_achieved
2.2.1  on_track          on_track   on_track     partially_achieved
2.2.2  on_track          on_track   on_track     achieved
2.3.1  at_risk           off_track  off_track    partially_achieved
2.3.2  at_risk          on_track   at_risk      partially_achieved
2.3.3  on_track          on_track   on_track     partially_achieved
2.4.1  on_track          on_track   on_track     partially_achieved
3.1.1  at_risk           on_track   on_track     partially_achieved
3.1.2  off_track        off_track  off_track    -
3.2.1  on_track          on_track   on_track     partially_achieved
3.2.2  on_track          on_track   on_track     partially_achieved
3.3.1  at_risk          at_risk    at_risk      partially_achieved
3.3.2  not_started       -          not_started  not_achieved
4.1.1  on_track          on_track   on_track     partially_achieved
4.1.2  at_risk          at_risk    at_risk      partially_achieved
4.2.1  on_track          on_track   on_track     partially_achieved
4.2.2  on_track          on_track   on_track     partially_achieved
4.2.3  no_recent_update -          no_recent_update  not_achieved
4.3.1  at_risk           on_track   on_track     partially_achieved
4.4.1  on_track          on_track   on_track     partially_achieved
4.4.2  at_risk           on_track   on_track     partially_achieved
4.4.3  -                 -          -            not_achieved
"""


def _states(plan: Plan, up_to: date, as_of: date | None = None) -> dict[str, StateOnDay]:
    """By the number of the deliverable."""
    edition = edition_on(plan, as_of or up_to)
    assert edition is not None
    numbers = {one.pk: one.key for one in plan.deliverables.all()}
    return {numbers[pk]: one for pk, one in states_of(edition, up_to, as_of or up_to).items()}


def _mine(email: str) -> Mine:
    account = Account.objects.get(email=f"{email}@example.org")
    return mine_of(authority_of(account, OPENING_DAY), unit_tree(OPENING_DAY))


def _update(plan: Plan, round_key: str, number: str, unit: str) -> ProgressUpdate:
    found: ProgressUpdate = plan.updates.get(
        round__key=round_key, deliverable__key=number, unit__key=unit, corrects=None
    )
    return found


def _verbs(update: ProgressUpdate) -> list[str]:
    return list(update.events.order_by("pk").values_list("verb", flat=True))


def test_states_are_those_of_the_table(plan: Plan) -> None:
    opening, later = _states(plan, OPENING_DAY), _states(plan, YEARS_LATER)
    found = [
        [
            number,
            *(
                (str(now.signal.status), now.assessment or "-", str(now.agreed.status) if now.agreed else "-")
                if (now := opening.get(number))
                else "---"
            ),
            str(later[number].signal.status) if number in later else "-",
        ]
        for number in sorted({*opening, *later})
    ]
    assert found == [line.split() for line in STANDING.strip().splitlines()]


def test_nothing_is_not_achieved_on_the_opening_day(plan: Plan) -> None:
    opening = _states(plan, OPENING_DAY)
    assert len(opening) == 32
    assert not {str(one.signal.status) for one in opening.values()} & {"not_achieved", "partially_achieved"}


def test_four_rounds_of_which_one_is_being_reviewed(plan: Plan) -> None:
    outcomes = {
        one.key: Counter(Asked.objects.filter(round=one).values_list("outcome", flat=True))
        for one in Round.objects.order_by("opens_on")
    }
    assert outcomes == {
        "2021-1": {"answered": 23, "late": 3, "excused": 1, "missing": 1},
        "2021-2": {"answered": 37, "late": 7, "missing": 3},
        "2022-1": {"answered": 43, "late": 8, "missing": 2},
        "2022-2": {"": 62},
    }
    chased = Counter(str(one.state) for one in chase_list(Round.objects.get(key="2022-2"), OPENING_DAY))
    assert chased == {"answered": 43, "missing": 11, "late": 7, "excused": 1}


def test_updates_are_in_every_state_of_their_life(plan: Plan) -> None:
    assert Counter(ProgressUpdate.objects.values_list("kind", "state")) == {
        ("update", "approved"): 103,
        ("update", "submitted"): 5,
        ("update", "in_clearance"): 1,
        ("update", "returned"): 1,
        ("update", "draft"): 2,
        ("contribution", "submitted"): 64,
        ("contribution", "in_clearance"): 1,
        ("contribution", "returned"): 1,
        ("contribution", "draft"): 1,
    }


def test_an_earlier_day_shows_an_earlier_state(plan: Plan) -> None:
    before, after = _states(plan, date(2023, 1, 26)), _states(plan, date(2023, 1, 27))
    assert [str(one["1.4.4"].signal.status) for one in (before, after)] == ["on_track", "achieved"]
    # It had happened on the 19th; the record learnt of it when the update was approved.
    knew = _states(plan, date(2023, 1, 20), as_of=date(2023, 1, 27))
    assert str(knew["1.4.4"].signal.status) == "achieved"


def test_a_correction_changes_what_is_said_of_an_earlier_day_from_its_approval_on(plan: Plan) -> None:
    up_to = date(2022, 6, 30)
    knew = {day: _states(plan, up_to, as_of=date(2022, 12, day))["1.3.3"] for day in (13, 14)}
    assert [str(one.signal.progress.number) for one in knew.values()] == ["56.25", "46.875"]


def test_partnerships_count_only_when_each_criterion_is_confirmed(plan: Plan) -> None:
    state = _states(plan, OPENING_DAY)["1.4.1"]
    twinned = Item.objects.get(key=item_key("1.4.1", "training-institutes")).states.latest("happened_on")
    assert state.signal.progress.number == 4
    assert twinned.stage == "concluded"
    assert (twinned.criteria["new"], twinned.confirmed["new"]) == (True, False)
    stages = Counter(
        item.states.latest("happened_on").stage
        for item in Item.objects.filter(deliverable__key="1.4.1", states__isnull=False).distinct()
    )
    assert stages == {"concluded": 5, "negotiation": 2, "identified": 1, "dropped": 1}


def test_a_revised_target_leaves_the_adopted_one_beside_it(plan: Plan) -> None:
    earlier, now = _states(plan, date(2022, 10, 16))["1.4.3"], _states(plan, OPENING_DAY)["1.4.3"]
    assert (earlier.measure.target, earlier.is_revised) == (20, False)
    assert (now.measure.target, now.measure.adopted_target, now.is_revised) == (22, 20, True)


def test_agreed_otherwise_than_signalled_has_a_reason(plan: Plan) -> None:
    otherwise = [
        (one.round.key if one.round else "", one.deliverable.key, one.signal, one.status, bool(one.reason))
        for one in AgreedStatus.objects.order_by("round__opens_on", "deliverable__key")
        if one.status != one.signal
    ]
    assert otherwise == [
        ("2021-1", "1.4.3", "off_track", "on_track", True),
        ("2021-2", "1.3.2", "on_track", "at_risk", True),
        ("2021-2", "1.4.3", "off_track", "at_risk", True),
        ("2022-1", "2.3.1", "on_track", "off_track", True),
        ("2022-2", "1.4.3", "on_track", "at_risk", True),
        ("2022-2", "1.4.4", "on_track", "achieved", True),
        ("2022-2", "2.3.1", "at_risk", "off_track", True),
        ("2022-2", "4.1.2", "on_track", "at_risk", True),
    ]
    assert AgreedStatus.objects.count() == 96 + 12


def test_clearance_is_wanted_from_the_day_it_was_decided(plan: Plan) -> None:
    wanted = [
        settings_on(edition, day).needs_clearance
        for day in (date(2022, 5, 15), date(2022, 5, 16), OPENING_DAY)
        if (edition := edition_on(plan, day))
    ]
    assert wanted == [False, True, True]
    first = UpdateEvent.objects.filter(verb="cleared").order_by("at")[0]
    assert timezone.localdate(first.at) > date(2022, 7, 1)


def test_an_update_that_came_back_twice_was_decided_and_another_waits(plan: Plan) -> None:
    decided = _update(plan, "2022-1", "3.2.1", "financing")
    assert _verbs(decided) == [
        *("started", "sent", "cleared", "submitted", "returned"),
        *("sent", "cleared", "submitted", "returned", "decision_asked", "decided", "approved"),
    ]
    assert decided.approved_by == Account.objects.get(name="Inês Okonvale")
    assert [one.deliverable.key for one in _mine("ines.okonvale").to_decide] == ["1.4.2"]


def test_officer_in_charge_reports_on_behalf_of_the_director(plan: Plan) -> None:
    update = _update(plan, "2022-2", "4.2.2", "learning-centre")
    assert str(update.created_by) == "Pavel Istrane"
    assert str(update.on_behalf_of) == "Chiara Dunmorra"
    assert "cleared" not in _verbs(update)  # who stands in for the director needs no other clearance


def test_contributions_become_one_update(plan: Plan) -> None:
    update = _update(plan, "2022-2", "1.3.3", "social-partners")
    assert set(update.consolidates.values_list("unit__key", flat=True)) == {"marenda", "alvera", "talanor"}
    made_of_some = ProgressUpdate.objects.filter(consolidates__isnull=False, state="approved").distinct()
    assert made_of_some.count() == 33


def test_some_say_no_change_and_one_of_them_may_be_approved_in_bulk(plan: Plan) -> None:
    assert ProgressUpdate.objects.filter(is_no_change=True).count() == 4
    queue = waiting(review_queue(plan))
    assert [one.update.deliverable.key for one in queue if one.says_nothing_new] == ["3.2.2"]
    assert {one.update.deliverable.key for one in queue} == {"1.2.1", "1.4.2", "3.1.1", "3.2.2", "4.4.1"}


def test_who_signs_in_finds_something_to_do(plan: Plan) -> None:
    assert [str(one.deliverable) for one in _mine("awa.ndirel").returned] == ["2.3.2"]
    assert [str(one.deliverable) for one in _mine("joaquin.belmirez").drafts] == ["2.3.2"]
    assert [str(one.deliverable) for one in _mine("fatou.kerimba").to_clear] == ["3.3.2"]
    assert sum(_mine("dmitri.harrowgate").to_review.values()) == 5
    assert len(_mine("maelle.fontrasse").owed) == 3
    assert len(_mine("ines.okonvale").mentions) == 3


def test_support_was_asked_and_mostly_answered(plan: Plan) -> None:
    assert Support.objects.count() == 5
    assert Support.objects.exclude(answered_at=None).count() == 4
    assert [str(one.owner_unit) for one in _mine("viktor.almansel").support] == ["executive"]


def test_threads_mention_people_of_the_house(plan: Plan) -> None:
    assert Comment.objects.count() == 14
    assert Comment.objects.filter(mentions=None).count() == 1


def test_each_group_of_constituents_spoke_and_said_how_it_may_be_quoted(plan: Plan) -> None:
    said = Invitation.objects.filter(voice__isnull=False).values_list("group", "voice__consent")
    assert set(said) == {("workers", "name"), ("employers", "group"), ("governments", "none")}
    assert Invitation.objects.filter(voice__isnull=True).count() == 1


def test_withdrawn_evidence_keeps_its_digest_and_its_reason(plan: Plan) -> None:
    withdrawn = Evidence.objects.get(withdrawn_at__isnull=False)
    assert (len(withdrawn.sha256), bool(withdrawn.withdrawn_reason)) == (64, True)
    assert Evidence.objects.count() == 78


def test_looks_ahead_were_kept_when_rounds_closed(plan: Plan) -> None:
    made = [(one.deliverable.key, one.made_on, one.counted) for one in Look.objects.all()]
    assert made == [("1.4.3", date(2022, 9, 16), 5)]  # before, fewer than five had begun


def test_auditor_drew_a_sample_and_checked_it(plan: Plan) -> None:
    sample = Sample.objects.get()
    assert sample.sampled.exclude(checked_at=None).count() == 12
    assert not sample.sampled.filter(is_sufficient=False, note="").exists()
    assert {one.stratum for one in sample.sampled.all()} == {"1", "2", "3", "4"}


def test_burden_of_a_round_shows_what_nobody_read(plan: Plan) -> None:
    parts = {str(one.part): one for one in burden_of(Round.objects.get(key="2022-1"))}
    assert {name: one.unread for name, one in parts.items() if one.unread} == {"evidence": 22}


def test_chain_of_approvals_holds(plan: Plan) -> None:
    # The bytes of withdrawn content go when the loading is committed, which it never is here.
    assert [one.code for one in verify(plan)] == ["withdrawn-bytes-remain"]
    assert plan.chain.count() == 103 + 108 + 1  # approved updates, agreed statuses, a withdrawal


def test_nothing_of_follow_up_is_recorded_after_the_opening_day(plan: Plan) -> None:
    end = datetime.combine(OPENING_DAY, time.max, tzinfo=timezone.get_default_timezone())
    assert not UpdateEvent.objects.filter(at__gt=end).exists()
    assert not AgreedStatus.objects.filter(recorded_at__gt=end).exists()


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_updates_speak_all_three_languages(plan: Plan, language: str) -> None:
    update = ProgressUpdate.objects.filter(language=language, state="approved").order_by("pk")[0]
    assert content_of(update).language == language
    assert set(update.narrative.plain()) == {language}
