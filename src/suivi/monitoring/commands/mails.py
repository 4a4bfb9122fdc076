"""Mails: written once for each thing to say, sent by whichever worker takes them first.

A mail is claimed in a transaction of its own before it is sent. A worker that dies between sending and
writing that down leaves the claim, which runs out; then the mail goes out again with the same Message-ID,
by which the programs of readers know it for the same.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F, Q

from suivi.core.models import Account
from suivi.monitoring.models import Mail, MailKind, Round

# A claim runs out after this time; each failure doubles the pause before the next attempt, up to a day.
CLAIM = timedelta(minutes=15)
MOST_FAILURES = 8

Send = Callable[[EmailMessage], object]


def write_mail(
    *,
    now: datetime,
    kind: MailKind,
    about: str,
    subject: str,
    body: str,
    language: str,
    account: Account | None = None,
    address: str = "",
    round: Round | None = None,
) -> Mail:
    """Put a mail among those to send, inside the transaction of the command that calls it.

    `about` makes it one: the same kind and matter is written to an address once, however often it is asked.
    """
    to_address = address or (account.email if account else "")
    written, _created = Mail.objects.get_or_create(
        kind=kind,
        to_address=to_address,
        about=about,
        defaults={
            "message_id": _message_id(kind, to_address, about),
            "to_account": account,
            "round": round,
            "language": language,
            "subject": " ".join(subject.split())[:300],
            "body": body,
            "written_at": now,
        },
    )
    return written


def waiting_mail(kind: MailKind, account: Account) -> Mail | None:
    """The mail of this kind to somebody that no worker has taken yet; none takes it until the end of the
    transaction."""
    waiting = Mail.objects.filter(
        kind=kind, to_account=account, to_address=account.email, claimed_at=None, sent_at=None
    )
    return waiting.select_for_update().order_by("pk").last()


def _message_id(kind: str, address: str, about: str) -> str:
    """The same for the same mail, so that one sent twice is recognised."""
    host = settings.SUIVI_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"<{uuid5(NAMESPACE_URL, f'{settings.SUIVI_ADDRESS}/{kind}/{address}/{about}')}@{host}>"


def send_waiting(
    *, clock: Callable[[], datetime], send: Send = lambda message: message.send(), most: int = 100
) -> Iterator[Mail]:
    """Send what waits, one by one, and give each mail with what became of it: `sent_at` or `last_failure`."""
    for _number in range(most):
        mail = _claim(clock())
        if mail is None:
            return
        try:
            send(_message(mail))
        except OSError as error:  # what smtplib and sockets raise
            mail.failures += 1
            mail.last_failure = f"{type(error).__name__}: {error}"[:300]
            mail.save(update_fields=["failures", "last_failure"])
        else:
            mail.sent_at = clock()
            mail.save(update_fields=["sent_at"])
        yield mail


@transaction.atomic
def _claim(now: datetime) -> Mail | None:
    """Take the oldest mail that nobody is sending. Another worker passes over what is locked."""
    due = Q(claimed_at__isnull=True)
    for failures in range(MOST_FAILURES):
        pause = min(CLAIM * 2**failures, timedelta(days=1))
        due |= Q(failures=failures, claimed_at__lte=now - pause)
    waiting = Mail.objects.filter(due, sent_at__isnull=True).order_by(
        F("claimed_at").asc(nulls_first=True), "pk"
    )
    skips = connection.features.has_select_for_update_skip_locked
    mail = waiting.select_for_update(skip_locked=skips).first()
    if mail is not None:
        mail.claimed_at = now
        mail.save(update_fields=["claimed_at"])
    return mail


def _message(mail: Mail) -> EmailMessage:
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to_address],
        headers={
            "Message-ID": mail.message_id,
            "Content-Language": mail.language,
            # Nobody's absence notice should answer it.
            "Auto-Submitted": "auto-generated",
        },
    )
