from datetime import date

import pytest

from suivi.documents.comparison import Change
from suivi.plan.queries.deliverable_history import history_of_deliverable
from tests.cast import DAY, Cast, build_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def changes(cast: Cast, key: str, day: date = DAY) -> list[tuple[int, list[Change]]]:
    history = history_of_deliverable(cast.deliverable(key), day)
    return [(past.edition.number, [one.change for one in past.changes]) for past in history.past]


def test_the_history_names_the_edition_that_changed_the_wording(cast: Cast) -> None:
    assert changes(cast, "1.1.1") == [(2, [Change.TEXT]), (1, [Change.ADDED])]


def test_the_history_names_the_edition_that_changed_the_time_frame(cast: Cast) -> None:
    assert changes(cast, "1.1.2") == [(2, [Change.WINDOW]), (1, [Change.ADDED])]


def test_editions_that_left_a_deliverable_alone_are_left_out(cast: Cast) -> None:
    assert changes(cast, "1.2.1") == [(1, [Change.ADDED])]


def test_a_dropped_deliverable_says_by_which_edition(cast: Cast) -> None:
    history = history_of_deliverable(cast.deliverable("2.1.1"), DAY)
    assert history.dropped_by is not None
    assert history.dropped_by.number == 2


def test_an_earlier_day_does_not_know_later_editions(cast: Cast) -> None:
    assert changes(cast, "1.1.1", date(2021, 6, 1)) == [(1, [Change.ADDED])]
    assert history_of_deliverable(cast.deliverable("2.1.1"), date(2021, 6, 1)).dropped_by is None


def test_a_deliverable_that_comes_later_has_no_history_yet(cast: Cast) -> None:
    assert changes(cast, "2.1.2", date(2021, 6, 1)) == []
