"""Writing an update before it is sent. A draft is kept as it is typed; saving it leaves no audit line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.monitoring.commands.facts import with_keys
from suivi.monitoring.commands.steps import (
    locked,
    note_event,
    note_step,
    require_report,
    require_step,
)
from suivi.monitoring.models import ProgressUpdate, Round, UpdateKind, UpdateState
from suivi.monitoring.queries.content import content_of, contents_of
from suivi.monitoring.queries.report import empty_content, is_asked, kind_for, last_update, open_update
from suivi.monitoring.rules.consolidation import consolidated
from suivi.monitoring.rules.content import UpdateContent
from suivi.monitoring.rules.workflow import transition
from suivi.organisation.models import Unit
from suivi.organisation.queries import require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.commands.locks import lock_deliverable
from suivi.plan.models import Deliverable
from suivi.values.errors import ChangedMeanwhile, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

# History that comes in from elsewhere: it may be of a unit that no longer answers, and approved in the past.
FROM_ELSEWHERE = ("tracker", "demonstration")


class ChangedSince(ChangedMeanwhile):
    """Somebody else saved the draft after it was shown. Nothing was written, and nothing is lost.

    `given` is what would have been saved, `stored` what stands there now, `version` the one to go on from.
    """

    def __init__(self, given: UpdateContent, stored: UpdateContent, version: int) -> None:
        super().__init__(
            gettext_noop("Somebody else saved this update after you opened it."),
            hint=gettext_noop("Look at the differences, and save what should stand."),
        )
        self.given, self.stored, self.version = given, stored, version


@transaction.atomic
def start_update(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    unit: Unit,
    kind: str = UpdateKind.UPDATE,
    round: Round | None = None,
    content: UpdateContent | None = None,
    on_behalf_of: Account | None = None,
    corrects: ProgressUpdate | None = None,
    source: str = "",
    source_row: str = "",
) -> ProgressUpdate:
    """Start a draft, or go on with the one that is open.

    A row of a source that came in before gives the update it made then. Raises RuleBroken where the unit
    does not answer for the deliverable, where the round is closed, and for content where a draft is open.
    """
    is_from_elsewhere = source in FROM_ELSEWHERE
    for_ = None if is_from_elsewhere else require_report(by, unit, deliverable.plan, now)
    lock_deliverable(deliverable)
    if source_row:
        known = ProgressUpdate.objects.filter(plan=deliverable.plan, source=source, source_row=source_row)
        if known.exists():
            return known.get()
    # A row of somebody's own history stands for itself; rounds have one update each.
    is_history = bool(source_row) and round is None
    there = None if corrects or is_history else open_update(deliverable, unit, kind, round)
    if there is not None and content is None:
        return there
    _refuse_second(there, corrects)
    _refuse_round(deliverable, round)
    if is_from_elsewhere:
        require(by, Permission.MANAGE_ROUNDS, [deliverable.plan.scope_id], now=now)
    elif corrects is None:
        _refuse_unit(deliverable, unit, kind, round, now)
    said = with_keys(content or empty_content(by, deliverable.plan, round, timezone.localdate(now)))
    empty = Text.of("", said.language)
    update = ProgressUpdate(
        plan=deliverable.plan,
        deliverable=deliverable,
        unit=unit,
        round=round,
        kind=UpdateKind(kind),
        draft=said.to_json(),
        reported_on=said.reported_on,
        language=said.language,
        narrative=empty,
        difficulties=empty,
        assessment_reason=empty,
        corrects=corrects,
        created_at=now,
        created_by=by,
        on_behalf_of=on_behalf_of or for_,
        changed_at=now,
        changed_by=by,
        source=source,
        source_row=source_row,
    )
    write_row(update)
    note_event(update, "started", by, now, on_behalf_of=update.on_behalf_of)
    return update


@transaction.atomic
def save_draft(
    *, by: Account | None, now: datetime, update: ProgressUpdate, content: UpdateContent, version: int
) -> ProgressUpdate:
    """Keep what was typed, finished or not. `version` is the one that was shown to the one who typed.

    Raises ChangedSince where another content was saved since then; the same content twice is saved once.
    """
    update = locked(update)
    for_ = require_step(by, transition("save", update.state, update.kind), update, now)
    stored, given = content_of(update), with_keys(content)
    if stored in (given, content):
        return update
    if update.version != version:
        raise ChangedSince(given, stored, update.version)
    _put(update, given, by, now, for_)
    return update


@transaction.atomic
def start_from_last(
    *, by: Account | None, now: datetime, deliverable: Deliverable, unit: Unit, round: Round | None = None
) -> ProgressUpdate:
    """A draft that says what the unit's last update said, up to a later day."""
    kind = kind_for(deliverable, unit, now) or UpdateKind.UPDATE
    last = last_update(deliverable, unit, kind)
    if last is None:
        raise _nothing_yet()
    fresh = empty_content(by, deliverable.plan, round, timezone.localdate(now))
    said = replace(
        content_of(last),
        reported_on=max(fresh.reported_on, last.reported_on),
        is_no_change=False,
        support=(),
    )
    return _begin(deliverable, unit, kind, round, said, by, now)


@transaction.atomic
def consolidate(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    unit: Unit,
    round: Round | None = None,
    contributions: Iterable[ProgressUpdate],
) -> ProgressUpdate:
    """Take submitted contributions into the update of the accountable unit, beside what it says already."""
    update = start_update(by=by, now=now, deliverable=deliverable, unit=unit, round=round)
    update = locked(update)
    require_step(by, transition("save", update.state, update.kind), update, now)
    taken = set(update.consolidates.values_list("pk", flat=True))
    fresh = [locked(one) for one in contributions if one.pk not in taken]
    for one in fresh:
        _refuse_contribution(one, deliverable)
    tree = unit_tree(timezone.localdate(now))
    said = contents_of(fresh)
    named = {tree[one.unit_id].short_name: said[one.pk] for one in fresh}
    _put(update, consolidated(content_of(update), named), by, now)
    update.consolidates.add(*fresh)
    return update


@transaction.atomic
def discard_draft(*, by: Account | None, now: datetime, update: ProgressUpdate) -> ProgressUpdate:
    """Give a draft up. It stays in the record as discarded."""
    update = locked(update)
    row = transition("discard", update.state, update.kind)
    for_ = require_step(by, row, update, now)
    update.state = row.after
    update.save(update_fields=["state"])
    note_step(update, "discarded", "discard_draft", by, now, on_behalf_of=for_)
    return update


def correct_update(*, by: Account | None, now: datetime, update: ProgressUpdate) -> ProgressUpdate:
    """A new draft that names an approved update and says all it said; approved, it takes its place."""
    row = transition("correct", update.state, update.kind)
    require_step(by, row, update, now)
    there = ProgressUpdate.objects.filter(corrects=update).exclude(state=UpdateState.DISCARDED).first()
    if there is not None:
        return there
    return start_update(
        by=by,
        now=now,
        deliverable=update.deliverable,
        unit=update.unit,
        kind=update.kind,
        round=update.round,
        content=content_of(update),
        corrects=update,
    )


def fill(update: ProgressUpdate, content: UpdateContent, by: Account | None, now: datetime) -> None:
    """Put a content into a draft that says nothing yet. Raises RuleBroken where it says something."""
    stored = content_of(update)
    if stored.has_facts or stored.narrative or stored.evidence:
        raise RuleBroken(
            gettext_noop("A draft that says something is open already."),
            hint=gettext_noop("Go on with it, or discard it first."),
        )
    _put(update, content, by, now)


def _begin(
    deliverable: Deliverable,
    unit: Unit,
    kind: str,
    round: Round | None,
    content: UpdateContent,
    by: Account | None,
    now: datetime,
) -> ProgressUpdate:
    """The open draft of a unit, with this content in it where it says nothing yet."""
    update = locked(start_update(by=by, now=now, deliverable=deliverable, unit=unit, kind=kind, round=round))
    require_step(by, transition("save", update.state, update.kind), update, now)
    fill(update, content, by, now)
    return update


def _put(
    update: ProgressUpdate,
    content: UpdateContent,
    by: Account | None,
    now: datetime,
    on_behalf_of: Account | None = None,
) -> None:
    update.draft, update.version = content.to_json(), update.version + 1
    update.reported_on, update.language = content.reported_on, content.language
    update.changed_at, update.changed_by = now, by
    update.save(update_fields=["draft", "version", "reported_on", "language", "changed_at", "changed_by"])
    if by is not None and not update.events.filter(by=by, verb__in=("started", "written")).exists():
        note_event(update, "written", by, now, on_behalf_of=on_behalf_of)


def _refuse_second(there: ProgressUpdate | None, corrects: ProgressUpdate | None) -> None:
    if there is not None:
        raise RuleBroken(
            gettext_noop("An update of this unit is under way already."),
            hint=gettext_noop("Go on with it, or discard it first."),
        )
    if corrects is not None and (
        ProgressUpdate.objects.filter(corrects=corrects).exclude(state=UpdateState.DISCARDED).exists()
    ):
        raise RuleBroken(
            gettext_noop("A correction of this update is under way already."),
            hint=gettext_noop("Go on with it, or correct the correction."),
        )


def _refuse_round(deliverable: Deliverable, round: Round | None) -> None:
    if round is None:
        return
    if round.plan_id != deliverable.plan_id:
        raise RuleBroken(gettext_noop("The round belongs to another plan."))


def _refuse_unit(deliverable: Deliverable, unit: Unit, kind: str, round: Round | None, now: datetime) -> None:
    """Only the accountable unit gives the update; who is asked in the round may contribute."""
    gives = kind_for(deliverable, unit, now)
    if gives == kind:
        return
    if gives is None and kind == UpdateKind.CONTRIBUTION and is_asked(deliverable, unit, round):
        return
    if gives == UpdateKind.CONTRIBUTION:
        raise RuleBroken(
            gettext_noop("Another unit is accountable for this deliverable and gives its update."),
            hint=gettext_noop("Give a contribution; the accountable unit makes one update of all."),
        )
    if gives == UpdateKind.UPDATE:
        raise RuleBroken(
            gettext_noop("This unit gives the update itself, no contribution."),
            hint=gettext_noop("Write the update."),
        )
    raise RuleBroken(
        gettext_noop("The unit answers for nothing of this deliverable today."),
        hint=gettext_noop("Ask the plan manager to assign it."),
    )


def _refuse_contribution(contribution: ProgressUpdate, deliverable: Deliverable) -> None:
    fits = contribution.kind == UpdateKind.CONTRIBUTION and contribution.deliverable_id == deliverable.pk
    if not fits or contribution.state != UpdateState.SUBMITTED:
        raise RuleBroken(
            gettext_noop("Only submitted contributions to the same deliverable can be taken in."),
            hint=gettext_noop("Wait until the unit has sent its contribution."),
        )


def _nothing_yet() -> RuleBroken:
    return RuleBroken(
        gettext_noop("The unit has not reported on this deliverable before."),
        hint=gettext_noop("Write the first update."),
    )
