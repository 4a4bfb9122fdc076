"""Starting a paper, changing its facts and days, and what revises one that was issued."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.models import Plan
from suivi.plan.queries import edition_on
from suivi.reporting.commands.trail import locked_paper, note, refuse_frozen
from suivi.reporting.models import Paper, PaperSection, Revision
from suivi.reporting.outline import outline_of
from suivi.reporting.rules import Step, revised_symbol
from suivi.values.errors import NotFound, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

# What a paper is made of that revises another: a revised version is written like the first.
_KINDS = {Revision.ADDENDUM: "addendum", Revision.CORRIGENDUM: "corrigendum"}
_FACTS = (
    *("purpose", "title", "body", "symbol", "session", "section", "session_opens_on"),
    *("dated_on", "since"),
)
# The facts of a paper that one revising it starts with.
_CARRIED = (
    *("title", "purpose", "body", "session", "section", "session_opens_on"),
    *("original_language", "since", "days"),
)


@transaction.atomic
def start_paper(
    *,
    by: Account | None,
    now: datetime,
    plan: Plan,
    kind: str,
    key: str,
    purpose: str,
    original_language: str,
    title: Text,
    body: Text,
    symbol: str = "",
    session: str = "",
    section: str = "",
    session_opens_on: date | None = None,
    dated_on: date | None = None,
    since: date | None = None,
) -> Paper:
    """Begin a paper with the sections of its outline, all empty. `symbol` is the one it is to have.

    Raises RuleBroken for a key that is taken and for a kind that is not written.
    """
    require(by, Permission.WRITE_PAPER, [plan.scope_id], now=now)
    if Paper.objects.filter(plan=plan, key=key).exists():
        raise RuleBroken(
            gettext_noop("There is a paper “%(key)s” already."),
            {"key": key},
            gettext_noop("Choose another short name."),
        )
    paper = Paper(
        plan=plan,
        kind=kind,
        key=key,
        purpose=purpose,
        original_language=original_language,
        title=title,
        body=body,
        symbol=symbol,
        session=session,
        section=section,
        session_opens_on=session_opens_on,
        dated_on=dated_on,
        since=since,
        created_at=now,
        created_by=by,
    )
    if not (keys := _section_keys(paper, now)):
        raise RuleBroken(
            gettext_noop("A report “%(kind)s” has no written sections, so there is no paper of it."),
            {"kind": kind},
            gettext_noop("Choose another kind."),
        )
    _write(paper)
    PaperSection.objects.bulk_create([PaperSection(paper=paper, key=one) for one in keys])
    note(paper, "start_paper", by, now)
    return paper


@transaction.atomic
def change_paper(
    *, by: Account | None, now: datetime, paper: Paper, days: Mapping[Step, date] | None = None, **facts: Any
) -> Paper:
    """Change what the cover says (fields of the paper) and days of the calendar.

    `days` are those that are otherwise than counted back from the session; None leaves them as they are.
    Symbol and date of an issued paper stay.
    """
    require(by, Permission.WRITE_PAPER, [paper.plan.scope_id], now=now)
    paper = locked_paper(paper)
    refuse_frozen(paper)
    allowed = (
        "purpose",
        "title",
        "body",
        "symbol",
        "session",
        "section",
        "session_opens_on",
        "dated_on",
        "since",
    )
    for name, value in facts.items():
        if name not in allowed:
            raise TypeError(f"{name} of a paper is not changed here")
        setattr(paper, name, value)
    if days is not None:
        paper.days = {str(step): day.isoformat() for step, day in days.items()}
    _write(paper)
    note(paper, "change_paper", by, now)
    return paper


@transaction.atomic
def revise_paper(*, by: Account | None, now: datetime, paper: Paper, revision: str) -> Paper:
    """Begin what follows an issued paper: Rev., Add. or Corr. with the next number.

    A revised version starts with the words of the paper, cleared as they were; an addendum is written
    anew; a corrigendum is made of what was corrected in the record.
    """
    require(by, Permission.ISSUE_PAPER, [paper.plan.scope_id], now=now)
    paper = locked_paper(paper)
    first = paper.revises or paper
    if paper.issued_at is None or first.issued_at is None:
        raise RuleBroken(
            gettext_noop("Only an issued paper is revised."),
            hint=gettext_noop("Change the paper itself: it was not issued yet."),
        )
    number = 1 + Paper.objects.filter(revises=first, revision=revision).count()
    made = Paper(
        plan=paper.plan,
        kind=_KINDS.get(Revision(revision), paper.kind),
        key=f"{first.key}-{revision}-{number}",
        revises=first,
        revision=revision,
        revision_number=number,
        symbol=revised_symbol(first.symbol, revision, number),
        created_at=now,
        created_by=by,
        **{name: getattr(paper, name) for name in _CARRIED},
    )
    _write(made)
    if revision == Revision.REVISED:
        _carry_over(paper, made)
    else:
        keys = _section_keys(made, now)
        PaperSection.objects.bulk_create([PaperSection(paper=made, key=key) for key in keys])
    note(made, "revise_paper", by, now, of=paper.symbol)
    return made


def _section_keys(paper: Paper, now: datetime) -> list[str]:
    today = timezone.localdate(now)
    edition = edition_on(paper.plan, today)
    if edition is None:
        raise NotFound(gettext_noop("On %(day)s the plan was not adopted yet."), {"day": today.isoformat()})
    return [part.key for part in outline_of(paper.kind, edition)]


def _write(paper: Paper) -> None:
    write_row(paper)


def _carry_over(paper: Paper, made: Paper) -> None:
    """The sections with the last words in each language and the examples, as they were."""
    for section in paper.sections.all():
        copy = PaperSection.objects.create(
            paper=made, key=section.key, writer=section.writer, clearer=section.clearer
        )
        latest = {version.language: version for version in section.versions.order_by("written_at", "pk")}
        for version in latest.values():
            version.pk, version.section = None, copy
            version.save(force_insert=True)
        for example in section.examples.filter(dropped_at__isnull=True):
            example.pk, example.section = None, copy
            example.save(force_insert=True)
