"""The filters of the management plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext

from suivi.organisation.queries import UnitTree
from suivi.plan.models import Edition, PillarEdition
from suivi.plan.queries.management import Show, Wanted
from suivi.web.forms.fields import unit_choices
from suivi.web.labels import level_label, pillar_line

LONGEST_SEARCH = 200


class ManagementFilters(forms.Form):
    """Bound to the query of the address. A value that is not on offer counts as no condition."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    pillar = forms.ChoiceField(required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit and those below it"), required=False)
    show = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(one.value, one.value) for one in Show]
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        edition: Edition,
        pillars: Sequence[PillarEdition],
        tree: UnitTree,
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.tree = tree
        everything = ("", pgettext("filter", "all"))
        self.fields["pillar"].label = level_label(edition, "pillar")
        for name, choices in (
            ("pillar", [(row.pillar.key, pillar_line(edition, row)) for row in pillars]),
            ("unit", list(unit_choices(tree, with_closed=True))),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [everything, *choices]

    def wanted(self) -> Wanted:
        """What is asked for."""
        self.is_valid()
        asked = self.cleaned_data
        node = self.tree.by_key.get(asked.get("unit", ""))
        return Wanted(
            show=Show(asked.get("show") or Show.ALL),
            units=frozenset(one.pk for one in self.tree.below(node.pk)) if node else None,
            pillar=asked.get("pillar", ""),
            words=asked.get("q", ""),
        )
