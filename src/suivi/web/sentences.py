"""Sentences that the rooms below wrote, in the reader's language with what fills them."""

from datetime import date

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
    if isinstance(value, Message):
        return sentence(value)
    if isinstance(value, Place):
        return value.in_words(gettext)
    if name in _WORDS:
        return gettext(str(value)) if value else ""
    if name in _DAYS:
        return _day(value)
    return value


def _day(value: object) -> object:
    try:
        return long_day(date.fromisoformat(str(value)))
    except ValueError:
        return value
