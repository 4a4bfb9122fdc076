"""Dates as lenient as the official tool reads them, so that its findings on them can be told.

First the form of ISO 8601 with four digits of the year (or a sign and six); then what scripts accept beside
(ECMAScript leaves it to the engine; this is V8): numbers with - / : between them, names of months, a.m. and
p.m., a zone. Days run to 31 in every month, over into the next. Anything else is no date.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

_ISO = re.compile(
    r"(?P<year>\d{4}|[+-]\d{6})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?"
    r"([Tt](?P<hour>\d\d):(?P<minute>\d\d)(:(?P<second>\d\d)(\.(?P<fraction>\d+))?)?"
    r"(?P<zone>[Zz]|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?)?"
)
# From A on, all signs make words: other letters, dashes and the like, too.
_TOKEN = re.compile(
    r"(?P<number>[0-9]+)|(?P<sign>[:+.)-])|(?P<blank>\s)|(?P<word>((?!\s)[A-Z\[-\U0010ffff])+)|(?P<other>.)",
    re.DOTALL,
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
    return hour < 24 and minute < 60 and second < 60 and milli < 1000


def _zone(text: str | None) -> float:
    if not text or text in "Zz":
        return 0.0
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return (minutes if text[0] == "+" else -minutes) * 60_000.0


def _lenient(text: str) -> float | None:
    """A date that is not in the form of ISO 8601, or begins like one."""
    reader = _Lenient(text)
    return reader.result() if reader.read() else None


class _Token(NamedTuple):
    kind: str  # number, word, sign, blank or other
    text: str

    @property
    def number(self) -> int:
        return int(self.text.lstrip("0")[:9] or "0")

    @property
    def keyword(self) -> str:
        """The first three letters of a word; only names of months may be longer."""
        word = self.text.lower()
        return word[:3] if len(word) <= 3 or word[:3] in _MONTHS else ""


_END = _Token("", "")


class _Lenient:
    """What has been understood so far, token by token. Days, clock and zone fill up from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._place = 0
        self._days: list[int] = []
        self._month = 0
        self._clock: list[int] = []
        self._afternoon: int | None = None  # hours to add
        self._zone: list[int | None] = [None, None, None]  # sign, hours, minutes
        self._has_number = False

    def read(self) -> bool:
        """Take everything in. False where something makes it no date."""
        if not self._read_start():
            return False
        while (token := self._next()) is not _END:
            if token.kind in ("number", "word", "sign") and not getattr(self, f"_take_{token.kind}")(token):
                return False
        return True

    def _peek(self, ahead: int = 0) -> _Token:
        place = self._place + ahead
        return self._tokens[place] if place < len(self._tokens) else _END

    def _next(self) -> _Token:
        token = self._peek()
        self._place += 1
        return token

    def _skip(self, sign: str) -> bool:
        if self._peek().text != sign:
            return False
        self._place += 1
        return True

    def _read_start(self) -> bool:
        """As much as there is of year, month and day of ISO 8601. A T behind them ends the leniency."""
        signed = self._peek().text in ("+", "-")
        if (
            len(self._peek(int(signed)).text) != (6 if signed else 4)
            or self._peek(int(signed)).kind != "number"
        ):
            return True
        self._days.append(-1 if signed and self._next().text == "-" else 1)
        self._days[0] *= self._next().number
        for most in (12, 31):
            if not self._skip("-") or len(self._peek().text) != 2 or not self._is_upto(most):
                break
            self._days.append(self._next().number)
        self._has_number = True
        return self._peek().keyword != "t"

    def _is_upto(self, most: int) -> bool:
        return self._peek().kind == "number" and 1 <= self._peek().number <= most

    def _take_number(self, token: _Token) -> bool:
        """A part of the clock before a colon or a point, the minutes of a zone, else a part of the day."""
        self._has_number = True
        number = token.number
        if self._skip(":"):
            return self._take_clock(number)
        if self._skip(".") and self._is_expected(number):
            self._clock.append(number)
            return self._peek().kind == "number" and self._end_clock(_milliseconds(self._next().text))
        if self._zone[1] is not None and self._zone[2] is None and number < 60:
            self._zone[2] = number
            return True
        if self._is_expected(number):
            self._end_clock(number)
            following = self._peek()
            return following.kind in ("", "blank") or following.text in ("+", "-") or following.keyword == "z"
        self._days.append(number)
        self._skip("-")
        return len(self._days) <= 3

    def _take_clock(self, number: int) -> bool:
        if self._skip(":"):
            if self._clock:
                return False
            self._clock = [number, 0]
            return True
        self._clock.append(number)
        self._skip(".")
        return len(self._clock) <= 4

    def _is_expected(self, number: int) -> bool:
        """The number can be the next part of a clock that has begun."""
        return 1 <= len(self._clock) <= 3 and number < (1000 if len(self._clock) == 3 else 60)

    def _end_clock(self, number: int) -> bool:
        self._clock = [*self._clock, number, 0, 0, 0][:4]
        return True

    def _take_word(self, token: _Token) -> bool:
        """A half of the day, a month or a zone; other words only before the first number."""
        word = token.keyword
        if word in ("am", "pm") and self._clock:
            self._afternoon = 12 if word == "pm" else 0
        elif word in _MONTHS:
            self._month = _MONTHS.index(word) + 1
            self._skip("-")
        elif word in _ZONES and self._has_number:
            hours = _ZONES[word]
            self._zone = [-1 if hours < 0 else 1, abs(hours), 0]
        else:
            return not self._has_number and self._peek().kind != "number"
        return True

    def _take_sign(self, token: _Token) -> bool:
        """A sign begins an offset behind a clock or UTC; else none may follow a number."""
        is_offset = token.text in "+-" and bool(self._clock or self._zone[1:] == [0, 0])
        if not is_offset:
            return not (token.text in "+-)" and self._has_number)
        self._has_number = True
        digits = self._next().text if self._peek().kind == "number" else ""
        number = _Token("number", digits).number
        self._zone[0] = 1 if token.text == "+" else -1
        if self._peek().text == ":":
            self._zone[1:] = [number, None]
        elif len(digits) in (1, 2):
            self._zone[1:] = [number, 0]
        elif len(digits) in (3, 4):
            self._zone[1:] = [number // 100, number % 100]
        else:
            return False
        return True

    def result(self) -> float | None:
        """The moment, where day and clock make sense."""
        day = self._day()
        hour, minute, second, milli = [*self._clock, 0, 0, 0, 0][:4]
        if self._afternoon is not None:
            if hour > 12:
                return None
            hour = hour % 12 + self._afternoon
        if day is None or not _is_time(hour, minute, second, milli):
            return None
        sign, hours, minutes = (part or 0 for part in self._zone)
        return _joined(*day, _clock(hour, minute, second, milli) - sign * (hours * 60 + minutes) * 60_000.0)

    def _day(self) -> tuple[int, int, int] | None:
        if not self._days:
            return None
        first, second, third = [*self._days, 1, 1][:3]
        if self._month:
            year, month, day = (
                (second, self._month, first) if _is_day(first) else (first, self._month, second)
            )
        elif not _is_day(first):
            year, month, day = first, second, third
        else:
            month, day, year = first, second, third
        if 0 <= year <= 49:
            year += 2000
        elif 50 <= year <= 99:
            year += 1900
        return (year, month, day) if 1 <= month <= 12 and _is_day(day) else None


def _is_day(number: int) -> bool:
    return 1 <= number <= 31


def _milliseconds(digits: str) -> int:
    return int((digits + "000")[:3])


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        if text[place] == "(":
            place = _behind_brackets(text, place)
            yield _Token("other", "(")
            continue
        found = _TOKEN.match(text, place)
        if found is None:
            return
        place = found.end()
        yield _Token(found.lastgroup or "other", found.group())


def _behind_brackets(text: str, place: int) -> int:
    depth = 0
    for at in range(place, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if not depth:
            return at + 1
    return len(text)
