"""The page on which a unit writes its update: the form, what was said before, and what two people wrote."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from suivi.findings import Finding
from suivi.monitoring.commands.drafts import ChangedSince
from suivi.monitoring.models import Assessment, Evidence, ProgressUpdate, Support, UpdateState
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.queries.evidence import can_read_evidence
from suivi.monitoring.queries.so_far import items_before, steps_before, update_before
from suivi.monitoring.rules.content import UpdateContent
from suivi.monitoring.rules.workflow import Who
from suivi.organisation.models import UnitKind
from suivi.plan.queries import responsibilities_on
from suivi.web.content_lines import Group, Lines, value_words
from suivi.web.deliverable_of_now import DeliverableNow
from suivi.web.forms.content import ContentForm, Ground
from suivi.web.forms.content_rows import Choices
from suivi.web.forms.evidence import NewEvidenceForm, given_before
from suivi.web.requests import Request
from suivi.web.sentences import sentence
from suivi.web.sheet_asked import Named, shown


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else saved while the form was open, beside what is in the form."""

    by: str
    at: datetime
    groups: list[Group]


@dataclass(frozen=True)
class StepLine:
    """A step with its field, and the day that was approved for it."""

    rung: Named
    field: Any
    known: date | None


@dataclass(frozen=True)
class PartLines:
    """The steps of one part; of the whole deliverable where `name` is None."""

    name: Any
    steps: list[StepLine]


class EditPage:
    """One draft for one who writes it."""

    def __init__(
        self, request: Request, update: ProgressUpdate, now: DeliverableNow, played: set[Who]
    ) -> None:
        self.request, self.update, self.now, self.played = request, update, now, played
        self.errors: list[str] = []
        self.meanwhile: Meanwhile | None = None

    @cached_property
    def saved(self) -> UpdateContent:
        return content_of(self.update)

    @cached_property
    def previous(self) -> UpdateContent | None:
        """What was said last, approved; of a correction, what it corrects."""
        before = update_before(self.update)
        return content_of(before) if before else None

    @cached_property
    def ground(self) -> Ground:
        return Ground(self.now.sheet, items_before(self.update), self._regions(), self._units())

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """The pieces that the draft names and the reader may see, by key."""
        keys = [one.key for one in self.saved.evidence]
        pieces = Evidence.objects.filter(key__in=keys, plan=self.now.plan).select_related("plan")
        authority, tree = self.request.authority, self.now.tree
        return {str(one.key): one for one in pieces if can_read_evidence(authority, one, tree)}

    def form(self, data: Any = None, blank: Mapping[str, int] | None = None) -> ContentForm:
        """The form as saved, or as sent."""
        return ContentForm(data, self.saved, self.update.version, self.ground, blank)

    def form_after(self, error: ChangedSince) -> ContentForm:
        """The form with what was written here over what somebody else saved meanwhile: nothing is lost."""
        self.update.refresh_from_db()
        self.meanwhile = Meanwhile(
            self.update.changed_by.name if self.update.changed_by else "–",
            self.update.changed_at,
            self._differing(error.stored, error.given),
        )
        self.saved = both(error.given, error.stored)
        return ContentForm(None, self.saved, error.version, self.ground)

    def add_findings(self, findings: list[Finding]) -> None:
        """Say what keeps the update from being sent, each with its place."""
        for finding in findings:
            words = f"{sentence(finding.message)} {sentence(finding.hint)}".strip()
            self.errors.append(": ".join(filter(None, (self._place(finding.place.cell), words))))

    def context(self, form: ContentForm, new_evidence: NewEvidenceForm | None = None) -> dict[str, Any]:
        """What the template needs."""
        update, previous = self.update, self.previous
        self.mark_rows(form)
        return self.now.context() | {
            "update": update,
            "round": update.round,
            "unit_pk": update.unit_id,
            "form": form,
            "new_evidence": new_evidence or self.new_evidence(form),
            "errors": self.errors,
            "meanwhile": self.meanwhile,
            "sheet": self.now.sheet,
            "sheet_words": list(self.now.sheet.words),
            "steps": list(self._steps(form)),
            "previous": previous,
            "previous_assessment": _label(previous),
            "previous_commitment": _answer(previous),
            "previous_values": self._previous_values(),
            "open_support": self._support_before(),
            "returned": self._returned(),
            "saved_at": update.changed_at if update.version > 1 else None,
            "page_mark": self.request.POST.get("page") or secrets.token_hex(8),
            **self.sending(),
        }

    def mark_rows(self, form: ContentForm) -> None:
        """Tell the rows what was approved of their item, and which piece of evidence they name."""
        for item in form.items.forms:
            item.known = self.ground.known_items.get(str(item["key"].value()))
        for use in form.evidence.forms:
            use.piece = self.evidence.get(str(use["key"].value()))

    def new_evidence(self, form: ContentForm, data: Any = None, files: Any = None) -> NewEvidenceForm:
        """The form for one more file or link."""
        return NewEvidenceForm(
            data, files, update=self.update, abouts=form.abouts, known=given_before(self.update)
        )

    def sending(self) -> dict[str, str]:
        """What the last button says, and what happens after it."""
        return sending_words(
            needs_clearance=self.now.settings.needs_clearance,
            clears_itself=Who.CLEARER in self.played,
            is_contribution=self.update.kind == "contribution",
        )

    def _regions(self) -> Choices:
        tree = self.now.tree
        regions = [node for node in tree.nodes.values() if node.kind == UnitKind.REGIONAL]
        return [(node.key, shown(node.name)) for node in regions if node.exists_on(tree.day)]

    def _units(self) -> Choices:
        """Whom to ask for support: those who answer for the deliverable, those above, and headquarters."""
        tree = self.now.tree
        held = responsibilities_on(tree.day).filter(deliverable=self.update.deliverable_id)
        near = [node for unit in held.values_list("unit_id", flat=True) for node in tree.ancestors(unit)]
        near += list(tree.ancestors(self.update.unit_id))
        near += [node for node in tree.nodes.values() if node.kind == UnitKind.HEADQUARTERS]
        asked = [tree.by_key[one.owner_unit] for one in self.saved.support if one.owner_unit in tree.by_key]
        chosen = {node.key: shown(node.name) for node in (*near, *asked) if node.exists_on(tree.day)}
        return list(chosen.items())

    def _steps(self, form: ContentForm) -> Iterator[PartLines]:
        if form.steps is None:
            return
        known = steps_before(self.update)
        for part in self.now.sheet.parts or (None,):
            key = part.key if part else ""
            lines = [
                StepLine(rung, form.steps.step(key, rung.key), known.get((key, rung.key)))
                for rung in self.now.sheet.rungs
            ]
            yield PartLines(part.name if part else None, lines)

    def _previous_values(self) -> list[dict[str, Any]]:
        lines = Lines(self.now.sheet, self.now.tree)
        return [
            {
                "happened_on": one.happened_on,
                "words": ": ".join(filter(None, (lines.category_words(one.category), value_words(one)))),
            }
            for one in (self.previous.values if self.previous else ())
        ]

    def _support_before(self) -> list[Support]:
        """What the unit asked for on this deliverable before, in updates that went their way."""
        asked = Support.objects.filter(
            update_row__deliverable=self.update.deliverable_id,
            update_row__unit=self.update.unit_id,
            update_row__state__in=[UpdateState.SUBMITTED, UpdateState.APPROVED],
        ).exclude(update_row=self.update)
        return list(asked.order_by("-pk")[:5])

    def _returned(self) -> Any:
        if self.update.state != UpdateState.RETURNED:
            return None
        return self.update.events.filter(verb="returned").select_related("by").last()

    def _differing(self, stored: UpdateContent, given: UpdateContent) -> list[Group]:
        groups = Lines(self.now.sheet, self.now.tree, is_whole=True).groups(stored, given)
        return [
            replace(group, lines=[line for line in group.lines if line.is_changed])
            for group in groups
            if group.is_changed
        ]

    def _place(self, field: str) -> str:
        """A field of a finding in words: the name of the item or step it is about."""
        named = {f"item:{one.key}": one.name for one in self.saved.items}
        return next((name for key, name in named.items() if key in field), "")


def both(given: UpdateContent, stored: UpdateContent) -> UpdateContent:
    """What was given, and from what was stored the facts that it does not name."""
    keys: dict[str, Callable[[Any], Any]] = {
        "items": lambda one: one.key,
        "steps": lambda one: (one.part, one.rung),
        "values": lambda one: (one.happened_on, tuple(sorted(one.category.items()))),
        "support": lambda one: one.text,
        "evidence": lambda one: (one.key, one.about),
    }
    merged: dict[str, Any] = {}
    for name, key in keys.items():
        named = {key(one) for one in getattr(given, name)}
        merged[name] = (
            *getattr(given, name),
            *(one for one in getattr(stored, name) if key(one) not in named),
        )
    words: dict[str, Any] = {
        name: getattr(given, name) or getattr(stored, name)
        for name in ("narrative", "difficulties", "assessment", "assessment_reason", "expected_on")
    }
    return replace(given, **merged, **words)


def sending_words(*, needs_clearance: bool, clears_itself: bool, is_contribution: bool) -> dict[str, str]:
    """The words of the button that sends, and of what happens then."""
    if needs_clearance and not clears_itself:
        return {
            "send_words": _("Send to the director"),
            "after_sending": _("The director of the unit clears it, then it is reviewed. It may come back."),
        }
    if is_contribution:
        return {
            "send_words": _("Send to the accountable unit"),
            "after_sending": _("The accountable unit makes one update of all contributions."),
        }
    return {
        "send_words": _("Send for review"),
        "after_sending": _("A reviewer approves it or returns it with a reason."),
    }


def _label(content: UpdateContent | None) -> str:
    if content is None or content.assessment not in Assessment:
        return ""
    return str(Assessment(content.assessment).label).capitalize()


def _answer(content: UpdateContent | None) -> str:
    if content is None or content.is_commitment_kept is None:
        return ""
    return _("yes") if content.is_commitment_kept else _("no")
