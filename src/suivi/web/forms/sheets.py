"""Reference sheets and ladders: how a deliverable progresses, what counts, who validates."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, gettext_lazy

from suivi.core.models import Account
from suivi.monitoring.commands.sheets import (
    CriterionGiven,
    PartGiven,
    RungGiven,
    describe_ladder,
    write_sheet,
)
from suivi.monitoring.models import (
    ExpectedPath,
    PartKind,
    ProgressKind,
    ReferenceSheet,
    ReportFrequency,
)
from suivi.monitoring.queries.sheets import LadderOnDay, SheetOnDay
from suivi.plan.models import Edition
from suivi.values.text import Text
from suivi.web.edited_deliverable import EditedDeliverable
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import TextFields, UnitField, day_field
from suivi.web.templatetags.suivi import plain

Given = TypeVar("Given")
_LINE = re.compile(r"^\s*(?:(?P<key>[a-z0-9-]{1,80})\s*:\s+)?(?P<words>\S.*?)\s*$")
_WORDS = (
    ("meaning", gettext_lazy("Meaning")),
    ("counts", gettext_lazy("What counts")),
    ("counts_not", gettext_lazy("What does not count")),
    ("verification", gettext_lazy("Means of verification")),
)


def read_lines(written: str, old: Mapping[str, Text], make: Callable[[str, Text], Given]) -> list[Given]:
    """One thing for each line "key: words"; without a key one is made of the words.

    What is said in other languages stays as it was, and shows as stale where the words changed.
    """
    language = get_language() or "en"
    found: list[Given] = []
    for line in written.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        words = match["words"]
        key = match["key"] or slugify(words)[:80] or f"line-{len(found) + 1}"
        before = old.get(key)
        text = Text.of(words, language) if before is None else before
        if before is not None and plain(before) != words:
            text = before.with_version(language, words)
        found.append(make(key, text))
    return found


def written_lines(said: Mapping[str, Text]) -> str:
    """The same things as lines, to be changed."""
    return "\n".join(f"{key}: {plain(text)}" for key, text in said.items())


class SheetForm(CommandForm):
    """The next version of a reference sheet. What its kind does not need is not read."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How does it progress?"), choices=ProgressKind.choices, widget=forms.RadioSelect
    )
    criteria = forms.CharField(
        label=gettext_lazy("Criteria, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Questions that each item answers with yes, as “key: words”. "
            "The reviewer confirms them one by one."
        ),
    )
    ladder = forms.ChoiceField(label=gettext_lazy("Ladder"), required=False)
    parts = forms.CharField(
        label=gettext_lazy("Parts, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Strands or places to cover, each on the ladder, as “key: words”."),
    )
    parts_are = forms.ChoiceField(
        label=gettext_lazy("The parts are"),
        choices=PartKind.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    baseline = forms.DecimalField(label=gettext_lazy("Baseline"), required=False, decimal_places=4)
    baseline_on = day_field(gettext_lazy("Day of the baseline"), required=False)
    is_ratio = forms.BooleanField(
        label=gettext_lazy("Numerator and denominator are reported"), required=False
    )
    less_is_better = forms.BooleanField(label=gettext_lazy("Less is better"), required=False)
    needs_evidence = forms.BooleanField(label=gettext_lazy("Counts only with evidence"), required=False)
    validated_by = UnitField(label=gettext_lazy("Validated by"), required=False)
    frequency = forms.ChoiceField(label=gettext_lazy("Reported"), choices=ReportFrequency.choices)
    expected_path = forms.ChoiceField(
        label=gettext_lazy("Expected progress follows"), choices=ExpectedPath.choices
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        page: EditedDeliverable,
        sheet: SheetOnDay | None,
        row: ReferenceSheet | None,
        ladders: Sequence[LadderOnDay],
    ) -> None:
        super().__init__(data, auto_id="sheet-%s", initial=_initial(sheet, row))
        self.page, self.sheet, self.row = page, sheet, row
        self.texts = [
            TextFields(self, name, label, getattr(row, name, None) or None, long=True)
            for name, label in _WORDS
        ]
        self.measure = TextFields(
            self, "measure", gettext("What is measured"), row.measure or None if row else None
        )
        for texts in (*self.texts, self.measure):
            self.fields[texts.first.name].required = False
        chosen, validator = self.fields["ladder"], self.fields["validated_by"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
        assert isinstance(validator, UnitField)  # noqa: S101
        chosen.choices = [("", "–"), *((one.key, plain(one.name)) for one in ladders)]
        validator.offer(page.tree, "–")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        kind = said.get("kind", "")
        if kind in {ProgressKind.LADDER, ProgressKind.PARTS} and not said.get("ladder"):
            self.add_error("ladder", gettext("Steps need a ladder. Choose one."))
        return said

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = self.cleaned_data
        is_kind = {kind: said["kind"] == kind for kind in ProgressKind}
        old = _criteria(self.sheet)
        sheet = write_sheet(
            by=by,
            now=now,
            deliverable=self.page.deliverable,
            edition=self.page.edition,
            kind=said["kind"],
            **{texts.name: texts.text(by, now) for texts in self.texts},
            criteria=read_lines(said["criteria"], old, CriterionGiven) if is_kind[ProgressKind.ITEMS] else (),
            parts=self._parts() if is_kind[ProgressKind.PARTS] else (),
            ladder=said["ladder"] if is_kind[ProgressKind.LADDER] or is_kind[ProgressKind.PARTS] else "",
            needs_evidence=said["needs_evidence"],
            validated_by=said["validated_by"],
            frequency=said["frequency"],
            expected_path=said["expected_path"],
            measure=self.measure.text(by, now),
            baseline=said["baseline"],
            baseline_on=said["baseline_on"],
            is_ratio=said["is_ratio"],
            less_is_better=said["less_is_better"],
            dimensions=self.row.dimensions if self.row else (),
        )
        return gettext("Version %(version)s of the reference sheet is written.") % {"version": sheet.version}

    def _parts(self) -> list[PartGiven]:
        kind = self.cleaned_data["parts_are"] or PartKind.STRAND
        old = {part.key: part.name for part in self.sheet.parts} if self.sheet else {}
        return read_lines(self.cleaned_data["parts"], old, lambda key, name: PartGiven(kind, key, name))


def _criteria(sheet: SheetOnDay | None) -> dict[str, Text]:
    return {one["key"]: Text.from_json(one["text"]) for one in sheet.criteria} if sheet else {}


def _initial(sheet: SheetOnDay | None, row: ReferenceSheet | None) -> dict[str, Any]:
    if sheet is None or row is None:
        return {"kind": ProgressKind.LADDER, "parts_are": PartKind.STRAND}
    return {
        "kind": sheet.kind,
        "criteria": written_lines(_criteria(sheet)),
        "ladder": sheet.ladder.key if sheet.ladder else "",
        "parts": written_lines({part.key: part.name for part in sheet.parts}),
        "parts_are": sheet.parts[0].kind if sheet.parts else PartKind.STRAND,
        "validated_by": row.validated_by.key if row.validated_by else "",
        **{
            name: getattr(row, name)
            for name in (
                *("baseline", "baseline_on", "is_ratio", "less_is_better", "needs_evidence"),
                *("frequency", "expected_path"),
            )
        },
    }


class LadderForm(CommandForm):
    """A ladder of an edition, new or written anew."""

    key = forms.SlugField(
        label=gettext_lazy("Key"), max_length=80, help_text=gettext_lazy("Small letters, digits and hyphens.")
    )
    rungs = forms.CharField(
        label=gettext_lazy("Steps, one on each line, the lowest first"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("As “key: words”. The last step means achieved."),
    )

    def __init__(self, data: Mapping[str, Any] | None, edition: Edition, old: LadderOnDay | None) -> None:
        said = {rung.key: rung.name for rung in old.rungs} if old else {}
        initial = {"key": old.key, "rungs": written_lines(said)} if old else {}
        super().__init__(data, auto_id="ladder-%s", initial=initial)
        self.edition, self.old = edition, old
        self.name = TextFields(self, "name", gettext("Name of the ladder"), old.name if old else None)

    def carry_out(self, *, by: Account, now: datetime) -> str:
        before = {rung.key: rung for rung in self.old.rungs} if self.old else {}
        names = {key: rung.name for key, rung in before.items()}

        def rung(key: str, name: Text) -> RungGiven:
            old = before.get(key)
            return RungGiven(key, name, old.meaning, old.outside) if old else RungGiven(key, name)

        ladder = describe_ladder(
            by=by,
            now=now,
            edition=self.edition,
            key=self.cleaned_data["key"],
            name=self.name.text(by, now),
            rungs=read_lines(self.cleaned_data["rungs"], names, rung),
        )
        return gettext("The ladder “%(name)s” is written.") % {"name": plain(ladder.name)}
