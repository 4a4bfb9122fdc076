"""Number formats of a spreadsheet: what a person sees where the file holds 45291 or 0.35."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache

# Formats that a file names by number only (ECMA-376 part 1, 18.8.30), as far as they change what is seen.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 27: "yyyy-mm-dd", 30: "yyyy-mm-dd", 36: "yyyy-mm-dd",
    50: "yyyy-mm-dd", 57: "yyyy-mm-dd",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_BRACKETS = re.compile(r"\[(?:\$([^\]-]*)(?:-[^\]]*)?|[^\]]*)\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_DIGITS = re.compile(r"[#0?][#0?,. ]*(?:[.,][#0?]+)?")
_LAST_DAY = 2_958_465  # 31 December 9999
_EPOCH = date(1899, 12, 30)  # day 0, for days after the one that never was (29 February 1900)
_EPOCH_1904 = date(1904, 1, 1)


@dataclass(frozen=True)
class NumberFormat:
    """What a format shows: the parts of a date, or a number with decimals and words around it."""

    date_parts: frozenset[str] = frozenset()  # of y, m, d, h (hours stand for all of the time)
    is_percent: bool = False
    decimals: int | None = None  # None: as many as there are
    digits: int = 1  # at least so many before the point
    before: str = ""
    after: str = ""


GENERAL = NumberFormat()


@lru_cache(maxsize=1024)
def parse_format(code: str) -> NumberFormat:
    """The meaning of the first section of a format code (of positive numbers)."""
    section = _first_section(_BRACKETS.sub(lambda match: f'"{match[1]}"' if match[1] else "", code))
    bare = _LITERAL.sub("", section)
    if bare.strip().lower() in ("general", "@", "") and not _LITERAL.search(section):
        return GENERAL
    if re.search(r"[ymdhs]", bare.lower().replace("general", "")):
        return NumberFormat(date_parts=_date_parts(bare.lower()))
    match = _DIGITS.search(bare)
    shape = match[0] if match else ""
    whole, _, fraction = shape.partition(".")
    before, after = _words_around(section)
    return NumberFormat(
        is_percent="%" in bare,
        decimals=None if not shape or "/" in bare or "E" in bare else len(re.findall("[#0?]", fraction)),
        digits=max(whole.count("0"), 1),
        before=before,
        after=after,
    )


def _first_section(code: str) -> str:
    pieces, section = re.split(r'("[^"]*"|\\.|;)', code), ""
    for piece in pieces:
        if piece == ";":
            break
        section += piece
    return section


def _date_parts(bare: str) -> frozenset[str]:
    parts = {letter for letter in "yd" if letter in bare}
    has_time = "h" in bare or "s" in bare
    if has_time:
        parts.add("h")
    if "m" in bare and (not has_time or parts & {"y", "d"} or "mmm" in bare):
        parts.add("m")
    return frozenset(parts)


def _words_around(section: str) -> tuple[str, str]:
    """The literal words before and after the figures of a format."""
    place = re.search(
        r"[#0?]|general", _LITERAL.sub(lambda match: "\0" * len(match[0]), section), re.IGNORECASE
    )
    at = place.start() if place else len(section)
    sides = (section[:at], section[at:])
    words = ("".join((m[1] or m[2] or "") for m in _LITERAL.finditer(side)) for side in sides)
    before, after = words
    signs = "".join(sign for sign in "$€£¥" if sign in _LITERAL.sub("", sides[0]))
    return before + signs, after


def in_words(raw: str, number_format: NumberFormat, *, starts_1904: bool = False) -> str:
    """The text a person sees for a stored number; the stored text itself where it is no number."""
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return raw
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return raw
    if number_format.date_parts:
        return _moment(number, number_format.date_parts, starts_1904=starts_1904) or _plain(number)
    if number_format.is_percent:
        return f"{number_format.before}{_plain(_rounded(number * 100, number_format.decimals))}%"
    shown = _rounded(number, number_format.decimals)
    is_whole = shown == shown.to_integral_value()
    text = _plain(shown) if is_whole or not number_format.decimals else f"{shown:f}"
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = text.partition(".")
    text = f"{sign}{whole.zfill(min(number_format.digits, 12))}{point}{fraction}"
    return f"{number_format.before}{text}{number_format.after}"


def _rounded(number: Decimal, decimals: int | None) -> Decimal:
    """As many decimals as shown; without a stated number the 15 figures that a spreadsheet keeps."""
    if decimals is not None:
        return number.quantize(Decimal(1).scaleb(-min(decimals, 15)), ROUND_HALF_EVEN) if number else number
    return Decimal(f"{number:.15g}")


def _plain(number: Decimal) -> str:
    """Figures without exponent and without zeros that say nothing: 10, not 10.0."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(number: Decimal, parts: frozenset[str], *, starts_1904: bool) -> str:
    """A day in ISO form; a year or a month where the format shows no more; empty for no possible day."""
    if not 0 <= number <= _LAST_DAY - (1462 if starts_1904 else 0):
        return ""
    days, seconds = int(number), round((number % 1) * 86_400)
    if not parts & {"y", "m", "d"}:
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    early = not starts_1904 and days < 60  # before the day that never was
    day = (_EPOCH_1904 if starts_1904 else _EPOCH) + timedelta(days=days + early)
    if parts == {"y"}:
        return str(day.year)
    if parts <= {"y", "m"} and "y" in parts:
        return f"{_MONTHS[day.month - 1]} {day.year}"
    if "h" in parts and seconds:
        at = datetime.combine(day, datetime.min.time()) + timedelta(seconds=seconds)
        return at.isoformat(sep=" ", timespec="minutes")
    return day.isoformat()
