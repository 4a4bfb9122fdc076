"""The facts that a sentence states whatever its language: figures, days, symbols, acronyms.

Each is brought to one form through the forms of its language, so that two languages can be compared.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from suivi.render.spelled_numbers import spelled_numbers, value_of_spelled
from suivi.render.typography import month_names


class FactKind(StrEnum):
    FIGURE = "figure"
    DAY = "date"
    SYMBOL = "symbol"
    ACRONYM = "acronym"


@dataclass(frozen=True, order=True)
class Fact:
    """A fact in its common form: "1234.5", "32.4%", "2023-02-15", "GB.341/POL/4", "SDG".

    `said` are the words that state it, as they stand in the sentence.
    """

    kind: FactKind
    value: str
    said: str = field(default="", compare=False)


@dataclass(frozen=True)
class Said:
    """The facts of a wording, in their order. `perhaps` are words that mean a figure at times only.

    `ordinals` are spelled out ("third"), which languages use and leave out freely. `capitals` are the words
    in capitals that are no acronym of the table.
    """

    facts: tuple[Fact, ...]
    perhaps: tuple[Fact, ...] = ()
    ordinals: tuple[Fact, ...] = ()
    capitals: frozenset[str] = frozenset()


# Words that one language uses for a figure and another does without: articles, "neuf" that also means new,
# "the two sides" for "les parties", "half a year" for "six mois", "twice" for "deux rappels".
_PERHAPS = {
    "en": {
        1: r"one|once",
        2: r"(?:the|these|those) two|both|twice|pair|couple",
        3: r"quarterly|thrice",
        4: r"quarters?",
        6: r"half[- ]year(?:s|ly)?|half a year|six[- ]monthly",
        12: r"dozens?",
    },
    "fr": {
        1: r"une?",
        2: r"(?:les|ces|des|aux|leurs) deux|paire|couple",
        3: r"tiers|trimestr(?:es?|iels?|ielles?)",
        4: r"quarts?",
        6: r"semestr(?:es?|iels?|ielles?)",
        9: r"neuf",
        12: r"douzaines?",
    },
    "es": {
        1: r"un[oa]?",
        2: r"(?:[ldu]os|[ldu]as|est[oa]s|es[oa]s|ambos|sus) dos|amb[oa]s|par|pareja",
        3: r"tercios?|trimestr(?:es?|al(?:es)?)",
        6: r"semestr(?:es?|al(?:es)?)|medio año",
        12: r"docenas?",
    },
}
_PER_CENT = {"en": r"per cent\b|percent\b|%", "fr": r"pour cent\b|%", "es": r"por ciento\b|%"}
# Words behind a number in figures that make it larger, by the power of ten.
_SCALES = {
    "en": {"thousand": 3, "million": 6, "billion": 9},
    "fr": {"mille": 3, "milliards": 9, "milliard": 9, "millions": 6, "million": 6},
    "es": {"mil millones": 9, "mil": 3, "millones": 6, "millón": 6},
}
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
_WORD = re.compile(r"[^\W\d_]+")
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")


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
        words = re.sub(_PER_CENT[self.language], lambda m: " " * len(m[0]), words)
        large, small, ordinal = spelled_numbers(self.language)
        words = self._take(words, large, FactKind.FIGURE, self._spelled)
        perhaps, ordinals = _Reading(self.language), _Reading(self.language)
        for value, pattern in _PERHAPS[self.language].items():
            whole = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
            words = perhaps._take(words, whole, FactKind.FIGURE, _always(value))
        words = self._take(words, small, FactKind.FIGURE, self._spelled)
        words = ordinals._take(words, ordinal, FactKind.FIGURE, self._spelled)
        capitals = set()
        for word in _WORD.finditer(words):
            if common := _common_acronym(word[0], self.language):
                self.found.append((word.start(), Fact(FactKind.ACRONYM, common, word[0])))
            elif CAPITALS.fullmatch(word[0]):
                capitals.add(word[0])
        return Said(self._facts(), perhaps._facts(), ordinals._facts(), frozenset(capitals))

    def _facts(self) -> tuple[Fact, ...]:
        return tuple(fact for _, fact in sorted(self.found))

    def _spelled(self, match: re.Match[str]) -> str:
        return str(value_of_spelled(match[0], self.language))

    def _take(
        self, words: str, pattern: re.Pattern[str], kind: FactKind, value: Callable[[re.Match[str]], str]
    ) -> str:
        def blank(match: re.Match[str]) -> str:
            self.found.append((match.start(), Fact(kind, value(match), match[0].strip())))
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
        scales = "|".join(_SCALES[self.language])
        return re.compile(
            rf"(?P<sign>(?<![\w)])[−-])?(?<!\d)(?P<number>{number})"
            rf"(?: ?(?P<share>{_PER_CENT[self.language]})| (?P<scale>{scales})\b)?"
        )

    def _number(self, match: re.Match[str]) -> str:
        number = match["number"]
        if self.language == "en":
            number = number.replace(",", "")
        elif re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", number):
            number = number.replace(" ", "").replace(".", "").replace(",", ".")
        else:
            number = number.replace(",", ".")
        if match["scale"] and number.count(".") <= 1:
            number = f"{Decimal(number).scaleb(_SCALES[self.language][match['scale']]).normalize():f}"
        return f"{'-' if match['sign'] else ''}{number}{'%' if match['share'] else ''}"


def _always(value: int) -> Callable[[re.Match[str]], str]:
    return lambda _match: str(value)


def _years(match: re.Match[str]) -> str:
    """A window or biennium in full."""
    return f"{match[1]}-{match[1][: 4 - len(match[2])]}{match[2]}"


def _common_acronym(word: str, language: str) -> str:
    """The English form of an acronym of the table, nothing for any other word."""
    bare = word[:-1] if word.endswith("s") else word
    column = _LANGUAGES.index(language)
    return next((row[0] for row in _ACRONYMS if bare in row[column].split()), "")
