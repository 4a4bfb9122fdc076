"""What the documents of a plan are about: a unit, a region, a pillar, and since when they compare."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from suivi.organisation.queries import UnitTree
from suivi.plan.models import Edition
from suivi.reporting.parts import PART_KINDS, PartKind, part_choices
from suivi.web.forms.fields import unit_choices
from suivi.web.forms.overview import PlainSelect
from suivi.web.labels import level_label, pillar_line


class ReportChoice(forms.Form):
    """Bound to the query of the address. What is not on offer gives way to what stands first."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"), widget=PlainSelect)
    region = forms.ChoiceField(label=gettext_lazy("Region"), widget=PlainSelect)
    pillar = forms.ChoiceField(widget=PlainSelect)
    since = forms.DateField(
        label=gettext_lazy("Changes since"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self, data: Mapping[str, Any], *, edition: Edition, tree: UnitTree, own_unit: str, since: date
    ) -> None:
        self.offered: dict[PartKind, list[tuple[str, str]]] = {
            "unit": list(unit_choices(tree)),
            "region": [(one.key, _name(one.name)) for one in part_choices("region", edition, tree.day)],
            "pillar": [(row.number, pillar_line(edition, row)) for row in edition.pillareditions.all()],
        }
        standing: dict[str, str] = {part: offered[0][0] for part, offered in self.offered.items() if offered}
        standing |= {"unit": own_unit} if own_unit else {}
        given = {**standing, "since": since.isoformat()}
        super().__init__({**given, **{name: data[name] for name in given if name in data}})
        for part in PART_KINDS:
            self.fields[part].choices = self.offered[part]  # type: ignore[attr-defined]
        self.fields["pillar"].label = level_label(edition, "pillar")
        self.full_clean()
        self.first_day: date = self.cleaned_data.get("since", since)
        self.chosen = {part: self.cleaned_data.get(part, first) for part, first in standing.items()}

    def name_of(self, part: PartKind) -> str:
        """What was chosen, in words; empty where there is nothing of the kind to choose from."""
        return dict(self.offered[part]).get(self.chosen.get(part, ""), "").strip()


def _name(text: Any) -> str:
    return str(text.shown(get_language() or "en"))
