"""The papers of a plan on a day: which there are, where each stands, what is owed on them."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from suivi.core.clock import end_of
from suivi.core.models import Account
from suivi.organisation.queries import represented_by
from suivi.plan.models import Plan
from suivi.reporting.models import Paper, PaperSection
from suivi.reporting.narrative import paper_of
from suivi.reporting.outline import FOLLOWING_KINDS, WRITTEN_KINDS
from suivi.reporting.rules import PaperState
from suivi.values.errors import InputRefused, NotFound
from suivi.values.messages import gettext_noop


def papers_on(plan: Plan, day: date, *, now: datetime, inside: bool) -> QuerySet[Paper]:
    """The papers there were by the end of a day, the newest first; outside those released by then."""
    moment = min(end_of(day), now)
    papers = Paper.objects.filter(plan=plan, created_at__lte=end_of(day)).order_by("-created_at", "-pk")
    papers = papers.select_related("plan", "revises")
    return papers if inside else papers.filter(issued_at__lte=moment, release_at__lte=moment)


def paper_to_make(plan: Plan, kind: str, key: str, day: date) -> Paper | None:
    """The paper of this key; without one the latest of the kind by a day, None where there is none.

    Raises NotFound for a key that no paper of the plan has, InputRefused for a paper of another kind.
    """
    if not key:
        return paper_of(plan, kind, day)
    # What follows an issued paper is also drafted of that paper; what is wholly computed has no papers.
    paper = paper_named(plan, key) if kind in (*WRITTEN_KINDS, *FOLLOWING_KINDS) else None
    if paper is None or (paper.kind != kind and kind not in FOLLOWING_KINDS):
        raise InputRefused(
            gettext_noop("“%(key)s” is no paper of the kind “%(kind)s”."),
            {"key": key, "kind": kind},
            gettext_noop("Choose a paper of that kind, or leave it out."),
        )
    return paper


def paper_named(plan: Plan, key: str) -> Paper:
    """The paper of this key. Raises NotFound for a key that no paper of the plan has."""
    found = Paper.objects.select_related("plan", "revises").filter(plan=plan, key=key).first()
    if found is None:
        keys = Paper.objects.filter(plan=plan).values_list("key", flat=True)
        raise NotFound(
            gettext_noop("The plan has no paper “%(key)s”."),
            {"key": key, "keys": ", ".join(keys) or "–"},
            gettext_noop("Choose one of: %(keys)s."),
        )
    return found


def state_of(paper: Paper, day: date, *, now: datetime) -> PaperState:
    """Where a paper stood by the end of a day; what becomes of it later is not known yet."""
    moment = min(end_of(day), now)
    if paper.issued_at and paper.issued_at <= moment:
        is_out = paper.release_at is not None and paper.release_at <= moment
        return PaperState.RELEASED if is_out else PaperState.ISSUED
    is_frozen = paper.frozen_at is not None and paper.frozen_at <= moment
    return PaperState.FROZEN if is_frozen else PaperState.PREPARED


def sections_owed(account: Account, day: date) -> tuple[list[PaperSection], list[PaperSection]]:
    """The sections that an account (or whom it acts for) has to write, and those it has to clear.

    To write: without words in the original language, while the paper is not frozen. To clear: the latest
    words are not cleared, while it is not issued.
    """
    people = {account.pk, *represented_by(account, day)}
    rows = (
        PaperSection.objects.filter(paper__issued_at__isnull=True)
        .filter(Q(writer__in=people) | Q(clearer__in=people))
        .select_related("paper__plan")
        .prefetch_related("versions")
    )
    to_write, to_clear = [], []
    for section in rows.order_by("write_by", "clear_by", "pk"):
        original = section.paper.original_language
        latest = [one for one in section.versions.all() if one.language == original][-1:]
        is_written = bool(latest and latest[0].text.strip())
        is_frozen = section.paper.frozen_at is not None
        if section.writer_id in people and not is_written and not is_frozen:
            to_write.append(section)
        is_waiting = is_written and latest[0].cleared_at is None and latest[0].written_by_id != account.pk
        if section.clearer_id in people and is_waiting:
            to_clear.append(section)
    return to_write, to_clear
