"""The burden of a round, never per person, and only where enough units are asked."""

from collections import defaultdict

from suivi.monitoring.models import PartRead, ProgressUpdate, Round, UpdateState
from suivi.monitoring.queries.content import contents_of
from suivi.monitoring.rules.burden import FEWEST_UNITS, Answered, PartBurden, burden


def burden_of(round: Round) -> list[PartBurden]:
    """Each part of the updates of a round; nothing for a round that asks fewer than five units."""
    if round.asked.values("unit").distinct().count() < FEWEST_UNITS:
        return []
    approved = ProgressUpdate.objects.filter(plan=round.plan_id, state=UpdateState.APPROVED)
    own = list(approved.filter(round=round))
    earlier = approved.filter(reported_on__lt=round.period_ends_on).exclude(round=round)
    before: dict[tuple[int, int, str], ProgressUpdate] = {
        (one.deliverable_id, one.unit_id, one.kind): one for one in earlier.order_by("reported_on", "pk")
    }
    read: defaultdict[int, set[str]] = defaultdict(set)
    for update, part in PartRead.objects.filter(update_row__in=own).values_list("update_row_id", "part"):
        read[update].add(part)
    contents = contents_of([*own, *before.values()])
    answers = []
    for one in own:
        last = before.get((one.deliverable_id, one.unit_id, one.kind))
        answers.append(
            Answered(contents[one.pk], contents[last.pk] if last else None, frozenset(read[one.pk]))
        )
    return burden(answers)
