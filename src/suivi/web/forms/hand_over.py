"""Handing over what a unit owes: first what would move, then the hand-over itself."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from suivi.core.models import Account
from suivi.organisation.queries import UnitTree
from suivi.plan.commands import hand_over
from suivi.plan.models import Deliverable, Edition
from suivi.plan.queries import rows_of
from suivi.plan.queries.hand_over import Moving, what_would_move
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import UnitField, day_field


class HandOverForm(CommandForm):
    """From one unit to another on a day, one deliverable or all of the plan."""

    from_unit = UnitField(label=gettext_lazy("From unit"))
    to_unit = UnitField(label=gettext_lazy("To unit"))
    on = day_field(gettext_lazy("First day of the next unit"))
    deliverable = forms.ChoiceField(label=gettext_lazy("What"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, edition: Edition, tree: UnitTree, today: date, initial: Any
    ) -> None:
        super().__init__(data, initial={"on": today, **initial}, auto_id="hand-over-%s")
        self.edition = edition
        language = get_language() or "en"
        for name in ("from_unit", "to_unit"):
            field = self.fields[name]
            assert isinstance(field, UnitField)  # noqa: S101
            # A unit that was closed may still hold what nobody has taken over.
            field.offer(tree, gettext("Choose a unit"), with_closed=name == "from_unit")
        what = self.fields["deliverable"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101
        what.choices = [
            ("", gettext("everything it owes in this plan")),
            *(
                (row.deliverable.key, f"{row.number} {(row.title or row.text).shown(language)}")
                for row in rows_of(edition)
            ),
        ]

    def moving(self) -> Sequence[Moving]:
        """What would move; for a valid form."""
        asked = self.cleaned_data
        keys = [asked["deliverable"]] if asked["deliverable"] else None
        return what_would_move(self.edition, asked["from_unit"].pk, asked["on"], keys)

    def carry_out(self, *, by: Account, now: datetime) -> str:
        asked = self.cleaned_data
        pks = [one.row.deliverable_id for one in self.moving()]
        moved = hand_over(
            by=by,
            now=now,
            deliverables=list(Deliverable.objects.filter(pk__in=pks).select_related("plan").order_by("pk")),
            from_unit=asked["from_unit"],
            to_unit=asked["to_unit"],
            on=asked["on"],
        )
        return ngettext(
            "%(count)d deliverable was handed over.", "%(count)d deliverables were handed over.", moved
        ) % {"count": moved}
