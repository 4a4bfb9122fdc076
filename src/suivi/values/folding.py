"""Words without accents and case, so that a search for "realisation" finds "Réalisation"."""

import unicodedata

_WHOLE = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‑": "-", "–": "-"})


def fold(text: str) -> str:
    """Lower case, accents and ligatures resolved, white space as single blanks."""
    lowered = text.casefold()
    if not lowered.isascii():
        plain = unicodedata.normalize("NFKD", lowered.translate(_WHOLE))
        lowered = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(lowered.split())
