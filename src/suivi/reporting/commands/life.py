"""Freezing a paper, thawing it, and issuing it in every language and format."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from suivi.core.commands import store_file, write_row
from suivi.core.models import Account
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.queries import edition_on
from suivi.render import render
from suivi.reporting.commands.trail import locked_paper, note, refuse_frozen, refuse_issued
from suivi.reporting.kinds import FORMATS, compose_report
from suivi.reporting.models import IssuedFile, Paper, SectionVersion
from suivi.reporting.queries import languages_of
from suivi.reporting.queries.missing import missing_of
from suivi.reporting.quoted import asked_of
from suivi.values.errors import ChangedMeanwhile, RuleBroken
from suivi.values.messages import gettext_noop


def last_day_to_freeze(today: date) -> date:
    """The last day whose record is complete."""
    return today - timedelta(days=1)


@transaction.atomic
def freeze_paper(*, by: Account | None, now: datetime, paper: Paper, up_to: date, as_of: date) -> Paper:
    """Let a paper stand still: it speaks up to one day as of another, with the original as it is written now.

    Translations of that, and clearances, are still taken until it is issued. The day of the record has to be
    over, so that nothing more can come into it.
    """
    require(by, Permission.ISSUE_PAPER, [paper.plan.scope_id], now=now)
    paper = locked_paper(paper)
    refuse_frozen(paper)
    if as_of >= timezone.localdate(now):
        raise RuleBroken(
            gettext_noop("The record of %(day)s can still grow."),
            {"day": as_of.isoformat(), "last": last_day_to_freeze(timezone.localdate(now)).isoformat()},
            gettext_noop("Freeze the paper as of a day that is over, at the latest %(last)s."),
        )
    if up_to > as_of:
        raise RuleBroken(
            gettext_noop("A record cannot know what happened after it."),
            hint=gettext_noop("Choose a day of the record that is not before the day spoken of."),
        )
    if edition_on(paper.plan, as_of) is None:
        raise RuleBroken(
            gettext_noop("On %(day)s the plan was not adopted yet."),
            {"day": as_of.isoformat()},
            gettext_noop("Choose a later day."),
        )
    paper.frozen_at, paper.frozen_by, paper.up_to, paper.as_of = now, by, up_to, as_of
    _write(paper)
    note(paper, "freeze_paper", by, now, day=as_of.isoformat())
    return paper


@transaction.atomic
def thaw_paper(*, by: Account | None, now: datetime, paper: Paper) -> Paper:
    """Let a frozen paper follow the data again, and be written in. Not once it is issued."""
    require(by, Permission.ISSUE_PAPER, [paper.plan.scope_id], now=now)
    paper = locked_paper(paper)
    refuse_issued(paper)
    if paper.frozen_at is None:
        raise RuleBroken(
            gettext_noop("The paper is not frozen."), hint=gettext_noop("It can be written in as it is.")
        )
    paper.frozen_at = paper.frozen_by = paper.up_to = paper.as_of = None
    _write(paper)
    note(paper, "thaw_paper", by, now)
    return paper


@dataclass(frozen=True)
class _Made:
    """A file made, before it is stored."""

    language: str
    suffix: str
    data: bytes
    digest: str


def issue_paper(
    *,
    by: Account | None,
    now: datetime,
    paper: Paper,
    symbol: str,
    dated_on: date,
    release_at: datetime,
    tell: Callable[[int], None] = lambda _made: None,
) -> Paper:
    """Give out a frozen paper: every file is made and kept, and nothing of it changes any more.

    Nothing is public before `release_at`. Raises RuleBroken with what is missing. The files are made before
    the transaction, and `tell` is told how many there are: a frozen paper stands still meanwhile, and others
    need not wait. A translation that comes in while they are made keeps them from being issued.
    """
    require(by, Permission.ISSUE_PAPER, [paper.plan.scope_id], now=now)
    paper = Paper.objects.select_related("plan", "revises").get(pk=paper.pk)
    refuse_unready(paper, now)
    checked_facts(paper, symbol, dated_on, release_at)
    written = _last_written(paper)
    made = _files_of(paper, tell)
    with transaction.atomic():
        found = locked_paper(paper)
        refuse_issued(found)
        if (found.frozen_at, _last_written(found)) != (paper.frozen_at, written):
            raise ChangedMeanwhile(
                gettext_noop("The paper was thawed or translated while its files were made."),
                hint=gettext_noop("Look at it again, then issue it."),
            )
        found.symbol, found.dated_on, found.release_at = paper.symbol, dated_on, release_at
        found.issued_at, found.issued_by = now, by
        _write(found)
        _store(found, made, now)
        note(found, "issue_paper", by, now, symbol=found.symbol)
    return found


def checked_facts(paper: Paper, symbol: str, dated_on: date, release_at: datetime) -> None:
    """Set the symbol, the date and the release. Raises ValidationError where they cannot be."""
    paper.symbol, paper.dated_on, paper.release_at = symbol.strip(), dated_on, release_at
    paper.full_clean()


def _last_written(paper: Paper) -> int | None:
    last: int | None = SectionVersion.objects.filter(section__paper=paper).aggregate(last=Max("pk"))["last"]
    return last


def refuse_unready(paper: Paper, now: datetime) -> None:
    """Stop with RuleBroken unless a paper is frozen and all of it is ready."""
    refuse_issued(paper)
    if paper.frozen_at is None:
        raise RuleBroken(
            gettext_noop("The paper still follows the data."), hint=gettext_noop("Freeze it first.")
        )
    missing = missing_of(paper, timezone.localdate(now))
    if missing:
        raise RuleBroken(
            gettext_noop("The paper cannot be issued yet: %(missing)s."),
            {"missing": "; ".join(str(one) for one in missing)},
            gettext_noop(
                "Have it translated and cleared; to change the original, thaw the paper and freeze it again."
            ),
        )


def _files_of(paper: Paper, tell: Callable[[int], None]) -> list[_Made]:
    made: list[_Made] = []
    for language in languages_of(paper):
        document = compose_report(asked_of(paper, language, paper.as_of or date.max))
        digest = document.metadata.provenance["digest"]
        for suffix in FORMATS:
            made.append(_Made(language, suffix, render(document, suffix), digest))
            tell(len(made))
    return made


def _store(paper: Paper, made: list[_Made], now: datetime) -> None:
    for one in made:
        IssuedFile.objects.create(
            paper=paper,
            language=one.language,
            suffix=one.suffix,
            file=store_file(one.data, now=now),
            digest=one.digest,
        )


def _write(paper: Paper) -> None:
    write_row(paper)
