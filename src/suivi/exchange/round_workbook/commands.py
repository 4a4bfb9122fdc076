"""Taking a workbook back: it is looked at first, and only what somebody agrees to is written."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import path_of, store_file
from suivi.core.models import Account
from suivi.exchange.models import WorkbookReading
from suivi.exchange.round_workbook.preview import (
    SOURCE,
    ComparedDeliverable,
    ComparedRow,
    Preview,
    preview_of,
    sheet_facts,
    source_row,
)
from suivi.exchange.round_workbook.set_aside import set_aside_file
from suivi.monitoring.commands.drafts import save_draft, start_update
from suivi.monitoring.commands.steps import require_report
from suivi.monitoring.commands.workflow import send_update
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.rules.checks import check_content
from suivi.monitoring.rules.content import UpdateContent
from suivi.values.errors import ChangedMeanwhile, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.workbooks.answers import written as canonical
from suivi.workbooks.comparing import Verdict


@dataclass
class Written:
    """What an agreement did. `set_aside` are the rows that were not written, `file` a workbook with them.

    `taken` is what was written: row to field to answer in its canonical writing.
    """

    taken: dict[str, dict[str, str]] = field(default_factory=dict)
    sent: list[ProgressUpdate] = field(default_factory=list)
    drafts: list[ProgressUpdate] = field(default_factory=list)
    set_aside: list[ComparedRow] = field(default_factory=list)
    file: bytes = b""

    def counts(self) -> dict[str, int]:
        return {
            "rows": len(self.taken),
            "sent": len(self.sent),
            "drafts": len(self.drafts),
            "set_aside": len(self.set_aside),
        }


@transaction.atomic
def start_reading(*, by: Account | None, now: datetime, data: bytes, name: str) -> WorkbookReading:
    """Keep a workbook that came back, to be looked at. Raises InputRefused for what cannot be read."""
    preview = preview_of(data, by=by, now=now)
    require_report(by, preview.unit, preview.round.plan, now)
    return WorkbookReading.objects.create(
        account=by,
        form_key=preview.form.key,
        unit=preview.unit,
        round=preview.round,
        file=store_file(data, now=now),
        file_name=name[-255:],
        read_at=now,
    )


@transaction.atomic
def agree_reading(
    *,
    by: Account | None,
    now: datetime,
    reading: WorkbookReading,
    take: Collection[str] | None = None,
    seen: str = "",
    send: bool = True,
) -> Written:
    """Write the rows that are taken, and keep the file of the others; see `write_workbook_back`."""
    reading = WorkbookReading.objects.select_for_update().get(pk=reading.pk, account=by)
    if reading.agreed_at is not None:
        raise RuleBroken(
            gettext_noop("This workbook was written already."),
            hint=gettext_noop("Give back the file with what was set aside, or a new workbook."),
        )
    written = write_workbook_back(by=by, now=now, data=data_of(reading), take=take, seen=seen, send=send)
    reading.agreed_at, reading.outcome, reading.taken = now, written.counts(), written.taken
    if written.file:
        reading.set_aside = store_file(written.file, now=now)
    reading.save(update_fields=["agreed_at", "outcome", "taken", "set_aside"])
    return written


@transaction.atomic
def write_workbook_back(
    *,
    by: Account | None,
    now: datetime,
    data: bytes,
    take: Collection[str] | None = None,
    seen: str = "",
    send: bool = True,
) -> Written:
    """Write rows of a workbook into drafts and send those that lack nothing; all of it or nothing.

    `take` None takes what is new or changed and leaves conflicts. Raises ChangedMeanwhile where the record
    was changed after the preview `seen`.
    """
    preview = preview_of(data, by=by, now=now)
    require_report(by, preview.unit, preview.round.plan, now)
    if seen and preview.digest() != seen:
        raise ChangedMeanwhile(
            gettext_noop("The record was changed after you looked at this workbook."),
            hint=gettext_noop("Look at it again; nothing was written."),
        )
    wanted = preview.offered() if take is None else set(take)
    written = Written(set_aside=set_aside_of(preview, wanted))
    for one in preview.deliverables:
        taken = [row for row in one.rows if row.can_be_taken and row.id in wanted]
        if taken:
            written.taken |= {row.id: _answers_in(row) for row in taken}
            update = _write(preview, one, one.content(wanted), by, now)
            is_sent = send and _lacks_nothing(one, wanted, now)
            if is_sent:
                update = send_update(by=by, now=now, update=update, version=update.version)
            (written.sent if is_sent else written.drafts).append(update)
    if written.set_aside:
        written.file = set_aside_file(preview, written.set_aside, by=by, now=now)
    return written


@transaction.atomic
def discard_reading(*, by: Account, reading: WorkbookReading) -> None:
    """Leave a workbook; what was written from it stays."""
    WorkbookReading.objects.filter(pk=reading.pk, account=by).delete()


def data_of(reading: WorkbookReading) -> bytes:
    """The bytes of the workbook as it came back."""
    return path_of(reading.file.sha256).read_bytes()


def set_aside_of(preview: Preview, taken: Collection[str]) -> list[ComparedRow]:
    """The rows that say something and are not written."""
    return [
        row
        for row in preview.rows()
        if row.verdict is not Verdict.UNCHANGED and not (row.can_be_taken and row.id in taken)
    ]


def _answers_in(row: ComparedRow) -> dict[str, str]:
    return {change.key: canonical(change.mine) for change in row.changes}


def _write(
    preview: Preview, one: ComparedDeliverable, content: UpdateContent, by: Account | None, now: datetime
) -> ProgressUpdate:
    """The draft with the content: the one that is open, or a new one that knows where it comes from."""
    question = one.question
    if question.update is not None:
        return save_draft(
            by=by, now=now, update=question.update, content=content, version=question.update.version
        )
    return start_update(
        by=by,
        now=now,
        deliverable=question.deliverable,
        unit=preview.unit,
        kind=question.kind,
        round=preview.round,
        content=content,
        source=SOURCE,
        source_row=source_row(preview.form, question.key),
    )


def _lacks_nothing(one: ComparedDeliverable, wanted: Collection[str], now: datetime) -> bool:
    """Whether the update can be sent: no row of it was set aside, and it says all that it has to."""
    taken = one.taken(wanted)
    if any(row.verdict is not Verdict.UNCHANGED and row.id not in taken for row in one.rows):
        return False
    return not check_content(one.content(wanted), sheet_facts(one.question.sheet), timezone.localdate(now))
