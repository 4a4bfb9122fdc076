"""Reads the values of single variables, each refused with a sentence that names it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from suivi.values.errors import InputRefused

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


def is_switched_on(environment: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Whether a variable that is 1 or 0 says 1; the default where it is absent or empty."""
    value = environment.get(name, "").strip().lower()
    if not value:
        return default
    if value not in _YES | _NO:
        raise InputRefused(
            "%(name)s is “%(value)s”.",
            {"name": name, "value": value},
            "Set it to 1 or 0.",
        )
    return value in _YES


def listed(environment: Mapping[str, str], name: str, default: str) -> list[str]:
    """The parts of a variable separated by commas, in order, without blanks and repetitions."""
    parts = (part.strip() for part in (environment.get(name) or default).split(","))
    return list(dict.fromkeys(part for part in parts if part))


def whole_number(environment: Mapping[str, str], name: str, default: int) -> int:
    """A variable that is a whole number above zero; the default where it is absent or empty."""
    value = environment.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise InputRefused(
            "%(name)s is “%(value)s”.",
            {"name": name, "value": value},
            "Set it to a whole number above zero.",
        )
    return int(value)


def time_zone(environment: Mapping[str, str]) -> ZoneInfo:
    """The zone named by SUIVI_TIME_ZONE; UTC without it."""
    name = environment.get("SUIVI_TIME_ZONE", "").strip() or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputRefused(
            "SUIVI_TIME_ZONE names no time zone: “%(value)s”.",
            {"value": name},
            "Give a name of the IANA list, such as Europe/Zurich.",
        ) from error


def fixed_now(value: str, zone: ZoneInfo) -> datetime | None:
    """The moment that SUIVI_NOW puts in the place of the clock, aware; None where the clock holds.

    A day stands for its noon, so that it is the same day in the zones nearby.
    """
    value = value.strip()
    if not value:
        return None
    try:
        if len(value) == len("2023-02-15"):
            return datetime.combine(date.fromisoformat(value), time(12), tzinfo=zone)
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise InputRefused(
            "SUIVI_NOW is neither a day nor a moment: “%(value)s”.",
            {"value": value},
            "Write 2023-02-15 or 2023-02-15T09:30.",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
