import pytest

from suivi.plan.models import DeliverableEdition, PillarEdition
from suivi.plan.queries import edition_on
from suivi.plan.queries.neighbours import neighbours_of
from tests.cast import DAY, Cast, build_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def test_the_neighbours_of_a_deliverable_stand_across_actions_and_pillars(cast: Cast) -> None:
    row = DeliverableEdition.objects.get(edition=edition_on(cast.plan, DAY), number="1.2.1")
    found = neighbours_of(row)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.number, found.after.number) == ("1.1.2", "2.1.2")


def test_the_first_and_the_last_have_one_neighbour_only(cast: Cast) -> None:
    rows = PillarEdition.objects.filter(edition=edition_on(cast.plan, DAY)).order_by("position")
    first, last = rows
    assert neighbours_of(first).before is None
    assert neighbours_of(last).after is None
