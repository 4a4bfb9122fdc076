"""Days as the documents set them: "15 Feb 2023", "1er févr. 2023", "15 de febrero de 2023"."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from suivi.render.typography import NO_BREAK, Typography

# Other languages are set by Django, which knows the names of their months.
_SET_HERE = {language: Typography.of(language) for language in ("en", "fr", "es")}


def short_day(value: date) -> str:
    """A day for tables, in the reader's language."""
    typography = _typography()
    if typography is None:
        return date_format(value, "SHORT_DATE_FORMAT")
    return typography.short_day(value).replace(NO_BREAK, " ")


def long_day(value: date) -> str:
    """A day in a sentence, in the reader's language."""
    typography = _typography()
    if typography is None:
        return date_format(value, "DATE_FORMAT")
    return typography.day(value).replace(NO_BREAK, " ")


def _typography() -> Typography | None:
    return _SET_HERE.get((get_language() or "en").partition("-")[0])
