"""What the commands on papers share: locked rows, refusing what stands still, the audit line."""

from datetime import datetime

from suivi.core.commands import write_audit
from suivi.core.models import Account
from suivi.reporting.models import Paper, PaperSection
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop


def locked_paper(paper: Paper) -> Paper:
    """The paper as it stands now, with nobody else changing it until the transaction ends."""
    return Paper.objects.select_for_update(of=("self",)).select_related("plan", "revises").get(pk=paper.pk)


def open_section(section: PaperSection) -> PaperSection:
    """The section as it stands now, with its paper locked. Raises RuleBroken where the paper stands still."""
    found = section_before_issue(section)
    refuse_frozen(found.paper)
    return found


def section_before_issue(section: PaperSection) -> PaperSection:
    """The same for what a frozen paper still takes: translations, and clearances in every language."""
    paper = locked_paper(section.paper)
    refuse_issued(paper)
    found = PaperSection.objects.get(pk=section.pk)
    found.paper = paper
    return found


def refuse_frozen(paper: Paper) -> None:
    """Nothing is written in a paper that is frozen or issued."""
    refuse_issued(paper)
    if paper.frozen_at is not None:
        raise RuleBroken(
            gettext_noop("The paper is frozen: its original words and its days stand still."),
            hint=gettext_noop("Thaw it first, or let the secretary of the body do it."),
        )


def refuse_issued(paper: Paper) -> None:
    if paper.issued_at is not None:
        raise RuleBroken(
            gettext_noop("The paper was issued as %(symbol)s and is never changed."),
            {"symbol": paper.symbol},
            gettext_noop("Make a revised version, an addendum or a corrigendum."),
        )


def note(paper: Paper, verb: str, by: Account | None, now: datetime, **details: str) -> None:
    """Add the line to the trail of the paper's plan."""
    write_audit(
        by=by,
        now=now,
        verb=verb,
        on=paper,
        key=paper.key,
        plan_slug=paper.plan.slug,
        details={"paper": paper.key, **details},
    )


def note_on_section(
    section: PaperSection, verb: str, by: Account | None, now: datetime, **details: str
) -> None:
    """The same, about one section."""
    note(section.paper, verb, by, now, section=section.key, **details)
