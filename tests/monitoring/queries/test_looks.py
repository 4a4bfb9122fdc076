"""Looks ahead as they are made, kept, shown and held against what happened."""

from datetime import date
from uuid import UUID

import pytest

from suivi.monitoring.commands.looks import record_looks
from suivi.monitoring.commands.sheets import set_rules, write_sheet
from suivi.monitoring.models import Look
from suivi.monitoring.queries.looks import outlooks_on, past_looks, sees_looks
from suivi.organisation.queries import authority_of, unit_tree
from suivi.plan.models import Edition
from suivi.plan.queries import edition_on
from suivi.values.errors import NotAllowed
from tests.cast import DAY, NOW, Cast, at, build_cast
from tests.monitoring.record import Record


def edition(cast: Cast) -> Edition:
    found = edition_on(cast.plan, DAY)
    assert found
    return found


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast with six of ten lanterns lit in the first half of 2022."""
    cast = build_cast()
    write_sheet(
        by=None,
        now=at(2021, 1, 12),
        deliverable=cast.deliverable("1.1.1"),
        edition=edition(cast),
        kind="items",
    )
    told = Record(cast.deliverable("1.1.1"), cast.headquarters, cast.reviewer)
    update = told.update(date(2022, 6, 30))
    for n in range(6):
        told.item(update, UUID(int=n), "concluded", date(2022, n + 1, 1))
    return cast


def test_a_look_is_kept_once_a_day_and_only_by_who_agrees_statuses(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        record_looks(by=cast.reviewer, now=NOW, plan=cast.plan)
    (look,) = record_looks(by=cast.plan_manager, now=NOW, plan=cast.plan)
    assert (look.counted, look.target, look.end_on) == (6, 10, date(2023, 12, 31))
    assert look.low <= look.middle <= look.high
    assert record_looks(by=None, now=NOW, plan=cast.plan) == []
    assert Look.objects.count() == 1


def test_a_past_look_is_held_against_what_happened_by_its_end(cast: Cast) -> None:
    record_looks(by=None, now=NOW, plan=cast.plan)
    assert [one.was_right for one in past_looks(edition(cast), DAY, DAY).looks] == [None]
    later = date(2024, 2, 1)
    told = past_looks(edition(cast), later, later)
    assert [(one.happened, one.was_right) for one in told.looks] == [(6, Look.objects.get().low <= 6)]
    assert told.known == 1


def test_a_plan_may_decide_not_to_look_ahead(cast: Cast) -> None:
    assert outlooks_on(edition(cast), DAY, DAY).keys() == {cast.deliverable("1.1.1").pk}
    set_rules(by=None, now=at(2022, 7, 1), edition=edition(cast), settings={"looks_ahead": False})
    assert outlooks_on(edition(cast), DAY, DAY) == {}


def test_a_look_is_seen_by_the_accountable_unit_and_the_plan_manager_only(cast: Cast) -> None:
    tree = unit_tree(DAY)
    seen = {
        person.name
        for person in (cast.plan_manager, cast.focal_point, cast.director, cast.reviewer, cast.auditor)
        if sees_looks(authority_of(person, DAY), cast.plan, cast.island.pk, tree)
    }
    # The director answers for the region with the island in it.
    assert seen == {cast.plan_manager.name, cast.focal_point.name, cast.director.name}
    assert not sees_looks(authority_of(cast.focal_point, DAY), cast.plan, None, tree)
