"""Constituents who speak for themselves: a unit invites, the constituent answers by a link, once."""

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.monitoring.models import Invitation, Voice
from suivi.organisation.models import StakeholderKind, Unit
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.trail import note_on
from suivi.plan.models import Deliverable
from suivi.plan.queries.scopes import scopes_of
from suivi.values.errors import NotFound, RuleBroken
from suivi.values.messages import gettext_noop

CONSTITUENTS = (StakeholderKind.GOVERNMENTS, StakeholderKind.EMPLOYERS, StakeholderKind.WORKERS)


@transaction.atomic
def invite_constituent(
    *,
    by: Account | None,
    now: datetime,
    deliverable: Deliverable,
    unit: Unit,
    group: str,
    name: str,
    email: str,
    language: str,
    question: str,
    expires_on: date,
    country: str = "",
    region: str = "",
) -> tuple[Invitation, str]:
    """Invite somebody to speak on a deliverable; gives the invitation and the token of its link.

    The token is given once: only its digest is kept.
    """
    require(by, Permission.REPORT_PROGRESS, scopes_of(deliverable, now), now=now)
    if group not in CONSTITUENTS:
        raise RuleBroken(
            gettext_noop("Constituents are governments, employers' and workers' organisations."),
            hint=gettext_noop("Choose one of the three groups."),
        )
    if expires_on < timezone.localdate(now):
        raise RuleBroken(
            gettext_noop("The link would end before it begins."),
            hint=gettext_noop("Choose a later last day."),
        )
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        deliverable=deliverable,
        unit=unit,
        group=group,
        name=name.strip(),
        email=email.strip(),
        language=language,
        country=country.strip(),
        region=region.strip(),
        question=question.strip(),
        token_digest=_digest(token),
        invited_at=now,
        invited_by=by,
        expires_on=expires_on,
    )
    write_row(invitation)
    note_on(deliverable, "invite_constituent", by, now, {"unit": unit.key, "kind": group})
    return invitation, token


@transaction.atomic
def revoke_invitation(*, by: Account | None, now: datetime, invitation: Invitation) -> None:
    """Take the link back; what was said already stays."""
    require(by, Permission.REPORT_PROGRESS, scopes_of(invitation.deliverable, now), now=now)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    note_on(invitation.deliverable, "revoke_invitation", by, now, {"unit": invitation.unit.key})


def invitation_of(token: str, *, now: datetime) -> Invitation:
    """The open invitation of a link. Raises NotFound, in the same words for every reason but the answered."""
    found = (
        Invitation.objects.select_related("deliverable__plan", "unit")
        .filter(token_digest=_digest(token), revoked_at=None, expires_on__gte=timezone.localdate(now))
        .first()
    )
    if found is None:
        raise NotFound(
            gettext_noop("This link is not open."),
            hint=gettext_noop("Ask the office that sent it for a new one."),
        )
    return found


@transaction.atomic
def speak(*, now: datetime, token: str, text: str, consent: str) -> Voice:
    """Write down what a constituent says, with how it may be quoted. Once said it stays."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_of(token, now=now).pk)
    if Voice.objects.filter(invitation=invitation).exists():
        raise RuleBroken(
            gettext_noop("You have answered already, and your answer is kept."),
            hint=gettext_noop("Write to the office that sent the link if you want to change it."),
        )
    voice = Voice(invitation=invitation, said_at=now, text=text.strip(), consent=consent)
    write_row(voice)
    details = {"unit": invitation.unit.key, "kind": str(invitation.group)}
    note_on(invitation.deliverable, "speak", None, now, details)
    return voice


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
