from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from suivi.plan.commands import assign_unit, change_milestone
from suivi.plan.models import Milestone
from suivi.plan.queries import deliverables_on, editions_on, rows_of
from suivi.plan.queries.attention import Attention, attention_of_plans, attention_of_units
from suivi.plan.rules import StepState
from tests.cast import DAY, NOW, Cast, at, build_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def _of_plan(cast: Cast, day: date) -> Attention:
    return attention_of_plans(day, [cast.plan.pk])[cast.plan.pk]


def test_due_late_and_gaps_are_counted_as_of_the_day(cast: Cast) -> None:
    assert _of_plan(cast, DAY) == Attention(due=1, late=1, gaps=2)


def test_a_milestone_of_a_dropped_deliverable_is_not_late(cast: Cast) -> None:
    assert _of_plan(cast, date(2023, 1, 15)).late == 0


def test_what_is_done_later_is_late_on_the_days_between(cast: Cast) -> None:
    milestone = Milestone.objects.get(deliverable=cast.deliverable("1.1.1"), key="m1")
    state = milestone.states.get()
    change_milestone(
        by=None,
        now=at(2023, 2, 20),
        milestone=milestone,
        title=state.title,
        due_on=state.due_on,
        done_on=date(2023, 2, 18),
        owner_unit=cast.island,
    )
    assert _of_plan(cast, date(2023, 2, 17)).late == 1
    assert _of_plan(cast, date(2023, 2, 20)).late == 0


@pytest.mark.parametrize(("days_before", "due"), [(31, 0), (30, 1), (0, 1), (-1, 0)])
def test_due_means_from_today_to_thirty_days_on(cast: Cast, days_before: int, due: int) -> None:
    last = date(2023, 3, 1)
    later = last - timedelta(days=days_before)
    others = 1 if later <= date(2023, 2, 1) <= later + timedelta(days=30) else 0
    assert _of_plan(cast, later).due == due + others


def test_a_gap_closes_on_the_day_a_unit_takes_over(cast: Cast) -> None:
    assign_unit(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.1.2"),
        unit=cast.island,
        role="responsible",
        starts_on=date(2023, 3, 1),
    )
    assert _of_plan(cast, date(2023, 2, 28)).gaps == 2
    assert _of_plan(cast, date(2023, 3, 1)).gaps == 1


def test_before_the_adoption_nothing_needs_attention(cast: Cast) -> None:
    assert _of_plan(cast, date(2020, 12, 31)) == Attention()


@pytest.mark.parametrize("day", [date(2021, 1, 20), date(2022, 5, 31), date(2022, 12, 5), DAY])
def test_the_counts_are_those_of_the_rows(cast: Cast, day: date) -> None:
    rows = deliverables_on(day, rows_of(editions_on(day, [cast.plan]).get()))
    states = [step.state for row in rows for step in row.steps]
    assert _of_plan(cast, day) == Attention(
        due=states.count(StepState.DUE_SOON),
        late=states.count(StepState.LATE),
        gaps=sum(bool(row.gaps) for row in rows),
    )


def test_a_region_owes_what_its_country_offices_owe(cast: Cast) -> None:
    groups = {"island": {cast.island.pk}, "region": {cast.region.pk, cast.island.pk}}
    found = attention_of_units(DAY, groups)
    assert found == {"island": Attention(due=1, late=1), "region": Attention(due=1, late=1, gaps=1)}


def test_a_gap_of_two_units_of_a_group_counts_once(cast: Cast) -> None:
    deliverable = cast.deliverable("1.2.1")
    for unit in (cast.region, cast.island):
        assign_unit(
            by=None,
            now=at(2023, 1, 1),
            deliverable=deliverable,
            unit=unit,
            role="responsible",
            starts_on=date(2023, 1, 1),
        )
    groups = {"region": {cast.region.pk, cast.island.pk}}
    assert attention_of_units(DAY, groups)["region"].gaps == 2


def test_two_queries_whatever_the_number_of_plans(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        attention_of_plans(DAY, [cast.plan.pk, *range(1000, 1200)])
    with django_assert_num_queries(2):
        attention_of_units(DAY, {n: {cast.island.pk, n} for n in range(1000, 1050)})
