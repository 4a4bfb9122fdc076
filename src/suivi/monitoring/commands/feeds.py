"""The private address of a calendar: made, found by its token, taken back."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from suivi.core.commands import write_audit, write_row
from suivi.core.models import Account
from suivi.monitoring.models import Feed
from suivi.organisation.models import Unit
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop


@transaction.atomic
def make_feed(*, by: Account, now: datetime, unit: Unit | None = None) -> tuple[Feed, str]:
    """Make a calendar of one's own, or of a unit, and give the token of its address, once.

    An address of the same kind that was there before no longer works.
    """
    for before in Feed.objects.filter(account=by, unit=unit, revoked_at=None):
        revoke_feed(by=by, now=now, feed=before)
    token = secrets.token_urlsafe(24)
    feed = Feed(account=by, unit=unit, token_digest=_digest(token), made_at=now)
    write_row(feed)
    write_audit(by=by, now=now, verb="make_feed", on=feed, key=by.email)
    return feed, token


@transaction.atomic
def revoke_feed(*, by: Account, now: datetime, feed: Feed) -> None:
    """Take an address back: it answers nobody from now on."""
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    write_audit(by=by, now=now, verb="revoke_feed", on=feed, key=by.email)


def feed_of(token: str) -> Feed:
    """The calendar of an address. NotFound for one that is wrong or taken back, or whose owner left."""
    found = (
        Feed.objects.select_related("account", "unit")
        .filter(token_digest=_digest(token), revoked_at=None, account__is_active=True)
        .first()
    )
    if found is None:
        raise NotFound(
            gettext_noop("There is no calendar at this address."),
            hint=gettext_noop("Make a new address on your page."),
        )
    return found


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
