"""Small numbers spelled out, as governing bodies write them in sentences: from two to ten.

One is left in figures, since it agrees with its noun in French and Spanish.
"""

from decimal import Decimal

_WORDS = {
    "en": "two three four five six seven eight nine ten",
    "fr": "deux trois quatre cinq six sept huit neuf dix",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez",
}


def in_words(value: int | Decimal, language: str) -> str:
    """The word for a number, or nothing where it is written in figures."""
    words = _WORDS.get(language.replace("_", "-").split("-")[0].lower(), "").split()
    if value != int(value) or not 2 <= value <= 10 or not words:
        return ""
    return words[int(value) - 2]
