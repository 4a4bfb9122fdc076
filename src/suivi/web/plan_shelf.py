"""The plans a reader may see, with the edition in force on the day looked at and what needs attention."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.urls import reverse

from suivi.organisation.rules import Permission
from suivi.plan.models import Edition, Plan
from suivi.plan.queries import editions_on
from suivi.plan.queries.attention import Attention, attention_of_plans
from suivi.values.text import Text
from suivi.web.access import can_read
from suivi.web.requests import Request


@dataclass(frozen=True)
class ShelvedPlan:
    """A plan on the shelf. `edition` is None before its adoption, `attention` until it is counted."""

    plan: Plan
    edition: Edition | None
    is_managed: bool  # whether the reader assigns its units
    has_record: bool  # whether the reader may read who changed what
    attention: Attention | None = None

    @property
    def title(self) -> Text:
        untitled = Text.of(self.plan.slug, self.plan.language)
        return (self.edition.title or untitled) if self.edition else untitled

    @cached_property
    def management_address(self) -> str:
        return reverse("management", args=[self.plan.slug])


def shelf_of(request: Request) -> list[ShelvedPlan]:
    """The plans the reader may see, by slug: two queries at any size."""
    plans = [plan for plan in Plan.objects.select_related("scope") if can_read(request, plan)]
    lean = (
        editions_on(request.day, plans)
        .select_related("decision")
        .only("plan_id", "number", "in_force_on", "title", "decision__body", "decision__symbol")
    )
    editions = {edition.plan_id: edition for edition in lean}
    return [
        ShelvedPlan(
            plan,
            editions.get(plan.pk),
            request.authority.allows(Permission.ASSIGN_UNITS, [plan.scope_id]),
            request.authority.allows(Permission.READ_AUDIT, [plan.scope_id]),
        )
        for plan in plans
    ]


def with_attention(shelf: Sequence[ShelvedPlan], day: date) -> list[ShelvedPlan]:
    """The same plans with what needs attention in each on a day: two queries at any size."""
    counted = attention_of_plans(day, [one.plan.pk for one in shelf])
    return [replace(one, attention=counted[one.plan.pk]) for one in shelf]


def attention_of_all(shelf: Iterable[ShelvedPlan]) -> Attention:
    """What needs attention in all these plans together."""
    return sum((one.attention for one in shelf if one.attention), Attention())
