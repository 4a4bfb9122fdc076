"""Dates as lenient as the official tool reads them, so that its findings on them can be told.

First the form of ISO 8601 with four digits of the year (or a sign and six); then what browsers accept beside:
numbers with - / : between them, names of months, a.m. and p.m., a zone. Days run to 31 in every month, over
into the next. Anything else is no date.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache

_ISO = re.compile(
    r"(?P<year>\d{4}|[+-]\d{6})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?"
    r"(T(?P<hour>\d\d):(?P<minute>\d\d)(:(?P<second>\d\d)([.,](?P<fraction>\d+))?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_TOKEN = re.compile(
    r"(?P<blank>\s+)|(?P<number>\d+)|(?P<word>[A-Za-z]+)|(?P<bracket>\([^)]*\)?)|(?P<sign>.)", re.DOTALL
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {
    **dict.fromkeys(("utc", "ut", "gmt", "z"), 0),
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}
_DAY = 86_400_000.0
_MOST = 8.64e15


@lru_cache(maxsize=2**16)
def moment(text: str) -> float | None:
    """Milliseconds since 1970 of a date or a moment, UTC where it names no zone; None where it is none."""
    found = _ISO.fullmatch(text)
    when = _iso(found) if found else _lenient(text)
    return when if when is not None and abs(when) <= _MOST else None


def written_moment(milliseconds: float) -> str:
    """A moment as a script writes it: 2014-01-01T00:00:00.000Z."""
    days, rest = divmod(int(milliseconds), 86_400_000)
    year, month, day = civil(days)
    seconds, milli = divmod(rest, 1000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milli:03}Z"
    sign = "" if 0 <= year <= 9999 else "-" if year < 0 else "+"
    written = f"{abs(year):04}" if not sign else f"{abs(year):06}"
    return f"{sign}{written}-{month:02}-{day:02}T{clock}"


def civil(days: int) -> tuple[int, int, int]:
    """Year, month and day of a count of days since 1970-01-01, in the Gregorian calendar without end."""
    shifted = days + 719_468
    era, of_era = divmod(shifted, 146_097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    moved = (5 * of_year + 2) // 153
    month = moved + 3 if moved < 10 else moved - 9
    return year_of_era + era * 400 + (month <= 2), month, of_year - (153 * moved + 2) // 5 + 1


def days_of(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01; a day past the end of its month runs into the next."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + of_year - 719_468


def milliseconds_of(when: datetime) -> float:
    return when.replace(tzinfo=when.tzinfo or UTC).timestamp() * 1000


def _iso(found: re.Match[str]) -> float | None:
    part = found.groupdict()
    if part["year"] == "-000000":
        return None
    month, day = int(part["month"] or 1), int(part["day"] or 1)
    hour, minute, second = int(part["hour"] or 0), int(part["minute"] or 0), int(part["second"] or 0)
    milli = int(((part["fraction"] or "") + "000")[:3])
    if not (1 <= month <= 12 and 1 <= day <= 31) or not _is_time(hour, minute, second, milli):
        return None
    return _joined(int(part["year"]), month, day, _clock(hour, minute, second, milli) - _zone(part["zone"]))


def _joined(year: int, month: int, day: int, clock: float) -> float:
    return days_of(year, month, day) * _DAY + clock


def _clock(hour: int, minute: int, second: int, milli: int = 0) -> float:
    return ((hour * 60 + minute) * 60 + second) * 1000.0 + milli


def _is_time(hour: int, minute: int, second: int, milli: int) -> bool:
    if hour == 24:
        return minute == second == milli == 0
    return hour < 24 and minute < 60 and second < 60


def _zone(text: str | None) -> float:
    if not text or text == "Z":
        return 0.0
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return (minutes if text[0] == "+" else -minutes) * 60_000.0


def _lenient(text: str) -> float | None:
    reader = _Lenient()
    tokens = [(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(text)]
    for place, (kind, value) in enumerate(tokens):
        following = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        if kind in ("blank", "bracket"):
            continue
        if not getattr(reader, f"take_{kind}")(value, following):
            return None
    return reader.result()


class _Lenient:
    """What has been understood so far of a date that is not in the form of ISO 8601."""

    def __init__(self) -> None:
        self.days: list[int] = []
        self.month = 0
        self.clock: list[int] = []
        self.zone: float | None = None
        self.afternoon: bool | None = None
        self._sign = 0
        self._in_clock = False
        self._offset: list[int] = []

    def take_number(self, value: str, following: str) -> bool:
        """A number is an offset after a sign, a part of the clock by a colon, else a part of the day."""
        amount = int(value[:9])
        if self._sign and self._offset:
            self.zone = self._sign * (self._offset[0] * 60 + amount) * 60_000.0
            self._sign = 0
            return True
        if self._sign:
            hours, minutes = (amount, 0) if len(value) <= 2 else divmod(amount, 100)
            self.zone = self._sign * (hours * 60 + minutes) * 60_000.0
            self._offset = [hours]
            self._sign = self._sign if following == ":" else 0
            return True
        if following == ":" or self._in_clock:
            self._in_clock = following in (":", ".")
            self.clock.append(amount)
            return len(self.clock) <= 4
        self.days.append(amount)
        return len(self.days) <= 3

    def take_word(self, value: str, following: str) -> bool:  # noqa: ARG002  all three are called alike
        """A month, a half of the day or a zone; other words only before the first number."""
        word = value.lower()
        if word in ("am", "pm") and self.clock:
            self.afternoon = word == "pm"
        elif word[:3] in _MONTHS:
            self.month = _MONTHS.index(word[:3]) + 1
        elif word in _ZONES and (self.days or self.clock):
            self.zone = _ZONES[word] * 3_600_000.0
        elif word == "t" and self.days:
            pass
        else:
            return not self.days and not self.clock
        return True

    def take_sign(self, value: str, following: str) -> bool:
        """A sign begins an offset once there is a clock or a zone; other marks part the numbers."""
        if value in "+-" and (self.zone is not None or self.clock):
            self._sign = 1 if value == "+" else -1
            return following[:1].isdigit()
        return not (value in "+)" and self.days)

    def result(self) -> float | None:
        """The moment, where day and clock make sense."""
        day = self._day()
        hour, minute, second, milli = [*self.clock, 0, 0, 0, 0][:4]
        if self.afternoon is not None:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + 12 * self.afternoon
        if day is None or not _is_time(hour, minute, second, milli):
            return None
        return _joined(*day, _clock(hour, minute, second, milli) - (self.zone or 0.0))

    def _day(self) -> tuple[int, int, int] | None:
        if not self.days:
            return None
        first, second, third = [*self.days, 1, 1][:3]
        if self.month:
            year, month, day = (second, self.month, first) if _is_day(first) else (first, self.month, second)
        elif not _is_day(first):
            year, month, day = first, second, third
        else:
            month, day, year = first, second, third
        if year <= 49:
            year += 2000
        elif year <= 99:
            year += 1900
        return (year, month, day) if 1 <= month <= 12 and _is_day(day) else None


def _is_day(number: int) -> bool:
    return 1 <= number <= 31
