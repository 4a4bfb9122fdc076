"""The form that takes an IATI file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from suivi.web.forms.fields import LimitedFileField


class IatiFileForm(forms.Form):
    """One file to check."""

    file = LimitedFileField(
        megabytes=300,
        label=_("IATI file"),
        help_text=_("Activities or organisations, as .xml or .xml.gz, up to 300 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,.gz", "class": "drop"}),
    )
