"""Sentences that the rooms below wrote, in the language in force, with what fills them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language_info, gettext

from suivi.findings import Place
from suivi.values.messages import Message

# What fills these is marked for the translators where it is written.
_WORDS = ("level", "expects", "permission", "state")
_DAYS = ("day", "first", "last")
_LANGUAGES = ("has", "lacks")


def language_name(code: str) -> str:
    """The name of a language in the one in force; its code where Django has no name for it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def worded(message: Message, *, day: Callable[[date], str], number: Callable[[Decimal], str]) -> str:
    """A message with its days, its places and the words that stand inside it, all in one language.

    `day` and `number` give the forms of the language.
    """

    def filled(name: str, value: object) -> object:
        match value:
            case Message():
                return worded(value, day=day, number=number)
            case Place():
                return value.in_words(gettext)
            case Decimal():
                return number(value)
            case date():
                return day(value)
        return _named(name, value)

    def _named(name: str, value: object) -> object:
        if name in _WORDS:
            return gettext(str(value)) if value else ""
        if name in _LANGUAGES:
            return language_name(str(value))
        return _day(value) if name in _DAYS else value

    def _day(value: object) -> object:
        try:
            return day(date.fromisoformat(str(value)))
        except ValueError:
            return value

    params = {name: filled(name, value) for name, value in message.params.items()}
    return Message(message.template, params).in_words(gettext)
