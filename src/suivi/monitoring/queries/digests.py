"""The digest of what is chained, computed from the rows that hold it now."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from suivi.monitoring.models import (
    AgreedStatus,
    Evidence,
    EvidenceUse,
    ItemState,
    ProgressUpdate,
    ReportedValue,
    StepReached,
    UpdateEvent,
)
from suivi.monitoring.queries.content import contents_of
from suivi.monitoring.rules.chain import digest_of, digest_of_address


def digests_of(kind: str, pks: Iterable[int]) -> dict[int, str]:
    """The digests of rows of one kind ("update", "agreed_status", "withdrawal") by their primary keys.

    A row that is gone is missing in the answer. The number of queries does not depend on that of the rows.
    """
    return _BY_KIND[kind](list(pks))


def _updates(pks: list[int]) -> dict[int, str]:
    """All an update says in its original language, what was confirmed, its evidence, who approved, when."""
    rows = list(
        ProgressUpdate.objects.filter(pk__in=pks)
        .select_related("plan", "deliverable", "unit", "round", "corrects")
        .prefetch_related("consolidates")
    )
    contents = contents_of(rows)
    confirmed: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for state in ItemState.objects.filter(update_row__in=pks).select_related("item"):
        confirmed[state.update_row_id][str(state.item.key)] = state.confirmed
    evidence: defaultdict[int, list[str]] = defaultdict(list)
    for use in EvidenceUse.objects.filter(update_row__in=pks).select_related("evidence").order_by("pk"):
        evidence[use.update_row_id].append(use.evidence.sha256 or digest_of_address(use.evidence.url))
    told_of, events = _deliverables_told_of(pks), _events(pks)
    return {
        row.pk: digest_of(
            {
                "key": str(row.key),
                "state": row.state,
                "kind": row.kind,
                "plan": row.plan.slug,
                "deliverable": row.deliverable.key,
                "unit": row.unit.key,
                "round": row.round.key if row.round else "",
                "corrects": str(row.corrects.key) if row.corrects else "",
                "consolidates": sorted(str(one.key) for one in row.consolidates.all()),
                "says": contents[row.pk].to_json(),
                "told_of": sorted(told_of[row.pk] - {row.deliverable.key}),
                "confirmed": confirmed[row.pk],
                "evidence": evidence[row.pk],
                "events": events[row.pk],
                "written_by": [row.created_by_id, row.on_behalf_of_id, row.submitted_by_id],
                "submitted_at": _moment(row.submitted_at),
                "approved_by": row.approved_by_id,
                "approved_at": _moment(row.approved_at),
                "recorded_at": _moment(row.recorded_at),
                "source": [row.source, row.source_row],
            }
        )
        for row in rows
    }


def _deliverables_told_of(pks: list[int]) -> defaultdict[int, set[str]]:
    """The deliverables that the rows of facts name, by update: its own, unless somebody moved them."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for rows, path in (
        (StepReached.objects, "deliverable__key"),
        (ReportedValue.objects, "deliverable__key"),
        (ItemState.objects, "item__deliverable__key"),
    ):
        for pk, key in (
            rows.filter(update_row__in=pks).order_by().values_list("update_row_id", path).distinct()
        ):
            found[pk].add(key)
    return found


def _events(pks: list[int]) -> defaultdict[int, list[list[object]]]:
    """The way of each update to its approval, with the reasons of returns. The approval stands beside it."""
    found: defaultdict[int, list[list[object]]] = defaultdict(list)
    for event in UpdateEvent.objects.filter(update_row__in=pks).exclude(verb="approved").order_by("pk"):
        found[event.update_row_id].append(
            [event.verb, event.by_id, event.on_behalf_of_id, _moment(event.at), event.reason]
        )
    return found


def _agreed(pks: list[int]) -> dict[int, str]:
    """An agreed status with the signal it was set beside, its reason, who set it and when."""
    rows = AgreedStatus.objects.filter(pk__in=pks).select_related("deliverable__plan", "round")
    return {
        row.pk: digest_of(
            {
                "plan": row.deliverable.plan.slug,
                "deliverable": row.deliverable.key,
                "round": row.round.key if row.round else "",
                "up_to": row.up_to.isoformat(),
                "status": row.status,
                "signal": row.signal,
                "reason": row.reason,
                "decision": row.decision_id,
                "recorded_by": row.recorded_by_id,
                "recorded_at": _moment(row.recorded_at),
            }
        )
        for row in rows
    }


def _withdrawals(pks: list[int]) -> dict[int, str]:
    """That the content of evidence is gone: which, by whom, why, when."""
    rows = Evidence.objects.filter(pk__in=pks).select_related("plan")
    return {
        row.pk: digest_of(
            {
                "plan": row.plan.slug,
                "evidence": str(row.key),
                "sha256": row.sha256,
                "url": row.url,
                "by": row.withdrawn_by_id,
                "at": _moment(row.withdrawn_at),
                "reason": row.withdrawn_reason,
            }
        )
        for row in rows
    }


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else ""


_BY_KIND: dict[str, Callable[[list[int]], dict[int, str]]] = {
    "update": _updates,
    "agreed_status": _agreed,
    "withdrawal": _withdrawals,
}
