"""Asking for a change, answering, and finding requests."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext, pgettext_lazy

from suivi.core.models import Account
from suivi.organisation.queries import UnitTree
from suivi.organisation.rules import Permission
from suivi.plan.commands import answer_request, ask_for_change
from suivi.plan.models import ChangeKind, ChangeRequest, Deliverable
from suivi.plan.queries import rows_of
from suivi.plan.queries.requests import RequestOnDay, RequestStage
from suivi.web.edited_deliverable import EditedDeliverable
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import TextFields, UnitField, day_field, unit_choices

STAGE_WORDS = {
    RequestStage.OPEN: pgettext_lazy("request", "open"),
    RequestStage.ACCEPTED: pgettext_lazy("request", "accepted, waiting for a decision of the body"),
    RequestStage.CARRIED_OUT: pgettext_lazy("request", "accepted and carried out"),
    RequestStage.SETTLED: pgettext_lazy("request", "settled by a decision of the body"),
    RequestStage.REJECTED: pgettext_lazy("request", "rejected"),
    RequestStage.WITHDRAWN: pgettext_lazy("request", "withdrawn"),
}
# What each kind of request has to say beside its reason; the wording is a text in several languages.
NEEDED = {
    ChangeKind.POSTPONEMENT: "proposed_end_on",
    ChangeKind.MERGER: "merge_into",
    ChangeKind.ACCOUNTABLE_UNIT: "proposed_unit",
}


class AskForm(CommandForm):
    """A request for a change. All fields are there; those of a kind that was not chosen are not read."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you ask for?"), choices=ChangeKind.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=gettext_lazy("The plan manager reads it, and it stays in the record."),
    )
    unit = UnitField(label=gettext_lazy("Unit that asks"), required=False)
    proposed_end_on = day_field(
        gettext_lazy("Proposed last day"), gettext_lazy("Later than the day now agreed."), required=False
    )
    merge_into = forms.ChoiceField(label=gettext_lazy("Merge into"), required=False)
    proposed_unit = UnitField(label=gettext_lazy("Proposed accountable unit"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, page: EditedDeliverable) -> None:
        super().__init__(data, auto_id="ask-%s")
        self.page = page
        self.fields["kind"].initial = ChangeKind.POSTPONEMENT
        unit, proposed, merge = (self.fields[n] for n in ("unit", "proposed_unit", "merge_into"))
        assert isinstance(unit, UnitField)  # noqa: S101
        assert isinstance(proposed, UnitField)  # noqa: S101
        assert isinstance(merge, forms.ChoiceField)  # noqa: S101
        asking = _asking_units(page)
        unit.choices = [("", gettext("no unit, I ask myself")), *asking]
        working = [page.tree[held.unit_id].key for held in page.one.responsibilities]
        unit.initial = next((key for key in working if key in dict(asking)), "")
        proposed.offer(page.tree, gettext("Choose a unit"))
        language = get_language() or "en"
        merge.choices = [("", gettext("Choose a deliverable"))] + [
            (row.deliverable.key, f"{row.number} {(row.title or row.text).shown(language)}")
            for row in rows_of(page.edition)
            if row.deliverable_id != page.deliverable.pk
        ]
        self.text = TextFields(self, "text", gettext("Proposed wording"), page.one.row.text, long=True)
        self.fields[self.text.first.name].required = False

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        kind = asked.get("kind", "")
        name = NEEDED.get(kind)
        if name and name not in self.errors and not asked.get(name):
            self.add_error(name, gettext("This kind of request needs it."))
        if kind == ChangeKind.POSTPONEMENT and asked.get("proposed_end_on"):
            agreed = self.page.one.internal_end_on or self.page.one.row.ends_on
            if agreed is not None and asked["proposed_end_on"] <= agreed:
                self.add_error("proposed_end_on", gettext("This day is not later than the one now agreed."))
        if kind == ChangeKind.REWORDING and self._wording_is_unchanged():
            self.add_error(
                self.text.first.name, gettext("Write the wording you propose: it has not changed.")
            )
        return asked

    def _wording_is_unchanged(self) -> bool:
        written = str(self.cleaned_data.get(self.text.first.name, "")).strip()
        return not written or written == str(self.page.one.row.text)

    def carry_out(self, *, by: Account, now: datetime) -> str:
        asked = self.cleaned_data
        into = asked["merge_into"]
        ask_for_change(
            by=by,
            now=now,
            deliverable=self.page.deliverable,
            proposed_text=self.text.text(by, now) if asked["kind"] == ChangeKind.REWORDING else None,
            merge_into=Deliverable.objects.get(plan=self.page.plan, key=into) if into else None,
            **{n: asked[n] for n in ("kind", "reason", "unit", "proposed_end_on", "proposed_unit")},
        )
        return gettext("Your request was recorded. The plan manager will answer it.")


def _asking_units(page: EditedDeliverable) -> list[tuple[str, str]]:
    """The units for which the reader may ask."""
    authority, tree = page.request.authority, page.tree
    return [
        (key, name.strip())
        for key, name in unit_choices(tree)
        if authority.allows(Permission.REQUEST_CHANGE, tree.scopes_of([tree.by_key[key].pk]))
    ]


class AnswerForm(CommandForm):
    """The plan manager's answer."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=gettext_lazy("The unit reads it. A rejected request needs one."),
    )

    def __init__(self, data: Mapping[str, Any] | None, request: ChangeRequest) -> None:
        super().__init__(data, auto_id="answer-%s")
        self.request = request

    def clean(self) -> dict[str, Any]:
        if self.data.get("do") not in {"accept", "reject"}:
            raise forms.ValidationError(gettext("Choose whether to accept or to reject."))
        return self.cleaned_data

    def carry_out(self, *, by: Account, now: datetime) -> str:
        is_accepted = self.data.get("do") == "accept"
        answer = self.cleaned_data["answer"]
        answer_request(by=by, now=now, request=self.request, is_accepted=is_accepted, answer=answer)
        return gettext("The request was accepted.") if is_accepted else gettext("The request was rejected.")


class RequestFilters(forms.Form):
    """Bound to the query of the address. A value that is not on offer counts as no condition."""

    stage = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit that asked, with those below"), required=False)

    def __init__(self, data: Mapping[str, Any], *, tree: UnitTree, requests: Sequence[RequestOnDay]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.tree, self.requests = tree, requests
        everything = ("", pgettext("filter", "all"))
        asking = {one.request.unit_id for one in requests if one.request.unit_id is not None}
        offered = {node.key for pk in asking for node in tree.ancestors(pk)}
        for name, choices in (
            ("stage", [(stage.value, words) for stage, words in STAGE_WORDS.items()]),
            ("kind", list(ChangeKind.choices)),
            ("unit", [pair for pair in unit_choices(tree, with_closed=True) if pair[0] in offered]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [everything, *choices]

    def selected(self) -> list[RequestOnDay]:
        """The requests that meet every condition."""
        self.is_valid()
        asked = self.cleaned_data
        node = self.tree.by_key.get(asked.get("unit", ""))
        units = {one.pk for one in self.tree.below(node.pk)} if node else None
        return [
            one
            for one in self.requests
            if asked.get("stage", "") in {"", one.stage.value}
            and asked.get("kind", "") in {"", one.request.kind}
            and (units is None or one.request.unit_id in units)
        ]
