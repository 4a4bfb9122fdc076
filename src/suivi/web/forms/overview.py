"""The filters of the overview: what stands in the address becomes a selection."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from suivi.organisation.queries import UnitTree
from suivi.plan.queries.overview import Overview
from suivi.plan.selection import Assigned, Selection, Span, YearTest
from suivi.reporting.status_words import NOT_AGREED
from suivi.web.days import short_day
from suivi.web.labels import level_label, pillar_line
from suivi.web.standing import Standing

SPAN_WORDS = {
    Span.NOT_OPEN: gettext_lazy("not open yet"),
    Span.OPEN: gettext_lazy("open beyond this year"),
    Span.CLOSES_THIS_YEAR: gettext_lazy("closing this year"),
    Span.CLOSED: gettext_lazy("closed"),
    Span.NONE: gettext_lazy("no time frame stated"),
}
ASSIGNED_WORDS = {
    Assigned.ANY_GAP: gettext_lazy("any gap"),
    Assigned.NO_ACCOUNTABLE: gettext_lazy("no accountable unit"),
    Assigned.NO_RESPONSIBLE: gettext_lazy("no responsible unit"),
    Assigned.COMPLETE: gettext_lazy("assigned"),
}
LONGEST_SEARCH = 200
# What the filter calls the status of a deliverable that no round has agreed on.
NOT_AGREED_YET = "none"


class PlainSelect(forms.Select):
    """A list written in one go: Django's widget draws a template for each option, and there are hundreds."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Any = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        chosen = str(value or "")
        options = [_options(key, label, chosen) for key, label in self.choices]
        return format_html(
            '<select name="{}" id="{}">{}</select>',
            name,
            (attrs or {}).get("id", ""),
            format_html_join("", "{}", ((one,) for one in options)),
        )


def _options(key: Any, label: Any, chosen: str) -> SafeString:
    """One option, or (where the label is a list) a group of them under its key."""
    if isinstance(label, list | tuple):
        inside = format_html_join("", "{}", ((_options(value, words, chosen),) for value, words in label))
        return format_html('<optgroup label="{}">{}</optgroup>', key, inside)
    if str(key) == chosen:
        return format_html('<option value="{}" selected>{}</option>', key, label)
    return format_html('<option value="{}">{}</option>', key, label)


class OverviewFilters(forms.Form):
    """Bound to the query of the address. A value that is not on offer counts as no condition."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=LONGEST_SEARCH)
    pillar = forms.ChoiceField(required=False, widget=PlainSelect)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False, widget=PlainSelect)
    window = forms.ChoiceField(label=gettext_lazy("Time frame"), required=False, widget=PlainSelect)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, widget=PlainSelect)
    assigned = forms.ChoiceField(label=gettext_lazy("Assignment"), required=False, widget=PlainSelect)

    def __init__(
        self, data: Mapping[str, Any], *, overview: Overview, tree: UnitTree | None, standing: Standing
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.tree, self.standing = tree, standing
        everything = ("", pgettext("filter", "all"))
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_SEARCH})
        self._offer("pillar", [everything, *_pillars(overview)])
        self.fields["pillar"].label = level_label(overview.edition, "pillar")
        self._offer("window", [everything, *_windows(overview)])
        statuses = standing.counts(line.deliverable for line in overview.lines)
        self._offer("status", [everything, *((one.code or NOT_AGREED_YET, one.words) for one in statuses)])
        if tree is None:
            del self.fields["unit"], self.fields["assigned"]
            return
        self._offer("unit", [everything, *_units(overview, tree)])
        self._offer("assigned", [everything, *((code.value, w) for code, w in ASSIGNED_WORDS.items())])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def selection(self) -> Selection:
        """What is asked for."""
        self.is_valid()
        asked = self.cleaned_data
        window = asked.get("window", "")
        test, _dash, year = window.rpartition("-")
        node = self.tree.by_key.get(asked.get("unit", "")) if self.tree else None
        return Selection(
            pillar=asked.get("pillar", ""),
            units=frozenset(below.pk for below in self.tree.below(node.pk)) if self.tree and node else None,
            span=Span(window) if window in set(Span) else None,
            year=(YearTest(test), int(year)) if test else None,
            assigned=Assigned(asked["assigned"]) if asked.get("assigned") else None,
            deliverables=self._with_status(asked.get("status", "")),
            words=asked.get("q", ""),
        )

    def _with_status(self, code: str) -> frozenset[int] | None:
        if not code:
            return None
        return self.standing.with_status(NOT_AGREED if code == NOT_AGREED_YET else code)


def _pillars(overview: Overview) -> Iterator[tuple[str, str]]:
    for row in overview.pillars.values():
        yield row.pillar.key, pillar_line(overview.edition, row)


def _windows(overview: Overview) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    day = short_day(overview.day)
    yield (
        _("As of %(day)s") % {"day": day},
        [(span.value, words) for span, words in SPAN_WORDS.items()],
    )
    for test, heading in ((YearTest.OPEN_IN, _("Open in")), (YearTest.ENDS_IN, _("Ending in"))):
        yield heading, [(f"{test.value}-{year}", f"{heading} {year}") for year in overview.years]


def _units(overview: Overview, tree: UnitTree) -> Iterator[tuple[str, str]]:
    """The units that hold a working role in this plan, under those above them."""
    holding = {pk for held in overview.held.values() for pk in (held.accountable, *held.responsible)}
    offered = {node.pk for pk in holding if pk is not None for node in tree.ancestors(pk)}
    language = get_language() or "en"
    for depth, node in tree.walk():
        if node.pk in offered:
            yield node.key, "\u00a0\u00a0" * depth + str(node.name.shown(language))
