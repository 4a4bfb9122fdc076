"""Mails that do not wait for the digest: somebody was mentioned, an update came back."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from suivi.core.models import Account
from suivi.monitoring.commands.mails import write_mail
from suivi.monitoring.models import Comment, MailKind, ProgressUpdate, UpdateEvent


def tell_mentioned(remark: Comment, *, now: datetime) -> None:
    """Write to everybody whom a remark mentions, in the transaction that keeps it."""
    deliverable = remark.deliverable
    address = f"{settings.SUIVI_ADDRESS}/plans/{deliverable.plan.slug}/deliverables/{deliverable.key}#thread"
    for account in remark.mentions.filter(is_active=True):
        with override(account.language):
            subject = _("%(person)s mentioned you on %(number)s") % {
                "person": remark.by.name,
                "number": deliverable.key,
            }
            _write(MailKind.MENTION, f"remark {remark.pk}", account, subject, remark.text, address, now)


def tell_returned(update: ProgressUpdate, event: UpdateEvent, *, now: datetime) -> None:
    """Write to those who wrote or sent an update that it came back, and why; not to who returned it."""
    address = f"{settings.SUIVI_ADDRESS}/updates/{update.key}"
    told = {update.created_by, update.on_behalf_of, update.submitted_by} - {None, event.by}
    for account in sorted((one for one in told if one and one.is_active), key=lambda one: one.pk):
        with override(account.language):
            subject = _("Your update on %(number)s came back") % {"number": update.deliverable.key}
            _write(MailKind.RETURNED, f"return {event.pk}", account, subject, event.reason, address, now)


def _write(
    kind: MailKind, about: str, account: Account, subject: str, words: str, address: str, now: datetime
) -> None:
    """The mail, in the language that is active."""
    greeting = _("Good morning, %(name)s,") % {"name": account.name}
    where = _("It stands here: %(address)s") % {"address": address}
    quoted = "\n".join(f"> {line}" for line in words.splitlines())
    write_mail(
        now=now,
        kind=kind,
        about=about,
        subject=subject,
        body="\n".join([greeting, "", f"{subject}:", "", quoted, "", where, ""]),
        language=account.language,
        account=account,
    )
