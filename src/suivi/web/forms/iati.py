"""The form that takes an IATI file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from suivi.web.forms.fields import LimitedFileField


class IatiFileForm(forms.Form):
    """One file to check, and perhaps the report of an earlier check to compare with."""

    file = LimitedFileField(
        megabytes=300,
        label=_("IATI file"),
        help_text=_("Activities or organisations, as .xml or .xml.gz, up to 300 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,.gz", "class": "drop"}),
    )
    previous = LimitedFileField(
        megabytes=50,
        required=False,
        label=_("Report of an earlier check"),
        help_text=_(
            "To see what was mended since: the findings of an earlier check as JSON. Without it, the check "
            "is compared with your last one of a file of the same name, if that was within a day."
        ),
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )
