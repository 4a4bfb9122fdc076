"""What the page of the management plan shows, and to whom it offers to write."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from suivi.organisation.queries import UnitTree, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable, Edition, Plan
from suivi.plan.queries import DeliverableOnDay, Step
from suivi.plan.queries.management import (
    ManagementPlan,
    OwedStep,
    Show,
    Wanted,
    management_plan,
    units_that_work,
)
from suivi.web.access import edition_looked_at, readable_plan, require_management
from suivi.web.forms.assignment import ROW, AssignForm, shown_accountable
from suivi.web.forms.fields import unit_options
from suivi.web.forms.management import ManagementFilters
from suivi.web.requests import Request

# A gap carries a list of units; a page of a hundred lists is no page.
GAPS_ON_A_PAGE = 50
ROWS_ON_A_PAGE = 200
LISTS = ("gaps", "all")


@dataclass(frozen=True)
class Row:
    """A deliverable, what its form remembers, and whether it was chosen in a form that was refused."""

    one: DeliverableOnDay
    was: str
    is_chosen: bool


@dataclass(frozen=True)
class StepRow:
    """A milestone of the lists of what is due and late."""

    one: DeliverableOnDay
    step: Step
    can_plan: bool


@dataclass(frozen=True)
class ManagementPage:
    """The page for one reader, one day and one choice of filters."""

    request: Request
    plan: Plan
    edition: Edition
    tree: UnitTree
    filters: ManagementFilters
    wanted: Wanted
    found: ManagementPlan

    @property
    def can_assign(self) -> bool:
        scopes = [self.plan.scope_id]
        return not self.request.is_past and self.request.authority.allows(Permission.ASSIGN_UNITS, scopes)

    def assign_form(self) -> AssignForm:
        """The form that was sent: of one row of the gaps, or of what was chosen in a table."""
        data = self.request.POST
        only = data.get("only")
        keys = [only] if only else data.getlist("deliverable")
        known = [key for key in keys if "\x00" not in key]  # PostgreSQL takes no such text
        chosen = Deliverable.objects.filter(plan=self.plan, key__in=known).select_related("plan")
        prefix = f"{ROW}{only}" if only else next((one for one in LISTS if one == data.get("list")), LISTS[0])
        return self._form(data, list(chosen), prefix)

    def context(self, failed: AssignForm | None = None) -> dict[str, Any]:
        """What the template needs; `failed` is a form that was sent and refused."""
        show, found = self.wanted.show, self.found
        gaps = self._page(found.gaps, GAPS_ON_A_PAGE, show is Show.GAPS)
        rows = self._page(found.deliverables, ROWS_ON_A_PAGE, show is Show.ALL)
        return {
            "section": "plans",
            "plan": self.plan,
            "edition": self.edition,
            "tree": self.tree,
            "filters": self.filters,
            "show": show.value,
            "is_filtered": any(self.request.GET.get(name) for name in ("q", "unit", "pillar")),
            "found": found,
            "can_assign": self.can_assign,
            "gaps": gaps if show in {Show.ALL, Show.GAPS} and found.gaps else None,
            "gap_rows": self._rows(gaps, failed),
            "pages": {Show.GAPS: gaps, Show.ALL: rows}.get(show),
            "rows": self._rows(rows, failed) if show is Show.ALL else [],
            "steps": self._steps(show),
            "failed": failed,
            "forms": {name: self._bulk_form(name, failed) for name in LISTS} if self.can_assign else {},
            "unit_options": unit_options(self.tree, _("Choose a unit")) if self.can_assign else "",
            "query": self.request.GET.urlencode(),
        }

    def _form(self, data: Any, deliverables: Sequence[Deliverable], prefix: str) -> AssignForm:
        today = self.request.today
        return AssignForm(data, deliverables=deliverables, tree=self.tree, today=today, prefix=prefix)

    def _bulk_form(self, name: str, failed: AssignForm | None) -> AssignForm:
        return failed if failed and failed.prefix == name else self._form(None, (), name)

    def _page(
        self, rows: Sequence[DeliverableOnDay], size: int, is_asked_for: bool
    ) -> Page[DeliverableOnDay]:
        number = self.request.GET.get("page", 1) if is_asked_for else 1
        return Paginator(rows, size).get_page(number)

    def _rows(self, rows: Iterable[DeliverableOnDay], failed: AssignForm | None) -> list[Row]:
        chosen = {one.pk for one in failed.deliverables} if failed and not failed.only else set()
        return [Row(one, shown_accountable(one), one.row.deliverable_id in chosen) for one in rows]

    def _steps(self, show: Show) -> list[StepRow]:
        lists: dict[Show, list[OwedStep]] = {Show.DUE: self.found.due_steps, Show.LATE: self.found.late_steps}
        owed = lists.get(show, [])
        return [StepRow(o.deliverable, o.step, self._can_plan(o.deliverable, o.step)) for o in owed]

    def _can_plan(self, one: DeliverableOnDay, step: Step) -> bool:
        if self.request.is_past:
            return False
        scopes = self.tree.scopes_of(units_that_work(one, step)) | {self.plan.scope_id}
        return self.request.authority.allows(Permission.PLAN_STEPS, scopes)


def management_page(request: Request, slug: str) -> ManagementPage:
    """The page of the address, for people inside."""
    plan = readable_plan(request, slug)
    require_management(request)
    edition = edition_looked_at(request, plan)
    tree = unit_tree(request.day)
    pillars = list(edition.pillareditions.select_related("pillar").order_by("position"))
    filters = ManagementFilters(request.GET, edition=edition, pillars=pillars, tree=tree)
    wanted = filters.wanted()
    found = management_plan(edition, request.day, wanted)
    return ManagementPage(request, plan, edition, tree, filters, wanted, found)
