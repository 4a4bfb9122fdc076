"""A list of countries and regions: read from a file, and asked which country a word stands for.

The list is the organisation's own, and dated. Names, regions and places on a map are what the file says,
and nothing of them stands in the code.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeAlias

from suivi.values.errors import InputRefused
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop

Shape: TypeAlias = Literal["tiles", "circles"]
DEFAULT = Path(__file__).parent / "countries.toml"
FARTHEST = 60  # the last column and the last row of a map
LARGEST = 2**20  # bytes of a file

_HINT = gettext_noop("Mend the file, or leave SUIVI_COUNTRIES out for the list that comes with suivi.")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FIELDS = {"alpha2", "region", "tile", "from", "until", "also"}


@dataclass(frozen=True)
class Country:
    """A country or area. `names` is language to name; `tile` is column and row on the map, from the top left.

    It holds from `starts_on` to `ends_on`, both included; None is without end.
    """

    code: str
    alpha2: str
    names: Mapping[str, str]
    region: str = ""
    tile: tuple[int, int] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    also: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Its name in a language, else in the first language of the list."""
        return in_language(self.names, language)

    def holds_on(self, day: date) -> bool:
        return (self.starts_on or day) <= day <= (self.ends_on or day)

    @property
    def words(self) -> frozenset[str]:
        """All that stands for it, folded."""
        return frozenset(fold(word) for word in (self.code, self.alpha2, *self.names.values(), *self.also))


@dataclass(frozen=True)
class CountryList:
    """What a file says. `regions` is key to names, in the order of tables; `disclaimer` is by language.

    `shape` is how the map is drawn: a tile for each country, or a circle.
    """

    day: date
    source: str
    disclaimer: Mapping[str, str]
    regions: Mapping[str, Mapping[str, str]]
    countries: Sequence[Country]
    shape: Shape = "tiles"

    def on(self, day: date) -> list[Country]:
        """The countries that hold on a day, in the order of the file."""
        return [country for country in self.countries if country.holds_on(day)]

    def find(self, word: str, day: date) -> Country | None:
        """The country that a code or a name in any of the languages stands for on a day."""
        return next((one for one in self._by_word.get(fold(word), ()) if one.holds_on(day)), None)

    def region_name(self, key: str, language: str) -> str:
        """The name of a region; the key itself where the list has no such region."""
        return in_language(self.regions[key], language) if key in self.regions else key

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[Country]]:
        found: dict[str, list[Country]] = {}
        for country in self.countries:
            for word in country.words:
                found.setdefault(word, []).append(country)
        return found


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in a language ("fr-CH" is content with "fr"), else the first that there is."""
    base = language.replace("_", "-").split("-")[0].lower()
    return texts.get(base) or next(iter(texts.values()), "")


@lru_cache(8)
def read_countries(path: Path = DEFAULT) -> CountryList:
    """The list in a file, read once. Raises InputRefused with the reason and the entry that is wrong."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise _refused(path, f"it is larger than {LARGEST // 1024} kB")
        read = tomllib.loads(data.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused(path, getattr(error, "strerror", None) or str(error)) from error
    try:
        return _list(read)
    except _Wrong as error:
        raise _refused(path, str(error)) from error


class _Wrong(ValueError):  # noqa: N818  the name is what happened
    """What is wrong with an entry, in English: the file is written by those who install."""


def _refused(path: Path, reason: str) -> InputRefused:
    template = gettext_noop("The list of countries %(file)s cannot be used: %(reason)s.")
    return InputRefused(template, {"file": path, "reason": reason}, _HINT)


def _list(read: Mapping[str, Any]) -> CountryList:
    regions = {key: _texts(f"regions.{key}", one) for key, one in _table(read, "regions").items()}
    countries = [_country(code, one, regions) for code, one in _table(read, "countries").items()]
    _require_one_meaning(countries)
    return CountryList(
        day=_day(read, "day", "the list") or _wrong("it has no day"),
        source=_word(read, "source", "the list"),
        disclaimer=_texts("disclaimer", _table(read, "disclaimer")),
        regions=regions,
        countries=countries,
        shape=_shape(read),
    )


def _shape(read: Mapping[str, Any]) -> Shape:
    found = read.get("shape", "tiles")
    if found == "tiles":
        return "tiles"
    if found == "circles":
        return "circles"
    raise _Wrong("its shape is neither “tiles” nor “circles”")


def _country(code: str, read: object, regions: Mapping[str, object]) -> Country:
    place = f"countries.{code}"
    if not isinstance(read, dict):
        raise _Wrong(f"{place} is no table")
    region = _word(read, "region", place)
    if region and region not in regions:
        raise _Wrong(f"{place} names the region “{region}”, which the list has not")
    also = read.get("also", [])
    if not isinstance(also, list) or not all(isinstance(word, str) for word in also):
        raise _Wrong(f"{place}: “also” is no list of words")
    return Country(
        code=code,
        alpha2=_word(read, "alpha2", place),
        names=_texts(place, {key: value for key, value in read.items() if key not in _FIELDS}),
        region=region,
        tile=_tile(read, place),
        starts_on=_day(read, "from", place),
        ends_on=_day(read, "until", place),
        also=tuple(also),
    )


def _require_one_meaning(countries: Sequence[Country]) -> None:
    """A word and a tile belong to one country at a time."""
    words: dict[str, list[Country]] = {}
    tiles: dict[tuple[int, int], list[Country]] = {}
    for country in countries:
        for word in country.words - {""}:
            words.setdefault(word, []).append(country)
        if country.tile:
            tiles.setdefault(country.tile, []).append(country)
    named = ((f"the word “{word}”", held) for word, held in words.items())
    placed = ((f"the tile {list(tile)}", held) for tile, held in tiles.items())
    for what, held in (*named, *placed):
        ordered = sorted(held, key=lambda one: one.starts_on or date.min)
        for earlier, later in pairwise(ordered):
            if (earlier.ends_on or date.max) >= (later.starts_on or date.min):
                raise _Wrong(f"{what} stands for {earlier.code} and for {later.code} at the same time")


def _table(read: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = read.get(name)
    if not isinstance(found, dict) or not found:
        raise _Wrong(f"it has no [{name}]")
    return found


def _texts(place: str, read: object) -> dict[str, str]:
    if not isinstance(read, dict) or not read:
        raise _Wrong(f"{place} has no name in any language")
    for language, text in read.items():
        if not _LANGUAGE.fullmatch(language):
            raise _Wrong(f"{place}: “{language}” is no language")
        if not isinstance(text, str) or not text.strip():
            raise _Wrong(f"{place}: “{language}” is no name")
    return read


def _word(read: Mapping[str, Any], name: str, place: str) -> str:
    found = read.get(name, "")
    if not isinstance(found, str):
        raise _Wrong(f"{place}: “{name}” is no word")
    return found


def _day(read: Mapping[str, Any], name: str, place: str) -> date | None:
    found = read.get(name)
    if found is not None and type(found) is not date:
        raise _Wrong(f"{place}: “{name}” is no day such as 2026-01-01")
    return found


def _tile(read: Mapping[str, Any], place: str) -> tuple[int, int] | None:
    found = read.get("tile")
    if found is None:
        return None
    if not isinstance(found, list) or len(found) != 2 or not all(type(one) is int for one in found):
        raise _Wrong(f"{place}: “tile” is not a column and a row, such as [12, 4]")
    column, row = found
    if not (0 <= column <= FARTHEST and 0 <= row <= FARTHEST):
        raise _Wrong(f"{place}: “tile” is not between 0 and {FARTHEST}")
    return column, row


def _wrong(reason: str) -> Any:
    raise _Wrong(reason)
