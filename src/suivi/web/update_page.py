"""The page of one update: what it says beside what was said before, its life so far, and what can be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from suivi.learning.commands.lessons import scopes_of_lessons
from suivi.monitoring.models import Evidence, ProgressUpdate, Support, UpdateEvent, UpdateState
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.queries.evidence import can_read_evidence
from suivi.monitoring.queries.queue import review_queue
from suivi.monitoring.queries.so_far import items_before, steps_before, update_before
from suivi.monitoring.rules.content import ItemSaid, UpdateContent
from suivi.monitoring.rules.facts import CONCLUDED
from suivi.monitoring.rules.workflow import Who, is_decision_pending, may_ask_for_decision
from suivi.organisation.rules import Permission
from suivi.values.text import Text
from suivi.web.content_lines import Group, Lines, with_all_facts
from suivi.web.deliverable_of_now import DeliverableNow
from suivi.web.forms.update_steps import STEPS, CorrectForm, RecallForm, StepForm
from suivi.web.requests import Request
from suivi.web.sheet_asked import shown
from suivi.web.support_lines import SupportLine, support_lines
from suivi.web.update_rights import can_see, parts_played, verbs_for


@dataclass(frozen=True)
class Criterion:
    """A criterion of the sheet for one item: what the unit says, and whether the box is ticked."""

    key: str
    text: Text
    is_claimed: bool
    is_ticked: bool


@dataclass(frozen=True)
class ToConfirm:
    """An item whose criteria the reviewer confirms."""

    key: str
    name: str
    criteria: list[Criterion]


@dataclass(frozen=True)
class UseLine:
    """A piece of evidence where it is used. Of what the reader may not see only its class is told."""

    piece: Evidence
    may_see: bool
    about_words: str
    is_new: bool


@dataclass(frozen=True)
class EventLine:
    """A step in the life of the update, in words."""

    event: UpdateEvent
    words: str


class UpdatePage:
    """One update for one reader."""

    def __init__(
        self, request: Request, update: ProgressUpdate, now: DeliverableNow, played: set[Who]
    ) -> None:
        self.request, self.update, self.now, self.played = request, update, now, played

    @cached_property
    def content(self) -> UpdateContent:
        return content_of(self.update)

    @cached_property
    def previous(self) -> UpdateContent | None:
        """What was said before; of a correction, what it corrects, whole."""
        before = update_before(self.update)
        if before is None:
            return None
        said = content_of(before)
        if self.update.corrects_id:
            return said
        return with_all_facts(said, items_before(self.update), steps_before(self.update))

    @cached_property
    def events(self) -> list[UpdateEvent]:
        return list(self.update.events.select_related("by", "on_behalf_of").order_by("at", "pk"))

    @cached_property
    def can(self) -> dict[str, bool]:
        """Which buttons are offered, by the verbs of the table of states.

        Every verb is named: a template that asks for a missing `can.clear` would call the dict's own.
        """
        verbs = verbs_for(self.update, self.played)
        told = [event.verb for event in self.events]
        is_pending = is_decision_pending(told)
        deciding = "decide_approved" in verbs and is_pending
        asked_often = may_ask_for_decision(told, self.now.settings.returns_before_decision)
        return {
            "edit": "save" in verbs,
            "approve": "approve" in verbs and not deciding,
            "clear": "clear" in verbs,
            "return": "return" in verbs and not is_pending,
            "recall": "recall" in verbs,
            "correct": "correct" in verbs,
            "discard": "discard" in verbs,
            "ask_decision": "ask_decision" in verbs and not is_pending and asked_often,
            "decide": deciding,
        }

    @cached_property
    def to_confirm(self) -> Mapping[str, ItemSaid]:
        """Concluded items that are told anew: their criteria are asked for, each with what the unit says."""
        before = items_before(self.update)
        criteria = {one.key for one in self.now.sheet.criteria}
        return {
            item.key: replace(item, criteria={key: item.criteria.get(key, False) for key in criteria})
            for item in self.content.items
            if criteria and item.stage == CONCLUDED and item != before.get(item.key)
        }

    def form_sent(self) -> StepForm:
        """The form of the button that was pressed."""
        kind = STEPS.get(self.request.POST.get("do", ""))
        if kind is None:
            raise BadRequest("no such step")
        return kind(self.request.POST, self.update, self.to_confirm)

    def after(self, sent: StepForm) -> str:
        """Where to go when it is done: on with writing, else to the next of the queue, else to "mine"."""
        if isinstance(sent, CorrectForm | RecallForm):
            return reverse("edit-update", args=[sent.update.key])
        return self.next_address or reverse("mine")

    @cached_property
    def next_address(self) -> str:
        """The next update of the queue of review, for those who go through it."""
        if self.update.state != UpdateState.SUBMITTED or Who.OTHER_REVIEWER not in self.played:
            return ""
        keys = list(review_queue(self.now.plan).values_list("key", flat=True))
        place = keys.index(self.update.key) + 1 if self.update.key in keys else 0
        following = [key for key in (*keys[place:], *keys[:place]) if key != self.update.key]
        return reverse("update", args=[following[0]]) if following else ""

    def _may_read(self, contribution: ProgressUpdate) -> bool:
        """Whether a contribution is linked: not everybody who reads the update reads what it was made of."""
        return can_see(contribution, parts_played(self.request, contribution, self.now.tree))

    def context(self, failed: StepForm | None = None) -> dict[str, Any]:
        """What the template needs; `failed` is a step that was refused."""
        update = self.update
        return self.now.context() | {
            "update": update,
            "round": update.round,
            "unit_pk": update.unit_id,
            "place": self._place(),
            "previous": self.previous,
            "groups": self._groups(),
            "corrections": update.corrections.filter(state=UpdateState.APPROVED),
            "contributions": [
                (one, self._may_read(one)) for one in update.consolidates.select_related("plan")
            ],
            "uses": list(self._uses()),
            "support": self._support(),
            "events": [EventLine(event, event_words(event)) for event in self.events],
            "can": self.can,
            "can_anything": any(self.can.values()),
            "can_write_lesson": self._can_write_lesson(),
            "to_confirm": list(self._to_confirm(failed)) if any(self.can.values()) else [],
            "next_address": self.next_address,
            "failed": failed,
            "failed_reason": failed.data.get("reason", "") if failed else "",
            "failed_reason_id": _REASON_FIELDS.get(failed.verb, "") if failed else "",
            "return_label": _("What is missing or wrong"),
            "decide_label": _("Your reason"),
            "ask_label": _("Your view, for the plan manager"),
        }

    def _can_write_lesson(self) -> bool:
        """Whether a lesson may be written from this update: once it is approved."""
        scopes = scopes_of_lessons(self.now.plan, self.now.tree)
        is_allowed = self.now.request.authority.allows(Permission.WRITE_LESSON, scopes)
        return is_allowed and self.update.state == UpdateState.APPROVED and not self.now.request.is_past

    def _groups(self) -> list[Group]:
        lines = Lines(self.now.sheet, self.now.tree, is_whole=self.update.corrects_id is not None)
        return lines.groups(self.previous, self.content)

    def _place(self) -> str:
        """Where the update is on its way."""
        return {
            UpdateState.IN_CLEARANCE: _("It waits for the director of the unit, then it is reviewed."),
            UpdateState.SUBMITTED: _("It waits for the review."),
            UpdateState.RETURNED: _("It is with the unit, which answers the reasons and sends it again."),
        }.get(UpdateState(self.update.state), "")

    def _uses(self) -> Iterator[UseLine]:
        keys = [one.key for one in self.content.evidence]
        rows = Evidence.objects.filter(key__in=keys, plan=self.now.plan).select_related("plan")
        pieces = {str(one.key): one for one in rows}
        before = {one.key for one in self.previous.evidence} if self.previous else set()
        items = {f"item:{item.key}": item.name for item in self.content.items}
        for one in self.content.evidence:
            if one.key in pieces:
                piece = pieces[one.key]
                is_new = self.previous is not None and one.key not in before
                may_see = can_read_evidence(self.request.authority, piece, self.now.tree)
                yield UseLine(piece, may_see, self._about(one.about, items), is_new)

    def _about(self, about: str, items: Mapping[str, str]) -> str:
        if about == "value":
            return _("the value")
        rungs = {rung.key: rung.name for rung in self.now.sheet.rungs}
        step = about.rpartition("/")[2]
        if about.startswith("step:") and step in rungs:
            return shown(rungs[step])
        return items.get(about, "")

    def _support(self) -> list[SupportLine]:
        rows = Support.objects.filter(update_row=self.update).select_related("owner_unit", "answered_by")
        return support_lines(self.request, self.now.plan, rows, self.now.tree)

    def _to_confirm(self, failed: StepForm | None) -> Iterator[ToConfirm]:
        ticked = set(failed.sent.getlist("confirm")) if failed else set()
        for item in self.to_confirm.values():
            criteria = [
                Criterion(one.key, one.name, item.criteria[one.key], f"{item.key} {one.key}" in ticked)
                for one in self.now.sheet.criteria
            ]
            yield ToConfirm(item.key, item.name, criteria)


_REASON_FIELDS = {
    "return": "return-reason",
    "ask_decision": "ask-reason",
    "decide_approved": "decide-reason",
    "decide_returned": "decide-reason",
}


def event_words(event: UpdateEvent) -> str:
    """A step in the life of an update as a sentence."""
    person = event.by.name if event.by else "–"
    if event.on_behalf_of:
        person = _("%(person)s on behalf of %(other)s") % {
            "person": person,
            "other": event.on_behalf_of.name,
        }
    sentences = {
        "started": _("begun by %(person)s"),
        "written": _("written further by %(person)s"),
        "sent": _("sent to the director by %(person)s"),
        "cleared": _("cleared by %(person)s"),
        "submitted": _("submitted for review by %(person)s"),
        "returned": _("returned by %(person)s"),
        "approved": _("approved by %(person)s"),
        "taken_over": _("taken over from a tracker by %(person)s"),
        "recalled": _("taken back by %(person)s"),
        "discarded": _("discarded by %(person)s"),
        "decision_asked": _("%(person)s asked the plan manager to decide"),
        "decided": _("decided by %(person)s"),
    }
    return sentences.get(event.verb, event.verb) % {"person": person}
