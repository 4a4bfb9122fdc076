"""The form of an update: all that it says, on one page, made from a content and giving one back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Generic, TypeVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suivi.monitoring.models import Assessment, ProgressKind
from suivi.monitoring.rules.content import ItemSaid, UpdateContent, ValueSaid
from suivi.web.forms.content_rows import (
    Choices,
    EvidenceUseForm,
    ItemForm,
    Prose,
    RowForm,
    StepsForm,
    SupportForm,
    ValueForm,
    values_by_day,
)
from suivi.web.forms.countries import country_names
from suivi.web.forms.fields import day_field
from suivi.web.sheet_asked import SheetAsked, shown

MOST_ROWS = 300
LONGEST_TEXT = 20_000
Row = TypeVar("Row", bound=RowForm)


def _long(label: Any, help_text: Any = "", rows: int = 5) -> Prose:
    return Prose(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class WordsForm(forms.Form):
    """What is said in words, the own assessment, and whether a standing commitment was kept."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reported_on = day_field(gettext_lazy("Speaks of the time up to"))
    language = forms.ChoiceField(label=gettext_lazy("Written in"))
    is_commitment_kept = forms.TypedChoiceField(
        label=gettext_lazy("Was the commitment kept?"),
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    narrative = _long(
        gettext_lazy("What was done"),
        gettext_lazy("Start a line with a hyphen for a list; two stars on both sides make words bold."),
        rows=6,
    )
    difficulties = _long(gettext_lazy("Difficulties and risks"), rows=4)
    expected_on = day_field(gettext_lazy("Expected completion"), required=False)
    assessment = forms.ChoiceField(
        label=gettext_lazy("How do you see it yourselves?"),
        choices=Assessment.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    assessment_reason = _long(gettext_lazy("Why"), rows=2)
    is_public = forms.BooleanField(
        label=gettext_lazy("These words and their public evidence may be shown to everybody"), required=False
    )

    def __init__(self, data: Any, content: UpdateContent, version: int, *, asks_commitment: bool) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101
        language.choices = settings.LANGUAGES
        if not asks_commitment:
            del self.fields["is_commitment_kept"]
        self.initial = {name: getattr(content, name) for name in self.fields if name != "version"}
        self.initial["version"] = version
        if content.is_commitment_kept is not None:
            self.initial["is_commitment_kept"] = "yes" if content.is_commitment_kept else "no"


class Rows(Generic[Row]):
    """Forms that are alike, with blank ones behind those that say something; `PREFIX-count` says how many."""

    def __init__(
        self, data: Any, prefix: str, make: Callable[[Any, str, Any], Row], said: Sequence[Any], blank: int
    ) -> None:
        self.prefix = prefix
        if data is None:
            shown = [*said, *[None] * blank]
            self.forms = [make(None, f"{prefix}-{place}", one) for place, one in enumerate(shown)]
        else:
            self.forms = [make(data, f"{prefix}-{place}", None) for place in range(_count(data, prefix))]
        self.template = make(None, f"{prefix}-__n__", None)

    @property
    def filled(self) -> list[Row]:
        return [form for form in self.forms if not form.is_left_out]

    @property
    def count(self) -> int:
        return len(self.forms)


def _count(data: Any, prefix: str) -> int:
    written = str(data.get(f"{prefix}-count", "0"))
    return min(int(written), MOST_ROWS) if written.isascii() and written.isdecimal() else 0


@dataclass(frozen=True)
class Ground:
    """What the form needs to know: the sheet, what was approved of each item, and what can be chosen."""

    sheet: SheetAsked
    known_items: Mapping[str, ItemSaid]
    regions: Choices
    units: Choices


class ContentForm:
    """All that an update says. `blank` asks for more empty rows of a kind: {"items": 2}."""

    def __init__(
        self,
        data: Any,
        content: UpdateContent,
        version: int,
        ground: Ground,
        blank: Mapping[str, int] | None = None,
    ) -> None:
        sheet, more = ground.sheet, blank or {}
        self.saved, self.ground = content, ground
        self.words = WordsForm(data, content, version, asks_commitment=sheet.kind == ProgressKind.COMMITMENT)
        self.items = Rows(data, "items", self._item, self._items(), more.get("items", self._blank_items()))
        self.values = Rows(
            data, "values", self._value, list(values_by_day(content.values).values()), more.get("values", 0)
        )
        if data is None and sheet.kind == ProgressKind.INDICATOR and not self.values.forms:
            self.values = Rows(None, "values", self._value, [], 1)
        self.steps = StepsForm(data, content.steps, sheet) if sheet.rungs else None
        self.support = Rows(data, "support", self._support, content.support, more.get("support", 0))
        self.evidence = Rows(data, "evidence", self._evidence, content.evidence, 0)

    @property
    def country_names(self) -> list[str]:
        """What is suggested for the countries of an item; nothing where no items are asked for."""
        return country_names() if self.ground.sheet.kind == ProgressKind.ITEMS else []

    def _items(self) -> list[ItemSaid]:
        """Each known item as it is said here, else as it was approved; then the new ones."""
        said = {item.key: item for item in self.saved.items}
        known = {**self.ground.known_items, **said}
        return list(known.values()) if self.ground.sheet.kind == ProgressKind.ITEMS else list(said.values())

    def _blank_items(self) -> int:
        is_asked = self.ground.sheet.kind == ProgressKind.ITEMS
        return 1 if is_asked and not self.saved.items and not self.ground.known_items else 0

    def _item(self, data: Any, prefix: str, said: ItemSaid | None) -> ItemForm:
        return ItemForm(data, prefix, said, self.ground.sheet, self.ground.regions)

    def _value(self, data: Any, prefix: str, said: Sequence[ValueSaid] | None) -> ValueForm:
        return ValueForm(data, prefix, said or (), self.ground.sheet)

    def _support(self, data: Any, prefix: str, said: Any) -> SupportForm:
        return SupportForm(data, prefix, said, self.ground.units)

    def _evidence(self, data: Any, prefix: str, said: Any) -> EvidenceUseForm:
        return EvidenceUseForm(data, prefix, said, self.abouts)

    @property
    def abouts(self) -> list[tuple[str, str]]:
        """What a piece of evidence may show: all of it, an item, a step, the value."""
        sheet = self.ground.sheet
        found = [("", _("the update as a whole"))]
        items = {**self.ground.known_items, **{one.key: one for one in self.saved.items}}
        found += [(f"item:{key}", one.name) for key, one in items.items()]
        for part in sheet.parts or (None,):
            for rung in sheet.rungs:
                name = shown(rung.name) if part is None else f"{shown(part.name)}: {shown(rung.name)}"
                found.append((f"step:{part.key if part else ''}/{rung.key}", name))
        if sheet.kind == ProgressKind.INDICATOR:
            found.append(("value", _("the value")))
        return found

    @property
    def rows(self) -> Iterator[RowForm]:
        return chain.from_iterable(
            rows.filled for rows in (self.items, self.values, self.support, self.evidence)
        )

    def is_valid(self) -> bool:
        whole = [self.words, *self.rows] + ([self.steps] if self.steps else [])
        return all(form.is_valid() for form in whole)

    @property
    def lacks(self) -> list[str]:
        """What cannot be kept yet, in words: the row and field with what is wrong."""
        found = []
        for form in (self.words, *self.rows):
            name = form["name"].value() if "name" in form.fields else ""
            for field, errors in form.errors.items():
                place = form.fields[field].label if field in form.fields else ""
                found.append(" ".join([f"{name}:"] * bool(name) + [f"{place}:", str(errors[0])]))
        return found

    def content(self) -> UpdateContent:
        """What is said now. An item that is as it was approved says nothing new and is left out.

        Of a form that is not valid everything is given that is, and for the rest what was saved before.
        """
        words = {name: self._word(name) for name in self.words.fields if name != "version"}
        return UpdateContent(
            **words,
            is_no_change=False,
            items=tuple(self._items_said()),
            steps=self._steps_said(),
            values=tuple(self._values_said()),
            support=tuple(form.said() for form in self.support.filled if form.is_valid()),
            evidence=tuple(dict.fromkeys(f.said() for f in self.evidence.filled if f.is_valid())),
        )

    def _word(self, name: str) -> Any:
        self.words.is_valid()
        return self.words.cleaned_data.get(name, getattr(self.saved, name))

    def _items_said(self) -> Iterator[ItemSaid]:
        saved = {item.key: item for item in self.saved.items}
        for form in self.items.filled:
            item = form.said() if form.is_valid() else saved.get(str(form["key"].value()))
            if item is not None and item != self.ground.known_items.get(item.key):
                yield item

    def _steps_said(self) -> tuple[Any, ...]:
        if self.steps is None:
            return self.saved.steps
        return self.steps.said() if self.steps.is_valid() else self.saved.steps

    def _values_said(self) -> Iterator[ValueSaid]:
        saved: Mapping[date | None, Sequence[ValueSaid]] = values_by_day(self.saved.values)
        for place, form in enumerate(self.values.forms):
            if form.is_left_out:
                continue
            if form.is_valid():
                yield from form.said()
            elif place < len(saved):
                yield from list(saved.values())[place]
