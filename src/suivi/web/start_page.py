"""The page before an update: for which unit, from what to start, or that nothing changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from suivi.core import clock
from suivi.monitoring.models import Asked, ProgressUpdate, UpdateKind, UpdateState
from suivi.monitoring.queries.report import kind_for, last_update, open_update
from suivi.organisation.models import Unit
from suivi.organisation.rules import Permission
from suivi.plan.models import Deliverable
from suivi.plan.queries import responsibilities_on
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.values.errors import NotAllowed
from suivi.values.messages import gettext_noop
from suivi.web.access import readable_plan, require_management
from suivi.web.deliverable_of_now import DeliverableNow, deliverable_now
from suivi.web.edit_page import sending_words
from suivi.web.forms.start import StartForm, UnchangedForm
from suivi.web.requests import Request
from suivi.web.sheet_asked import shown


@dataclass(frozen=True)
class UnitChoice:
    """A unit for which the reader may report here."""

    name: str
    address: str
    is_chosen: bool


class StartPage:
    """One deliverable for one who reports on it for a unit."""

    def __init__(self, request: Request, now: DeliverableNow, units: Sequence[Unit]) -> None:
        self.request, self.now, self.units = request, now, units

    @cached_property
    def unit(self) -> Unit:
        """The unit of the address, else the one that gives the update, else the first."""
        wanted = self._given("unit")
        chosen = next((unit for unit in self.units if unit.key == wanted), None)
        if chosen is not None:
            return chosen
        giving = [unit for unit in self.units if self._kind(unit) == UpdateKind.UPDATE]
        return (giving or list(self.units))[0]

    @cached_property
    def asked(self) -> Asked | None:
        """The question to answer: of the round named, else of the open round that ends first."""
        asked = Asked.objects.filter(deliverable=self.now.deliverable, unit=self.unit)
        asked = asked.filter(round__closed_at__isnull=True).select_related("round").order_by("round__due_on")
        wanted = self._given("round")
        return (asked.filter(round__key=wanted) if wanted else asked).first()

    @cached_property
    def kind(self) -> str | None:
        kind = self._kind(self.unit)
        return kind or (UpdateKind.CONTRIBUTION if self.asked else None)

    @cached_property
    def under_way(self) -> ProgressUpdate | None:
        """What the unit has begun already."""
        round = self.asked.round if self.asked else None
        return open_update(self.now.deliverable, self.unit, self.kind or UpdateKind.UPDATE, round)

    @property
    def answered(self) -> ProgressUpdate | None:
        """What the unit gave in this round already."""
        if self.asked is None:
            return None
        given = ProgressUpdate.objects.filter(
            deliverable=self.now.deliverable,
            unit=self.unit,
            round=self.asked.round,
            state=UpdateState.APPROVED,
        )
        return given.order_by("-reported_on", "-pk").first()

    @cached_property
    def last(self) -> ProgressUpdate | None:
        return last_update(self.now.deliverable, self.unit, self.kind or UpdateKind.UPDATE)

    @cached_property
    def contributions(self) -> list[ProgressUpdate]:
        """What the other units sent in this round, for the one that makes one update of it."""
        if self.kind != UpdateKind.UPDATE:
            return []
        sent = ProgressUpdate.objects.filter(
            deliverable=self.now.deliverable,
            kind=UpdateKind.CONTRIBUTION,
            state=UpdateState.SUBMITTED,
            round=self.asked.round if self.asked else None,
        ).exclude(consolidated_in__state=UpdateState.APPROVED)
        return list(sent.order_by("pk"))

    def form_sent(self) -> StartForm | UnchangedForm:
        data: Mapping[str, Any] = self.request.POST
        return UnchangedForm(data, self) if data.get("do") == "no_change" else StartForm(data, self)

    def context(self, failed: StartForm | UnchangedForm | None = None) -> dict[str, Any]:
        """What the template needs; `failed` is a form that was refused."""
        return self.now.context() | {
            "asked": self.asked,
            "round": self.asked.round if self.asked else None,
            "choices": self._choices(),
            "unit_pk": self.unit.pk,
            "unit_key": self.unit.key,
            "kind": self.kind,
            "unchanged": failed if isinstance(failed, UnchangedForm) else UnchangedForm(None, self),
            "start": failed if isinstance(failed, StartForm) else StartForm(None, self),
            "answered": self.answered,
            "last": self.last,
            "last_words": str(self.last.narrative) if self.last else "",
            "contributions": self.contributions,
            "can_consolidate": bool(self.contributions),
            "closed_because": "" if self.kind else _("This unit answers for nothing here today."),
            **self._sending(),
        }

    def _sending(self) -> dict[str, str]:
        scopes = self.now.tree.scopes_of([self.unit.pk]) | {self.now.plan.scope_id}
        return sending_words(
            needs_clearance=self.now.settings.needs_clearance,
            clears_itself=self.request.authority.allows(Permission.CLEAR_UPDATE, scopes),
            is_contribution=self.kind == UpdateKind.CONTRIBUTION,
        )

    def _kind(self, unit: Unit) -> str | None:
        return kind_for(self.now.deliverable, unit, clock.now())

    def _given(self, name: str) -> str:
        return self.request.POST.get(name, "") or self.request.GET.get(name, "")

    def _choices(self) -> list[UnitChoice]:
        page = reverse("report-on", args=[self.now.plan.slug, self.now.deliverable.key])
        return [
            UnitChoice(
                shown(self.now.tree[unit.pk].name),
                f"{page}?{urlencode({'unit': unit.key})}",
                unit == self.unit,
            )
            for unit in self.units
        ]


def start_page(request: Request, slug: str, key: str) -> StartPage:
    """The page of the address, for those who report for a unit that answers for the deliverable."""
    plan = readable_plan(request, slug)
    require_management(request)
    deliverable = get_object_or_404(Deliverable.objects.select_related("plan__scope"), plan=plan, key=key)
    now = deliverable_now(request, plan, deliverable)
    units = units_reported_for(request, now)
    if not units:
        raise NotAllowed(
            gettext_noop("You report for no unit that answers for this deliverable."),
            hint=gettext_noop("Ask the plan manager for the role, or to assign your unit."),
        )
    return StartPage(request, now, units)


def units_reported_for(request: Request, now: DeliverableNow) -> list[Unit]:
    """The units that answer for the deliverable or are asked about it, and for which the reader reports."""
    held = responsibilities_on(request.today).filter(deliverable=now.deliverable, role__in=WORKING_ROLES)
    asked = Asked.objects.filter(deliverable=now.deliverable, round__closed_at__isnull=True)
    wanted = {*held.values_list("unit_id", flat=True), *asked.values_list("unit_id", flat=True)}
    allowed = [
        pk
        for pk in wanted
        if request.authority.allows(
            Permission.REPORT_PROGRESS, now.tree.scopes_of([pk]) | {now.plan.scope_id}
        )
    ]
    return list(Unit.objects.filter(pk__in=allowed).order_by("key"))
