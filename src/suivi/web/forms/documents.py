"""The form that takes a document of ours to be checked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from suivi.web.forms.fields import LimitedFileField


class MadeDocumentForm(forms.Form):
    """One file to hold against the record."""

    file = LimitedFileField(
        megabytes=30,
        label=_("Document"),
        help_text=_("A report made here, as DOCX, PDF or HTML, up to 30 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html", "class": "drop"}),
    )
