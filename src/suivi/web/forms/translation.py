"""The form in which the texts of one part of a plan are written in other languages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from suivi.documents.translations import Lack, lack_of
from suivi.plan.commands.translations import Translatable, is_short_title
from suivi.reporting.sentences import language_name
from suivi.values.text import Text, Version


@dataclass(frozen=True)
class Source:
    """A text to translate: the row and field it stands in, and what people call it."""

    row: Translatable
    field: str
    label: str

    @property
    def text(self) -> Text:
        text: Text = getattr(self.row, self.field)
        return text

    @property
    def languages_locked(self) -> set[str]:
        """The adopted wording is not written here; a short title has none."""
        return set() if is_short_title(self.row, self.field) else {self.text.original}


@dataclass(frozen=True)
class Wanted:
    """One language of one source, with its fields in the form."""

    language: str
    name: str
    lack: Lack | None
    version: Version | None
    field: forms.BoundField
    confirmed: forms.BoundField | None


class TranslationForm(forms.Form):
    """A text area for each source and language; a stale one can be confirmed as still right."""

    def __init__(
        self, *args: Any, sources: Sequence[Source], languages: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        self.wanted: Mapping[int, list[str]] = {
            position: [code for code in languages if code not in source.languages_locked]
            for position, source in enumerate(sources)
        }
        for position, source in enumerate(sources):
            for code in self.wanted[position]:
                self._add_fields(position, source.text, code)

    def _add_fields(self, position: int, text: Text, code: str) -> None:
        self.fields[f"{position}-{code}"] = forms.CharField(
            label=language_name(code),
            required=False,
            initial=text.plain().get(code, ""),
            widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
        )
        if lack_of(text, code) is Lack.STALE:
            self.fields[f"{position}-{code}-right"] = forms.BooleanField(
                label=_("Still right as it stands"), required=False
            )

    def rows(self) -> Iterator[tuple[Source, list[Wanted]]]:
        """For the page: each source with its languages."""
        for position, source in enumerate(self.sources):
            yield source, [self._wanted(position, source.text, code) for code in self.wanted[position]]

    def _wanted(self, position: int, text: Text, code: str) -> Wanted:
        name = f"{position}-{code}"
        confirmed = self[f"{name}-right"] if f"{name}-right" in self.fields else None
        return Wanted(
            code, language_name(code), lack_of(text, code), text.versions.get(code), self[name], confirmed
        )

    def wordings(self) -> dict[tuple[Translatable, str, str], str]:
        """What the reader changed or confirmed, for the command."""
        found = {}
        for position, source in enumerate(self.sources):
            # A field that was not sent says nothing; one that was sent empty takes the words away.
            for code in (code for code in self.wanted[position] if f"{position}-{code}" in self.data):
                words = " ".join(self.cleaned_data[f"{position}-{code}"].split())
                before = " ".join(source.text.plain().get(code, "").split())
                if words != before or self.cleaned_data.get(f"{position}-{code}-right"):
                    found[source.row, source.field, code] = words
        return found
