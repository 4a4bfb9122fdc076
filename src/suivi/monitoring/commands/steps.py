"""What every step in the life of an update needs: who may, the event that stays, the audit line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from suivi.core.models import Account
from suivi.monitoring.models import ProgressUpdate, UpdateEvent
from suivi.monitoring.rules.workflow import WHO_WORDS, Transition, Who
from suivi.organisation.models import Unit
from suivi.organisation.queries import Authority, UnitTree, authority_of, represented_by, unit_tree
from suivi.organisation.rules import Permission, is_allowed
from suivi.plan.commands.trail import note_on
from suivi.plan.models import Deliverable, Plan, ResponsibilityRole
from suivi.plan.queries import responsibilities_on
from suivi.values.errors import NotAllowed
from suivi.values.messages import Message, gettext_noop

PERMISSIONS = {
    Who.UNIT: Permission.REPORT_PROGRESS,
    Who.CLEARER: Permission.CLEAR_UPDATE,
    Who.ACCOUNTABLE: Permission.REPORT_PROGRESS,
    Who.REVIEWER: Permission.REVIEW_UPDATE,
    Who.OTHER_REVIEWER: Permission.REVIEW_UPDATE,
    Who.MANAGER: Permission.AGREE_STATUS,
}
# Events of those who wrote an update or sent it on its way.
_WRITING = ("started", "written", "sent", "cleared", "submitted")


def locked(update: ProgressUpdate) -> ProgressUpdate:
    """The update as it stands now, with nobody else changing it until the transaction ends."""
    return (
        ProgressUpdate.objects.select_for_update(of=("self",))
        .select_related("deliverable__plan", "plan", "unit", "round")
        .get(pk=update.pk)
    )


def require_report(by: Account | None, unit: Unit, plan: Plan, now: datetime) -> Account | None:
    """Stop unless the account reports for the unit; give back whom it acts for, if not for itself."""
    if by is None:
        return None
    actor = _Actor(by, now)
    scopes = scopes_of_unit([unit.pk], plan, actor.tree)
    actor.authority.require(Permission.REPORT_PROGRESS, scopes)
    return actor.acts_for(Permission.REPORT_PROGRESS, scopes)


def require_step(
    by: Account | None, row: Transition, update: ProgressUpdate, now: datetime
) -> Account | None:
    """Stop with NotAllowed unless the account is one of those whom the table of states lets do the step.

    Gives back the person the account acts for as a deputy, None where it acts for itself.
    """
    if by is None:
        return None
    actor = _Actor(by, now)
    for who in row.who:
        if actor.is_one(who, update):
            return actor.acts_for(PERMISSIONS[who], actor.scopes(who, update))
    raise NotAllowed(
        gettext_noop("Only %(who)s may do this."),
        {"who": _in_words(sorted(row.who))},
        gettext_noop("Ask one of them, or the plan manager for the role."),
    )


def _in_words(who: list[Who]) -> Message:
    one, *more = (Message(WHO_WORDS[each]) for each in who)
    return Message(gettext_noop("%(one)s or %(other)s"), {"one": one, "other": more[0]}) if more else one


def may_clear(by: Account | None, update: ProgressUpdate, now: datetime) -> bool:
    """Whether the account itself clears what the unit reports."""
    return by is None or _Actor(by, now).is_one(Who.CLEARER, update)


def writers_of(update: ProgressUpdate) -> set[int]:
    """Those who wrote an update, cleared or submitted it, by their primary keys: they do not approve it."""
    named = {update.created_by_id, update.changed_by_id, update.submitted_by_id, update.on_behalf_of_id}
    events = update.events.filter(verb__in=_WRITING).values_list("by_id", "on_behalf_of_id")
    return {pk for pk in (*named, *(pk for pair in events for pk in pair)) if pk is not None}


def note_event(
    update: ProgressUpdate,
    verb: str,
    by: Account | None,
    now: datetime,
    reason: str = "",
    on_behalf_of: Account | None = None,
) -> UpdateEvent:
    """Keep a step in the life of an update, with its reason, for ever."""
    return UpdateEvent.objects.create(
        update_row=update, at=now, by=by, on_behalf_of=on_behalf_of, verb=verb, reason=reason.strip()
    )


def note_step(
    update: ProgressUpdate,
    verb: str,
    command: str,
    by: Account | None,
    now: datetime,
    reason: str = "",
    on_behalf_of: Account | None = None,
) -> UpdateEvent:
    """Keep a step with its audit line."""
    event = note_event(update, verb, by, now, reason, on_behalf_of)
    details = {"unit": update.unit.key, "update": str(update.key), "kind": update.kind}
    if reason:
        details["reason"] = reason.strip()
    if on_behalf_of is not None:
        details["on_behalf_of"] = on_behalf_of.name
    note_on(update.deliverable, command, by, now, details)
    return event


def scopes_of_unit(units: Iterable[int], plan: Plan, tree: UnitTree) -> set[int]:
    """The scopes a role may be given for so that it reaches what these units report on this plan."""
    return tree.scopes_of(units) | {plan.scope_id}


@dataclass(frozen=True)
class _Actor:
    """Who wants to take a step: what they may do and the units are read once, however often it is asked."""

    by: Account
    now: datetime

    @cached_property
    def authority(self) -> Authority:
        return authority_of(self.by, timezone.localdate(self.now))

    @cached_property
    def tree(self) -> UnitTree:
        return unit_tree(timezone.localdate(self.now))

    def is_one(self, who: Who, update: ProgressUpdate) -> bool:
        """Whether the account is one of these for the update."""
        scopes = self.scopes(who, update)
        if not self.authority.allows(PERMISSIONS[who], scopes):
            return False
        if who not in {Who.OTHER_REVIEWER, Who.MANAGER}:
            return True
        # Neither what they wrote themselves, nor what somebody wrote for whom they stand in.
        for_ = self.acts_for(PERMISSIONS[who], scopes)
        return not writers_of(update) & {self.by.pk, for_.pk if for_ else self.by.pk}

    def scopes(self, who: Who, update: ProgressUpdate) -> set[int]:
        """The scopes for which somebody needs the permission in order to be this one."""
        if who in {Who.UNIT, Who.CLEARER}:
            return scopes_of_unit([update.unit_id], update.plan, self.tree)
        if who is Who.ACCOUNTABLE:
            return scopes_of_unit(_accountable(update.deliverable, self.now), update.plan, self.tree)
        return {update.plan.scope_id}

    def acts_for(self, permission: Permission, scopes: set[int]) -> Account | None:
        """The person whose role lets the account do this, where none of its own does."""
        day = self.authority.day
        own = (one for one in self.authority.held if not one.as_deputy)
        if is_allowed(own, permission, scopes, day):
            return None
        for one in Account.objects.filter(pk__in=represented_by(self.by, day)).order_by("pk"):
            if authority_of(one, day).allows(permission, scopes):
                return one
        return None


def _accountable(deliverable: Deliverable, now: datetime) -> Iterable[int]:
    return (
        responsibilities_on(timezone.localdate(now))
        .filter(deliverable=deliverable, role=ResponsibilityRole.ACCOUNTABLE)
        .values_list("unit_id", flat=True)
    )
