"""What the pages on the steps of a deliverable show."""

from typing import Any

from django.http import Http404

from suivi.core import clock
from suivi.organisation.rules import Permission
from suivi.plan.commands.steps import scopes_of_step
from suivi.plan.models import Milestone, MilestoneState, ResourceKind
from suivi.plan.queries import Parts
from suivi.plan.queries.recorded import resources_stated, states_of
from suivi.plan.queries.steps import history_of, needed_by, steps_of_plan
from suivi.plan.rules import step_state
from suivi.web.edited_deliverable import edited_deliverable
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.steps import DoneForm, ResourceForm, StepForm
from suivi.web.requests import Request


class StepPage:
    """One milestone of a deliverable as of the day looked at."""

    def __init__(self, request: Request, slug: str, key: str, step: str) -> None:
        self.request = request
        self.page = edited_deliverable(request, slug, key)
        milestone = Milestone.objects.filter(deliverable=self.page.deliverable, key=step).first()
        self.states = states_of(milestone, request.day) if milestone else []
        if milestone is None or not self.states:
            raise Http404
        self.milestone = milestone

    @property
    def current(self) -> MilestoneState:
        return self.states[0]

    @property
    def can_plan(self) -> bool:
        scopes = scopes_of_step(self.milestone, self.current, clock.now())
        return not self.request.is_past and self.request.authority.allows(Permission.PLAN_STEPS, scopes)

    def form_sent(self) -> CommandForm:
        """The button that says "done", or the whole form."""
        if self.request.POST.get("do") == "done":
            return DoneForm(self.request.POST, self.current)
        return self._form(self.request.POST)

    def context(self, failed: CommandForm | None = None) -> dict[str, Any]:
        """What the template needs; `failed` is a form that was refused."""
        day, current = self.request.day, self.current
        form = failed if isinstance(failed, StepForm) else self._form(None)
        shown = failed.data.get("based_on") if failed else None
        return self.page.context() | {
            "milestone": self.milestone,
            "current": current,
            "state": step_state(current.due_on, current.done_on, day),
            "history": history_of(self.states),
            "waiting": needed_by(self.milestone, day),
            "can_plan": self.can_plan,
            "form": form,
            "failed": failed,
            "is_outdated": shown is not None and shown != str(current.pk),
        }

    def _form(self, data: Any) -> StepForm:
        steps = steps_of_plan(self.page.plan, self.request.day)
        return StepForm(data, self.page, steps, self.current)


class ResourcesPage:
    """Staff time and money of a deliverable."""

    def __init__(self, request: Request, slug: str, key: str) -> None:
        self.request = request
        self.page = edited_deliverable(request, slug, key, Parts.RESPONSIBILITIES | Parts.RESOURCES)

    def forms(self, failed: ResourceForm | None = None) -> list[ResourceForm]:
        """One for staff time, one for each currency stated, one for another currency."""
        stated = {(r.kind, r.currency): r for r in self.page.one.resources}
        keys = [(ResourceKind.STAFF.value, "")]
        keys += [(kind, currency) for kind, currency in stated if currency]
        keys.append((ResourceKind.MONEY.value, ""))
        found = [
            ResourceForm(None, self.page, kind=kind, currency=currency, stated=stated.get((kind, currency)))
            for kind, currency in keys
        ]
        if failed is None:
            return found
        shown = [failed if failed.name == form.name else form for form in found]
        # Its statement was ended meanwhile: it is shown all the same, so that what was written is not lost.
        return shown if failed in shown else [*shown, failed]

    def form_sent(self) -> ResourceForm:
        """The form that was sent, by its name in `do`."""
        name = self.request.POST.get("do", "")
        form = next((one for one in self.forms() if one.name == name), None)
        if form is None:  # its statement was ended meanwhile; the command says so
            kind, _dash, currency = name.partition("-")
            if kind not in ResourceKind.values or (kind == ResourceKind.MONEY and not currency):
                raise Http404
            return ResourceForm(self.request.POST, self.page, kind=kind, currency=currency.upper())
        return ResourceForm(
            self.request.POST, self.page, kind=form.kind, currency=form.in_currency, stated=form.stated
        )

    def context(self, failed: ResourceForm | None = None) -> dict[str, Any]:
        """What the template needs; `failed` is a form that was refused."""
        return self.page.context() | {
            "can_plan": self.page.can(Permission.PLAN_STEPS),
            "forms": self.forms(failed),
            "failed": failed,
            "stated": resources_stated(self.page.deliverable, self.request.day),
        }
