"""Writing the reminders of a day: one mail for each person, in their language, once."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from suivi.monitoring.commands.mails import write_mail
from suivi.monitoring.models import Mail, MailKind
from suivi.monitoring.queries.reminders import Line, Reminder, reminders_on
from suivi.values.messages import Message


def write_reminders(*, now: datetime) -> Iterator[Mail]:
    """Write the digests of today that are not written yet, and give each."""
    today = timezone.localdate(now)
    for reminder in reminders_on(today):
        if not Mail.objects.filter(
            kind=MailKind.DIGEST, to_address=reminder.account.email, about=today.isoformat()
        ).exists():
            yield _write(reminder, now)


def _write(reminder: Reminder, now: datetime) -> Mail:
    account = reminder.account
    with override(account.language):
        count = len(reminder.lines)
        subject = ngettext("One thing waits for you", "%(count)s things wait for you", count) % {
            "count": count
        }
        lines = [line for one in reminder.lines for line in _set_out(one, account.language)]
        greeting = _("Good morning, %(name)s,") % {"name": account.name}
        where = _("All of it stands here: %(address)s") % {"address": f"{settings.SUIVI_ADDRESS}/mine"}
        body = "\n".join([greeting, "", *lines, "", where, ""])
    return write_mail(
        now=now,
        kind=MailKind.DIGEST,
        about=timezone.localdate(now).isoformat(),
        subject=subject,
        body=body,
        language=account.language,
        account=account,
    )


def _set_out(line: Line, language: str) -> Iterator[str]:
    """The sentence, and under it what the deliverable is called."""
    yield f"- {_in_words(line.said, _)}"
    if about := line.about_in(language):
        yield f"  {about}"


def _in_words(line: Message, translate: Callable[[str], str]) -> str:
    """The sentence with its days as the language sets them."""
    params = {
        name: date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
        for name, value in line.params.items()
    }
    return Message(line.template, params).in_words(translate)
