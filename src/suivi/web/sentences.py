"""Sentences that the rooms below wrote, in the reader's language with what fills them."""

from decimal import Decimal

from django.utils.formats import number_format

from suivi.reporting.sentences import worded
from suivi.values.messages import Message
from suivi.web.days import long_day


def sentence(message: Message) -> str:
    """A message with its days, its places and the words that stand inside it, all in one language."""
    return worded(message, day=long_day, number=_number)


def _number(value: Decimal) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
