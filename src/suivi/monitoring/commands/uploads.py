"""Files that arrive in pieces, so that an upload goes on after the line was cut."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.monitoring.commands.evidence import add_file, refuse_large
from suivi.monitoring.models import Evidence, EvidenceClass, Upload
from suivi.organisation.models import Unit
from suivi.plan.models import Plan
from suivi.values.errors import InputRefused, NotFound, RuleBroken
from suivi.values.messages import gettext_noop

MAX_OPEN_UPLOADS = 20  # of one account
KEPT_DAYS = 7


@transaction.atomic
def start_upload(*, by: Account, now: datetime, file_name: str, size_bytes: int) -> Upload:
    """Announce a file. Of more than twenty unfinished ones the oldest are dropped."""
    if size_bytes <= 0:
        raise InputRefused(
            gettext_noop("The file is empty."), hint=gettext_noop("Choose the file that was meant.")
        )
    refuse_large(size_bytes)
    for old in by.uploads.order_by("-started_at", "-pk")[MAX_OPEN_UPLOADS - 1 :]:
        _drop(old)
    upload = Upload(account=by, file_name=file_name[-255:], size_bytes=size_bytes, started_at=now)
    write_row(upload)
    return upload


@transaction.atomic
def receive_piece(*, by: Account, upload: Upload, offset: int, data: bytes) -> Upload:
    """Add a piece that begins at `offset`. One that came before, or that leaves a hole, is passed over.

    `received_bytes` of what comes back says where the next piece has to begin.
    """
    upload = _own(by, upload)
    if offset != upload.received_bytes or not data:
        return upload
    if offset + len(data) > upload.size_bytes:
        raise InputRefused(
            gettext_noop("More came than was announced."), hint=gettext_noop("Send the file again.")
        )
    path = path_of_upload(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "wb") as handle:
        # What a crash left behind after the last piece that was noted is written over.
        handle.seek(offset)
        handle.truncate()
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    upload.received_bytes = offset + len(data)
    upload.save(update_fields=["received_bytes"])
    return upload


@transaction.atomic
def finish_upload(
    *,
    by: Account,
    now: datetime,
    upload: Upload,
    plan: Plan,
    unit: Unit,
    title: str,
    classification: str = EvidenceClass.INTERNAL,
    shows_persons: bool = False,
    consent: str = "",
) -> Evidence:
    """Keep what arrived as evidence. Raises RuleBroken as long as a part is missing."""
    upload = _own(by, upload)
    if upload.received_bytes != upload.size_bytes:
        raise RuleBroken(
            gettext_noop("The file has not arrived completely."),
            hint=gettext_noop("Go on sending it; it continues where it stopped."),
        )
    evidence = add_file(
        by=by,
        now=now,
        plan=plan,
        unit=unit,
        title=title,
        data=path_of_upload(upload).read_bytes()[: upload.size_bytes],
        file_name=upload.file_name,
        classification=classification,
        shows_persons=shows_persons,
        consent=consent,
    )
    _drop(upload)
    return evidence


@transaction.atomic
def drop_old_uploads(*, now: datetime) -> int:
    """Forget uploads that nobody finished within a week; gives back how many."""
    old = list(Upload.objects.select_for_update().filter(started_at__lt=now - timedelta(days=KEPT_DAYS)))
    for upload in old:
        _drop(upload)
    return len(old)


def path_of_upload(upload: Upload) -> Path:
    """Where the pieces stand until the file is complete."""
    return Path(settings.SUIVI_FILES_DIR) / "uploads" / str(upload.key)


def _own(by: Account, upload: Upload) -> Upload:
    """The upload as it stands now, of this account only."""
    found = Upload.objects.select_for_update().filter(pk=upload.pk, account=by).first()
    if found is None:
        raise NotFound(
            gettext_noop("There is no such upload."), hint=gettext_noop("Send the file from its beginning.")
        )
    return found


def _drop(upload: Upload) -> None:
    path = path_of_upload(upload)
    upload.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
