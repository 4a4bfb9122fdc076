"""The plans a reader may see, with the edition in force on the day looked at and what needs attention."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from suivi.organisation.rules import Permission
from suivi.plan.models import Edition, Plan
from suivi.plan.queries import editions_on
from suivi.plan.queries.attention import Attention, attention_of_plans
from suivi.values.text import Text
from suivi.web.access import can_read, sees_management
from suivi.web.requests import Request


@dataclass(frozen=True)
class ShelvedPlan:
    """A plan on the shelf. `edition` is None before its adoption, `attention` for readers from outside."""

    plan: Plan
    edition: Edition | None
    attention: Attention | None
    is_managed: bool  # whether the reader assigns its units
    has_record: bool  # whether the reader may read who changed what

    @property
    def title(self) -> Text:
        untitled = Text.of(self.plan.slug, self.plan.language)
        return (self.edition.title or untitled) if self.edition else untitled

    @property
    def management_address(self) -> str:
        return reverse("management", args=[self.plan.slug])


def shelf_of(request: Request) -> list[ShelvedPlan]:
    """The plans the reader may see, by slug: four queries at any size."""
    plans = [p for p in Plan.objects.select_related("scope") if can_read(request, p)]
    lean = editions_on(request.day, plans).select_related("plan", "decision").defer("footnotes", "cited")
    editions = {edition.plan_id: edition for edition in lean}
    attention: dict[int, Attention] = {}
    if sees_management(request):
        attention = attention_of_plans(request.day, [plan.pk for plan in plans])
    return [
        ShelvedPlan(
            plan,
            editions.get(plan.pk),
            attention.get(plan.pk),
            request.authority.allows(Permission.ASSIGN_UNITS, [plan.scope_id]),
            request.authority.allows(Permission.READ_AUDIT, [plan.scope_id]),
        )
        for plan in plans
    ]


def attention_of_all(shelf: Iterable[ShelvedPlan]) -> Attention:
    """What needs attention in all these plans together."""
    return sum((one.attention for one in shelf if one.attention), Attention())
