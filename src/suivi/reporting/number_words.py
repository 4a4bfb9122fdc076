"""Small numbers spelled out, as governing bodies write them in sentences: from one to ten.

One agrees with its noun: "une mesure", "un plan"; "una medida", "un plan", and "uno" where no noun follows.
"""

from decimal import Decimal

_WORDS = {
    "en": "two three four five six seven eight nine ten",
    "fr": "deux trois quatre cinq six sept huit neuf dix",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez",
}
GENDERS = ("", "f", "m")
# How one is spelled: where nothing is said of its noun, for a feminine one, before a masculine one.
_ONE = {
    "en": {"": "one", "f": "one", "m": "one"},
    "fr": {"": "un", "f": "une", "m": "un"},
    "es": {"": "uno", "f": "una", "m": "un"},
}


def in_words(value: int | Decimal, language: str, gender: str = "") -> str:
    """The word for a number, or nothing where it is written in figures. `gender`: "f", "m" or not said."""
    base = language.replace("_", "-").split("-")[0].lower()
    words = _WORDS.get(base, "").split()
    if value != int(value) or not 1 <= value <= 10 or not words:
        return ""
    return words[int(value) - 2] if value > 1 else _ONE[base][gender]
