"""Numbers as readers write them: grouped, in their own places, nothing added."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def amount(value: Decimal | int | None) -> str:
    """An exact number with groups of thousands; nothing for an unknown one (which is not zero)."""
    return "" if value is None else number_format(value, use_l10n=True, force_grouping=True)
