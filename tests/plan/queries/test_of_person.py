from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from suivi.plan.queries.of_person import desk_of
from suivi.plan.rules import StepState
from tests.cast import DAY, Cast, build_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def test_late_milestones_come_first(cast: Cast) -> None:
    desk = desk_of(cast.focal_point, DAY, [])
    assert [step.state for step in desk.steps] == [StepState.LATE, StepState.DUE_SOON]


def test_the_desk_of_an_earlier_day_is_that_of_the_day(cast: Cast) -> None:
    assert desk_of(cast.focal_point, date(2021, 1, 20), []).steps == []
    states = [step.state for step in desk_of(cast.focal_point, date(2022, 12, 1), []).steps]
    assert states == [StepState.PLANNED, StepState.PLANNED]


def test_a_contact_is_told_for_what(cast: Cast) -> None:
    held = desk_of(cast.focal_point, DAY, []).contact_for
    assert [(one.row.number, one.responsibility.role) for one in held] == [("1.1.1", "responsible")]


def test_the_units_of_a_person_bring_their_deliverables(cast: Cast) -> None:
    held = desk_of(cast.director, DAY, [cast.region.pk, cast.island.pk]).of_units
    assert [one.row.number for one in held] == ["1.1.1", "1.1.2"]


def test_four_queries_at_any_size(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        desk_of(cast.focal_point, DAY, [cast.headquarters.pk, cast.region.pk, cast.island.pk])
