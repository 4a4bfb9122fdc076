"""What the page of a deliverable shows: the adopted row, who answers for it, its steps, its history."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from suivi.core.models import Account, Recorded
from suivi.findings import Place
from suivi.organisation.queries import UnitTree
from suivi.organisation.rules import Permission
from suivi.plan.models import (
    ChangeKind,
    ChangeRequest,
    DeliverableEdition,
    Edition,
    Link,
    Plan,
    RequestState,
    Responsibility,
    ResponsibilityRole,
)
from suivi.plan.queries import (
    DeliverableOnDay,
    Parts,
    Step,
    deliverables_on,
    milestones_on,
    request_state,
)
from suivi.plan.queries.changes import about_deliverables, changes_of_plans
from suivi.plan.queries.deliverable_history import DeliverableHistory, history_of_deliverable
from suivi.plan.queries.neighbours import neighbours_of
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop
from suivi.values.text import Text
from suivi.web.access import sees_management
from suivi.web.audit_names import names_in
from suivi.web.audit_words import DayOfChanges, in_words
from suivi.web.deliverable_beside import Beside, found_beside
from suivi.web.drawings import WindowBars
from suivi.web.labels import level_labels
from suivi.web.looked_at import tree_looked_at
from suivi.web.overview_table import gap_tags, target_words
from suivi.web.requests import Request

LINES_OF_AUDIT = 100
_PART_OF = {
    Beside.REQUESTS: Parts.REQUESTS,
    Beside.RESOURCES: Parts.RESOURCES,
    Beside.EXPECTATIONS: Parts.EXPECTATIONS,
}


@dataclass(frozen=True)
class RoleGroup:
    """The units that hold one responsibility."""

    role: str
    label: str | Promise
    holders: Sequence[Responsibility]


@dataclass(frozen=True)
class Need:
    """A milestone that another one waits for."""

    title: Text | None
    key: str


@dataclass(frozen=True)
class StepLine:
    """A milestone, what it waits for, and who wrote that."""

    step: Step
    needs: Sequence[Need]


@dataclass(frozen=True)
class RequestLine:
    """A request as the record knew it on the day: later answers are not told."""

    request: ChangeRequest
    state: str
    words: str | Promise

    @property
    def is_answered(self) -> bool:
        return self.state != RequestState.OPEN


@dataclass(frozen=True)
class DeliverablePage:
    """One deliverable for one reader as of one day."""

    request: Request
    plan: Plan
    edition: Edition
    one: DeliverableOnDay
    history: DeliverableHistory
    tree: UnitTree | None
    beside: Collection[Beside]

    @property
    def row(self) -> DeliverableEdition:
        return self.one.row

    def context(self) -> dict[str, Any]:
        """What the template needs. Readers from outside get the adopted part alone."""
        row = self.row
        context = {
            "section": "plans",
            "plan": self.plan,
            "edition": self.edition,
            "one": self.one,
            "row": row,
            "history": self.history,
            "neighbours": neighbours_of(row),
            "bar": self._bar(),
            "target": target_words(row.target, row.target_unit),
            "labels": level_labels(self.edition),
            "notes": notes_of(row.edition, row.footnotes),
            "place": Place(**row.place).in_words(_),
            "links": sorted_links(row.links.all()),
            "inherited": sorted_links(row.action.links.all()),
            "can": self._permissions(),
            "beside": self.beside,
        }
        return context | self._inside(self.tree) if self.tree is not None else context

    def _inside(self, tree: UnitTree) -> dict[str, Any]:
        one = self.one
        recorded: list[Recorded] = [*one.responsibilities, *one.resources, *one.expectations]
        recorded += [step.row for step in one.steps]
        return {
            "tree": tree,
            "gaps": gap_tags(one.gaps) if one.gaps else "",
            "groups": list(role_groups(one)),
            "steps": step_lines(one, has_needs=Beside.NEEDS in self.beside),
            "recorders": recorders_of(recorded),
            "requests": [request_line(request, one.day) for request in one.requests],
            "waiting": [r for r in one.accepted_requests if r.kind != ChangeKind.ACCOUNTABLE_UNIT],
            "audit": self._audit(tree),
        }

    def _bar(self) -> Any:
        """The time frame among the years of the plan as the edition knows them."""
        row = self.row
        days = [d for d in (row.starts_on, row.ends_on, self.one.internal_end_on, self.one.day) if d]
        years = range(min(d.year for d in days), max(d.year for d in days) + 1)
        bars = WindowBars.over(years, self.one.day)
        return bars.bar(row.starts_on, row.ends_on, self.one.internal_end_on)

    def _permissions(self) -> Mapping[str, bool]:
        """Which buttons are offered; writing is about today."""
        request = self.request
        if request.is_past or self.history.dropped_by or self.tree is None:
            return {}
        units = {held.unit_id for held in self.one.responsibilities if held.role in WORKING_ROLES}
        scopes = self.tree.scopes_of(units) | {self.plan.scope_id}
        asked = {
            "report": Permission.REPORT_PROGRESS,
            "ask": Permission.REQUEST_CHANGE,
            "assign": Permission.ASSIGN_UNITS,
            "plan_steps": Permission.PLAN_STEPS,
            "translate": Permission.TRANSLATE_PLAN,
        }
        return {name: request.authority.allows(permission, scopes) for name, permission in asked.items()}

    def _audit(self, tree: UnitTree) -> list[DayOfChanges]:
        if not self.request.authority.allows(Permission.READ_AUDIT, [self.plan.scope_id]):
            return []
        about = about_deliverables(
            changes_of_plans([self.plan.slug], until=self.request.day),
            [(self.plan.slug, self.row.deliverable.key)],
        )
        entries = list(about[:LINES_OF_AUDIT])
        return in_words(entries, names_in(entries, self.request.day, tree))


def deliverable_page(request: Request, plan: Plan, edition: Edition, key: str) -> DeliverablePage:
    """The page of the address. A deliverable that an edition dropped is shown as it last stood."""
    deliverable, beside = found_beside(plan, key)
    history = history_of_deliverable(deliverable, request.day, has_relatives=Beside.RELATIVES in beside)
    if history.row is None:
        raise NotFound(
            gettext_noop("On %(day)s the plan had no deliverable %(key)s."),
            {"day": request.day.isoformat(), "key": key},
            gettext_noop("It came with a later edition: choose a later day in the bar at the top."),
        )
    is_inside = sees_management(request)
    [one] = deliverables_on(request.day, [history.row], _parts(beside) if is_inside else Parts.LINKS)
    tree = tree_looked_at(request) if is_inside else None
    return DeliverablePage(request, plan, edition, one, history, tree, beside)


def _parts(beside: Collection[Beside]) -> Parts:
    """What is read for people inside: all that there is."""
    parts = Parts.RESPONSIBILITIES | Parts.MILESTONES | Parts.LINKS
    for one, part in _PART_OF.items():
        parts |= part if one in beside else Parts.NONE
    return parts


def role_groups(one: DeliverableOnDay) -> Iterator[RoleGroup]:
    """The responsibilities by role, in the order of the roles; roles that nobody holds are left out."""
    for role in ResponsibilityRole:
        holders = [held for held in one.responsibilities if held.role == role]
        if holders:
            yield RoleGroup(role.value, role.label, holders)


def step_lines(one: DeliverableOnDay, *, has_needs: bool) -> list[StepLine]:
    """The milestones with the names of those they wait for, also where these belong to other deliverables.

    `has_needs` says whether any of them waits for one.
    """
    if not has_needs:
        return [StepLine(step, ()) for step in one.steps]
    prefetch_related_objects([step.row for step in one.steps], "depends_on")
    wanted = {need.pk for step in one.steps for need in step.row.depends_on.all()}
    titles = {
        state.milestone_id: (state.title, state.milestone.deliverable.key)
        for state in milestones_on(one.day)
        .filter(milestone__in=wanted)
        .select_related("milestone__deliverable")
    }
    return [
        StepLine(step, [Need(*titles.get(n.pk, (None, n.key))) for n in step.row.depends_on.all()])
        for step in one.steps
    ]


def request_line(request: ChangeRequest, day: date) -> RequestLine:
    """A request with its state on the day, in a word."""
    state = request_state(request, day)
    settled = _("decided by the body")
    return RequestLine(request, state, RequestState(state).label if state in RequestState else settled)


def recorders_of(rows: Iterable[Recorded]) -> dict[int, str]:
    """The names of those who recorded these rows, by primary key of the account."""
    wanted = {row.recorded_by_id for row in rows if row.recorded_by_id is not None}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))


def sorted_links(links: Iterable[Link]) -> list[Link]:
    """In the order of the document."""
    return sorted(links, key=lambda link: link.position)


def notes_of(edition: Edition, marks: Sequence[str]) -> list[Mapping[str, Any]]:
    """The footnotes of the edition with these marks, in the order of the marks."""
    by_mark = {note["mark"]: note for note in edition.footnotes}
    return [by_mark[mark] for mark in marks if mark in by_mark]
