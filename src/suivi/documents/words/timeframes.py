"""Time frames as documents state them, and the days they begin and end on.

The visible rules: a window of years runs from 1 January to 31 December; a quarter, half-year or month ends
on its last calendar day, unless the document says fiscal, and then no day is concluded; a lone day, and
"by" or "end of" something, is a last day without a first one; "from" something is a first day alone.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from suivi.documents.model import Certainty
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan janvier janv enero ene",
        "february feb fevrier fevr fev febrero",
        "march mar mars marzo",
        "april apr avril avr abril abr",
        "may mai mayo",
        "june jun juin junio",
        "july jul juillet juil julio",
        "august aug aout agosto ago",
        "september sept sep septembre septiembre setiembre set",
        "october oct octobre octubre",
        "november nov novembre noviembre",
        "december dec decembre diciembre dic",
    ),
    start=1,
):
    _MONTHS |= dict.fromkeys(_names.split(), _number)

_ORDINALS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "first premier premiere 1er 1ere primer primero primera 1st 1 1o 1a i",
        "second deuxieme seconde segundo segunda 2nd 2 2e 2eme 2o 2a 2d ii",
        "third troisieme tercer tercero tercera 3rd 3 3e 3eme 3o 3er iii",
        "fourth last quatrieme dernier derniere cuarto ultimo ultima 4th 4 4e 4eme 4o iv",
    ),
    start=1,
):
    _ORDINALS |= dict.fromkeys(_names.split(), _number)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_Y = r"(?:19|20)\d\d"
_OF = r"(?:[ ,/(-]{0,3}(?:of|de l'annee|de l'an|del|de|en|of the year)?[ ]?)"
_MONTH = rf"(?:{_any_of(_MONTHS)})\b\.?"
_ORD = rf"(?:{_any_of(_ORDINALS)})\b\.?"
_QUARTER = r"(?:quarters?|trimestres?|trim\b\.?|qtrs?\b\.?)"
_HALF = r"(?:half-year|half year|half|semestres?|semester|sem\b\.?|moitie|mitad)"
# The order matters: the longest and most telling forms first.
_POINT = re.compile(
    rf"\b(?:"
    rf"(?P<iso>{_Y}[-./](?:0[1-9]|1[0-2])[-./](?:0[1-9]|[12]\d|3[01]))(?:t\d\d:\d\d(?::\d\d)?)?"
    rf"|(?P<numeric>\d{{1,2}}[./-]\d{{1,2}}[./-](?:{_Y}|\d\d))"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|o)?\.?(?: of| de)?[ /-]"
    rf"(?P<day_month>{_MONTH})(?:{_OF}(?P<day_year>{_Y}|'?\d\d\b))?"
    rf"|(?P<us_month>{_MONTH}) (?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<us_year>{_Y})"
    rf"|(?P<yq_year>{_Y})[ /:(-]{{0,3}}[qt](?P<yq>[1-4])"
    rf"|(?P<yh_year>{_Y})[ /:(-]{{0,3}}[hs](?P<yh>[12])"
    rf"|[qt] ?(?P<q>[1-4])\b(?:{_OF}(?P<q_year>{_Y}|'?\d\d\b))?"
    rf"|(?P<nq>[1-4])[qt](?![a-z])(?:{_OF}(?P<nq_year>{_Y}|'?\d\d\b))?"
    rf"|(?P<oq>{_ORD})(?: (?:and|et|y|&|to|au?|al|-) (?P<oq_last>{_ORD}))? {_QUARTER}"
    rf"(?:{_OF}(?P<oq_year>{_Y}))?"
    rf"|{_QUARTER} (?P<qo>{_ORD})(?:{_OF}(?P<qo_year>{_Y}))?"
    rf"|[hs] ?(?P<h>[12])\b(?:{_OF}(?P<h_year>{_Y}))?"
    rf"|(?P<nh>[12])[hs](?![a-z])(?:{_OF}(?P<nh_year>{_Y}))?"
    rf"|(?P<oh>{_ORD}) {_HALF}(?:{_OF}(?P<oh_year>{_Y}))?"
    rf"|{_HALF} (?P<ho>{_ORD})(?:{_OF}(?P<ho_year>{_Y}))?"
    rf"|(?P<month>{_MONTH})(?:{_OF}(?P<month_year>{_Y}|'?\d\d\b))?"
    rf"|(?P<my_month>0?[1-9]|1[0-2])[./](?P<my_year>{_Y})"
    rf"|(?P<ym_year>{_Y})[/-](?P<ym_month>0[1-9]|1[0-2])(?![\d/-])"
    rf"|(?P<range_year>{_Y}) ?[-/] ?(?P<range_end>\d\d)(?![\d/])"
    rf"|(?P<year>{_Y})"
    rf")(?![\d])"
)
_UNTIL = re.compile(
    r"\b(?:by|no later than|not later than|d'ici(?: a| au| le| la)?|au plus tard|jusqu'(?:a|au|en)|until|"
    r"till|up to|"
    r"a mas tardar|para|hasta|due)\b"
)
_BEFORE = re.compile(r"\b(?:before|avant|antes de|antes del)\b")
_END_OF = re.compile(r"\b(?:end|ending|late|fin|final|finales|fines|cierre|close)\b")
_MIDDLE_OF = re.compile(r"\b(?:mid|middle|mi|milieu|mediados|mitad)\b")
_FROM = re.compile(
    r"\b(?:from|since|starting|as of|as from|depuis|a partir|des|a compter|desde|onwards?|dès)\b"
)
_FISCAL = re.compile(r"\b(?:fiscal|fiscale|fiscales|fiscaux|fy ?(?:20)?\d\d|exercice budgetaire|ejercicio)\b")
_FISCAL_MONTHS = re.compile(
    rf"\b(?:fy|fiscal year|financial year|exercice|ejercicio(?: fiscal)?|ano fiscal|annee fiscale) ?"
    rf"(?P<year>(?:20)?\d\d)(?: ?[/-] ?(?P<last_year>(?:20)?\d\d))? ?[(,:] ?"
    rf"(?P<first>{_MONTH}) ?(?:to|-|a|au|through) ?(?P<last>{_MONTH})\)?$"
)
_OPEN = re.compile(
    r"\b(?:ongoing|on-going|continuous|continuously|continuing|permanent|permanente?|en continu|"
    r"continue?|continuo|continua|"
    r"en cours|en curso|throughout|tout au long|regularly|regulierement|as needed|tbd|tbc|to be "
    r"determined|a determiner|"
    r"por determinar|n/a|annual|annually|yearly|annuel|anual|monthly|quarterly)\b"
)
# What may stand in a time frame besides its points in time: anything else makes it a sentence.
_LINKING_WORDS = (
    "to a au aux and et y e or ou o the le la les el los las l d de du des del of in en by d'ici ici "
    "from until till hasta "
    "desde depuis through end ending fin final finales fines mid mi middle milieu mediados late early "
    "start debut "
    "principios inicio begin beginning no not later than au plus tard mas tardar before avant antes for "
    "pour para "
    "between entre since onwards onward partir compter jusqu jusqu'a jusqu'au jusqu'en year years annee "
    "annees ano anos "
    "period periode periodo biennium biennial exercice bienal bienio bienio date due deadline echeance "
    "delai plazo time frame "
    "timeframe timeline when quarter quarters trimestre trimestres semestre month mois mes up within "
    "completed completion "
    "janv calendar civil civile as dates target annually annual yearly qtr c ca fy delivery "
    "dans durant during au cours"
)
_LINKING = frozenset(_LINKING_WORDS.split())
_RESIDUE = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True)
class TimeFrame:
    """A time frame: its words, the window as kept ("2021-2023"), its days, how sure and why.

    `problem` is the code of a finding where the words name no days: "timeframe-open",
    "timeframe-fiscal", "timeframe-unread" or "timeframe-order".
    """

    words: str
    window: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    certainty: Certainty = Certainty.STATED
    why: str = ""
    problem: str = ""


@dataclass(frozen=True)
class _Point:
    starts_on: date
    ends_on: date
    kind: str  # day, month, quarter, half, year
    start: int
    end: int
    is_sure: bool = True


@dataclass(frozen=True)
class _Named:
    """A part of a year whose year has still to be found to its right or left."""

    first_month: int
    months: int
    day: int
    year: int | None
    kind: str
    start: int
    end: int


UNKNOWN_WORDS = gettext_noop("words beside it were not understood")
_DASHES = dict.fromkeys(map(ord, "—―−‐"), "-")
_POINTED_ORDINAL = re.compile(r"\b([1-4])\.\s?(er|o|a)\b")  # Spanish "1.er", "4.º"


def _folded(words: str) -> str:
    plain = fold(words.translate(_DASHES))
    return _POINTED_ORDINAL.sub(r"\1\2", plain)


def read_timeframe(words: str, *, is_fiscal: bool = False) -> TimeFrame | None:
    """The time frame that the words state; None where they are empty or only a dash.

    `is_fiscal` says that the document counts in fiscal periods: years of the calendar cannot be concluded.
    """
    stated = " ".join(words.split()).strip(" ;,")
    folded = _folded(stated)
    if not folded.strip("-./ x"):
        return None
    if (fiscal := _FISCAL_MONTHS.search(folded)) and (days := _fiscal_days(fiscal)):
        why = gettext_noop("a fiscal year is named after the year in which it ends")
        return TimeFrame(stated, _shown(stated), *days, Certainty.CONCLUDED, why)
    points, is_sure = _points(folded)
    if not points and _FISCAL.search(folded):
        return TimeFrame(stated, window=_shown(stated), problem="timeframe-fiscal")
    if not points:
        is_open = bool(_OPEN.search(folded))
        return TimeFrame(stated, problem="timeframe-open" if is_open else "timeframe-unread")
    if is_fiscal or _FISCAL.search(folded):
        return TimeFrame(stated, window=_shown(stated), problem="timeframe-fiscal")
    return _conclude(stated, folded, points, is_sure)


def _fiscal_days(match: re.Match[str]) -> tuple[date, date]:
    """First and last day of a fiscal year whose months stand beside it: "FY2024 (July to June)"."""
    first, last = _month(match["first"]), _month(match["last"])
    year = _full_year((match["last_year"] or match["year"])[-2:]) or 0
    starts_on = date(year - 1 if first > last else year, first, 1)
    return starts_on, date(year, last, calendar.monthrange(year, last)[1])


def _conclude(stated: str, folded: str, points: list[_Point], is_sure: bool) -> TimeFrame:
    starts_on: date | None = min(point.starts_on for point in points)
    ends_on: date | None = max(point.ends_on for point in points)
    if points[0].starts_on > points[-1].ends_on:
        return TimeFrame(stated, window=_shown(stated), problem="timeframe-order")
    window, certainty, why = _shown(stated), Certainty.STATED, ""
    if len(points) == 1:
        starts_on, ends_on, why = _one_point(folded, points[0])
        certainty = Certainty.CONCLUDED if why else Certainty.STATED
    before = folded[: points[0].start]
    is_plain = not _END_OF.search(folded) and not _MIDDLE_OF.search(folded) and starts_on and ends_on
    if is_plain and all(point.kind == "year" for point in points) and not _BEFORE.search(before):
        first, last = min(p.starts_on.year for p in points), max(p.ends_on.year for p in points)
        window = f"{first}-{last}" if first != last else f"{first}"
    elif len(points) > 1 and _MIDDLE_OF.search(folded):
        starts_on, ends_on = _middles(folded, points)
        certainty, why = Certainty.CONCLUDED, gettext_noop("the middle of a year is 30 June")
    if _unknown_words(folded):
        certainty, why = Certainty.GUESSED, UNKNOWN_WORDS
    if not is_sure:
        certainty, why = Certainty.GUESSED, gettext_noop("day and month may be meant the other way round")
    return TimeFrame(stated, window, starts_on, ends_on, certainty, why)


def _shown(stated: str) -> str:
    """The words of a window without the bracket around them."""
    inner = stated.rstrip(".").strip()
    if inner[:1] in "([" and inner[-1:] in ")]":
        inner = inner[1:-1].strip()
    return inner


def _one_point(folded: str, point: _Point) -> tuple[date | None, date | None, str]:  # noqa: PLR0911  one line per form
    before, after = folded[: point.start], folded[point.end :]
    middle = date(point.ends_on.year, 6, 30)
    if _MIDDLE_OF.search(before) and point.kind == "year":
        return None, middle, gettext_noop("the middle of a year is 30 June")
    if _END_OF.search(before):
        return None, point.ends_on, gettext_noop("the end of a period is its last day")
    if _BEFORE.search(before):
        if point.kind == "day":
            return None, point.ends_on, gettext_noop("a last day without a first one")
        return (
            None,
            point.starts_on - timedelta(days=1),
            gettext_noop("before a period is the day before its first"),
        )
    if _UNTIL.search(before) or (point.kind == "year" and re.search(r"d'ici", before)):
        return None, point.ends_on, gettext_noop("a last day without a first one")
    if _FROM.search(before) or re.match(r"\W{0,3}(?:onwards?|en adelante|et au-dela)", after):
        return point.starts_on, None, gettext_noop("a first day without a last one")
    if point.kind == "day":
        return None, point.ends_on, gettext_noop("a lone day is the last day")
    return point.starts_on, point.ends_on, ""


def _middles(folded: str, points: list[_Point]) -> tuple[date, date]:
    """First and last day of a range with "mid" in it."""
    first, last = points[0], points[-1]
    has_first = _MIDDLE_OF.search(folded[: first.start])
    has_last = _MIDDLE_OF.search(folded[first.end : last.start])
    starts_on = date(first.starts_on.year, 7, 1) if has_first and first.kind == "year" else first.starts_on
    ends_on = date(last.ends_on.year, 6, 30) if has_last and last.kind == "year" else last.ends_on
    return starts_on, ends_on


def _points(folded: str) -> tuple[list[_Point], bool]:
    """The points in time, in order, and whether each can be read in one way only."""
    raw = [_read_match(match) for match in _POINT.finditer(folded)]
    named = [item for item in raw if item is not None]
    points: list[_Point] = []
    is_sure = True
    for at, item in enumerate(named):
        if isinstance(item, _Point):
            points.append(item)
            is_sure = is_sure and item.is_sure
            continue
        year = item.year if item.year is not None else _year_near(named, at)
        if year is not None and (point := _dated(item, year)):
            points.append(point)
    return points, is_sure


def _year_near(items: list[_Point | _Named], at: int) -> int | None:
    """The year of "March" in "March–June 2022" is that of the next part, else that of the one before."""
    for item in (*items[at + 1 :], *reversed(items[:at])):
        year = item.ends_on.year if isinstance(item, _Point) else item.year
        if year is not None:
            return year
    return None


def _dated(item: _Named, year: int) -> _Point | None:
    last_month = item.first_month + item.months - 1
    if item.day:
        if item.day > calendar.monthrange(year, item.first_month)[1]:
            return None
        day = date(year, item.first_month, item.day)
        return _Point(day, day, "day", item.start, item.end)
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return _Point(date(year, item.first_month, 1), last, item.kind, item.start, item.end)


def _full_year(figures: str | None) -> int | None:
    if not figures:
        return None
    year = int(figures.lstrip("'"))
    return year + 2000 if year < 100 else year


def _month(word: str) -> int:
    return _MONTHS[word.rstrip(".")]


def _read_match(match: re.Match[str]) -> _Point | _Named | None:  # noqa: PLR0911  one line per form
    g, (start, end) = match.groupdict(), match.span()
    if g["iso"]:
        return _day_point(*(int(part) for part in re.split(r"[-./]", g["iso"])), start=start, end=end)
    if g["numeric"]:
        return _numeric_day(g["numeric"], start, end)
    if g["day"]:
        return _Named(_month(g["day_month"]), 1, int(g["day"]), _full_year(g["day_year"]), "day", start, end)
    if g["us_day"]:
        return _Named(_month(g["us_month"]), 1, int(g["us_day"]), _full_year(g["us_year"]), "day", start, end)
    if g["year"]:
        return _years(int(g["year"]), int(g["year"]), start, end)
    if g["range_year"]:
        first = int(g["range_year"])
        last = first // 100 * 100 + int(g["range_end"])
        return _years(first, last, start, end) if last >= first else None
    return _part_of_year(g, start, end)


def _part_of_year(g: dict[str, str | None], start: int, end: int) -> _Named | None:
    if g["month"]:
        return _Named(_month(g["month"]), 1, 0, _full_year(g["month_year"]), "month", start, end)
    for month, year in (("my_month", "my_year"), ("ym_month", "ym_year")):
        if figures := g[month]:
            return _Named(int(figures), 1, 0, _full_year(g[year]), "month", start, end)
    for name, year in (
        ("yq", "yq_year"),
        ("q", "q_year"),
        ("nq", "nq_year"),
        ("oq", "oq_year"),
        ("qo", "qo_year"),
    ):
        if word := g[name]:
            quarter = _ORDINALS[word.rstrip(".")]
            last = _ORDINALS[(g["oq_last"] or word).rstrip(".")] if name == "oq" else quarter
            months = 3 * (max(last, quarter) - quarter + 1)
            return _Named(quarter * 3 - 2, months, 0, _full_year(g[year]), "quarter", start, end)
    for name, year in (
        ("yh", "yh_year"),
        ("h", "h_year"),
        ("nh", "nh_year"),
        ("oh", "oh_year"),
        ("ho", "ho_year"),
    ):
        if word := g[name]:
            half = min(_ORDINALS[word.rstrip(".")], 2)
            return _Named(half * 6 - 5, 6, 0, _full_year(g[year]), "half", start, end)
    return None


def _years(first: int, last: int, start: int, end: int) -> _Point:
    return _Point(date(first, 1, 1), date(last, 12, 31), "year", start, end)


def _day_point(
    year: int, month: int, day: int, *, start: int, end: int, is_sure: bool = True
) -> _Point | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    on = date(year, month, day)
    return _Point(on, on, "day", start, end, is_sure)


def _numeric_day(figures: str, start: int, end: int) -> _Point | None:
    """Day before month, as in most of the world, unless that is impossible."""
    first, second, year = re.split(r"[./-]", figures)
    day, month = int(first), int(second)
    is_sure = day > 12 or day == month
    if month > 12:
        day, month, is_sure = month, day, True
    return _day_point(_full_year(year) or 0, month, day, start=start, end=end, is_sure=is_sure)


def is_timeframe(words: str) -> bool:
    """Whether the words are a time frame and nothing besides."""
    if len(words) > 90 or not any(figure in words for figure in "0123456789"):
        return False
    folded = _folded(words)
    points, _ = _points(folded)
    if not points:
        return False
    return not _unknown_words(folded)


def _unknown_words(folded: str) -> list[str]:
    """What stands in the words besides points in time and the small words around them."""
    return [word for word in _RESIDUE.findall(_POINT.sub(" ", folded)) if word not in _LINKING]


def is_open_timeframe(words: str) -> bool:
    """Whether the words are a time frame without days ("ongoing")."""
    return len(words) <= 40 and bool(_OPEN.search(_folded(words)))


def split_timeframes(paragraphs: Iterable[str]) -> list[str]:
    """The time frames of a cell, one by one: a paragraph each, or parted by semicolons."""
    found: list[str] = []
    for paragraph in paragraphs:
        parts = [part.strip() for part in re.split(r"[;•]|\s\|\s", paragraph)]
        kept = [part for part in parts if part]
        found.extend(kept if all(is_timeframe(part) for part in kept) else [paragraph.strip()])
    return _rejoined([part for part in found if part])


def _rejoined(parts: list[str]) -> list[str]:
    """Lines that only together make one time frame ("March 2022 to", "June 2023") as one again."""
    joined: list[str] = []
    for part in parts:
        is_open_range = bool(joined) and re.search(
            r"(?:[-–—]|\b(?:to|au?|al|hasta|until|and|et|y|of|de))\s*$", joined[-1]
        )
        starts_open = re.match(r"(?:[-–—]|(?:to|au|à|al|hasta|until)\b)\s*", part)
        if joined and (is_open_range or starts_open or not is_timeframe(joined[-1])):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined


_RANGE_JOINT = re.compile(
    r"^\W*(?:-|to|through|until|till|au?|al|hasta|jusqu'\w*|and|et|y|e|or|ou|of|de|du)\W*$|^\s*[-/]\s*$"
)


def split_run(words: str, count: int) -> list[str]:
    """Time frames in a row without a mark ("2024-2025 March 2026"), where they are `count`; else []."""
    stated = " ".join(words.split())
    folded = _folded(stated)
    source = stated if len(stated) == len(folded) else folded
    starts = [0]
    last_end: int | None = None
    for match in _POINT.finditer(folded):
        if last_end is not None:
            gap = folded[last_end : match.start()]
            if not _RANGE_JOINT.match(gap):
                starts.append(last_end)
        last_end = match.end()
    parts = [source[a:b].strip(" ,;/") for a, b in zip(starts, [*starts[1:], len(source)], strict=True)]
    return parts if len(parts) == count and all(is_timeframe(part) for part in parts) else []


_LAST_BRACKET = {")": "(", "]": "["}


def trailing_timeframe(text: str) -> tuple[str, str] | None:
    """A sentence and the time frame behind it: "... are built (2021-2023)", "... are built. By Q3 2022".

    None where no time frame stands at the end.
    """
    clean = text.rstrip()
    bare = clean.rstrip(".")
    opening = _LAST_BRACKET.get(bare[-1:])
    if opening and (at := bare.rfind(opening)) > 0:
        return (bare[:at].rstrip(" ,;:-–—"), bare[at + 1 : -1]) if is_timeframe(bare[at + 1 : -1]) else None
    tail = clean[-80:]
    offset = len(clean) - len(tail)
    for match in re.finditer(r"(?:(?<=[.;:!?»)])\s+|\s+[–—|-]\s+|\t)", tail):
        rest, words = clean[: offset + match.start()], clean[offset + match.end() :]
        if rest and is_timeframe(words.rstrip(".")):
            return rest.rstrip(), words.rstrip(".")
    return None
