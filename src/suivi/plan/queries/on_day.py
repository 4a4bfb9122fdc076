"""Deliverables as of a day: the adopted row, who answers for it, its steps and what was asked.

One function reads them for any set of deliverables with a constant number of queries; pages and
reports choose the set and the parts they show.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Flag, auto
from typing import Any

from django.db.models import Q, QuerySet

from suivi.core.clock import end_of
from suivi.plan.models import (
    ChangeKind,
    ChangeRequest,
    DeliverableEdition,
    Edition,
    Expectation,
    MilestoneState,
    RequestState,
    Resource,
    Responsibility,
    ResponsibilityRole,
)
from suivi.plan.queries.editions import editions_on
from suivi.plan.rules import Gap, StepState, WindowState, assignment_gaps, step_state, window_state


class Parts(Flag):
    """What is read beside the adopted row."""

    NONE = 0
    RESPONSIBILITIES = auto()
    MILESTONES = auto()
    REQUESTS = auto()
    RESOURCES = auto()
    EXPECTATIONS = auto()
    LINKS = auto()
    ALL = RESPONSIBILITIES | MILESTONES | REQUESTS | RESOURCES | EXPECTATIONS | LINKS


@dataclass(frozen=True)
class Step:
    """A milestone as it stood on the day."""

    row: MilestoneState
    state: StepState


@dataclass
class DeliverableOnDay:
    """One deliverable as of a day. The lists hold only what was read (see `Parts`)."""

    day: date
    row: DeliverableEdition
    responsibilities: list[Responsibility] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    requests: list[ChangeRequest] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)

    @property
    def accountable(self) -> Responsibility | None:
        return next((r for r in self.responsibilities if r.role == ResponsibilityRole.ACCOUNTABLE), None)

    @property
    def responsible(self) -> list[Responsibility]:
        return [r for r in self.responsibilities if r.role == ResponsibilityRole.RESPONSIBLE]

    @property
    def others(self) -> list[Responsibility]:
        """Those who support, then those consulted, then those informed."""
        order = [ResponsibilityRole.SUPPORTS, ResponsibilityRole.CONSULTED, ResponsibilityRole.INFORMED]
        others = [r for r in self.responsibilities if r.role in order]
        return sorted(others, key=lambda r: order.index(ResponsibilityRole(r.role)))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return assignment_gaps(r.role for r in self.responsibilities)

    @property
    def window_state(self) -> WindowState:
        return window_state(self.row.starts_on, self.row.ends_on, self.day)

    @property
    def late_steps(self) -> list[Step]:
        return [step for step in self.steps if step.state is StepState.LATE]

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done."""
        open_states = {StepState.LATE, StepState.DUE_SOON, StepState.PLANNED}
        return next((step for step in self.steps if step.state in open_states), None)

    @property
    def accepted_requests(self) -> list[ChangeRequest]:
        """Accepted and waiting for the body: shown beside what was adopted."""
        accepted = [r for r in self.requests if request_state(r, self.day) == RequestState.ACCEPTED]
        # Another accountable unit took over when the request was accepted: the body has nothing to decide.
        return [r for r in accepted if r.kind != ChangeKind.ACCOUNTABLE_UNIT]

    @property
    def open_requests(self) -> list[ChangeRequest]:
        return [r for r in self.requests if request_state(r, self.day) == RequestState.OPEN]

    @property
    def internal_end_on(self) -> date | None:
        """The last day agreed inside, where a postponement was accepted and the body has not decided yet."""
        days = [
            (r.answered_at, r.proposed_end_on)
            for r in self.accepted_requests
            if r.kind == ChangeKind.POSTPONEMENT and r.answered_at and r.proposed_end_on
        ]
        return max(days)[1] if days else None


def request_state(request: ChangeRequest, day: date) -> str:
    """The state of a request as the record knew it on a day; a settled one is no longer waiting."""
    if request.answered_at is not None and request.answered_at > end_of(day):
        return RequestState.OPEN
    if request.settled_by is not None and request.settled_by.in_force_on <= day:
        return "settled"
    return request.state


def rows_in_force(day: date) -> QuerySet[DeliverableEdition]:
    """The adopted rows of all plans on a day, with the action and pillar they stand under."""
    return (
        DeliverableEdition.objects.filter(edition__in=editions_on(day).values("pk"))
        .select_related("deliverable__plan", "action__pillar__pillar", "action__action", "edition")
        .order_by("edition__plan__slug", "position")
    )


def rows_of(edition: Edition) -> QuerySet[DeliverableEdition]:
    """The adopted rows of one edition, with the action and pillar they stand under."""
    return edition.deliverableeditions.select_related(
        "deliverable__plan", "action__pillar__pillar", "action__action"
    ).order_by("position")


def deliverables_on(
    day: date, rows: Iterable[DeliverableEdition], parts: Parts = Parts.RESPONSIBILITIES | Parts.MILESTONES
) -> list[DeliverableOnDay]:
    """These deliverables as of a day, in the order of the rows."""
    if isinstance(rows, QuerySet) and Parts.LINKS in parts:
        rows = rows.prefetch_related(
            "strands", "links__framework", "links__item", "action__links__item", "action__links__framework"
        )
    found = [DeliverableOnDay(day, row) for row in rows]
    by_id = {one.row.deliverable_id: one for one in found}
    if Parts.RESPONSIBILITIES in parts:
        for responsibility in _responsibilities(day, by_id):
            by_id[responsibility.deliverable_id].responsibilities.append(responsibility)
    if Parts.MILESTONES in parts:
        for state in _milestones(day, by_id):
            step = Step(state, step_state(state.due_on, state.done_on, day))
            by_id[state.milestone.deliverable_id].steps.append(step)
    if Parts.REQUESTS in parts:
        for request in _requests(day, by_id):
            by_id[request.deliverable_id].requests.append(request)
    if Parts.RESOURCES in parts:
        for resource in _recorded(Resource, day, by_id).order_by("kind", "currency", "pk"):
            by_id[resource.deliverable_id].resources.append(resource)
    if Parts.EXPECTATIONS in parts:
        for expectation in _recorded(Expectation, day, by_id).select_related("stakeholder"):
            by_id[expectation.deliverable_id].expectations.append(expectation)
    return found


def _recorded(model: Any, day: date, by_id: dict[int, DeliverableOnDay]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.known_at(end_of(day)).filter(deliverable__in=list(by_id))
    return rows


def responsibilities_on(day: date) -> QuerySet[Responsibility]:
    """The responsibilities in force on a day, as the record knew them on that day."""
    rows: QuerySet[Responsibility] = Responsibility.objects.known_at(end_of(day)).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
    )
    return rows


def _responsibilities(day: date, by_id: dict[int, DeliverableOnDay]) -> QuerySet[Responsibility]:
    return (
        responsibilities_on(day)
        .filter(deliverable__in=list(by_id))
        .select_related("unit", "contact")
        .order_by("starts_on", "pk")
    )


def milestones_on(day: date) -> QuerySet[MilestoneState]:
    """The milestones as the record knew them on a day, in the order of their due days."""
    rows: QuerySet[MilestoneState] = (
        MilestoneState.objects.known_at(end_of(day))
        .filter(is_dropped=False)
        .select_related("milestone", "owner_unit", "owner")
        .order_by("due_on", "pk")
    )
    return rows


def _milestones(day: date, by_id: dict[int, DeliverableOnDay]) -> QuerySet[MilestoneState]:
    return milestones_on(day).filter(milestone__deliverable__in=list(by_id))


def _requests(day: date, by_id: dict[int, DeliverableOnDay]) -> QuerySet[ChangeRequest]:
    return (
        ChangeRequest.objects.filter(deliverable__in=list(by_id), asked_at__lte=end_of(day))
        .select_related("unit", "proposed_unit", "merge_into", "settled_by", "asked_by", "answered_by")
        .order_by("-asked_at", "-pk")
    )
