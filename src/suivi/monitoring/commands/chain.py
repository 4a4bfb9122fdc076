"""Adding to the hash chain of a plan: approvals, agreed statuses, withdrawals."""

from datetime import datetime

from suivi.monitoring.models import AgreedStatus, ChainLink, Evidence, ProgressUpdate
from suivi.monitoring.queries.digests import digests_of
from suivi.monitoring.rules.chain import hash_of_link
from suivi.plan.models import Plan


def append(
    *, plan: Plan, kind: str, row: ProgressUpdate | AgreedStatus | Evidence, now: datetime
) -> ChainLink:
    """Add a link for a row as it stands now, in the transaction that wrote it.

    `kind` is "update", "agreed_status" or "withdrawal". The plan is locked until the transaction ends, so
    that links follow one another; rows that only point to the plan are not held up.
    """
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    last = ChainLink.objects.filter(plan=plan).order_by("-number").first()
    number, previous = (last.number + 1, last.hash) if last else (1, "")
    digest = digests_of(kind, [row.pk])[row.pk]
    return ChainLink.objects.create(
        plan=plan,
        number=number,
        kind=kind,
        object_pk=row.pk,
        digest=digest,
        previous=previous,
        hash=hash_of_link(number, previous, kind, digest),
        at=now,
    )
