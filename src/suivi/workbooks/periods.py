"""The last day of a period as trackers name it in a heading: "June 2021", "Q2 2021", "2e semestre 2021"."""

import calendar
import re
from datetime import date

from suivi.values.folding import fold

_MONTHS = (
    ("january", "janvier", "enero"), ("february", "fevrier", "febrero"), ("march", "mars", "marzo"),
    ("april", "avril", "abril"), ("may", "mai", "mayo"), ("june", "juin", "junio"),
    ("july", "juillet", "julio"), ("august", "aout", "agosto"), ("september", "septembre", "septiembre"),
    ("october", "octobre", "octubre"), ("november", "novembre", "noviembre"),
    ("december", "decembre", "diciembre"),
)  # fmt: skip
_SHORT = {
    word[: 4 if word[:3] in {"jui"} else 3]: number
    for number, words in enumerate(_MONTHS, 1)
    for word in words
}
_YEAR = r"((?:19|20)\d\d)"
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./]" + _YEAR)
_ISO = re.compile(_YEAR + r"-(\d\d)(?:-(\d\d))?")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/.-]" + _YEAR)
_MONTH = re.compile(r"([a-z]{3,})\.?[\s-]*(?:de\s+|of\s+)?(" + _YEAR + r"|\d\d(?!\d))")
_QUARTER = re.compile(r"(?:(?:q|t)\s*([1-4])|([1-4])(?:er|e|o|st|nd|rd|th)?\s*(?:quarter|trimestre))")
_HALF = re.compile(
    r"(?:(?:h|s)\s*([12])(?!\d)|([12]|first|second|primer|segundo|premier|deuxieme)(?:er|e|o|st|nd)?\s*(?:half|semestre))"
)
_SECOND = {"2", "second", "segundo", "deuxieme"}


def period_end(heading: str) -> date | None:
    """The last day of the first period that the words name, None where they name none."""
    text = fold(heading)
    day, iso = _DAY.search(text), _ISO.search(text)
    if day:
        return _date(int(day[3]), int(day[2]), int(day[1]))
    if iso:
        year, month = int(iso[1]), int(iso[2])
        return _date(year, month, int(iso[3])) if iso[3] else _month_end(year, month)
    return _month(text) or _part_of_year(text) or _slashed(text) or _year(text)


def _month(text: str) -> date | None:
    for match in _MONTH.finditer(text):
        word, year = match[1], int(match[2])
        number = _SHORT.get(word[:4]) or _SHORT.get(word[:3])
        is_name = number and any(name.startswith(word) for name in _MONTHS[number - 1])
        if number and is_name:
            return _month_end(year if year > 99 else 2000 + year, number)
    return None


def _part_of_year(text: str) -> date | None:
    year = re.search(_YEAR, text)
    if year is None:
        return None
    quarter, half = _QUARTER.search(text), _HALF.search(text)
    if quarter:
        return _month_end(int(year[1]), 3 * int(quarter[1] or quarter[2]))
    if half:
        return _month_end(int(year[1]), 12 if (half[1] or half[2]) in _SECOND else 6)
    return None


def _slashed(text: str) -> date | None:
    match = _SLASHED.search(text)
    return _month_end(int(match[2]), int(match[1])) if match else None


def _year(text: str) -> date | None:
    match = re.search(r"(?<!\d)" + _YEAR + r"(?!\d)", text)
    return date(int(match[1]), 12, 31) if match else None


def _month_end(year: int, month: int) -> date | None:
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
