"""Words without accents and case, so that a search for "realisation" finds "Réalisation"."""

import unicodedata

_WHOLE = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "\u2010": "-", "\u2011": "-", "–": "-"})


def fold(text: str) -> str:
    """Lower case, accents and ligatures resolved, white space as single blanks."""
    if text.isascii():
        return " ".join(text.casefold().split())
    # Composed first, so that a letter in another dress ("ᴬ") loses its case as well.
    lowered = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFKD", lowered.translate(_WHOLE))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
