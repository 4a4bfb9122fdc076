"""Names of countries for those who report: suggested, and never asked for.

A list that cannot be read stops no report: nothing is suggested then, and `suivi doctor` says why.
"""

from collections.abc import Iterable

from django.utils.translation import get_language

from suivi.core import clock
from suivi.organisation.countries import countries_in_use
from suivi.values.errors import InputRefused
from suivi.values.folding import fold


def country_names() -> list[str]:
    """Today's names in the reader's language, by the alphabet; none where the list cannot be read."""
    language = get_language() or "en"
    try:
        return sorted((one.name(language) for one in countries_in_use().on(clock.today())), key=fold)
    except InputRefused:
        return []


def not_on_list(words: Iterable[str]) -> list[str]:
    """The words that no country on the list is known for today."""
    try:
        known = countries_in_use()
    except InputRefused:
        return []
    return [word for word in words if known.find(word, clock.today()) is None]
