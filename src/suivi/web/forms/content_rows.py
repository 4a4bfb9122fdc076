"""The rows of the reporting page: an item, steps reached, values of a day, support, a piece of evidence.

Each form is made from what is said so far and gives back what was said now, in the shapes of
`monitoring.rules.content`. A row that was left blank says nothing.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suivi.monitoring.models import Evidence, ItemStage
from suivi.monitoring.rules.content import (
    EvidenceSaid,
    ItemSaid,
    StepSaid,
    SupportSaid,
    ValueSaid,
    category_key,
)
from suivi.organisation.models import StakeholderKind
from suivi.web.days import short_day
from suivi.web.forms.countries import not_on_list
from suivi.web.forms.fields import day_field
from suivi.web.sheet_asked import SheetAsked, shown

GROUPS = (StakeholderKind.GOVERNMENTS, StakeholderKind.EMPLOYERS, StakeholderKind.WORKERS)
Choices = Sequence[tuple[str, str]]


class Listed(forms.CharField):
    """Names in one line, separated by commas; gives a tuple without blanks and repetitions."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, tuple | list) else value

    def to_python(self, value: Any) -> Any:
        written = super().to_python(value) or ""
        return tuple(dict.fromkeys(filter(None, (one.strip() for one in written.split(",")))))


class Prose(forms.CharField):
    """Words in paragraphs, with the same line ends from every door; browsers send others."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class _Ticks(forms.MultipleChoiceField):
    """Ticked keys, as a tuple in the order of the choices."""

    def __init__(self, label: Any, choices: Choices) -> None:
        super().__init__(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)
        self.keys = [key for key, _label in choices]

    def clean(self, value: Any) -> Any:
        ticked = set(super().clean(value))
        return tuple(key for key in self.keys if key in ticked)


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, max_digits=18, decimal_places=4)


class RowForm(forms.Form):
    """One of several alike. `is_blank` tells a row that nobody filled in.

    What is left empty is kept empty: a draft is saved as it is typed, and sending says what is missing.
    """

    remove = forms.BooleanField(label=gettext_lazy("Leave it out"), required=False)
    telling: tuple[str, ...] = ()  # the fields by which a row is known to be filled in

    @property
    def is_blank(self) -> bool:
        return not any(self[name].value() for name in self.telling)

    @property
    def is_left_out(self) -> bool:
        return self.is_blank or bool(self["remove"].value())


class ItemForm(RowForm):
    """One counted item: where it stands, since when, with whom, and which criteria it meets."""

    telling = ("name", "happened_on", "partners", "countries")
    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300, required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=ItemStage)
    happened_on = day_field(gettext_lazy("Since"), required=False)
    expected_on = day_field(gettext_lazy("Conclusion expected on"), required=False)
    partners = Listed(
        label=gettext_lazy("Partners"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Separated by commas."),
    )
    countries = Listed(
        label=gettext_lazy("Countries"),
        required=False,
        max_length=2000,
        widget=forms.TextInput({"list": "country-names"}),
        help_text=gettext_lazy("Separated by commas."),
    )

    def __init__(
        self, data: Any, prefix: str, said: ItemSaid | None, sheet: SheetAsked, regions: Choices
    ) -> None:
        super().__init__(data, prefix=prefix, auto_id="%s", use_required_attribute=False)
        self.sheet = sheet
        self.known: ItemSaid | None = None  # what was approved of it
        self.fields["regions"] = _Ticks(gettext_lazy("Regions"), regions)
        self.fields["groups"] = _Ticks(
            gettext_lazy("Constituents"), [(one.value, str(one.label)) for one in GROUPS]
        )
        if sheet.criteria:
            self.fields["criteria"] = _Ticks(
                gettext_lazy("Meets these criteria"), [(one.key, shown(one.name)) for one in sheet.criteria]
            )
        if said is None:
            self.initial = {"key": uuid.uuid4()}
            return
        self.initial = {one.name: getattr(said, one.name) for one in fields(ItemSaid)}
        self.initial["criteria"] = [key for key, is_met in said.criteria.items() if is_met]

    @property
    def countries_not_on_list(self) -> str:
        """What is written for a country and is not on the organisation's list: kept, and said."""
        written = self.fields["countries"].to_python(self["countries"].value())
        return ", ".join(not_on_list(written or ()))

    @property
    def is_open(self) -> bool:
        """Whether the row stands unfolded: a new one, or one with something to mend."""
        return self.is_blank or bool(self.errors)

    @property
    def words(self) -> str:
        """Stage and day, for the line under which the item is folded."""
        return _stage_words(self["stage"].value(), self["happened_on"].value())

    @property
    def known_words(self) -> str:
        """The same as it was approved, where that is something else."""
        words = _stage_words(self.known.stage, self.known.happened_on) if self.known else ""
        return words if words != self.words else ""

    def said(self) -> ItemSaid:
        """The item as it is stated now; the form is valid."""
        given = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "remove"}
        met = given.pop("criteria", ())
        given["key"] = str(given["key"])
        return ItemSaid(**given, criteria={one.key: one.key in met for one in self.sheet.criteria})


def _stage_words(stage: str, day: Any) -> str:
    label = str(ItemStage(stage).label) if stage in ItemStage else ""
    return ", ".join(filter(None, (label, short_day(day) if isinstance(day, date) else str(day or ""))))


class StepsForm(forms.Form):
    """The days on which steps of the ladder were reached: of the whole, or of each part."""

    def __init__(self, data: Any, said: Sequence[StepSaid], sheet: SheetAsked) -> None:
        super().__init__(data, prefix="steps", auto_id="%s")
        self.sheet = sheet
        self.part_keys = [part.key for part in sheet.parts] or [""]
        days = {(step.part, step.rung): step.happened_on for step in said}
        for part in self.part_keys:
            for rung in sheet.rungs:
                field = day_field(shown(rung.name), required=False)
                field.initial = days.get((part, rung.key))
                self.fields[f"{part}/{rung.key}"] = field

    def step(self, part: str, rung: str) -> forms.BoundField:
        return self[f"{part}/{rung}"]

    def said(self) -> tuple[StepSaid, ...]:
        """What was reached; a day that was left empty says nothing."""
        days = ((*name.split("/", 1), day) for name, day in self.cleaned_data.items())
        return tuple(StepSaid(part, rung, day) for part, rung, day in days if day)


class ValueForm(RowForm):
    """The value of an indicator on one day: the total, then the parts that the sheet asks for."""

    happened_on = day_field(gettext_lazy("Day of the value"), required=False)
    differs_because = forms.CharField(
        label=gettext_lazy("Why the parts do not add up"), required=False, max_length=2000
    )

    def __init__(self, data: Any, prefix: str, said: Sequence[ValueSaid], sheet: SheetAsked) -> None:
        super().__init__(data, prefix=prefix, auto_id="%s", use_required_attribute=False)
        self.sheet = sheet
        self.measures = (
            {"numerator": _("Numerator"), "denominator": _("Denominator")}
            if sheet.is_ratio
            else {"value": _("Value")}
        )
        by_category = {category_key(one.category): one for one in said}
        places = dict(self._places())
        # Crossed categories came by workbook; this form does not show them and must not lose them.
        self.kept = [one for key, one in by_category.items() if key not in places]
        for name, label in places.items():
            stated = by_category.get(name)
            for measure, words in self.measures.items():
                field = _amount(f"{label}: {words}" if label else words)
                field.initial = getattr(stated, measure) if stated else None
                self.fields[f"{name}.{measure}"] = field
        if said:
            self.initial = {
                "happened_on": said[0].happened_on,
                "differs_because": next((one.differs_because for one in said if one.differs_because), ""),
            }
        self.telling = tuple(name for name in self.fields if "." in name)

    def _places(self) -> Iterator[tuple[str, str]]:
        """Name and label of the total and of each category."""
        yield "", ""
        for dimension in self.sheet.dimensions:
            for value in dimension.values:
                yield f"{dimension.key}={value.key}", shown(value.name)

    @property
    def total(self) -> list[forms.BoundField]:
        return [self[f".{measure}"] for measure in self.measures]

    @property
    def by_dimension(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The name of each dimension with the fields of its categories."""
        return [
            (
                shown(one.name),
                [self[f"{one.key}={value.key}.{m}"] for value in one.values for m in self.measures],
            )
            for one in self.sheet.dimensions
        ]

    def said(self) -> tuple[ValueSaid, ...]:
        """The total and the categories for which anything was written; the form is valid."""
        found = []
        for name, _label in self._places():
            numbers: dict[str, Decimal | None] = {
                measure: self.cleaned_data[f"{name}.{measure}"] for measure in self.measures
            }
            if any(number is not None for number in numbers.values()):
                found.append(
                    ValueSaid(
                        happened_on=self.cleaned_data["happened_on"],
                        category=dict([name.split("=", 1)]) if name else {},
                        differs_because="" if name else self.cleaned_data["differs_because"],
                        **numbers,
                    )
                )
        return (*found, *(replace(one, happened_on=self.cleaned_data["happened_on"]) for one in self.kept))


def values_by_day(said: Sequence[ValueSaid]) -> dict[date | None, list[ValueSaid]]:
    """The values of each day together."""
    found: dict[date | None, list[ValueSaid]] = {}
    for one in said:
        found.setdefault(one.happened_on, []).append(one)
    return found


class SupportForm(RowForm):
    """Help that is asked for, from whom and by when."""

    telling = ("text",)
    text = Prose(
        label=gettext_lazy("What is needed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner_unit = forms.ChoiceField(label=gettext_lazy("From which unit"), required=False)
    due_on = day_field(gettext_lazy("Needed by"), required=False)

    def __init__(self, data: Any, prefix: str, said: SupportSaid | None, units: Choices) -> None:
        super().__init__(data, prefix=prefix, auto_id="%s", use_required_attribute=False)
        owner = self.fields["owner_unit"]
        assert isinstance(owner, forms.ChoiceField)  # noqa: S101
        owner.choices = [("", "–"), *units]
        if said is not None:
            self.initial = {one.name: getattr(said, one.name) for one in fields(SupportSaid)}

    def said(self) -> SupportSaid:
        return SupportSaid(**{name: self.cleaned_data[name] for name in ("text", "owner_unit", "due_on")})


class EvidenceUseForm(RowForm):
    """A piece of evidence that the update names, and what it shows."""

    telling = ("key",)
    key = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.ChoiceField(label=gettext_lazy("Shows"), required=False)

    def __init__(self, data: Any, prefix: str, said: EvidenceSaid | None, abouts: Choices) -> None:
        super().__init__(data, prefix=prefix, auto_id="%s", use_required_attribute=False)
        self.piece: Evidence | None = None
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)  # noqa: S101
        about.choices = abouts
        if said is not None:
            self.initial = {"key": said.key, "about": said.about}

    def said(self) -> EvidenceSaid:
        return EvidenceSaid(str(self.cleaned_data["key"]), self.cleaned_data["about"])
