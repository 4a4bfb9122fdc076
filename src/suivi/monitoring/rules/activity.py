"""Where the counted items of a plan are: how many in each country and region of the organisation's list."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from suivi.places.countries import CountryList
from suivi.values.folding import fold


class PlacedItem(NamedTuple):
    """One counted item as it was told last: countries as they were written, keys of regions."""

    countries: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Activity:
    """How many items there are in all, by country (its code), by region (its key), and by word that no
    country is known for, as it was written first.

    An item counts once in each of its countries, and once in each of its regions: those that it names and
    those of its countries. `nowhere` name neither.
    """

    items: int
    countries: Mapping[str, int]
    regions: Mapping[str, int]
    unrecognized: Mapping[str, int]
    nowhere: int


def activity_of(items: Iterable[PlacedItem], known: CountryList, day: date) -> Activity:
    """The counts, by the list as it holds on a day. What is not recognized is kept, never dropped."""
    total, nowhere = 0, 0
    countries: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    words: Counter[str] = Counter()
    written: dict[str, str] = {}
    for item in items:
        total += 1
        told = {fold(word): word for word in item.countries if fold(word)}
        found = {word: known.find(word, day) for word in told}
        countries.update({country.code for country in found.values() if country})
        regions.update(
            {*item.regions, *(country.region for country in found.values() if country and country.region)}
        )
        missing = [word for word, country in found.items() if country is None]
        words.update(missing)
        written |= {word: told[word] for word in missing if word not in written}
        nowhere += not (told or item.regions)
    unrecognized = {written[word]: count for word, count in sorted(words.items())}
    return Activity(total, countries, regions, unrecognized, nowhere)
