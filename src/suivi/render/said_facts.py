"""The facts that a sentence states whatever its language: figures, days, symbols, acronyms.

Each is brought to one form through the forms of its language, so that two languages can be compared.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from suivi.render.typography import month_names


class FactKind(StrEnum):
    FIGURE = "figure"
    DAY = "date"
    SYMBOL = "symbol"
    ACRONYM = "acronym"


@dataclass(frozen=True, order=True)
class Fact:
    """A fact in its common form: "1234.5", "32.4%", "2023-02-15", "GB.341/POL/4", "SDG"."""

    kind: FactKind
    value: str


@dataclass(frozen=True)
class Said:
    """The facts of a wording, in their order. `perhaps` are words that mean a figure at times only."""

    facts: tuple[Fact, ...]
    perhaps: tuple[Fact, ...] = ()


_NUMBER_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf vingt",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte",
}
# One is an article in many places, "neuf" also means new, and "a" stands for one in no list.
_PERHAPS = {
    "en": {"one": 1},
    "fr": {"un": 1, "une": 1, "neuf": 9},
    "es": {"un": 1, "uno": 1, "una": 1},
}
_PER_CENT = {"en": r"per cent|percent|%", "fr": r"pour cent|%", "es": r"por ciento|%"}
# English, French, Spanish; where a language has two, both are the same.
_ACRONYMS = (
    ("SDG", "ODD", "ODS"),
    ("UN", "ONU NU", "ONU NU"),
    ("DWCP", "PPTD", "PTDP"),
    ("RBSA", "CSBO", "CSPO"),
    ("ILO", "OIT", "OIT"),
    ("NGO", "ONG", "ONG"),
    ("GDP", "PIB", "PIB"),
    ("ICT", "TIC", "TIC"),
    ("EU", "UE", "UE"),
    ("IMF", "FMI", "FMI"),
    ("WHO", "OMS", "OMS"),
    ("OSH", "SST", "SST"),
    ("IFI", "IFI", "IFI"),
    ("UNDP", "PNUD", "PNUD"),
    ("OECD", "OCDE", "OCDE"),
)
_LANGUAGES = ("en", "fr", "es")
# One language writes the name out where another has its acronym.
_NAMES = {"en": "United Nations", "fr": "Nations Unies", "es": "Naciones Unidas"}
_ACRONYM_OF_NAMES = "UN"

_SYMBOL = re.compile(r"(?<![\w/.])[A-Z][A-Z0-9]*(?:[./-][A-Za-z0-9]+)*[./][A-Za-z0-9()]*\d[A-Za-z0-9./()-]*")
_ISO_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)[–-]((?:19|20)?\d\d)\b(?![–-]\d)")
_COMPOUND = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)*\b")
_WORD = re.compile(r"[^\W\d_]+")


def facts_of(words: str, language: str) -> Said:
    """The facts in a wording. A language without forms of its own is read with the English ones."""
    base = language.replace("_", "-").split("-")[0].lower()
    reading = _Reading(base if base in _LANGUAGES else "en")
    return reading.read(words)


class _Reading:
    """One wording being read: what was taken as a fact is blanked out, so that nothing counts twice."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.found: list[tuple[int, Fact]] = []

    def read(self, words: str) -> Said:
        words = re.sub(r"\s", " ", words)
        words = self._take(words, _SYMBOL, FactKind.SYMBOL, lambda m: m[0].rstrip(".()-/"))
        words = self._take(words, _ISO_DAY, FactKind.DAY, lambda m: m[1])
        words = self._take(words, *self._days())
        words = self._take(words, _YEARS, FactKind.FIGURE, _years)
        words = self._take(words, self._numbers(), FactKind.FIGURE, self._number)
        names = re.compile(re.escape(_NAMES[self.language]), re.IGNORECASE)
        words = self._take(words, names, FactKind.ACRONYM, lambda _: _ACRONYM_OF_NAMES)
        perhaps: list[Fact] = []
        spelled = _NUMBER_WORDS[self.language].split()
        for compound in _COMPOUND.finditer(words):
            # "dix-sept" is one number, "two-page" a number and a word.
            if compound[0].lower() in spelled:
                self._word(compound[0], compound.start(), perhaps)
                continue
            pieces = list(_WORD.finditer(compound[0]))
            if len(pieces) > 1 and all(one[0].lower() in spelled for one in pieces):
                continue  # "quatre-vingt-dix" is a larger number, and larger ones are read in no language
            for word in pieces:
                self._word(word[0], compound.start() + word.start(), perhaps)
        return Said(tuple(fact for _, fact in sorted(self.found)), tuple(perhaps))

    def _take(
        self, words: str, pattern: re.Pattern[str], kind: FactKind, value: Callable[[re.Match[str]], str]
    ) -> str:
        def blank(match: re.Match[str]) -> str:
            self.found.append((match.start(), Fact(kind, value(match))))
            return " " * len(match[0])

        return pattern.sub(blank, words)

    def _days(self) -> tuple[re.Pattern[str], FactKind, Callable[[re.Match[str]], str]]:
        """A month with its day or its year: alone its name may be another word ("may", "mars")."""
        names = month_names(self.language)
        month = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        year = r"(?:,? (?:del? )?((?:19|20)\d\d)\b)"
        day = r"\b(\d{1,2})(?:er|\.?º)? (?:de )?"
        pattern = re.compile(rf"{day}({month})(?!\w){year}?|\b({month})(?!\w){year}", re.IGNORECASE)

        def value(match: re.Match[str]) -> str:
            named = names[(match[2] or match[4]).lower()]
            on = f"-{int(match[1]):02d}" if match[1] else ""
            return f"{match[3] or match[5] or '-'}-{named:02d}{on}"

        return pattern, FactKind.DAY, value

    def _numbers(self) -> re.Pattern[str]:
        if self.language == "en":
            number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*"
        else:
            number = r"\d{1,3}(?:[ .]\d{3})+(?![\d.])(?:,\d+)?|\d+,\d+|\d+(?:\.\d+)*"
        share = _PER_CENT[self.language]
        return re.compile(rf"(?P<sign>(?<![\w)])[−-])?(?<!\d)(?P<number>{number})(?P<share> ?(?:{share}))?")

    def _number(self, match: re.Match[str]) -> str:
        number = match["number"]
        if self.language == "en":
            number = number.replace(",", "")
        elif re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", number):
            number = number.replace(" ", "").replace(".", "").replace(",", ".")
        else:
            number = number.replace(",", ".")
        return f"{'-' if match['sign'] else ''}{number}{'%' if match['share'] else ''}"

    def _word(self, word: str, start: int, perhaps: list[Fact]) -> None:
        lowered = word.lower()
        if lowered in _PERHAPS[self.language]:
            perhaps.append(Fact(FactKind.FIGURE, str(_PERHAPS[self.language][lowered])))
        elif lowered in (spelled := _NUMBER_WORDS[self.language].split()):
            self.found.append((start, Fact(FactKind.FIGURE, str(spelled.index(lowered) + 2))))
        elif common := _common_acronym(word, self.language):
            self.found.append((start, Fact(FactKind.ACRONYM, common)))


def _years(match: re.Match[str]) -> str:
    """A window or biennium in full."""
    return f"{match[1]}-{match[1][: 4 - len(match[2])]}{match[2]}"


def _common_acronym(word: str, language: str) -> str:
    """The English form of an acronym of the table, nothing for any other word."""
    bare = word[:-1] if word.endswith("s") else word
    column = _LANGUAGES.index(language)
    return next((row[0] for row in _ACRONYMS if bare in row[column].split()), "")
