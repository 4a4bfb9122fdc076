from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from suivi.monitoring.rules.activity import PlacedItem, activity_of
from suivi.places.countries import DEFAULT, read_countries

DAY = date(2023, 2, 15)
KNOWN = read_countries(DEFAULT)
WORDS = st.sampled_from(["Kenya", "kenia", "KE", "Sénégal", "Marenda", "marenda ", "", "  "]) | st.text(
    max_size=8
)
ITEMS = st.lists(
    st.builds(
        PlacedItem,
        st.lists(WORDS, max_size=4).map(tuple),
        st.lists(st.sampled_from(["africa", "americas", "north"]), max_size=3).map(tuple),
    ),
    max_size=8,
)


def test_a_country_written_in_three_ways_counts_once_for_an_item() -> None:
    found = activity_of([PlacedItem(("Kenya", "KE", "kenia"), ())], KNOWN, DAY)
    assert (found.countries, found.regions, found.unrecognized) == ({"KEN": 1}, {"africa": 1}, {})


def test_two_countries_of_a_region_are_one_item_of_the_region() -> None:
    found = activity_of([PlacedItem(("Kenya", "Senegal"), ("africa", "americas"))], KNOWN, DAY)
    assert found.countries == {"KEN": 1, "SEN": 1}
    assert found.regions == {"africa": 1, "americas": 1}


def test_what_is_not_recognized_is_kept_as_it_was_written_first() -> None:
    items = [PlacedItem(("Marenda",), ()), PlacedItem(("MARENDA", "Kenya"), ()), PlacedItem((), ())]
    found = activity_of(items, KNOWN, DAY)
    assert found.unrecognized == {"Marenda": 2}
    assert (found.items, found.nowhere) == (3, 1)


@given(ITEMS)
def test_no_item_is_lost_and_none_counts_twice_in_a_place(items: list[PlacedItem]) -> None:
    found = activity_of(items, KNOWN, DAY)
    assert found.items == len(items)
    counts = [*found.countries.values(), *found.regions.values(), *found.unrecognized.values()]
    assert all(0 < count <= len(items) for count in counts)
    placed = [item for item in items if any(word.strip() for word in item.countries) or item.regions]
    assert found.nowhere >= len(items) - len(placed)
