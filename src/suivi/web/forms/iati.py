"""The form that takes an IATI file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST_MEGABYTES = 300


class IatiFileForm(forms.Form):
    """One file to check."""

    file = forms.FileField(
        label=_("IATI file"),
        help_text=_("Activities or organisations, as .xml or .xml.gz, up to 300 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,.gz", "class": "drop"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MEGABYTES * 2**20:
            raise ValidationError(
                _("This file has %(size)s MB; at most %(limit)s MB are taken."),
                params={"size": -(-(file.size or 0) // 2**20), "limit": LARGEST_MEGABYTES},
            )
        return file
