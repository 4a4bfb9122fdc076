"""How shares look in the pages of auditors."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def share(value: float) -> str:
    """A share of one as a percentage with one place."""
    return _("%(number)s%%") % {"number": number_format(round(value * 100, 1), use_l10n=True)}
