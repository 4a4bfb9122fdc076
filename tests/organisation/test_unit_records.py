from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suivi.organisation.commands import close_unit
from suivi.organisation.unit_records import people_of_scopes, record_of, successors_of_all
from tests.cast import DAY, Cast, at, build_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def test_the_names_of_a_unit_come_latest_first(cast: Cast) -> None:
    names = record_of(cast.headquarters.pk, DAY).names
    assert [str(name.name) for name in names] == ["Light and Lamp Office", "Lamp Office"]


def test_an_earlier_day_does_not_know_a_later_name(cast: Cast) -> None:
    names = record_of(cast.headquarters.pk, date(2022, 6, 1)).names
    assert [str(name.name) for name in names] == ["Lamp Office"]


def test_a_unit_knows_those_before_and_after_it_in_one_query(cast: Cast) -> None:
    close_unit(
        by=None,
        now=at(2023, 1, 1),
        unit=cast.island,
        ends_on=date(2023, 1, 31),
        successors=[cast.region, cast.headquarters],
    )
    with CaptureQueriesContext(connection) as queries:
        record = record_of(cast.island.pk, DAY)
    assert set(record.successors) == {cast.region.pk, cast.headquarters.pk}
    assert len(record.names) == 1
    assert len(queries) == 1
    assert record_of(cast.region.pk, DAY).predecessors == (cast.island.pk,)
    assert set(successors_of_all()[cast.island.pk]) == {cast.region.pk, cast.headquarters.pk}


def test_the_people_of_a_scope_are_those_who_hold_a_role_for_it_on_the_day(cast: Cast) -> None:
    people = people_of_scopes([cast.island.scope_id], DAY)
    assert [grant.account for grant in people] == [cast.focal_point]
    assert list(people_of_scopes([cast.island.scope_id], date(2018, 1, 1))) == []
