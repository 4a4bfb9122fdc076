from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from suivi.organisation.commands import add_unit, close_unit
from suivi.plan.commands import add_milestone
from suivi.plan.queries.unit_rows import FEW_UNITS
from tests.cast import Cast, at, words
from tests.web.conftest import SignedIn, queries_of


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/units", "/units/island"])
def test_the_pages_of_units_are_for_people_inside(cast: Cast, as_person: SignedIn, address: str) -> None:
    assert as_person(None).get(address).status_code == 302
    assert as_person(cast.stranger).get(address).status_code == 403
    assert as_person(cast.public_reader).get(address).status_code == 403
    assert as_person(cast.focal_point).get(address).status_code == 200


def test_the_tree_counts_what_each_unit_answers_for(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.reviewer), "/units")
    for name in ("Light and Lamp Office", "Northern Seas", "Isle of Skerra"):
        assert name in text


def test_a_closed_unit_names_those_that_follow_it(cast: Cast, as_person: SignedIn) -> None:
    close_unit(
        by=None, now=at(2023, 1, 1), unit=cast.island, ends_on=date(2023, 1, 31), successors=[cast.region]
    )
    client = as_person(cast.plan_manager)
    assert "closed" in page(client, "/units")
    text = page(client, "/units/island")
    assert "This unit closed" in text
    assert "Followed by" in text


def test_a_unit_sees_what_is_late_due_and_later(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.focal_point), "/units/island")
    late, quarter, later = (text.index(title) for title in ("Late", "Due this quarter", "Later"))
    assert late < text.index("First five lanterns lit") < quarter
    assert quarter < text.index("All lanterns lit") < later
    assert "The time frame closes" in text


def test_the_units_below_are_added_on_demand(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.director)
    assert "First five lanterns lit" not in page(client, "/units/region")
    assert "First five lanterns lit" in page(client, "/units/region?below=1")


def test_a_plan_can_be_chosen_and_an_unknown_one_is_no_choice(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    assert "First five lanterns lit" in page(client, "/units/island?plan=harbour-plan")
    assert "First five lanterns lit" in page(client, "/units/island?plan=nowhere")


def test_a_unit_names_its_people_and_its_earlier_names(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    assert cast.focal_point.name in page(client, "/units/island")
    assert "Bureau des phares" not in page(client, "/units/island")
    assert "Lamp Office" in page(client, "/units/headquarters")


def test_an_earlier_day_shows_what_was_owed_then(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    assert "Draft of the guide" not in page(client, "/units/region")
    assert "Draft of the guide" in page(client, "/units/region?as_of=2022-10-15")


def test_a_unit_that_is_not_there_is_not_found(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(cast.plan_manager).get("/units/nowhere").status_code == 404


def test_a_long_list_is_cut_and_shown_whole_on_demand(
    cast: Cast, as_person: SignedIn, many: Callable[[], None]
) -> None:
    many()
    client = as_person(cast.focal_point)
    text = page(client, "/units/island")
    assert "Step 0" in text
    assert "Step 59" not in text
    assert "Show everything" in text
    assert "Step 59" in page(client, "/units/island?all=1")


@pytest.mark.parametrize(
    ("address", "limit"), [("/units", 9), ("/units/island", 13), ("/units/region?below=1", 13)]
)
def test_the_number_of_queries_does_not_grow_with_what_is_owed(
    cast: Cast, as_person: SignedIn, address: str, limit: int, many: Callable[[], None]
) -> None:
    client = as_person(cast.plan_manager)
    few = queries_of(client, address)
    many()
    assert queries_of(client, address) == few <= limit


def test_of_many_units_each_is_counted_and_the_list_is_shown_on_demand(
    cast: Cast, as_person: SignedIn
) -> None:
    for number in range(FEW_UNITS):
        add_unit(
            by=None,
            now=at(2023, 1, 5),
            key=f"quay-{number}",
            kind="country",
            name=words(f"Quay {number}"),
            short_name="Q",
            parent=cast.headquarters,
        )
    client = as_person(cast.plan_manager)
    counted = page(client, "/units/headquarters?below=1")
    assert '<td class="number right" data-label="accountable">2</td>' in counted
    assert "Quay 3" in counted
    assert "The page of a unit lists its deliverables" in counted
    assert "col-since" not in counted
    assert "col-since" in page(client, "/units/headquarters?below=1&all=1")


@pytest.fixture
def many(cast: Cast) -> Callable[[], None]:
    """Sixty milestones for the island."""

    def add() -> None:
        for number in range(60):
            add_milestone(
                by=None,
                now=at(2023, 1, 5),
                deliverable=cast.deliverable("1.1.1"),
                title=words(f"Step {number}"),
                due_on=date(2023, 4, 1) + timedelta(days=number),
                owner_unit=cast.island,
                key=f"s{number}",
            )

    return add
