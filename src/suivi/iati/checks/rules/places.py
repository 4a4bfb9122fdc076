"""Rules on sectors, countries and regions: their shares, and whether they stand on the activity or in it."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from suivi.iati.checks.model import Check
from suivi.iati.checks.record import Record
from suivi.iati.checks.rules.kinds import (
    ACTIVITY,
    Fails,
    Groups,
    Rule,
    error,
    on_record,
    show_context,
    show_each,
    show_joined,
    show_sum,
    warning,
)
from suivi.iati.checks.values import number, rounded_sum, xpath_number

_DAC_SUM = "sector[@vocabulary = '1' or @vocabulary = '' or not(@vocabulary)]/@percentage"
_DAC = "sector[@vocabulary='' or @vocabulary='1' or not(@vocabulary)]"
_OWN = "sector[@vocabulary=98 or @vocabulary=99]"

_SHARE = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?")  # what people write as a percentage

_SECTORS = ("sector",)
_COUNTRIES = ("recipient-country", "recipient-region")
_ITEMS = ("country-budget-items", "country-budget-items/budget-item")


def is_main_vocabulary(element: Any) -> bool:
    """Of vocabulary 1, named or not."""
    return element.get("vocabulary") in (None, "", "1")


def groups_of(path: str, *, without: Callable[[str], bool] | None = None) -> Groups:
    """The vocabularies that the elements of a path name, each once."""

    def groups(element: Any, record: Record) -> Iterable[str]:  # noqa: ARG001
        named = [one for one in record.by(path, "vocabulary") if one is not None]
        return [one for one in named if not without(one)] if without and named else named

    return groups


def of_group(path: str) -> Callable[[Record, str], Sequence[Any]]:
    """The elements of a path that are of a vocabulary."""
    return lambda record, group: record.by(path, "vocabulary").get(group, ())


def _main_sectors(record: Record, _group: str) -> Sequence[Any]:
    parts = record.by("sector", "vocabulary")
    return [one for vocabulary in (None, "", "1") for one in parts.get(vocabulary, ())]


def _countries_alone(record: Record, _group: str) -> Sequence[Any]:
    return () if record.all("recipient-region") else record.all("recipient-country")


def _items(record: Record, group: str) -> list[Any]:
    return [
        one
        for one in record.all("country-budget-items/budget-item")
        if one.getparent().get("vocabulary") == group
    ]


_sectors = of_group("sector")
_regions = of_group("recipient-region")
Chosen = Callable[[Record, str], Sequence[Any]]


def percentages(elements: Iterable[Any]) -> list[str]:
    """The percentages there are, as written."""
    return [share for one in elements if (share := one.get("percentage")) is not None]


def is_off_hundred(shares: list[str], record: Record) -> bool:
    """The shares do not add up to 100.

    The official tool wants 100 to four places. In truth, shares given with two places or more may miss it by
    what was rounded away: 33.33 three times is all.
    """
    if rounded_sum(shares) == 100:
        return False
    return record.as_official or not _is_hundred_rounded(shares)


def _is_hundred_rounded(shares: list[str]) -> bool:
    stripped = [share.strip() for share in shares]
    if not all(map(_SHARE.fullmatch, stripped)):
        return False
    places = max((len(share.partition(".")[2]) for share in stripped), default=0)
    if places < 2:
        return False
    return abs(sum(map(Decimal, stripped), Decimal(-100))) <= len(shares) * Decimal(5).scaleb(-places - 1)


def _missing_share(chosen: Chosen) -> Fails:
    """Several of them, and not each has a percentage."""

    def fails(element: Any, record: Record, group: str) -> bool:  # noqa: ARG001
        found = chosen(record, group)
        return len(found) > 1 and len(percentages(found)) != len(found)

    return fails


def _partial_share(chosen: Chosen, *, unless: str = "") -> Fails:
    """A single one with a percentage that is not 100."""

    def fails(element: Any, record: Record, group: str) -> bool:  # noqa: ARG001
        found = chosen(record, group)
        if len(found) != 1 or (unless and record.all(unless)):
            return False
        share = found[0].get("percentage")
        return share is not None and xpath_number(share, as_official=record.as_official) != 100

    return fails


def _bad_sum(chosen: Chosen, at_least: Callable[[Sequence[Any]], int] = len) -> Fails:
    """More than one of them, and their percentages are not 100 together."""

    def fails(element: Any, record: Record, group: str) -> bool:  # noqa: ARG001
        found = chosen(record, group)
        return at_least(found) > 1 and is_off_hundred(percentages(found), record)

    return fails


def _bad_sum_of_others(element: Any, record: Record, group: str) -> bool:
    """The sum of a vocabulary other than 1. The official tool never gets to it."""
    return not record.as_official and _bad_sum(_sectors)(element, record, group)


def _count_shares(found: Sequence[Any]) -> int:
    return len(percentages(found))


def _regions_and_countries(record: Record, group: str) -> list[Any]:
    return [*_regions(record, group), *record.all("recipient-country")]


def _no_share_at_all(element: Any, record: Record, group: str) -> bool:  # noqa: ARG001
    found = _items(record, group)
    return len(found) > 1 and not percentages(found)


def _out_of_range(text: str) -> bool:
    return not 0 <= number(text) <= 100


def _range(check: Check, path: str) -> Rule:
    kept = path.removesuffix("/@percentage")

    def fails(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
        return any(map(_out_of_range, percentages(record.all(kept))))

    return Rule(
        check, ACTIVITY, on_record, fails, show_each, (path,), (kept,), offends=_out_of_range, since="2.03"
    )


def _unnamed_own_sectors(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    parts = record.by("sector", "vocabulary")
    own = [
        one for vocabulary in parts if xpath_number(vocabulary or "") in (98, 99) for one in parts[vocabulary]
    ]
    return bool(own) and sum(len(one.findall("narrative")) for one in own) < len(own)


def without_main(path: str) -> Fails:
    """There are some, and none is of vocabulary 1."""

    def fails(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
        found = record.all(path)
        return bool(found) and not any(map(is_main_vocabulary, found))

    return fails


def without_main_rule(check: Check, path: str, since: str = "") -> Rule:
    """When another vocabulary is used, vocabulary 1 is used too."""
    paths = (
        f"{path}[not(@vocabulary='')]",
        f"{path}[not(@vocabulary='1')]",
        f"{path}[@vocabulary='' or @vocabulary='1' or not(@vocabulary)]",
    )
    return Rule(check, ACTIVITY, on_record, without_main(path), show_joined, paths, (path,), since=since)


def _has_no_sector(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return not record.all("sector") and not record.all("transaction/sector")


def _sector_twice(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return bool(record.all("sector")) and bool(record.all("transaction/sector"))


def _has_place(record: Record, where: str = "") -> bool:
    return bool(record.all(f"{where}recipient-country") or record.all(f"{where}recipient-region"))


def _place_twice(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return _has_place(record) and _has_place(record, "transaction/")


def _place_nowhere(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    """The official tool never finds this one."""
    return not record.as_official and not _has_place(record) and not _has_place(record, "transaction/")


def _place_in_part(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return not _has_place(record) and record.without("transaction", "recipient-country", "recipient-region")


def _other(vocabulary: str) -> bool:
    return vocabulary == "1"


_by_sector_vocabulary = groups_of("sector", without=_other)
_by_region_vocabulary = groups_of("recipient-region")
_by_item_vocabulary = groups_of("country-budget-items")

RULES = (
    Rule(
        error("6.2.2", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _has_no_sector,
        show_context,
        keeps=("sector", "transaction/sector"),
    ),
    Rule(
        error("2.1.2", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _bad_sum_of_others,
        show_sum,
        ("sector[@vocabulary = '$1']/@percentage",),
        _SECTORS,
        _by_sector_vocabulary,
    ),
    Rule(
        error("2.1.1", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _missing_share(_sectors),
        show_joined,
        ("sector[@vocabulary = '$1']",),
        _SECTORS,
        _by_sector_vocabulary,
    ),
    Rule(
        error("2.1.4", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _partial_share(_sectors),
        show_joined,
        ("sector[@vocabulary = '$1']",),
        _SECTORS,
        _by_sector_vocabulary,
    ),
    Rule(
        error("2.1.2", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _bad_sum(_main_sectors, _count_shares),
        show_sum,
        (_DAC_SUM,),
        _SECTORS,
    ),
    Rule(
        error("2.1.1", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _missing_share(_main_sectors),
        show_joined,
        (_DAC,),
        _SECTORS,
    ),
    Rule(
        error("2.1.4", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _partial_share(_main_sectors),
        show_joined,
        (_DAC,),
        _SECTORS,
    ),
    Rule(
        error("2.2.1", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _unnamed_own_sectors,
        show_joined,
        (_OWN, f"{_OWN}/narrative"),
        _SECTORS,
    ),
    without_main_rule(warning("102.1.1", "information", ACTIVITY), "sector"),
    Rule(
        error("6.6.2", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _sector_twice,
        show_joined,
        ("sector", "transaction/sector"),
        ("sector", "transaction/sector"),
    ),
    _range(error("12.3.1", "classifications", ACTIVITY), "sector/@percentage"),
    _range(error("12.1.1", "geo", ACTIVITY), "recipient-country/@percentage"),
    _range(error("12.1.1", "geo", ACTIVITY), "recipient-region/@percentage"),
    _range(error("12.2.1", "financial", ACTIVITY), "capital-spend/@percentage"),
    _range(error("12.2.1", "financial", ACTIVITY), "country-budget-items/budget-item/@percentage"),
    Rule(
        error("3.4.1", "geo", ACTIVITY),
        ACTIVITY,
        on_record,
        _missing_share(_regions),
        show_joined,
        ("recipient-region[@vocabulary = '$1']",),
        _COUNTRIES,
        _by_region_vocabulary,
    ),
    Rule(
        error("3.4.4", "geo", ACTIVITY),
        ACTIVITY,
        on_record,
        _partial_share(_regions, unless="recipient-country"),
        show_joined,
        ("recipient-region[@vocabulary = '$1']", "recipient-country"),
        _COUNTRIES,
        _by_region_vocabulary,
    ),
    Rule(
        error("3.4.2", "geo", ACTIVITY),
        ACTIVITY,
        on_record,
        _bad_sum(_regions_and_countries),
        show_sum,
        ("recipient-region[@vocabulary = '$1']/@percentage", "recipient-country/@percentage"),
        _COUNTRIES,
        _by_region_vocabulary,
    ),
    Rule(
        error("3.1.2", "geo", ACTIVITY),
        ACTIVITY,
        on_record,
        _bad_sum(_countries_alone),
        show_sum,
        ("recipient-country/@percentage",),
        _COUNTRIES,
    ),
    Rule(
        error("3.1.1", "geo", ACTIVITY),
        ACTIVITY,
        on_record,
        _missing_share(_countries_alone),
        show_joined,
        ("recipient-country", "recipient-region"),
        _COUNTRIES,
    ),
    Rule(
        error("3.1.4", "geo", ACTIVITY),
        ACTIVITY,
        on_record,
        _partial_share(_countries_alone),
        show_joined,
        ("recipient-country", "recipient-region"),
        _COUNTRIES,
    ),
    Rule(
        error("3.6.2", "financial", ACTIVITY),
        ACTIVITY,
        on_record,
        _place_twice,
        show_joined,
        (
            "recipient-country",
            "recipient-region",
            "transaction/recipient-country",
            "transaction/recipient-region",
        ),
        (*_COUNTRIES, "transaction/recipient-country", "transaction/recipient-region"),
    ),
    Rule(
        error("3.7.1", "financial", ACTIVITY),
        ACTIVITY,
        on_record,
        _place_nowhere,
        show_joined,
        ("recipient-country", "recipient-region", "transaction[recipient-country or recipient-region]"),
        (*_COUNTRIES, "transaction/recipient-country", "transaction/recipient-region"),
    ),
    Rule(
        error("3.7.2", "financial", ACTIVITY),
        ACTIVITY,
        on_record,
        _place_in_part,
        show_joined,
        ("recipient-country", "recipient-region", "transaction[not(recipient-country or recipient-region)]"),
        (*_COUNTRIES, "transaction", "transaction/recipient-country", "transaction/recipient-region"),
    ),
    Rule(
        warning("7.9.2", "financial", ACTIVITY),
        ACTIVITY,
        on_record,
        _bad_sum(_items),
        show_sum,
        ("country-budget-items[@vocabulary = '$1']/budget-item/@percentage",),
        _ITEMS,
        _by_item_vocabulary,
        since="2.03",
    ),
    Rule(
        warning("7.9.1", "financial", ACTIVITY),
        ACTIVITY,
        on_record,
        _no_share_at_all,
        show_context,
        (),
        _ITEMS,
        _by_item_vocabulary,
        since="2.03",
    ),
    Rule(
        warning("7.9.4", "financial", ACTIVITY),
        ACTIVITY,
        on_record,
        _partial_share(_items),
        show_joined,
        ("country-budget-items[@vocabulary = '$1']/budget-item/@percentage",),
        _ITEMS,
        _by_item_vocabulary,
        since="2.03",
    ),
)
