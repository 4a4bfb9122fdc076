"""On how much evidence deliverables rest, by who may see it, and which of it anybody may see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from suivi.core.clock import end_of
from suivi.monitoring.models import EvidenceClass, EvidenceUse
from suivi.monitoring.queries.facts import speaking_updates
from suivi.plan.models import Plan


class PublicPiece(NamedTuple):
    """A piece of evidence that anybody may see. `url` is empty for a file."""

    title: str
    url: str
    file_name: str


@dataclass(slots=True)
class Rests:
    """On what a deliverable rests: pieces by class, and those that anybody may see, in the order added."""

    counts: dict[str, int] = field(default_factory=dict)
    public: list[PublicPiece] = field(default_factory=list)


def evidence_of_plan(
    plan: Plan, up_to: date, as_of: date, deliverables: Collection[int] | None = None
) -> Mapping[int, Rests]:
    """Deliverable (primary key) to the evidence that its updates rest on, on two days: two queries.

    Only updates that speak count, and no piece twice. Withdrawn pieces are left out from their day on. Who
    may see a piece is what holds now, whatever the days: a piece that was closed since is not shown again.
    """
    uses = _uses(plan, up_to, as_of)
    if deliverables is not None:
        uses = uses.filter(update_row__deliverable__in=deliverables)
    found: dict[int, Rests] = {}
    counts: Any = (
        uses.values_list("update_row__deliverable", "evidence__classification")
        .annotate(pieces=Count("evidence", distinct=True))
        .order_by()
    )
    for deliverable, classification, pieces in counts:
        found.setdefault(deliverable, Rests()).counts[classification] = pieces
    if plan.is_public:
        for deliverable, *piece in _public(uses):
            found[deliverable].public.append(PublicPiece(*piece[1:]))
    return found


def _uses(plan: Plan, up_to: date, as_of: date) -> QuerySet[EvidenceUse]:
    known_at = end_of(as_of)
    stands = Q(evidence__withdrawn_at__isnull=True) | Q(evidence__withdrawn_at__gt=known_at)
    return EvidenceUse.objects.filter(
        stands,
        update_row__in=speaking_updates(known_at).filter(plan=plan, reported_on__lte=up_to).order_by(),
    )


def _public(uses: QuerySet[EvidenceUse]) -> QuerySet[EvidenceUse, Any]:
    """What anybody may read: marked public, not withdrawn since, in an update that is public."""
    return (
        uses.filter(
            evidence__classification=EvidenceClass.PUBLIC,
            evidence__withdrawn_at__isnull=True,
            update_row__is_public=True,
        )
        .order_by("update_row__deliverable", "evidence__added_at", "evidence__key")
        .values_list(
            *("update_row__deliverable", "evidence"),
            *("evidence__title", "evidence__url", "evidence__file_name"),
        )
        .distinct()
    )
