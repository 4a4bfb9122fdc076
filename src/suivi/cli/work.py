"""`suivi work`: what has to be done by itself: reminders written once a day, mails sent, papers issued."""

import argparse
import sys
import time

from suivi.cli.database import open_database
from suivi.cli.registry import Subparsers

PAUSE_SECONDS = 60
HOUR_OF_REMINDERS = 6  # in the organisation's time zone


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "work",
        help="write reminders, send mails, issue papers",
        description="Write the reminders of the day, send the mails and issue the papers that wait, "
        "again and again until stopped. Several workers may run beside each other: none does what another "
        "one does.",
    )
    parser.add_argument("--once", action="store_true", help="do what is due now and stop")
    parser.add_argument("--papers", action="store_true", help="issue the papers that wait and stop")
    parser.add_argument(
        "--dry-run", action="store_true", help="say who would be told what today, and write nothing"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped, or once."""
    open_database()
    if arguments.dry_run:
        return _say_who_is_told()
    if arguments.papers:
        return _issue_papers()
    while True:
        _work()
        if arguments.once:
            return 0
        sys.stdout.flush()
        time.sleep(PAUSE_SECONDS)


def _say_who_is_told() -> int:
    from suivi.core import clock
    from suivi.monitoring.queries.reminders import reminders_on

    told = 0
    for reminder in reminders_on(clock.today()):
        told += 1
        print(f"{reminder.account.name} <{reminder.account.email}>")
        for line in reminder.lines:
            print(f"  {line.said}")
            if about := line.about_in(reminder.account.language):
                print(f"    {about}")
    print(f"{told} people would be told on {clock.today()}.")
    return 0


def _issue_papers() -> int:
    """0: all that waited are issued; 1: one was refused, and the page says why."""
    from suivi.core import clock
    from suivi.reporting.commands.issuing import issue_what_waits

    refused = 0
    for asked in issue_what_waits(clock=clock.now):
        print(f"{'refused' if asked.refusal else 'issued'}: {asked}")
        refused += bool(asked.refusal)
    return int(bool(refused))


def _work() -> None:
    from django.conf import settings
    from django.utils import timezone

    from suivi.core import clock
    from suivi.core.commands import remove_withdrawn_bytes
    from suivi.monitoring.commands.mails import send_waiting
    from suivi.monitoring.commands.reminders import write_reminders
    from suivi.monitoring.commands.uploads import drop_old_uploads

    # What a crash left behind, or nobody finished.
    remove_withdrawn_bytes()
    drop_old_uploads(now=clock.now())
    _issue_papers()
    if timezone.localtime(clock.now()).hour >= HOUR_OF_REMINDERS:
        for mail in write_reminders(now=clock.now()):
            print(f"written: {mail.to_address}: {mail.subject}")
    if not settings.SENDS_MAIL:
        return
    for mail in send_waiting(clock=clock.now):
        became = "sent" if mail.sent_at else f"failed ({mail.last_failure})"
        print(f"{became}: {mail.to_address}: {mail.subject}")
