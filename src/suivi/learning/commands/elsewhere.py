"""Already reported in: the document and paragraph that told of a deliverable or an update before."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import supersede, write_row
from suivi.core.models import Account
from suivi.learning.models import ReportedElsewhere
from suivi.learning.rules import refuse_no_reason
from suivi.monitoring.models import ProgressUpdate, UpdateState
from suivi.organisation.queries import require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.commands.locks import lock_deliverable
from suivi.plan.commands.trail import note_on
from suivi.plan.models import Deliverable
from suivi.plan.queries.scopes import scopes_of
from suivi.values.errors import NotFound, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

NO_WORDS = Text("en", {})


@transaction.atomic
def link_reported_elsewhere(
    *,
    by: Account | None,
    now: datetime,
    about: Deliverable | ProgressUpdate,
    symbol: str,
    paragraph: str = "",
    title: Text = NO_WORDS,
    reported_on: date | None = None,
) -> ReportedElsewhere:
    """Say that a document told of a deliverable, or of one approved update, already.

    Whoever reports on the deliverable may, and who reports for the unit of the update.
    """
    update = about if isinstance(about, ProgressUpdate) else None
    deliverable = about.deliverable if isinstance(about, ProgressUpdate) else about
    _require(by, deliverable, update, now)
    if update is not None and update.state != UpdateState.APPROVED:
        raise RuleBroken(
            gettext_noop("What is not approved was not reported anywhere."),
            hint=gettext_noop("Choose an approved update."),
        )
    lock_deliverable(deliverable)
    line = ReportedElsewhere(
        plan=deliverable.plan,
        deliverable=None if update else deliverable,
        update_row=update,
        symbol=symbol.strip(),
        paragraph=paragraph.strip(),
        title=title,
        reported_on=reported_on,
        recorded_at=now,
        recorded_by=by,
    )
    write_row(line)
    note_on(deliverable, "link_reported_elsewhere", by, now, {"symbol": str(line)})
    return line


@transaction.atomic
def unlink_reported_elsewhere(
    *, by: Account | None, now: datetime, line: ReportedElsewhere, reason: str
) -> None:
    """Take such a line back, with the reason; earlier days still show it."""
    update = line.update_row
    deliverable = line.deliverable or (update.deliverable if update else None)
    if deliverable is None:
        raise ValueError("a constraint holds that a line is about one thing")
    _require(by, deliverable, update, now)
    refuse_no_reason(reason)
    lock_deliverable(deliverable)
    current = ReportedElsewhere.objects.current().filter(pk=line.pk).first()
    if current is None:
        raise NotFound(gettext_noop("This line was taken back already."))
    supersede(current, by=by, now=now)
    details = {"symbol": str(line), "reason": reason.strip()}
    note_on(deliverable, "unlink_reported_elsewhere", by, now, details)


def _require(
    by: Account | None, deliverable: Deliverable, update: ProgressUpdate | None, now: datetime
) -> None:
    tree = unit_tree(timezone.localdate(now))
    scopes = scopes_of(deliverable, now, tree) | tree.scopes_of([update.unit_id] if update else [])
    require(by, Permission.REPORT_PROGRESS, scopes, now=now)
