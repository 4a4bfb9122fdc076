"""The sentences of the rooms in another language, without Django: its catalogues are plain gettext files."""

from collections.abc import Callable
from gettext import translation as catalogue
from pathlib import Path

import suivi

_LOCALE = Path(suivi.__file__).parent / "web" / "locale"


def translation(language: str) -> Callable[[str], str]:
    """What gives a sentence in a language; English is what the code has."""
    found = catalogue("django", _LOCALE, [language], fallback=language == "en").gettext
    return lambda sentence: found(sentence) if sentence else ""
