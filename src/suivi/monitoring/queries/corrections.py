"""What of the record of a day was corrected later: updates, evidence that was withdrawn, agreed statuses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils import timezone

from suivi.core.clock import end_of
from suivi.monitoring.models import AgreedStatus, EvidenceUse, ProgressUpdate, UpdateKind, UpdateState
from suivi.monitoring.queries.agreed import Agreed
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.plan.models import Edition, Plan


class Corrected(StrEnum):
    """In what the record was corrected."""

    UPDATE = "update"
    EVIDENCE = "evidence"
    AGREED = "agreed"


@dataclass(frozen=True)
class RecordCorrection:
    """One correction: of which deliverable (a primary key), when, of what."""

    deliverable: int
    on: date
    what: Corrected


def record_corrections(plan: Plan, as_of: date, until: date) -> list[RecordCorrection]:
    """What the record knew at the end of one day and knew otherwise at the end of another: three queries.

    An update counts where it corrects one that was approved by the first day; evidence where an update of
    then rests on it; an agreed status where another was agreed for the same round in its place.
    """
    found = [*_updates(plan, as_of, until), *_evidence(plan, as_of, until), *_agreed(plan, as_of, until)]
    return sorted(found, key=lambda one: (one.on, one.deliverable))


def _updates(plan: Plan, as_of: date, until: date) -> Iterator[RecordCorrection]:
    rows = ProgressUpdate.objects.filter(
        plan=plan,
        kind=UpdateKind.UPDATE,
        state=UpdateState.APPROVED,
        corrects__approved_at__lte=end_of(as_of),
        approved_at__gt=end_of(as_of),
        approved_at__lte=end_of(until),
    )
    for deliverable, at in rows.values_list("deliverable_id", "approved_at"):
        yield RecordCorrection(deliverable, timezone.localdate(at), Corrected.UPDATE)


def _evidence(plan: Plan, as_of: date, until: date) -> Iterator[RecordCorrection]:
    rows = EvidenceUse.objects.filter(
        update_row__plan=plan,
        update_row__approved_at__lte=end_of(as_of),
        evidence__withdrawn_at__gt=end_of(as_of),
        evidence__withdrawn_at__lte=end_of(until),
    ).order_by()
    for deliverable, at in rows.values_list(
        "update_row__deliverable_id", "evidence__withdrawn_at"
    ).distinct():
        yield RecordCorrection(deliverable, timezone.localdate(at), Corrected.EVIDENCE)


def _agreed(plan: Plan, as_of: date, until: date) -> Iterator[RecordCorrection]:
    rows = AgreedStatus.objects.known_at(end_of(as_of)).filter(
        deliverable__plan=plan, superseded_at__isnull=False, superseded_at__lte=end_of(until)
    )
    for deliverable, at in rows.values_list("deliverable_id", "superseded_at"):
        yield RecordCorrection(deliverable, timezone.localdate(at), Corrected.AGREED)


def corrected_states(
    edition: Edition, then: Mapping[int, StateOnDay], up_to: date, as_of: date, until: date
) -> dict[int, StateOnDay]:
    """Deliverable to how it stood on the two days, by what the record knew at the end of a later one.

    Only those of which the record was corrected. `then` is how they stood as the record knew it on `as_of`.
    What a later round agreed on is no correction of what was agreed before.
    """
    touched = {one.deliverable for one in record_corrections(edition.plan, as_of, until)} & then.keys()
    if not touched:
        return {}
    now = states_of(edition, up_to, until, touched)
    return {pk: replace(now[pk], agreed=_of_same_round(then[pk].agreed, now[pk].agreed)) for pk in touched}


def _of_same_round(then: Agreed | None, now: Agreed | None) -> Agreed | None:
    return now if then and now and then.round == now.round else then
