"""What the pages on responsibilities show: one deliverable, and the hand-over of what a unit owes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from suivi.core import clock
from suivi.organisation.models import Stakeholder
from suivi.organisation.queries import UnitTree, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Edition, Plan, Responsibility
from suivi.plan.queries.recorded import responsibilities_known
from suivi.web.access import account_of, edition_looked_at, readable_plan, require_management
from suivi.web.edited_deliverable import EditedDeliverable
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.hand_over import HandOverForm
from suivi.web.forms.responsibilities import FORMS, ContactForm, EndForm
from suivi.web.requests import Request

# The whole page, or a part of it that stands in the table of the management plan.
TEMPLATES = {
    "": "suivi/responsibilities.html",
    "accountable": "suivi/management/accountable_form.html",
    "cell": "suivi/management/accountable.html",
}
IN_A_ROW = (EndForm.do, ContactForm.do)


@dataclass(frozen=True)
class Spell:
    """A responsibility between two days, and the forms in its row."""

    held: Responsibility
    end: CommandForm | None
    contact: CommandForm | None


def form_sent(request: Request, page: EditedDeliverable) -> CommandForm:
    """The form of the page that was sent, by its name in `do`."""
    form = FORMS.get(request.POST.get("do", ""))
    if form is None:
        raise Http404
    return form(request.POST, page)


def responsibilities(page: EditedDeliverable, failed: CommandForm | None = None) -> dict[str, Any]:
    """What the page of the responsibilities of one deliverable needs; `failed` is a form that was refused."""
    can_assign = page.can(Permission.ASSIGN_UNITS)
    known = responsibilities_known(page.deliverable, page.request.day)
    forms: dict[str, CommandForm] = {}
    if can_assign:
        forms = {do: form(None, page) for do, form in FORMS.items() if do not in IN_A_ROW}
    if failed is not None:
        forms[str(getattr(failed, "do", ""))] = failed
    spells = [_spell(page, held, can_assign, failed) for held in known]
    day = page.request.day
    return page.context() | {
        "can_assign": can_assign,
        "can_add_stakeholders": page.can(Permission.MANAGE_UNITS),
        "now": [one for one in spells if _is_on(one.held, day)],
        "later": [one for one in spells if one.held.starts_on > day],
        "earlier": [one for one in spells if one.held.ends_on is not None and one.held.ends_on < day],
        "has_stakeholders": Stakeholder.objects.exists(),
        "forms": forms,
        "lost": failed if failed and _has_lost_its_row(failed, known) else None,
    }


def _has_lost_its_row(failed: CommandForm, known: Iterable[Responsibility]) -> bool:
    """Whether the responsibility a form was about stands there no more, so that its errors have no place."""
    is_in_a_row = isinstance(failed, EndForm | ContactForm)
    return is_in_a_row and failed.data.get("responsibility") not in {str(held.pk) for held in known}


def _is_on(held: Responsibility, day: date) -> bool:
    return held.starts_on <= day and (held.ends_on is None or held.ends_on >= day)


def _spell(
    page: EditedDeliverable, held: Responsibility, can_assign: bool, failed: CommandForm | None
) -> Spell:
    if not can_assign:
        return Spell(held, None, None)
    forms = []
    for form in (EndForm, ContactForm):
        if isinstance(failed, form) and failed.data.get("responsibility") == str(held.pk):
            forms.append(failed)
            continue
        fresh = form(None, page)
        fresh.auto_id = f"{form.do}-{held.pk}-%s"
        fresh.initial = {"responsibility": held.pk, "contact": held.contact_id, "ends_on": held.ends_on}
        forms.append(fresh)
    return Spell(held, *forms)


@dataclass(frozen=True)
class HandOverPage:
    """A hand-over within one plan."""

    request: Request
    plan: Plan
    edition: Edition
    tree: UnitTree

    def form(self) -> HandOverForm:
        """Bound to what was confirmed, or to the address where all of it stands there."""
        request = self.request
        asked = request.POST if request.method == "POST" else request.GET
        is_complete = all(asked.get(name) for name in ("from_unit", "to_unit", "on"))
        initial = {name: asked[name] for name in ("from_unit", "to_unit", "deliverable") if name in asked}
        data = asked if is_complete or request.method == "POST" else None
        return HandOverForm(data, edition=self.edition, tree=self.tree, today=request.today, initial=initial)

    def context(self, form: HandOverForm) -> dict[str, Any]:
        """The form, and what would move where it is complete."""
        is_preview = form.is_bound and form.is_valid()
        moving = form.moving() if is_preview else []
        return {
            "section": "plans",
            "plan": self.plan,
            "edition": self.edition,
            "tree": self.tree,
            "form": form,
            "is_preview": is_preview,
            "moving": moving,
            "steps": sum(len(one.steps) for one in moving),
        }


def hand_over_page(request: Request, slug: str) -> HandOverPage:
    """The page of the address, for those who assign units."""
    plan = readable_plan(request, slug)
    require_management(request)
    require(account_of(request), Permission.ASSIGN_UNITS, [plan.scope_id], now=clock.now())
    return HandOverPage(request, plan, edition_looked_at(request, plan), unit_tree(request.day))
