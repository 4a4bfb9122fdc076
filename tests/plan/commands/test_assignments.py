from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suivi.core.clock import end_of
from suivi.core.models import AuditEntry
from suivi.organisation.commands import add_stakeholder, close_unit
from suivi.plan.commands import (
    add_milestone,
    assign_unit,
    change_contact,
    end_responsibility,
    expect_of_stakeholder,
    hand_over,
    set_accountable,
)
from suivi.plan.models import Expectation, MilestoneState, Responsibility
from suivi.plan.queries import deliverables_on, responsibilities_on, rows_in_force
from suivi.plan.queries.hand_over import what_would_move
from suivi.values.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from tests.cast import DAY, NOW, Cast, at, words

YESTERDAY = DAY - timedelta(days=1)


def _holders(cast: Cast, key: str, role: str, day: date) -> list[str]:
    rows = responsibilities_on(day).filter(deliverable=cast.deliverable(key), role=role)
    return [row.unit.key for row in rows.select_related("unit").order_by("unit__key")]


def _last_line() -> AuditEntry:
    line = AuditEntry.objects.first()
    assert line is not None
    return line


def test_a_unit_is_assigned_from_a_day_on_and_the_trail_says_so(cast: Cast) -> None:
    assign_unit(
        by=cast.plan_manager,
        now=NOW,
        deliverable=cast.deliverable("1.2.1"),
        unit=cast.region,
        role="accountable",
        starts_on=DAY,
    )
    assert _holders(cast, "1.2.1", "accountable", DAY) == ["region"]
    line = _last_line()
    assert (line.verb, line.by, line.object_key) == ("assign_unit", cast.plan_manager, "1.2.1")
    assert line.details == {"unit": "region", "responsibility": "accountable", "day": "2023-02-15"}


def test_a_second_accountable_unit_on_the_same_days_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        assign_unit(
            by=cast.plan_manager,
            now=NOW,
            deliverable=cast.deliverable("1.1.1"),
            unit=cast.region,
            role="accountable",
            starts_on=DAY,
        )
    assert "headquarters is accountable for 1.1.1" in str(refused.value)
    assert "Hand the deliverable over" in str(refused.value)


def test_several_units_may_be_responsible_at_once(cast: Cast) -> None:
    assign_unit(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        unit=cast.region,
        role="responsible",
        starts_on=DAY,
    )
    assert _holders(cast, "1.1.1", "responsible", DAY) == ["island", "region"]


def test_assigning_what_is_so_already_writes_nothing(cast: Cast) -> None:
    before = Responsibility.objects.count(), AuditEntry.objects.count()
    row = assign_unit(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        unit=cast.island,
        role="responsible",
        starts_on=DAY,
    )
    assert row.starts_on == date(2021, 2, 1)
    assert (Responsibility.objects.count(), AuditEntry.objects.count()) == before


def test_a_closed_unit_is_not_assigned(cast: Cast) -> None:
    close_unit(by=None, now=NOW, unit=cast.region, ends_on=YESTERDAY, successors=[cast.headquarters])
    for assign in (assign_unit, set_accountable):
        arguments = {"by": None, "now": NOW, "unit": cast.region, "starts_on": DAY}
        if assign is assign_unit:
            arguments |= {"deliverable": cast.deliverable("1.2.1"), "role": "supports"}
        else:
            arguments |= {"deliverables": [cast.deliverable("1.2.1")]}
        with pytest.raises(RuleBroken) as refused:
            assign(**arguments)  # type: ignore[operator]
        assert "closed on 2023-02-14" in str(refused.value)


def test_a_last_day_before_the_first_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        assign_unit(
            by=None,
            now=NOW,
            deliverable=cast.deliverable("1.2.1"),
            unit=cast.region,
            role="supports",
            starts_on=DAY,
            ends_on=YESTERDAY,
        )
    assert "before the first" in str(refused.value)


def test_what_is_recorded_today_about_last_year_was_not_known_last_year(cast: Cast) -> None:
    assign_unit(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.2.1"),
        unit=cast.region,
        role="accountable",
        starts_on=date(2022, 1, 1),
    )
    assert _holders(cast, "1.2.1", "accountable", DAY) == ["region"]
    assert _holders(cast, "1.2.1", "accountable", YESTERDAY) == []


def test_another_accountable_unit_takes_over_the_day_it_starts(cast: Cast) -> None:
    changed = set_accountable(
        by=None,
        now=NOW,
        deliverables=[cast.deliverable("1.1.1"), cast.deliverable("1.1.2")],
        unit=cast.region,
        starts_on=DAY,
    )
    assert changed == 1, "1.1.2 was the region's already"
    assert _holders(cast, "1.1.1", "accountable", DAY) == ["region"]
    kept = Responsibility.objects.current().get(
        deliverable=cast.deliverable("1.1.1"), unit=cast.headquarters, role="accountable"
    )
    assert kept.ends_on == YESTERDAY


def test_a_day_looked_at_before_the_change_shows_the_earlier_unit(cast: Cast) -> None:
    set_accountable(
        by=None,
        now=NOW,
        deliverables=[cast.deliverable("1.1.1")],
        unit=cast.region,
        starts_on=date(2023, 1, 1),
    )
    assert _holders(cast, "1.1.1", "accountable", YESTERDAY) == ["headquarters"]


def test_nobody_accountable_is_a_gap_from_that_day_on(cast: Cast) -> None:
    set_accountable(by=None, now=NOW, deliverables=[cast.deliverable("1.1.1")], unit=None, starts_on=DAY)
    assert _holders(cast, "1.1.1", "accountable", DAY) == []


def test_an_accountable_unit_that_was_to_come_gives_way(cast: Cast) -> None:
    one = [cast.deliverable("1.2.1")]
    later = DAY + timedelta(days=60)
    set_accountable(by=None, now=NOW, deliverables=one, unit=cast.island, starts_on=later)
    set_accountable(by=None, now=NOW, deliverables=one, unit=cast.region, starts_on=DAY)
    current = Responsibility.objects.current().filter(deliverable=one[0])
    assert [(row.unit.key, row.ends_on) for row in current] == [("region", None)]


def test_a_responsibility_ends_on_the_day_named(cast: Cast) -> None:
    held = Responsibility.objects.current().get(deliverable=cast.deliverable("1.1.1"), role="responsible")
    end_responsibility(by=None, now=NOW, responsibility=held, ends_on=DAY)
    assert _holders(cast, "1.1.1", "responsible", DAY) == ["island"]
    ended = Responsibility.objects.current().get(deliverable=cast.deliverable("1.1.1"), role="responsible")
    assert (ended.ends_on, ended.contact) == (DAY, cast.focal_point)


def test_a_responsibility_that_would_end_before_it_starts_is_withdrawn(cast: Cast) -> None:
    held = Responsibility.objects.current().get(deliverable=cast.deliverable("1.1.1"), role="responsible")
    end_responsibility(by=None, now=NOW, responsibility=held, ends_on=date(2021, 1, 31))
    assert (
        not Responsibility.objects.current()
        .filter(deliverable=cast.deliverable("1.1.1"), role="responsible")
        .exists()
    )


def test_ending_what_somebody_else_ended_says_so(cast: Cast) -> None:
    held = Responsibility.objects.current().get(deliverable=cast.deliverable("1.1.1"), role="responsible")
    end_responsibility(by=None, now=NOW, responsibility=held, ends_on=DAY)
    stale = Responsibility.objects.get(pk=held.pk)
    with pytest.raises(ChangedMeanwhile):
        end_responsibility(by=None, now=NOW, responsibility=stale, ends_on=YESTERDAY)
    stale.refresh_from_db()
    assert stale.superseded_at == NOW


def test_another_person_to_turn_to_leaves_the_days_alone(cast: Cast) -> None:
    held = Responsibility.objects.current().get(deliverable=cast.deliverable("1.1.1"), role="responsible")
    fresh = change_contact(by=cast.plan_manager, now=NOW, responsibility=held, contact=cast.director)
    assert (fresh.contact, fresh.starts_on, fresh.ends_on) == (cast.director, held.starts_on, None)
    assert _last_line().details["contact"] == "Dora Kest"


def test_the_same_person_again_writes_nothing(cast: Cast) -> None:
    held = Responsibility.objects.current().get(deliverable=cast.deliverable("1.1.1"), role="responsible")
    before = AuditEntry.objects.count()
    assert change_contact(by=None, now=NOW, responsibility=held, contact=cast.focal_point) == held
    assert AuditEntry.objects.count() == before


def test_a_hand_over_cuts_responsibilities_and_moves_open_milestones(cast: Cast) -> None:
    one = cast.deliverable("1.1.1")
    moved = hand_over(
        by=cast.plan_manager, now=NOW, deliverables=[one], from_unit=cast.island, to_unit=cast.region, on=DAY
    )
    assert moved == 1
    assert _holders(cast, "1.1.1", "responsible", DAY) == ["region"]
    assert _holders(cast, "1.1.1", "responsible", YESTERDAY) == ["island"]
    steps = MilestoneState.objects.current().filter(milestone__deliverable=one)
    assert {(step.owner_unit, step.owner) for step in steps} == {(cast.region, None)}
    assert (_last_line().verb, _last_line().details["from"]) == ("hand_over", "island")


def test_history_before_a_hand_over_keeps_the_earlier_unit(cast: Cast) -> None:
    one = cast.deliverable("1.1.1")
    hand_over(by=None, now=NOW, deliverables=[one], from_unit=cast.island, to_unit=cast.region, on=DAY)
    known = MilestoneState.objects.known_at(end_of(YESTERDAY)).filter(milestone__deliverable=one)
    assert {state.owner_unit for state in known} == {cast.island}


def test_milestones_done_before_a_hand_over_stay_with_who_did_them(cast: Cast) -> None:
    hand_over(
        by=None,
        now=NOW,
        deliverables=[cast.deliverable("1.1.2")],
        from_unit=cast.region,
        to_unit=cast.headquarters,
        on=DAY,
    )
    state = MilestoneState.objects.current().get(milestone__deliverable=cast.deliverable("1.1.2"))
    assert state.owner_unit == cast.region


def test_a_hand_over_to_itself_or_to_a_closed_unit_is_refused(cast: Cast) -> None:
    one = [cast.deliverable("1.1.1")]
    with pytest.raises(RuleBroken):
        hand_over(by=None, now=NOW, deliverables=one, from_unit=cast.island, to_unit=cast.island, on=DAY)
    close_unit(by=None, now=NOW, unit=cast.region, ends_on=YESTERDAY)
    with pytest.raises(RuleBroken):
        hand_over(by=None, now=NOW, deliverables=one, from_unit=cast.island, to_unit=cast.region, on=DAY)
    assert _holders(cast, "1.1.1", "responsible", DAY) == ["island"]


def test_nothing_to_hand_over_leaves_no_line(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    moved = hand_over(
        by=None,
        now=NOW,
        deliverables=[cast.deliverable("1.2.1")],
        from_unit=cast.island,
        to_unit=cast.region,
        on=DAY,
    )
    assert (moved, AuditEntry.objects.count()) == (0, before)


@pytest.mark.parametrize("on", [date(2020, 6, 1), date(2022, 12, 31), DAY, date(2023, 6, 1)])
def test_the_preview_names_what_a_hand_over_moves(cast: Cast, on: date) -> None:
    edition = cast.plan.editions.get(number=2)
    preview = what_would_move(edition, cast.headquarters.pk, on)
    before = set(Responsibility.objects.values_list("pk", flat=True))
    moved = hand_over(
        by=None,
        now=NOW,
        deliverables=[one.row.deliverable for one in preview],
        from_unit=cast.headquarters,
        to_unit=cast.region,
        on=on,
    )
    given = Responsibility.objects.exclude(pk__in=before).filter(unit=cast.region)
    assert moved == len(preview)
    assert given.count() == sum(len(one.responsibilities) for one in preview)


def test_what_is_expected_of_a_stakeholder_is_replaced_and_stays_in_the_record(cast: Cast) -> None:
    ministry = add_stakeholder(
        by=None, now=NOW, key="ministry", kind="governments", name=words("Ministry of Seas")
    )
    for moment, text in ((at(2023, 1, 10), "Lends a boat"), (NOW, "Lends two boats")):
        expect_of_stakeholder(
            by=None,
            now=moment,
            deliverable=cast.deliverable("1.1.1"),
            stakeholder=ministry,
            text=words(text),
        )
    assert [str(row.text) for row in Expectation.objects.current()] == ["Lends two boats"]
    assert [str(row.text) for row in Expectation.objects.known_at(end_of(YESTERDAY))] == ["Lends a boat"]


def test_only_those_who_assign_may_assign(cast: Cast) -> None:
    one = cast.deliverable("1.1.1")
    held = Responsibility.objects.current().get(deliverable=one, role="responsible")
    ministry = add_stakeholder(by=None, now=NOW, key="ministry", kind="banks", name=words("Bank"))
    for account in (cast.focal_point, cast.director, cast.reviewer, cast.stranger, cast.public_reader):
        who = {"by": account, "now": NOW}
        for act in (
            lambda who=who: assign_unit(
                **who, deliverable=one, unit=cast.region, role="supports", starts_on=DAY
            ),
            lambda who=who: set_accountable(**who, deliverables=[one], unit=cast.region, starts_on=DAY),
            lambda who=who: end_responsibility(**who, responsibility=held, ends_on=DAY),
            lambda who=who: change_contact(**who, responsibility=held, contact=None),
            lambda who=who: hand_over(
                **who, deliverables=[one], from_unit=cast.island, to_unit=cast.region, on=DAY
            ),
            lambda who=who: expect_of_stakeholder(
                **who, deliverable=one, stakeholder=ministry, text=words("Money")
            ),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert not Responsibility.objects.filter(recorded_at=NOW).exists()


OFFSETS = st.integers(-400, 400)
UNITS = st.sampled_from(["headquarters", "region", "island"])
ACTS = st.one_of(
    st.tuples(st.just("set"), UNITS, UNITS, OFFSETS),
    st.tuples(st.just("assign"), UNITS, UNITS, OFFSETS),
    st.tuples(st.just("hand_over"), UNITS, UNITS, OFFSETS),
    st.tuples(st.just("nobody"), UNITS, UNITS, OFFSETS),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(acts=st.lists(ACTS, min_size=1, max_size=6))
def test_whatever_is_assigned_and_handed_over_at_most_one_unit_is_accountable(
    cast: Cast, acts: list[tuple[str, str, str, int]]
) -> None:
    with transaction.atomic():  # each example begins with the cast as it was
        for number, (kind, one, two, offset) in enumerate(acts):
            _act(cast, number, kind, one, two, DAY + timedelta(days=offset))
        rows = Responsibility.objects.current().filter(
            deliverable=cast.deliverable("1.1.1"), role="accountable"
        )
        spells = sorted((row.starts_on, row.ends_on or date.max) for row in rows)
        assert all(ends < starts for (_, ends), (starts, _) in pairwise(spells))
        assert all(starts <= ends for starts, ends in spells)
        transaction.set_rollback(True)


def _act(cast: Cast, number: int, kind: str, one: str, two: str, on: date) -> None:
    deliverable = cast.deliverable("1.1.1")
    who = {"by": None, "now": NOW + timedelta(minutes=number)}
    first, second = getattr(cast, one), getattr(cast, two)
    try:
        if kind == "assign":
            assign_unit(**who, deliverable=deliverable, unit=first, role="accountable", starts_on=on)
        elif kind == "hand_over":
            hand_over(**who, deliverables=[deliverable], from_unit=first, to_unit=second, on=on)
        else:
            unit = None if kind == "nobody" else first
            set_accountable(**who, deliverables=[deliverable], unit=unit, starts_on=on)
    except RuleBroken:
        return


def test_a_milestone_of_the_day_is_read_with_its_deliverable(cast: Cast) -> None:
    add_milestone(by=None, now=NOW, deliverable=cast.deliverable("1.2.1"), title=words("Call"), due_on=DAY)
    found = deliverables_on(DAY, rows_in_force(DAY).filter(deliverable__key="1.2.1"))
    assert [str(step.row.title) for step in found[0].steps] == ["Call"]
