"""Writing to the core: accounts, the audit line of every other command, files."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from suivi.core.models import Account, AuditEntry, Recorded, StoredFile
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.signs import sign_that_is_no_writing

COMMAND_LINE = "command line"


def write_audit(  # one call of every command, so its arguments stay short
    *,
    by: Account | None,
    now: datetime,
    verb: str,
    on: models.Model,
    key: str = "",
    plan_slug: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add one line to the trail, inside the transaction of the command that calls it."""
    return AuditEntry.objects.create(
        at=now,
        by=by,
        by_name=by.name if by else COMMAND_LINE,
        verb=verb,
        plan_slug=plan_slug,
        object_kind=on._meta.model_name or "",
        object_key=key or str(on.pk),
        object_label=str(on)[:300],
        details=dict(details or {}),
    )


def write_row(row: models.Model, *, fields: Iterable[str] | None = None) -> None:
    """Check a row and write it: its fields here, its constraints and what it points to in the database.

    A row that the database refuses raises the ValidationError that `full_clean` has for it, in words.
    `fields` limits the writing, not the checking. Runs inside the transaction of a command.
    """
    points_to = {
        one.name for one in row._meta.fields if one.is_relation and getattr(row, one.attname) is not None
    }
    row.clean_fields(exclude=points_to)
    _refuse_signs(row, fields)
    row.clean()
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError:
        row.full_clean()
        raise


def _refuse_signs(row: models.Model, fields: Iterable[str] | None) -> None:
    """Control characters are no writing: whoever typed or pasted them is told where they stand."""
    written = set(fields) if fields is not None else None
    wrong: dict[str, ValidationError] = {}
    for one in row._meta.fields:
        if one.is_relation or (written is not None and one.name not in written):
            continue
        if found := sign_that_is_no_writing(getattr(row, one.attname)):
            code, before = found
            wrong[one.name] = ValidationError(
                _("A control character (%(code)s) stands after “%(before)s”. Delete it, then save again.")
                if before
                else _("The text begins with a control character (%(code)s). Delete it, then save again."),
                params={"code": code, "before": before},
            )
    if wrong:
        raise ValidationError(wrong)


def supersede(row: Recorded, *, by: Account | None, now: datetime) -> None:
    """Close a recorded row. The only change such a row ever sees."""
    row.superseded_at = now
    row.superseded_by = by
    row.save(update_fields=["superseded_at", "superseded_by"])


@transaction.atomic
def create_account(
    *,
    by: Account | None,
    now: datetime,
    email: str,
    name: str,
    language: str = "en",
    password: str | None = None,
) -> Account:
    """Make an account; without a password nobody can sign in with it yet.

    Raises RuleBroken for an address that is taken or none, and for a weak password.
    """
    if Account.objects.filter(email__iexact=email).exists():
        raise RuleBroken(
            gettext_noop("There is an account for %(email)s already."),
            {"email": email},
            gettext_noop("Give that account a role instead."),
        )
    account = Account(email=email.lower(), name=name, language=language, created_at=now)
    set_password(account, password)
    try:
        account.full_clean()
    except ValidationError as error:
        reasons = "; ".join(f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
        raise RuleBroken("%(reasons)s", {"reasons": reasons}) from error
    account.save()
    write_audit(by=by, now=now, verb="create_account", on=account, key=account.email)
    return account


def set_password(account: Account, password: str | None) -> None:
    """Set a password that passes the validators, or none at all."""
    if password is None:
        account.set_unusable_password()
        return
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise RuleBroken("%(reasons)s", {"reasons": " ".join(error.messages)}) from error
    account.set_password(password)


@transaction.atomic
def change_password(*, by: Account, now: datetime, password: str) -> None:
    """Replace one's own password."""
    set_password(by, password)
    by.save(update_fields=["password"])
    write_audit(by=by, now=now, verb="change_password", on=by, key=by.email)


def note_visit(account: Account, *, now: datetime, pause_minutes: int = 60) -> None:
    """Remember that the account is here; after a pause a new visit begins. It leaves no audit line."""
    last = account.last_seen_at
    if last and (now - last).total_seconds() < 60:
        return
    if last is None or (now - last).total_seconds() > pause_minutes * 60:
        account.previous_visit_at = last
    account.last_seen_at = now
    account.save(update_fields=["last_seen_at", "previous_visit_at"])


@transaction.atomic
def store_file(data: bytes, *, now: datetime) -> StoredFile:
    """Keep a file once under its SHA-256; its bytes are on disk before the row commits.

    Raises RuleBroken for bytes that were withdrawn: they are not stored again.
    """
    digest = hashlib.sha256(data).hexdigest()
    _refuse_withdrawn(StoredFile.objects.filter(sha256=digest).first())
    keep_bytes(data)
    stored, _created = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size_bytes": len(data), "added_at": now}
    )
    stored = lock_file(stored)
    if stored.withdrawn_at is not None:  # between the first look and the lock
        path_of(digest).unlink(missing_ok=True)
        _refuse_withdrawn(stored)
    return stored


def lock_file(stored: StoredFile) -> StoredFile:
    """The row of a file as it stands now; until the transaction ends nobody withdraws it or uses it anew."""
    return StoredFile.objects.select_for_update(no_key=True).get(pk=stored.pk)


def withdraw_file(stored: StoredFile, *, now: datetime) -> None:
    """Take the bytes of a file away once the transaction is committed; the row with their digest stays."""
    StoredFile.objects.filter(pk=stored.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)
    transaction.on_commit(lambda: path_of(stored.sha256).unlink(missing_ok=True))


def remove_withdrawn_bytes() -> int:
    """Remove the bytes of withdrawn files that a crash left behind; gives back how many there were."""
    left = [
        path
        for sha256 in StoredFile.objects.filter(withdrawn_at__isnull=False).values_list("sha256", flat=True)
        if (path := path_of(sha256)).exists()
    ]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _refuse_withdrawn(stored: StoredFile | None) -> None:
    if stored is not None and stored.withdrawn_at is not None:
        raise RuleBroken(
            gettext_noop("The content of this file was withdrawn on %(day)s and is not stored again."),
            {"day": timezone.localdate(stored.withdrawn_at).isoformat()},
            gettext_noop("Ask the plan manager why, or give another file."),
        )


def keep_bytes(data: bytes) -> str:
    """Write the bytes to their place, whole or not at all; gives their digest."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        Path(handle.name).replace(path)
    return digest


def path_of(digest: str) -> Path:
    """Where the bytes of a stored file stand; two letters of the digest keep the folders small."""
    return Path(settings.SUIVI_FILES_DIR) / digest[:2] / digest
