"""The forms of workbooks and trackers: give a file, say what the columns of a tracker hold."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suivi.exchange.tracker.columns import (
    ASSESSMENT,
    DELIVERABLE,
    DIFFICULTIES,
    NARRATIVE,
    NOTHING,
    OF_A_PERIOD,
    PERSON,
    UNIT,
    VALUE,
    TrackerColumn,
)
from suivi.exchange.tracker.preview import TrackerPreview
from suivi.organisation.models import Unit
from suivi.organisation.queries import UnitTree
from suivi.web.forms.fields import LimitedFileField, UnitField, day_field

ROLE_WORDS = (
    (NOTHING, pgettext_lazy("what a column holds", "nothing that is needed")),
    (DELIVERABLE, pgettext_lazy("what a column holds", "the deliverable")),
    (UNIT, pgettext_lazy("what a column holds", "the unit")),
    (PERSON, pgettext_lazy("what a column holds", "who reported it")),
    (NARRATIVE, pgettext_lazy("what a column holds", "what was done")),
    (DIFFICULTIES, pgettext_lazy("what a column holds", "difficulties and risks")),
    (ASSESSMENT, pgettext_lazy("what a column holds", "how it stands, in a word or colour")),
    (VALUE, pgettext_lazy("what a column holds", "a value")),
)


class WorkbookForm(forms.Form):
    """An XLSX file."""

    file = LimitedFileField(
        megabytes=16,
        label=_("Workbook"),
        help_text=_("An Excel workbook (XLSX) without macros, up to 16 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx", "class": "drop"}),
    )

    def content(self) -> tuple[bytes, str]:
        """The bytes and the name they come under."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return file.read(), file.name or ""


class MatchForm(forms.Form):
    """Which sheet of a tracker is read, and what its columns hold. Each column has a role and a day."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    head_row = forms.IntegerField(label=_("Row with the headings"), min_value=1, max_value=1000)
    unit = UnitField(label=_("Whose tracker it is"), required=False)

    def __init__(self, data: Any, preview: TrackerPreview, tree: UnitTree, unit: Unit | None) -> None:
        initial = {"sheet": preview.sheet, "head_row": preview.head_row, "unit": unit.key if unit else ""}
        super().__init__(data, initial=initial)
        self.columns = preview.columns
        self._field("sheet", forms.ChoiceField).choices = [(name, name) for name in preview.sheets]
        self._field("unit", UnitField).offer(tree, str(_("the unit that is accountable")))
        for column in self.columns:
            self.fields[f"role_{column.letters}"] = forms.ChoiceField(
                choices=ROLE_WORDS, required=False, initial=column.role, label=_("holds")
            )
            day = day_field(_("up to"), required=False)
            day.initial = column.on
            self.fields[f"on_{column.letters}"] = day

    def _field(self, name: str, kind: type[Any]) -> Any:
        field = self.fields[name]
        if not isinstance(field, kind):
            raise TypeError(name)
        return field

    def rows(self) -> Sequence[tuple[TrackerColumn, forms.BoundField, forms.BoundField]]:
        """Each column with its two fields."""
        return [(one, self[f"role_{one.letters}"], self[f"on_{one.letters}"]) for one in self.columns]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in self.columns:
            role, day = cleaned.get(f"role_{one.letters}"), cleaned.get(f"on_{one.letters}")
            if role in OF_A_PERIOD and day is None:
                self.add_error(f"on_{one.letters}", str(_("Say up to which day the column speaks.")))
        return cleaned

    def said(self) -> dict[str, dict[str, str]]:
        """What each column holds, as it is kept."""
        found = {}
        for one in self.columns:
            role = self.cleaned_data[f"role_{one.letters}"]
            day = self.cleaned_data[f"on_{one.letters}"] if role in OF_A_PERIOD else None
            found[one.letters] = {"role": role, "on": day.isoformat() if day else ""}
        return found
