"""Requests for a change as of a day, each beside what was adopted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from suivi.core.clock import end_of
from suivi.plan.models import ChangeKind, ChangeRequest, DeliverableEdition, Plan
from suivi.plan.queries.on_day import request_state
from suivi.values.text import Text


class RequestStage(StrEnum):
    """Where a request stands: its own states, and what became of an accepted one."""

    OPEN = "open"
    ACCEPTED = "accepted"  # the body has not decided yet
    CARRIED_OUT = "carried_out"  # accepted, and nothing for the body to decide
    SETTLED = "settled"  # an edition took it up
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Wordings:
    """The adopted and the proposed words in one language; `before` is empty where none were adopted in it."""

    language: str
    before: str
    after: str


@dataclass(frozen=True)
class RequestOnDay:
    """A request, its stage on the day, and the adopted row that it would change."""

    request: ChangeRequest
    stage: RequestStage
    row: DeliverableEdition
    merge_into: DeliverableEdition | None = None

    @property
    def wordings(self) -> Wordings | None:
        """The two wordings to compare, for a request that proposes one."""
        proposed = self.request.proposed_text
        return None if proposed is None else wordings_of(self.row.text, proposed)


def wordings_of(adopted: Text, proposed: Text) -> Wordings:
    """Both in the language of the adopted text if the proposal has it, else in a language they share."""
    words = proposed.plain()
    language = next(
        (code for code in (adopted.original, *words) if code in words and code in adopted.plain()),
        proposed.shown(proposed.original).language,
    )
    return Wordings(language, adopted.plain().get(language, ""), words.get(language, ""))


def stage_of(request: ChangeRequest, day: date) -> RequestStage:
    """The stage of a request as the record knew it on a day."""
    stage = RequestStage(request_state(request, day))
    if stage is RequestStage.ACCEPTED and request.kind == ChangeKind.ACCOUNTABLE_UNIT:
        return RequestStage.CARRIED_OUT
    return stage


def requests_of(plan: Plan, day: date) -> list[RequestOnDay]:
    """The requests of a plan that were asked by a day: open ones first, then the latest. Four queries."""
    requests = (
        ChangeRequest.objects.filter(deliverable__plan=plan, asked_at__lte=end_of(day))
        .select_related(
            *("deliverable__plan", "unit", "proposed_unit", "merge_into", "asked_by", "answered_by"),
            "settled_by__decision",
        )
        .order_by("-asked_at", "-pk")
    )
    rows = _rows_by_deliverable(plan)
    found = []
    for request in requests:
        stage = stage_of(request, day)
        is_waiting = stage in {RequestStage.OPEN, RequestStage.ACCEPTED}
        beside = day if is_waiting else timezone.localdate(request.asked_at)
        row = row_on(rows.get(request.deliverable_id, ()), beside)
        target = row_on(rows.get(request.merge_into_id or 0, ()), beside)
        if row is not None:
            found.append(RequestOnDay(request, stage, row, target))
    return sorted(found, key=lambda one: one.stage is not RequestStage.OPEN)


def _rows_by_deliverable(plan: Plan) -> dict[int, list[DeliverableEdition]]:
    """The rows of all editions for the deliverables that requests are about."""
    about = ChangeRequest.objects.filter(deliverable__plan=plan)
    wanted = set(about.values_list("deliverable_id", flat=True)) | set(
        about.values_list("merge_into_id", flat=True)
    )
    rows: dict[int, list[DeliverableEdition]] = {}
    for row in (
        DeliverableEdition.objects.filter(deliverable__in=wanted)
        .select_related("edition", "deliverable__plan")
        .order_by("edition__number")
    ):
        rows.setdefault(row.deliverable_id, []).append(row)
    return rows


def row_on(rows: Iterable[DeliverableEdition], day: date) -> DeliverableEdition | None:
    """The last of these rows, in the order of their editions, that was in force by a day; else the first."""
    given = list(rows)
    in_force = [row for row in given if row.edition.in_force_on <= day]
    return in_force[-1] if in_force else next(iter(given), None)
