"""Bringing a tracker in: match its columns, look at what would come, import its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from suivi.core.clock import end_of
from suivi.core.commands import path_of, store_file
from suivi.core.models import Account
from suivi.exchange.models import TrackerImport
from suivi.exchange.tracker.preview import (
    SOURCE,
    HistoryAnswer,
    Matching,
    TrackerPreview,
    TrackerRow,
    tracker_preview,
)
from suivi.monitoring.commands.drafts import start_update
from suivi.monitoring.commands.workflow import take_over_update
from suivi.organisation.models import Unit
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.models import Plan
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.workbooks.comparing import Verdict


@dataclass(frozen=True)
class Imported:
    """How many updates came in, were there already, and were refused."""

    imported: int
    known: int
    refused: int

    def counts(self) -> dict[str, int]:
        return vars(self)


@transaction.atomic
def start_tracker(*, by: Account, now: datetime, plan: Plan, data: bytes, name: str) -> TrackerImport:
    """Keep a tracker to match its columns. Raises InputRefused for what cannot be read."""
    require(by, Permission.MANAGE_ROUNDS, [plan.scope_id], now=now)
    found = tracker_preview(data, plan, Matching(), language=by.language, now=now)
    return TrackerImport.objects.create(
        account=by,
        plan=plan,
        file=store_file(data, now=now),
        file_name=name[-255:],
        read_at=now,
        sheet=found.sheet,
        head_row=found.head_row,
    )


@transaction.atomic
def match_columns(
    *,
    by: Account,
    tracker: TrackerImport,
    sheet: str,
    head_row: int,
    columns: Mapping[str, Any],
    unit: Unit | None,
) -> TrackerImport:
    """Say which sheet is read, where its headings stand, and what its columns hold."""
    tracker = _own(by, tracker)
    # Another sheet or another row of headings has other columns, which are guessed anew.
    is_other = (sheet, head_row) != (tracker.sheet, tracker.head_row)
    tracker.sheet, tracker.head_row = sheet, head_row
    tracker.columns = {} if is_other else dict(columns)
    tracker.unit = unit
    tracker.save(update_fields=["sheet", "head_row", "columns", "unit"])
    return tracker


@transaction.atomic
def import_tracker(*, by: Account, now: datetime, tracker: TrackerImport) -> Imported:
    """Take the updates of a tracker into the record as history, each approved at the end of its period."""
    tracker = _own(by, tracker)
    done = take_history(by=by, now=now, plan=tracker.plan, preview=preview_of_tracker(tracker, now))
    tracker.imported_at, tracker.outcome = now, done.counts()
    tracker.save(update_fields=["imported_at", "outcome"])
    return done


@transaction.atomic
def take_history(*, by: Account | None, now: datetime, plan: Plan, preview: TrackerPreview) -> Imported:
    """Import what is new in a preview; what came in before stays as it is.

    Who imports is named as the one who entered it and vouches for it; on whose behalf, where a column says.
    """
    require(by, Permission.MANAGE_ROUNDS, [plan.scope_id], now=now)
    if not preview.is_matched:
        raise RuleBroken(
            gettext_noop("No column holds the deliverables, or none holds anything of a period."),
            hint=gettext_noop("Say of each column what it holds."),
        )
    for row in preview.rows:
        if row.verdict is Verdict.NEW and row.answer is not None:
            _import_row(row, row.answer, by, now)
    counts = preview.counts()
    return Imported(counts[Verdict.NEW], counts[Verdict.UNCHANGED], counts[Verdict.REFUSED])


@transaction.atomic
def discard_tracker(*, by: Account, tracker: TrackerImport) -> None:
    """Leave a tracker; what was imported from it stays."""
    _own(by, tracker).delete()


def preview_of_tracker(tracker: TrackerImport, now: datetime) -> TrackerPreview:
    """What a tracker would bring in as its columns are matched now."""
    matching = Matching(tracker.sheet, tracker.head_row, tracker.columns, tracker.unit)
    data = path_of(tracker.file.sha256).read_bytes()
    return tracker_preview(data, tracker.plan, matching, language=tracker.account.language, now=now)


def _import_row(row: TrackerRow, answer: HistoryAnswer, by: Account | None, now: datetime) -> None:
    update = start_update(
        by=by,
        now=now,
        deliverable=answer.deliverable,
        unit=answer.unit,
        content=answer.content,
        on_behalf_of=answer.said_by,
        source=SOURCE,
        source_row=row.source_row,
    )
    take_over_update(by=by, now=now, update=update, approved_at=min(end_of(row.on), now))


def _own(by: Account, tracker: TrackerImport) -> TrackerImport:
    return TrackerImport.objects.select_for_update().get(pk=tracker.pk, account=by)
