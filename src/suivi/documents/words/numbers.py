"""Numbers as English, French and Spanish documents write them: in words, in figures, as ordinals."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

from suivi.values.folding import fold

_words = str.split  # lists of words are read best as one line of them

_EN_UNITS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_FR_UNITS = _words(
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf"
)
_FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
_ES_UNITS = _words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco "
    "veintiseis veintisiete veintiocho veintinueve"
)
_ES_TENS = _words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_ES_HUNDREDS = _words(
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)


def _english(n: int) -> str:
    if n < 20:
        return _EN_UNITS[n]
    if n < 100:
        return _EN_TENS[n // 10 - 2] + (f"-{_EN_UNITS[n % 10]}" if n % 10 else "")
    rest = f" and {_english(n % 100)}" if n % 100 else ""
    return f"{_EN_UNITS[n // 100]} hundred{rest}"


def _french(n: int) -> str:
    if n < 20:
        return _FR_UNITS[n]
    if n < 100:
        ten = n // 10 * 10
        if ten in (70, 90):
            joint = " et " if n == 71 else "-"
            return f"{_FR_TENS[ten - 10]}{joint}{_FR_UNITS[n - ten + 10]}"
        if n == ten:
            return "quatre-vingts" if n == 80 else _FR_TENS[ten]
        joint = " et " if n % 10 == 1 and ten != 80 else "-"
        return f"{_FR_TENS[ten]}{joint}{_FR_UNITS[n % 10]}"
    many, rest = n // 100, n % 100
    head = "cent" if many == 1 else f"{_FR_UNITS[many]} cent{'' if rest else 's'}"
    return f"{head} {_french(rest)}" if rest else head


def _spanish(n: int) -> str:
    if n < 30:
        return _ES_UNITS[n]
    if n < 100:
        return _ES_TENS[n // 10 - 3] + (f" y {_ES_UNITS[n % 10]}" if n % 10 else "")
    if n == 100:
        return "cien"
    head = _ES_HUNDREDS[n // 100 - 1]
    return f"{head} {_spanish(n % 100)}" if n % 100 else head


_SPELL = {"en": _english, "fr": _french, "es": _spanish}
_LARGE = {
    "en": {"thousand": 1000, "million": 10**6, "millions": 10**6, "billion": 10**9},
    "fr": {"mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
    "es": {"mil": 1000, "millon": 10**6, "millones": 10**6},
}
_DOZENS = {
    "en": {"a dozen": 12, "two dozen": 24, "half a dozen": 6},
    "fr": {
        "une dizaine": 10,
        "une douzaine": 12,
        "une quinzaine": 15,
        "une vingtaine": 20,
        "une centaine": 100,
    },
    "es": {"una decena": 10, "una docena": 12, "una quincena": 15, "una veintena": 20, "un centenar": 100},
}


@lru_cache(maxsize=8192)
def _key(words: str) -> str:
    return fold(words).replace("-", " ")


@cache
def _words_of(language: str) -> dict[str, int]:
    """Every spelling of 0 to 999, with Spanish feminines and short forms, Belgian and Swiss tens."""
    spell = _SPELL.get(language)
    if spell is None:
        return {}
    table = {_key(spell(n)): n for n in range(1000)}
    if language == "en":
        table |= {key.replace(" and ", " "): n for key, n in table.items()}
        table |= {f"a{key[3:]}": n for key, n in table.items() if key.startswith("one hundred")}
    if language == "es":
        table |= {re.sub(r"uno$", "un", key): n for key, n in table.items()}
        table |= {re.sub(r"uno?$", "una", key): n for key, n in table.items()}
        table |= {
            key.replace("cientos", "cientas").replace("quinientos", "quinientas"): n
            for key, n in table.items()
        }
    if language == "fr":
        table |= {re.sub(r"\bun$", "une", key): n for key, n in table.items()}
        for name, ten in (("septante", 70), ("huitante", 80), ("octante", 80), ("nonante", 90)):
            table |= {f"{name} {_FR_UNITS[unit]}": ten + unit for unit in range(2, 10)}
            table |= {name: ten, f"{name} et un": ten + 1, f"{name} et une": ten + 1}
        table |= {"quatre vingt": 80}
    return (
        table
        | _DOZENS[language]
        | {word: n for word, n in _LARGE[language].items() if word in ("mille", "mil")}
    )


@dataclass(frozen=True)
class NumberFound:
    """A number in a text: its value, where it stands, whether it was written in words."""

    value: Decimal
    start: int
    end: int
    in_words: bool


_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_FIGURES = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?![\d.,]*\d)|\d+(?:[.,]\d+)?")
_LONGEST_SPELLING = 6


def find_numbers(text: str, language: str) -> list[NumberFound]:
    """All cardinal numbers in the text, in order, in figures or in the words of that language."""
    found = [_of_figures(match, language) for match in _FIGURES.finditer(text)]
    found += _spelled(text, language)
    found.sort(key=lambda number: number.start)
    return [_times_large(number, text, language) for number in found]


def _of_figures(match: re.Match[str], language: str) -> NumberFound:
    return NumberFound(parse_figures(match.group(), language), match.start(), match.end(), in_words=False)


def parse_figures(figures: str, language: str) -> Decimal:
    """ "1,000" and "1 000" and "1.000" are a thousand; "2.5" and "2,5" have a fraction.

    Groups of exactly three after a mark are thousands, except "1.234" in English and "1,234" elsewhere,
    where the mark is that of the fraction.
    """
    compact = re.sub(r"[ \u00a0\u202f]", "", figures)
    fraction_mark = "." if language == "en" else ","
    groups = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", compact)
    if groups and (groups.group(1) != fraction_mark or compact.count(groups.group(1)) > 1):
        return Decimal(re.sub(r"[.,]", "", compact))
    return Decimal(compact.replace(",", "."))


def _spelled(text: str, language: str) -> list[NumberFound]:
    table = _words_of(language)
    tokens = [(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    firsts = _first_words(language)
    found: list[NumberFound] = []
    at = 0
    while at < len(tokens):
        step = 1
        if _key(tokens[at][0]) in firsts:
            for length in range(min(_LONGEST_SPELLING, len(tokens) - at), 0, -1):
                run = tokens[at : at + length]
                if not _is_joined(text, run):
                    continue
                value = table.get(_key(" ".join(word for word, _, _ in run)))
                if value is not None:
                    found.append(NumberFound(Decimal(value), run[0][1], run[-1][2], in_words=True))
                    step = length
                    break
        at += step
    return found


def _is_joined(text: str, run: list[tuple[str, int, int]]) -> bool:
    """Whether only blanks or hyphens stand between the words."""
    pairs = pairwise(run)
    return all(not text[a[2] : b[1]].strip(" -‑\u00a0") for a, b in pairs)


@cache
def _first_words(language: str) -> frozenset[str]:
    return frozenset(key.split(" ", 1)[0] for key in _words_of(language))


def _times_large(number: NumberFound, text: str, language: str) -> NumberFound:
    follows = re.match(r"[ \u00a0]([^\W\d_]+)", text[number.end : number.end + 16])
    factor = _LARGE.get(language, {}).get(_key(follows.group(1))) if follows else None
    if not follows or factor is None:
        return number
    return NumberFound(number.value * factor, number.start, number.end + follows.end(), number.in_words)


_FR_ORDINALS = {"premier": 1, "premiere": 1, "second": 2, "seconde": 2, "unieme": 1}
_ES_ORDINALS = _words(
    "primer segundo tercer cuarto quinto sexto septimo octavo noveno decimo undecimo duodecimo decimotercer "
    "decimocuarto decimoquinto decimosexto decimoseptimo decimoctavo decimonoveno vigesimo"
)
_ES_TENTHS = (
    "vigesim",
    "trigesim",
    "cuadragesim",
    "quincuagesim",
    "sexagesim",
    "septuagesim",
    "octogesim",
    "nonagesim",
)


@cache
def _ordinals(language: str) -> dict[str, int]:
    if language == "en":
        return _english_ordinals()
    if language == "fr":
        return _FR_ORDINALS | {_french_ordinal(n): n for n in range(2, 400)}
    forms: dict[str, int] = {}
    for n, word in enumerate(_ES_ORDINALS, start=1):
        stem = word[:-1] if word.endswith("o") else word
        forms |= {word: n, stem + "o": n, stem + "a": n}
    units = [(word, n) for word, n in forms.items() if n < 10]
    for tens, ten in enumerate(_ES_TENTHS, start=2):
        for end in "oa":
            forms[f"{ten}{end}"] = tens * 10
            forms |= {f"{ten}{end} {word}": tens * 10 + n for word, n in units if word.endswith(end)}
    return forms


def _english_ordinals() -> dict[str, int]:
    irregular = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
    irregular |= {"nine": "ninth", "twelve": "twelfth"}
    forms: dict[str, int] = {}
    for n in range(1, 400):
        head, _, last = _key(_english(n)).rpartition(" ")
        ordinal = irregular.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
        forms[f"{head} {ordinal}".strip()] = n
    return forms


def _french_ordinal(n: int) -> str:
    head, _, last = _key(_french(n)).rpartition(" ")
    last = {"cinq": "cinqu", "neuf": "neuv", "vingts": "vingt", "cents": "cent"}.get(last, last)
    return f"{head} {last.removesuffix('e')}ieme".strip()


_FIGURE_ORDINAL = re.compile(r"^(\d{1,4})(?:\^?(?:st|nd|rd|th|re|er|e|eme|ieme|o|a)|\.?\s?[oa])?\.?$")


def read_ordinal(words: str) -> int | None:
    """ "Quatrième", "fourth", "cuarto", "4th", "341^e" or "4.º" as a number; None where it is none."""
    key = _key(words.replace("ª", "a").replace("º", "o").replace("^", ""))
    match = _FIGURE_ORDINAL.match(key)
    if match:
        return int(match.group(1))
    return next((n for language in _SPELL if (n := _ordinals(language).get(key)) is not None), None)


_ROMAN = re.compile(r"^(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})$")


def is_roman(word: str) -> bool:
    """Whether the word is a Roman number from I to about LXXXIX, in capitals."""
    return bool(_ROMAN.match(word))
