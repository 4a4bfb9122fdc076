"""Issuing as work of its own: it is asked for on a page and done by a worker, which says how far it is.

The files are made before anything is written, so a worker that dies leaves the paper as it was. What it had
in hand is then taken up by the next worker, or asked for again.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.reporting.commands.life import checked_facts, issue_paper, refuse_unready
from suivi.reporting.commands.trail import locked_paper
from suivi.reporting.models import Issuing, Paper
from suivi.reporting.queries.issuing import SILENCE, going_on
from suivi.values.errors import SuiviError


@transaction.atomic
def ask_to_issue(
    *, by: Account, now: datetime, paper: Paper, symbol: str, dated_on: date, release_at: datetime
) -> Issuing:
    """Let a worker issue a frozen paper, and start one. Asked for twice it is done once.

    Refuses at once what `issue_paper` would refuse. The audit line is written when the paper is issued.
    """
    require(by, Permission.ISSUE_PAPER, [paper.plan.scope_id], now=now)
    paper = locked_paper(paper)
    if found := going_on(paper, moment()):
        return found
    refuse_unready(paper, now)
    checked_facts(paper, symbol, dated_on, release_at)
    paper.issuings.filter(ended_at__isnull=True).update(ended_at=moment())
    asked = Issuing(
        paper=paper,
        symbol=paper.symbol,
        dated_on=dated_on,
        release_at=release_at,
        asked_at=now,
        asked_by=by,
        beat_at=moment(),
    )
    write_row(asked)
    transaction.on_commit(_start_worker)
    return asked


def issue_what_waits(*, clock: Callable[[], datetime]) -> Iterator[Issuing]:
    """Issue the papers that wait, one by one, and give each with what became of it."""
    while asked := _claim():
        try:
            with override(asked.asked_by.language):
                _issue(asked, clock())
        except SuiviError as error:
            asked.refusal = {
                "template": error.message.template,
                "hint": error.hint.template,
                "params": {name: str(value) for name, value in error.message.params.items()},
            }
        finally:
            asked.ended_at = moment()
            asked.save(update_fields=["refusal", "ended_at"])
        yield asked


def _issue(asked: Issuing, now: datetime) -> None:
    def tell(made: int) -> None:
        asked.files_made, asked.beat_at = made, moment()
        asked.save(update_fields=["files_made", "beat_at"])

    issue_paper(
        by=asked.asked_by,
        now=now,
        paper=asked.paper,
        symbol=asked.symbol,
        dated_on=asked.dated_on,
        release_at=asked.release_at,
        tell=tell,
    )


@transaction.atomic
def _claim() -> Issuing | None:
    """The oldest that no worker has in hand, or whose worker has said nothing for long."""
    now = moment()
    waiting = Issuing.objects.select_for_update(of=("self",), skip_locked=True)
    waiting = waiting.select_related("paper__plan", "asked_by")
    waiting = waiting.filter(Q(claimed_at__isnull=True) | Q(beat_at__lt=now - SILENCE), ended_at__isnull=True)
    asked = waiting.order_by("asked_at", "pk").first()
    if asked is not None:
        asked.claimed_at = asked.beat_at = now
        asked.files_made = 0
        asked.save(update_fields=["claimed_at", "beat_at", "files_made"])
    return asked


def moment() -> datetime:
    """The clock of the machine, whatever day the record lives on: it tells only whether a worker lives."""
    return datetime.now(UTC)


def _start_worker() -> None:
    """A worker of its own, which outlives the page that asked; its complaints go where the server's go."""
    subprocess.Popen(
        [sys.executable, "-m", "suivi.cli.main", "work", "--papers"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
