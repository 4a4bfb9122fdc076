"""The form in which one row of a reading is corrected: a pillar, an action or a deliverable."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suivi.documents.comparison import Part
from suivi.documents.corrections import ABOVE, above_of, rows_of
from suivi.documents.model import Action, Deliverable, Link, Pillar, PlanDocument, Target
from suivi.documents.planfile import link_of
from suivi.documents.words.timeframes import read_timeframe
from suivi.values.text import Text
from suivi.web.forms.fields import day_field

# The words first, as the document has them; then what they say; the number and its like at the end.
WORDS_AND_DAYS = [
    "text_",
    "title",
    "window",
    "starts",
    "ends",
    "target",
    "unit",
    "strands",
    "lead",
    "indicator",
]
WORDS_AND_DAYS += ["links", "continues"]


class RowForm(forms.Form):
    """What every row has: its number, and the key by which it stays known when it is renumbered."""

    level = ""
    words_field = "text_"
    number = forms.CharField(label=gettext_lazy("Number"), max_length=40)
    internal = forms.BooleanField(
        label=gettext_lazy("Internal number: the document gives none"), required=False
    )
    key = forms.CharField(
        label=gettext_lazy("Known as"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Only where an earlier edition numbered it otherwise: its number there."),
    )

    def __init__(
        self, *args: Any, plan: PlanDocument, name: str = "", part: Part | None, **kwargs: Any
    ) -> None:
        given = kwargs.pop("initial", {})
        super().__init__(*args, **kwargs)
        self.initial = initial = {**given, **(self.values_of(part) if part else {})}
        self.plan, self.part = plan, part
        self.language = plan.header.language
        if self.level in ABOVE:
            above = [(called, called) for level, called, _part in rows_of(plan) if level == ABOVE[self.level]]
            under = above_of(plan, self.level, name) if part else initial.get("under", "")
            self.fields["under"] = forms.ChoiceField(label=_("Stands under"), choices=above, initial=under)
        self.order_fields([*WORDS_AND_DAYS, "under", "number", "internal", "key"])

    def values_of(self, part: Part) -> dict[str, Any]:
        """What stands in the fields at first."""
        return {"number": part.number, "internal": part.number_is_internal, "key": part.key}

    def common(self) -> dict[str, Any]:
        """What every part takes from the form, and what it keeps."""
        said = self.cleaned_data
        kept = {"place": self.part.place, "footnotes": self.part.footnotes} if self.part else {}
        return {
            "number": said["number"],
            "number_is_internal": said["internal"],
            "key": said["key"],
            **kept,
        }

    def text(self, name: str, old: Text | None) -> Text:
        """The words in the language of the plan; what stood in other languages stays."""
        words = " ".join(self.cleaned_data[name].split())
        if old and old.original == self.language:
            return old.with_version(self.language, words) if words else old.without(self.language)
        return Text.of(words, self.language)

    def corrected(self) -> Part:
        """The part as it stands in the form."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Only a pillar or action of ours, where the document names none, goes without words."""
        said = super().clean() or {}
        if "/" in (said.get("key") or said.get("number", "")):
            self.add_error("number", _("No address holds a slash: say below how it is known without one."))
        may_be_unnamed = said.get("internal") and self.level != "deliverable"
        if not said.get(self.words_field, "").strip() and not may_be_unnamed:
            self.add_error(self.words_field, _("Write its words."))
        return said


def _words(label: Any, *, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class PillarForm(RowForm):
    """A pillar has a title."""

    level = "pillar"
    words_field = "title"
    title = _words(gettext_lazy("Title"), rows=2, required=False)

    def values_of(self, part: Part) -> dict[str, Any]:
        return {**super().values_of(part), "title": str(part.title or "")}

    def corrected(self) -> Pillar:
        old = self.part if isinstance(self.part, Pillar) else None
        title = self.text("title", old.title if old else None)
        return Pillar(title=title, actions=old.actions if old else [], **self.common())


class _LinkedForm(RowForm):
    """Actions and deliverables: a sentence, a short title of ours, links."""

    text_ = _words(gettext_lazy("Text as adopted"), rows=4, required=False)
    title = _words(
        gettext_lazy("Short title"),
        rows=1,
        required=False,
        help_text=gettext_lazy("Ours, for people to scan."),
    )
    links = _words(
        gettext_lazy("Links, one on each line"),
        required=False,
        help_text=gettext_lazy("EDITION:CODE, EDITION:all policy outcomes, doc:SYMBOL or text: and words."),
    )

    def values_of(self, part: Part) -> dict[str, Any]:
        if isinstance(part, Pillar):
            return super().values_of(part)
        return {
            **super().values_of(part),
            "text_": str(part.text),
            "title": str(part.title or ""),
            "links": "\n".join(link.key for link in part.links),
        }

    def clean_links(self) -> list[Link]:
        old = self.part.links if isinstance(self.part, Action | Deliverable) else []
        titles = {link.key: link.title for link in old}
        links = []
        for line in filter(None, map(str.strip, self.cleaned_data["links"].splitlines())):
            link = link_of(line, titles.get(line))
            if link is None:
                raise ValidationError(_("“%(line)s” is no link."), params={"line": line[:80]})
            links.append(link)
        return links

    def linked(self) -> dict[str, Any]:
        """What both levels take from the form."""
        old = self.part if isinstance(self.part, Action | Deliverable) else None
        return {
            **self.common(),
            "text": self.text("text_", old.text if old else None),
            "title": self.text("title", old.title if old else None) or None,
            "links": self.cleaned_data["links"],
        }


class ActionForm(_LinkedForm):
    """An action may go on from one of an earlier plan."""

    level = "action"
    continues = forms.CharField(
        label=gettext_lazy("Continues"),
        required=False,
        help_text=gettext_lazy("An action of an earlier plan, as earlier-plan:NUMBER."),
    )

    def values_of(self, part: Part) -> dict[str, Any]:
        return {**super().values_of(part), "continues": part.continues if isinstance(part, Action) else ""}

    def corrected(self) -> Action:
        old = self.part if isinstance(self.part, Action) else None
        return Action(
            continues=self.cleaned_data["continues"],
            deliverables=old.deliverables if old else [],
            **self.linked(),
        )


class DeliverableForm(_LinkedForm):
    """A deliverable has a time frame, a target, named parts, a lead and an indicator as stated."""

    level = "deliverable"
    window = forms.CharField(
        label=gettext_lazy("Time frame as stated"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Such as 2021-2023. Leave the days empty to take them from it."),
    )
    starts = day_field(gettext_lazy("First day"), required=False)
    ends = day_field(gettext_lazy("Last day"), required=False)
    target = forms.DecimalField(
        label=gettext_lazy("Target"),
        required=False,
        max_digits=18,
        decimal_places=4,
        help_text=gettext_lazy("A count to reach. Empty is no target, which is not 0."),
    )
    unit = forms.CharField(label=gettext_lazy("What is counted"), max_length=200, required=False)
    strands = _words(gettext_lazy("Named parts, one on each line"), required=False)
    lead = forms.CharField(label=gettext_lazy("Lead unit as stated"), max_length=300, required=False)
    indicator = _words(gettext_lazy("Indicator as stated"), rows=2, required=False)

    def values_of(self, part: Part) -> dict[str, Any]:
        if not isinstance(part, Deliverable):
            return super().values_of(part)
        return {
            **super().values_of(part),
            "window": part.window or "",
            "starts": part.starts_on,
            "ends": part.ends_on,
            "target": part.target.value if part.target else None,
            "unit": str(part.target.unit) if part.target else "",
            "strands": "\n".join(map(str, part.strands)),
            "lead": part.lead,
            "indicator": part.indicator,
        }

    def clean(self) -> dict[str, Any]:
        """Days that are left empty come from the time frame, where it states any."""
        said = super().clean()
        frame = (
            read_timeframe(said.get("window", ""))
            if not said.get("starts") and not said.get("ends")
            else None
        )
        if frame is not None:
            said["starts"], said["ends"] = frame.starts_on, frame.ends_on
        if said.get("starts") and said.get("ends") and said["ends"] < said["starts"]:
            self.add_error("ends", _("The time frame ends before it starts."))
        return said

    def corrected(self) -> Deliverable:
        old = self.part if isinstance(self.part, Deliverable) else None
        said: Mapping[str, Any] = self.cleaned_data
        target: Decimal | None = said["target"]
        known = {str(strand): strand for strand in old.strands} if old else {}
        strands = [" ".join(line.split()) for line in said["strands"].splitlines() if line.strip()]
        return Deliverable(
            follows=old.follows if old else [],
            window=said["window"] or None,
            starts_on=said["starts"],
            ends_on=said["ends"],
            target=None if target is None else Target(target, self._unit(old, said["unit"])),
            strands=[known.get(words, Text.of(words, self.language)) for words in strands],
            lead=said["lead"],
            indicator=said["indicator"],
            **self.linked(),
        )

    def _unit(self, old: Deliverable | None, counted: str) -> Text:
        """What is counted; words that were not touched keep their translations."""
        if old and old.target and str(old.target.unit) == counted:
            return old.target.unit
        return Text.of(counted, self.language)


FORMS: dict[str, type[RowForm]] = {form.level: form for form in (PillarForm, ActionForm, DeliverableForm)}
