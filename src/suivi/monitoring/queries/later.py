"""What the record took in after a head of its chain: for files that were made when that was the last link."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from suivi.monitoring.models import AgreedStatus, EvidenceUse, ProgressUpdate
from suivi.plan.models import Plan


@dataclass(frozen=True)
class LaterLink:
    """One later link: its kind ("update", "agreed_status", "withdrawal"), the key of the deliverable that it
    is about, when it was chained, the day up to which it speaks, and whether it corrects an update."""

    number: int
    kind: str
    deliverable: str
    at: datetime
    speaks_of: date
    is_correction: bool = False


def later_links(plan: Plan, head: str, up_to: date) -> list[LaterLink] | None:
    """The links after a head that speak of the time up to a day, in their order, in four queries.

    An empty `head` stands for the beginning of the chain. None where the chain has no such head: it was cut
    or rewritten, or the head was never in it.
    """
    number = 0
    if head:
        found = plan.chain.filter(hash=head).values_list("number", flat=True).first()
        if found is None:
            return None
        number = found
    links = list(plan.chain.filter(number__gt=number).order_by("number"))
    pks: defaultdict[str, list[int]] = defaultdict(list)
    for link in links:
        pks[link.kind].append(link.object_pk)
    told = {kind: _TOLD[kind](of_kind) for kind, of_kind in pks.items()}
    return [
        LaterLink(link.number, link.kind, key, link.at, day, is_correction)
        for link in links
        for key, day, is_correction in told[link.kind].get(link.object_pk, ())
        if day <= up_to
    ]


_Told = dict[int, list[tuple[str, date, bool]]]


def _updates(pks: Iterable[int]) -> _Told:
    rows = ProgressUpdate.objects.filter(pk__in=pks)
    return {
        pk: [(key, day, corrects is not None)]
        for pk, key, day, corrects in rows.values_list("pk", "deliverable__key", "reported_on", "corrects_id")
    }


def _agreed(pks: Iterable[int]) -> _Told:
    rows = AgreedStatus.objects.filter(pk__in=pks).values_list("pk", "deliverable__key", "up_to")
    return {pk: [(key, day, False)] for pk, key, day in rows}


def _withdrawals(pks: Iterable[int]) -> _Told:
    """A piece of evidence is withdrawn for every update that used it."""
    found: defaultdict[int, list[tuple[str, date, bool]]] = defaultdict(list)
    uses = EvidenceUse.objects.filter(evidence__in=pks).order_by("pk")
    for pk, key, day in uses.values_list(
        "evidence_id", "update_row__deliverable__key", "update_row__reported_on"
    ):
        found[pk].append((key, day, False))
    return found


_TOLD = {"update": _updates, "agreed_status": _agreed, "withdrawal": _withdrawals}
