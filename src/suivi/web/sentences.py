"""Sentences that the rooms below wrote, in the reader's language with what fills them."""

from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext

from suivi.findings import Place
from suivi.values.messages import Message
from suivi.web.days import long_day

# What fills these is marked for the translators where it is written.
_WORDS = ("level", "expects", "permission", "state")
_DAYS = ("day", "first", "last")


def sentence(message: Message) -> str:
    """A message with its days, its places and the words that stand inside it, all in one language."""
    return Message(
        message.template, {name: _filled(name, value) for name, value in message.params.items()}
    ).in_words(gettext)


def _filled(name: str, value: object) -> object:
    match value:
        case Message():
            return sentence(value)
        case Place():
            return value.in_words(gettext)
        case Decimal():
            return number_format(value, use_l10n=True, force_grouping=True)
        case date():
            return long_day(value)
    if name in _WORDS:
        return gettext(str(value)) if value else ""
    return _day(value) if name in _DAYS else value


def _day(value: object) -> object:
    try:
        return long_day(date.fromisoformat(str(value)))
    except ValueError:
        return value
