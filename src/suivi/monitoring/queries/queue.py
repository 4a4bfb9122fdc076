"""The review queue: what was submitted, beside what was approved before, with the differences."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from suivi.monitoring.models import ProgressUpdate, UpdateKind, UpdateState
from suivi.monitoring.queries.content import contents_of
from suivi.monitoring.rules.content import Difference, UpdateContent, differences
from suivi.monitoring.rules.unchanged import says_nothing_new
from suivi.plan.models import Plan

_WITH = ("deliverable__plan", "plan", "unit", "round", "corrects", "submitted_by", "created_by")


@dataclass(frozen=True)
class Waiting:
    """A submitted update with the approved one before it (None: the first), and where the two differ."""

    update: ProgressUpdate
    content: UpdateContent
    before: ProgressUpdate | None
    said_before: UpdateContent | None
    differences: list[Difference]

    @property
    def says_nothing_new(self) -> bool:
        """Whether it may be approved together with others."""
        return self.said_before is not None and says_nothing_new(self.said_before, self.content)


def review_queue(plan: Plan) -> QuerySet[ProgressUpdate]:
    """The submitted updates of a plan, those that wait longest first. Contributions are not reviewed."""
    return (
        ProgressUpdate.objects.filter(plan=plan, state=UpdateState.SUBMITTED, kind=UpdateKind.UPDATE)
        .select_related(*_WITH)
        .order_by("submitted_at", "pk")
    )


def waiting(updates: Iterable[ProgressUpdate]) -> list[Waiting]:
    """Each update beside the one before it: seven queries for any number of them."""
    updates = list(updates)
    before = updates_before(updates)
    said = contents_of([*updates, *before.values()])
    return [
        Waiting(
            update,
            said[update.pk],
            (earlier := before.get(update.pk)),
            said[earlier.pk] if earlier else None,
            differences(said[earlier.pk], said[update.pk]) if earlier else [],
        )
        for update in updates
    ]


def updates_before(updates: Iterable[ProgressUpdate]) -> dict[int, ProgressUpdate]:
    """The approved update before each: the one it corrects, else the one that spoke last."""
    updates = list(updates)
    latest = (
        ProgressUpdate.objects.filter(
            deliverable=OuterRef("deliverable"),
            kind=OuterRef("kind"),
            state=UpdateState.APPROVED,
            reported_on__lte=OuterRef("reported_on"),
        )
        .exclude(pk=OuterRef("pk"))
        .exclude(corrections__state=UpdateState.APPROVED)
        .order_by("-reported_on", F("approved_at").desc(), "-pk")
        .values("pk")[:1]
    )
    named = dict(
        ProgressUpdate.objects.filter(pk__in=[one.pk for one in updates])
        .annotate(before=Subquery(latest))
        .values_list("pk", "before")
    )
    named |= {one.pk: one.corrects_id for one in updates if one.corrects_id is not None}
    rows = ProgressUpdate.objects.filter(pk__in={pk for pk in named.values() if pk is not None})
    found = {row.pk: row for row in rows.select_related(*_WITH)}
    return {pk: found[before] for pk, before in named.items() if before in found}
