"""Which of the plan's languages a text is written in, by its most frequent small words."""

import re
from collections import Counter
from collections.abc import Iterable

LANGUAGES = ("en", "fr", "es")

_SMALL_WORDS = {
    "en": "a the of and to in for is are be with on by from at as an or their its which "
    "that will this all has",
    "fr": "le la les des du de et en pour dans est sont par sur au aux une un qui que avec ce leur leurs ou "
    "à a plus sa son",
    "es": "el la los las de del y en para por que se con una un es son al su sus como o más lo este esta a",
}
_WEIGHTS: dict[str, dict[str, float]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _WEIGHTS.setdefault(_word, {})[_language] = 1.0
_WORD = re.compile(r"[^\W\d_]+")
_ELIDED = re.compile(r"\b(?:[ldnsDLNS]|qu|Qu)['’](?=[^\W\d_])")
_LETTERS = {"ñ": "es", "¿": "es", "¡": "es", "ç": "fr", "œ": "fr", "ê": "fr", "è": "fr", "ù": "fr", "ó": "es"}
_SAMPLE_CHARACTERS = 60_000


def detect_language(texts: Iterable[str], declared: str = "") -> tuple[str, bool]:
    """The language and whether the words settle it.

    A language that the file declares decides only where the words do not. Words shared by two languages
    ("de") weigh less. Without any sign the answer is English, not settled.
    """
    counts = _count(texts)
    declared = declared[:2].lower()
    ranked = sorted(LANGUAGES, key=lambda code: (-counts[code], code != declared, LANGUAGES.index(code)))
    best, second = ranked[0], ranked[1]
    if counts[best] >= 1 and counts[best] > counts[second] * 1.15:
        return best, True
    if declared in LANGUAGES:
        return declared, False
    return (best if counts[best] else "en"), False


def _count(texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    characters = 0
    for text in texts:
        for word in _WORD.findall(text[:_SAMPLE_CHARACTERS].lower()):
            known = _WEIGHTS.get(word)
            if known:
                for language in known:
                    counts[language] += 12 // len(known)  # a word of one language weighs 12
        counts["fr"] += 12 * len(_ELIDED.findall(text))
        for letter, language in _LETTERS.items():
            counts[language] += 6 * text.count(letter)
        characters += len(text)
        if characters > _SAMPLE_CHARACTERS:
            break
    return counts
