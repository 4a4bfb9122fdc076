"""The audit line of a command about a deliverable."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from suivi.core.commands import write_audit
from suivi.core.models import Account
from suivi.plan.models import Deliverable


def note_on(
    deliverable: Deliverable, verb: str, by: Account | None, now: datetime, details: Mapping[str, Any]
) -> None:
    """Add the line to the trail of the deliverable's plan, in the transaction of the command."""
    write_audit(
        by=by,
        now=now,
        verb=verb,
        on=deliverable,
        key=deliverable.key,
        plan_slug=deliverable.plan.slug,
        details=details,
    )
