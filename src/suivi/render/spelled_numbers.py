"""Numbers spelled out in sentences, whole and as ordinals: "twenty-two", "quatre-vingt-dix", "décimo"."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

# From two on: one is an article in many places.
_UNITS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve",
}
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième "
    "douzième",
    "es": "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
}
_OTHERS = {"premier": ("première",), "deuxième": ("second", "seconde")}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_TWENTIES = (
    "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
)
_HUNDREDS = "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"


@cache
def spelled_numbers(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What finds them in a sentence: those above twenty, which may end in "one", the small ones, ordinals."""
    whole = dict(_forms(language))
    large = [phrase for phrase, value in whole.items() if value > 20]
    return _any_of(large), _any_of(whole), _any_of(dict(_ordinals(language)))


def value_of_spelled(phrase: str, language: str) -> int:
    """What a phrase says that `spelled_numbers` found."""
    return _values(language)[phrase.lower()]


@cache
def _values(language: str) -> dict[str, int]:
    return dict(_ordinals(language)) | dict(_forms(language))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)", re.IGNORECASE)


def _forms(language: str) -> Iterator[tuple[str, int]]:
    units = dict(enumerate(_UNITS[language].split(), 2))
    tens = dict(enumerate(_TENS[language].split(), 2))
    yield from ((word, value) for value, word in units.items())
    yield from ((word, 10 * ten) for ten, word in tens.items())
    yield from {"en": _english, "fr": _french, "es": _spanish}[language](units, tens)


def _ordinals(language: str) -> Iterator[tuple[str, int]]:
    for value, word in enumerate(_ORDINALS[language].split(), 1):
        yield from ((form, value) for form in _ordinal(word, language))


def _ordinal(word: str, language: str) -> Iterator[str]:
    """One ordinal in its genders and numbers."""
    if language == "es":
        yield from (word[:-1] + ending for ending in ("o", "a", "os", "as"))
        if word in ("primero", "tercero"):
            yield word[:-1]
    else:
        yield from (word, f"{word}s")
        yield from (f"{form}{ending}" for form in _OTHERS.get(word, ()) for ending in ("", "s"))


def _english(units: dict[int, str], tens: dict[int, str]) -> Iterator[tuple[str, int]]:
    for ten, word in tens.items():
        for unit, small in {1: "one", **units}.items():
            if unit < 10:
                yield from ((f"{word}{mark}{small}", 10 * ten + unit) for mark in "- ")
    yield from ((f"{units[unit]} hundred", 100 * unit) for unit in range(2, 10))
    yield from (("hundred", 100), ("thousand", 1000))


def _french(units: dict[int, str], tens: dict[int, str]) -> Iterator[tuple[str, int]]:
    for ten, word in tens.items():
        # Seventy and ninety count on from sixty and eighty, up to nineteen.
        ones = ((f"et{mark}{small}", mark) for mark in "- " for small in ("un", "une"))
        yield from ((f"{word}{mark}{small}", 10 * ten + 1) for small, mark in ones)
        yield from ((f"{word}-{small}", 10 * ten + u) for u, small in units.items() if u < 10 or ten == 6)
    yield from ((form, 71) for form in ("soixante et onze", "soixante-et-onze"))
    yield from ((form, 80) for form in ("quatre-vingts", "quatre-vingt"))
    yield from ((f"quatre-vingt-{small}", 80 + unit) for unit, small in {1: "un", **units}.items())
    for unit in range(2, 10):
        yield from ((f"{units[unit]} cent{ending}", 100 * unit) for ending in ("", "s"))
    yield from (("cent", 100), ("mille", 1000))


def _spanish(units: dict[int, str], tens: dict[int, str]) -> Iterator[tuple[str, int]]:
    yield from ((word, value) for value, word in enumerate(_TWENTIES.split(), 21))
    yield from (("veintiún", 21), ("veintiuna", 21))
    for ten, word in tens.items():
        if ten > 2:
            yield from ((f"{word} y {small}", 10 * ten + 1) for small in ("un", "uno", "una"))
            yield from ((f"{word} y {small}", 10 * ten + unit) for unit, small in units.items() if unit < 10)
    for hundred, word in enumerate(_HUNDREDS.split(), 2):
        yield from ((word[:-2] + ending, 100 * hundred) for ending in ("os", "as"))
    yield from (("cien", 100), ("ciento", 100), ("mil", 1000))
