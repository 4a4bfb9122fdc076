"""Mails that do not wait for the digest: somebody was mentioned, updates came back."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from suivi.core.models import Account
from suivi.monitoring.commands.mails import waiting_mail, write_mail
from suivi.monitoring.models import Comment, MailKind, ProgressUpdate, UpdateEvent
from suivi.plan.models import Deliverable
from suivi.plan.queries import Called, called_on


def tell_mentioned(remark: Comment, *, now: datetime) -> None:
    """Write to everybody whom a remark mentions, in the transaction that keeps it."""
    deliverable = remark.deliverable
    called = _called(deliverable, now)
    address = f"{settings.SUIVI_ADDRESS}/plans/{deliverable.plan.slug}/deliverables/{deliverable.key}#thread"
    for account in remark.mentions.filter(is_active=True):
        with override(account.language):
            subject = _("%(person)s mentioned you on %(number)s") % {
                "person": remark.by.name,
                "number": called.number,
            }
            where = _("It stands here: %(address)s") % {"address": address}
            said = [called.named_in(account.language), *_quoted(remark.text)]
            write_mail(
                now=now,
                kind=MailKind.MENTION,
                about=f"remark {remark.pk}",
                subject=subject,
                body=_body(account, subject, said, where),
                language=account.language,
                account=account,
            )


def tell_returned(update: ProgressUpdate, event: UpdateEvent, *, now: datetime) -> None:
    """Write to those who wrote or sent an update that it came back, and why; not to who returned it.

    While a mail about another return waits to be sent to the same person, both go out as one.
    """
    told = {update.created_by, update.on_behalf_of, update.submitted_by} - {None, event.by}
    for account in sorted((one for one in told if one and one.is_active), key=lambda one: one.pk):
        mail = waiting_mail(MailKind.RETURNED, account)
        # Of an update that came back once more before anybody was told, the last reason counts.
        others = mail.returned.exclude(update_row=update).order_by("pk") if mail else ()
        returned = [*others, event]
        with override(account.language):
            subject, body = _returned(account, returned, now)
        if mail is None:
            mail = write_mail(
                now=now,
                kind=MailKind.RETURNED,
                about=f"return {event.pk}",
                subject=subject,
                body=body,
                language=account.language,
                account=account,
            )
        else:
            mail.subject, mail.body, mail.language = subject, body, account.language
            mail.save(update_fields=["subject", "body", "language"])
        mail.returned.add(event)


def _returned(account: Account, events: Iterable[UpdateEvent], now: datetime) -> tuple[str, str]:
    """Subject and body of a mail about these returns, in the language that is active."""
    told = [(event, _called(event.update_row.deliverable, now)) for event in events]
    subject = ngettext(
        "Your update on %(number)s came back", "%(count)s of your updates came back", len(told)
    ) % {"number": told[0][1].number, "count": len(told)}
    lines = [line for event, called in told for line in _one_return(event, called, account.language)]
    where = _("All of it stands here: %(address)s") % {"address": f"{settings.SUIVI_ADDRESS}/mine"}
    return subject, _body(account, subject, lines, where)


def _one_return(event: UpdateEvent, called: Called, language: str) -> Iterator[str]:
    yield called.named_in(language)
    yield from _quoted(event.reason)
    yield f"{settings.SUIVI_ADDRESS}/updates/{event.update_row.key}"
    yield ""


def _called(deliverable: Deliverable, now: datetime) -> Called:
    return called_on(timezone.localdate(now), [deliverable])[deliverable.pk]


def _quoted(words: str) -> Iterable[str]:
    return (f"> {line}" for line in words.splitlines())


def _body(account: Account, subject: str, lines: Iterable[str], where: str) -> str:
    """The body, in the language that is active."""
    greeting = _("Good morning, %(name)s,") % {"name": account.name}
    said = "\n".join(lines).rstrip()
    return "\n".join([greeting, "", f"{subject}:", "", said, "", where, ""])
