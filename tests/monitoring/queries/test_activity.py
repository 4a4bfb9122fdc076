"""Counted items with their places, and updates by month, on two days."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from suivi.monitoring.queries.activity import placed_items, updates_by_month
from suivi.monitoring.rules.activity import PlacedItem
from suivi.monitoring.rules.content import ItemSaid
from suivi.plan.models import Edition
from suivi.plan.queries import edition_on
from tests.cast import DAY, NOW, at
from tests.monitoring.scene import LANTERN, Scene, build_scene

QUAY = ItemSaid(
    LANTERN, "North quay", "concluded", date(2022, 11, 3), countries=("Kenya",), regions=("north",)
)


@pytest.fixture
def scene(db: None) -> Scene:
    return build_scene()


def _edition(scene: Scene) -> Edition:
    edition = edition_on(scene.cast.plan, DAY)
    assert edition is not None
    return edition


def _report(scene: Scene, *items: ItemSaid, **more: Any) -> None:
    scene.approved("1.1.1", "headquarters", by=scene.office, items=items, **more)


def test_an_item_is_where_it_was_told_to_be(scene: Scene) -> None:
    _report(scene, QUAY)
    assert placed_items(_edition(scene), DAY, DAY) == [PlacedItem(("Kenya",), ("north",))]


def test_an_item_that_had_not_happened_or_was_not_known_is_nowhere(scene: Scene) -> None:
    _report(scene, QUAY)
    edition = _edition(scene)
    assert placed_items(edition, date(2022, 12, 30), DAY) == []
    assert placed_items(edition, DAY, date(2023, 2, 14)) == []


def test_the_last_word_on_an_item_holds_and_a_dropped_one_is_left_out(scene: Scene) -> None:
    _report(scene, QUAY)
    _report(
        scene,
        replace(QUAY, happened_on=date(2023, 1, 5), countries=("Peru",)),
        round=None,
        reported_on=date(2023, 1, 31),
    )
    assert placed_items(_edition(scene), DAY, DAY)[0].countries == ("Peru",)
    assert placed_items(_edition(scene), date(2023, 1, 15), DAY)[0].countries == ("Kenya",)


def test_an_item_that_was_given_up_is_left_out(scene: Scene) -> None:
    _report(scene, replace(QUAY, stage="dropped", criteria={}))
    assert placed_items(_edition(scene), DAY, DAY) == []


def test_updates_are_counted_in_the_month_of_their_approval(scene: Scene) -> None:
    _report(scene, QUAY)
    scene.approved("1.1.2", "region")
    edition = _edition(scene)
    assert updates_by_month(edition, DAY, DAY) == [(date(NOW.year, NOW.month, 1), 2)]
    assert updates_by_month(edition, DAY, at(2023, 1, 31).date()) == []


def test_each_is_one_query(scene: Scene, django_assert_num_queries: Any) -> None:
    _report(scene, QUAY)
    edition = _edition(scene)
    with django_assert_num_queries(1):
        placed_items(edition, DAY, DAY)
    with django_assert_num_queries(1):
        updates_by_month(edition, DAY, DAY)
