"""Words without accents and case, so that a search for "realisation" finds "Réalisation"."""

import unicodedata

_WHOLE = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‑": "-", "–": "-"}


def fold(text: str) -> str:
    """Lower case, accents and ligatures resolved, white space as single blanks."""
    lowered = "".join(_WHOLE.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", lowered)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
