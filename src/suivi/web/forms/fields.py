"""Fields that several forms share: a unit of the tree, a person, a day, a text in several languages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from suivi.core.models import Account
from suivi.organisation.models import Unit
from suivi.organisation.queries import UnitTree
from suivi.values.days import EARLIEST, LATEST
from suivi.values.text import Text

_INDENT = "\u00a0\u00a0"


def unit_choices(tree: UnitTree, *, with_closed: bool = False) -> Iterator[tuple[str, str]]:
    """Key and name of each unit that exists on the day of the tree, under those above it."""
    language = get_language() or "en"
    for depth, node in tree.walk():
        if with_closed or node.exists_on(tree.day):
            yield node.key, f"{_INDENT * depth}{node.short_name} · {node.name.shown(language)}"


def unit_options(tree: UnitTree, empty: str) -> SafeString:
    """The same as <option> elements, made once for a page with many lists."""
    options = format_html_join("", '<option value="{}">{}</option>', unit_choices(tree))
    return format_html('<option value="">{}</option>{}', empty, options)


class UnitField(forms.ChoiceField):
    """Chooses a unit; gives the unit, or None where nothing was chosen. `offer` says which there are."""

    def offer(self, tree: UnitTree, empty: str, *, with_closed: bool = False) -> None:
        """Offer the units of the tree; `empty` are the words for no unit."""
        self.choices = [("", empty), *unit_choices(tree, with_closed=with_closed)]

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return Unit.objects.get(key=key) if key else None


class LimitedFileField(forms.FileField):
    """Takes one file of at most so many megabytes (2**20 bytes)."""

    default_error_messages = {
        "too_large": gettext_lazy("This file has %(size)s MB; at most %(limit)s MB are taken.")
    }

    def __init__(self, *, megabytes: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.megabytes = megabytes

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[Any] | None":
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if file and (file.size or 0) > self.megabytes * 2**20:
            raise ValidationError(
                self.error_messages["too_large"],
                "too_large",
                params={"size": -(-(file.size or 0) // 2**20), "limit": self.megabytes},
            )
        return file


def person_field(label: Any, help_text: Any = "") -> "forms.ModelChoiceField[Account]":
    """Chooses a person who may sign in."""
    return forms.ModelChoiceField(
        Account.objects.filter(is_active=True),
        label=label,
        required=False,
        help_text=help_text,
        empty_label="–",
    )


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, with the browser's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=widget,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )


class TextFields:
    """The fields of one text in several languages on a form: the reader's language first and required.

    Where a text exists already, its original language is the required one and the rest may be left out.
    """

    def __init__(
        self, form: forms.Form, name: str, label: Any, old: Text | None = None, *, long: bool = False
    ) -> None:
        reader = get_language() or "en"
        self.form, self.name, self.old = form, name, old
        self.original = old.original if old else reader
        offered = dict(settings.LANGUAGES)
        self.languages = [self.original, *(code for code in offered if code != self.original)]
        for code in self.languages:
            widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
            widget.attrs["lang"] = code
            form.fields[f"{name}_{code}"] = forms.CharField(
                label=_("%(label)s (%(language)s)") % {"label": label, "language": offered.get(code, code)},
                required=code == self.original,
                widget=widget,
                initial=old.versions[code].text if old and code in old.versions else "",
                max_length=4000 if long else 300,
            )

    @property
    def first(self) -> forms.BoundField:
        """The field that has to be filled in."""
        return self.form[f"{self.name}_{self.original}"]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields of the other languages."""
        return [self.form[f"{self.name}_{code}"] for code in self.languages[1:]]

    @property
    def has_others(self) -> bool:
        """Whether there are words in another language, so that the fields are shown open."""
        return any(field.value() or field.errors for field in self.others)

    def text(self, by: Account, now: datetime) -> Text:
        """What was written, over the old text: languages left as they were keep their author and source."""
        text = self.old or Text(self.original, {})
        for code in self.languages:
            written = self.form.cleaned_data.get(f"{self.name}_{code}", "").strip()
            before = text.versions[code].text if code in text.versions else ""
            if written != before:
                text = text.with_version(code, written, by=by.name, at=now.isoformat())
        return Text(text.original, {code: v for code, v in text.versions.items() if v.text})
