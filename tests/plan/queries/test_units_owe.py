from collections import Counter
from datetime import date

import pytest

from suivi.organisation.commands import add_unit
from suivi.plan.commands import add_milestone, answer_request, ask_for_change
from suivi.plan.models import ChangeKind, ResponsibilityRole
from suivi.plan.queries.editions import plans_in_force
from suivi.plan.queries.unit_rows import FEW_UNITS
from suivi.plan.queries.units_owe import (
    EVERYTHING,
    Due,
    Owed,
    OwedGroup,
    UnitCounts,
    counts_of_units,
    desk_of_units,
    due_of,
)
from suivi.plan.rules import StepState
from tests.cast import DAY, NOW, Cast, at, build_cast, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def owed(cast: Cast, *units: int, day: date = DAY, first: int = 30) -> dict[Due, OwedGroup]:
    desk = desk_of_units(units, day, plans_in_force(day), first=first)
    return {group.due: group for group in desk.owed}


def said(items: "list[Owed] | tuple[Owed, ...]") -> list[tuple[str, str]]:
    return [(str(one.title) if one.title else "closes", one.deliverable.key) for one in items]


def test_a_milestone_due_before_the_day_is_late(cast: Cast) -> None:
    late = owed(cast, cast.island.pk)[Due.LATE]
    assert said(list(late.items)) == [("First five lanterns lit", "1.1.1")]
    assert late.items[0].state is StepState.LATE


def test_what_is_due_until_the_end_of_the_quarter_stands_by_itself(cast: Cast) -> None:
    assert said(list(owed(cast, cast.island.pk)[Due.THIS_QUARTER].items)) == [("All lanterns lit", "1.1.1")]


def test_time_frames_of_what_a_unit_works_on_close_later(cast: Cast) -> None:
    later = owed(cast, cast.island.pk)[Due.LATER]
    assert [(one.due_on, one.deliverable.key) for one in later.items] == [(date(2023, 12, 31), "1.1.1")]


def test_a_closed_time_frame_is_not_late(cast: Cast) -> None:
    groups = owed(cast, cast.headquarters.pk, day=date(2030, 1, 1))
    assert [one for group in groups.values() for one in group.items if not one.milestone] == []


def test_a_milestone_that_is_done_is_not_owed_any_more(cast: Cast) -> None:
    assert "Draft of the guide" not in dict(said(list(owed(cast, cast.region.pk)[Due.LATE].items)))


def test_it_was_owed_before_the_record_knew_that_it_was_done(cast: Cast) -> None:
    groups = owed(cast, cast.region.pk, day=date(2022, 11, 1))
    assert "Draft of the guide" in dict(said(list(groups[Due.THIS_QUARTER].items)))


def test_milestones_of_dropped_deliverables_are_not_owed(cast: Cast) -> None:
    everything = owed(cast, cast.headquarters.pk)
    assert not any(one.deliverable.key == "2.1.1" for group in everything.values() for one in group.items)


def test_an_unowned_milestone_is_owed_by_the_accountable_unit(cast: Cast) -> None:
    add_milestone(
        by=cast.plan_manager,
        now=at(2023, 1, 5),
        deliverable=cast.deliverable("2.1.2"),
        title=words("Screens bought"),
        due_on=date(2023, 2, 10),
    )
    late = owed(cast, cast.headquarters.pk)[Due.LATE]
    assert ("Screens bought", "2.1.2") in said(list(late.items))
    assert owed(cast, cast.island.pk)[Due.LATE].count == 1


def test_a_postponed_time_frame_is_owed_by_its_internal_day_and_names_the_adopted_one(cast: Cast) -> None:
    request = ask_for_change(
        by=cast.plan_manager,
        now=at(2023, 1, 10),
        deliverable=cast.deliverable("1.1.1"),
        kind=ChangeKind.POSTPONEMENT,
        reason="Oil is scarce",
        proposed_end_on=date(2024, 6, 30),
    )
    answer_request(by=cast.plan_manager, now=at(2023, 1, 20), request=request, is_accepted=True, answer="Yes")
    later = owed(cast, cast.island.pk)[Due.LATER]
    assert [(one.due_on, one.adopted_end_on) for one in later.items] == [
        (date(2024, 6, 30), date(2023, 12, 31))
    ]
    assert later.count == 1


def test_the_counts_are_those_of_all_although_only_the_first_are_read(cast: Cast) -> None:
    for number in range(5):
        add_milestone(
            by=cast.plan_manager,
            now=at(2023, 1, 5),
            deliverable=cast.deliverable("1.1.1"),
            title=words(f"Quay {number}"),
            due_on=date(2023, 5, 1 + number),
            owner_unit=cast.island,
        )
    later = owed(cast, cast.island.pk, first=2)[Due.LATER]
    assert later.count == 6
    assert [one.due_on for one in later.items] == [date(2023, 5, 1), date(2023, 5, 2)]


def test_the_units_below_owe_together(cast: Cast) -> None:
    alone = owed(cast, cast.region.pk)
    together = owed(cast, cast.region.pk, cast.island.pk)
    assert together[Due.LATE].count == alone[Due.LATE].count + 1


def test_the_deliverables_of_a_unit_stand_under_their_responsibilities(cast: Cast) -> None:
    roles = desk_of_units([cast.headquarters.pk], DAY, plans_in_force(DAY)).held
    assert [(role.role, role.count, [one.deliverable.key for one in role.items]) for role in roles] == [
        (ResponsibilityRole.ACCOUNTABLE, 2, ["1.1.1", "2.1.2"]),
        (ResponsibilityRole.RESPONSIBLE, 1, ["2.1.2"]),
    ]


def test_many_units_owe_what_they_owe_by_few_at_a_time(cast: Cast) -> None:
    units = [cast.headquarters.pk, cast.region.pk, cast.island.pk]
    idle = [
        add_unit(by=None, now=NOW, key=f"q{n}", kind="country", name=words("Quay"), short_name="Q").pk
        for n in range(FEW_UNITS)
    ]
    for day in (DAY, date(2022, 3, 1), date(2024, 1, 1)):
        few = desk_of_units(units, day, plans_in_force(day))
        many = desk_of_units([*units, *idle], day, plans_in_force(day))
        assert many.owed == few.owed
        whole = desk_of_units([*units, *idle], day, plans_in_force(day), first=EVERYTHING)
        assert whole.held == few.held
        assert many.held == []
        counted = Counter(
            role for held in many.by_unit.values() for role, n in held.items() for _ in range(n)
        )
        assert counted == {role.role.value: role.count for role in few.held}


def test_units_are_counted_by_themselves(cast: Cast) -> None:
    counts = counts_of_units(DAY)
    assert counts[cast.headquarters.pk] == UnitCounts(accountable=2, responsible=1, late=0)
    assert counts[cast.island.pk] == UnitCounts(accountable=0, responsible=1, late=1)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2023, 2, 14), Due.LATE),
        (date(2023, 2, 15), Due.THIS_QUARTER),
        (date(2023, 3, 31), Due.THIS_QUARTER),
        (date(2023, 4, 1), Due.LATER),
    ],
)
def test_a_day_falls_in_one_stretch_of_time(day: date, due: Due) -> None:
    assert due_of(day, DAY) is due
