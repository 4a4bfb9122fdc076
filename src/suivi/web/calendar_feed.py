"""What stands in a calendar: updates that are owed, and milestones that are due."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suivi.core import clock
from suivi.core.models import Account
from suivi.monitoring.models import Asked, Feed
from suivi.monitoring.queries.mine import mine_of
from suivi.organisation.queries import authority_of, unit_tree
from suivi.plan.models import MilestoneState
from suivi.plan.queries import Called, called_on, milestones_on
from suivi.render.icalendar import Day
from suivi.reporting.models import PaperSection
from suivi.reporting.queries import heading_of, sections_owed
from suivi.web.templatetags.suivi import plain


def days_of(feed: Feed) -> Iterator[Day]:
    """The days of a feed as they stand now."""
    today = clock.today()
    if feed.unit is not None:
        asked = Asked.objects.filter(unit=feed.unit, round__closed_at__isnull=True, excused_reason="")
        owed = list(asked.select_related("round", "deliverable__plan", "unit"))
        milestones = milestones_on(today).filter(owner_unit=feed.unit)
    else:
        owed = mine_of(authority_of(feed.account, today), unit_tree(today)).owed
        milestones = milestones_on(today).filter(owner=feed.account)
        for section, on, words in _sections(feed.account, today):
            yield _section(section, on, words)
    due = list(milestones.filter(done_on__isnull=True).select_related("milestone__deliverable__plan"))
    deliverables = [one.deliverable for one in owed] + [state.milestone.deliverable for state in due]
    called = called_on(today, deliverables)
    for one in owed:
        yield _owed(one, called[one.deliverable_id])
    for state in due:
        yield _milestone(state, called[state.milestone.deliverable_id])


def _owed(asked: Asked, called: Called) -> Day:
    deliverable = asked.deliverable
    return Day(
        uid=f"asked-{asked.pk}@suivi",
        on=asked.round.due_on,
        summary=_("Report on %(number)s") % {"number": called.named_in(get_language() or "en")},
        address=_address("report-on", deliverable.plan.slug, deliverable.key),
        description=plain(asked.round.title),
    )


def _milestone(state: MilestoneState, called: Called) -> Day:
    deliverable = state.milestone.deliverable
    return Day(
        uid=f"milestone-{state.milestone_id}@suivi",
        on=state.due_on,
        summary=f"{called.number}: {plain(state.title)}",
        address=_address("deliverable", deliverable.plan.slug, deliverable.key),
        description=called.title_in(get_language() or "en"),
    )


def _sections(account: Account, today: date) -> Iterator[tuple[PaperSection, date, str]]:
    """The sections of papers that somebody writes or clears by a day."""
    to_write, to_clear = sections_owed(account, today)
    for section in to_write:
        if section.write_by:
            yield section, section.write_by, _("Write “%(section)s”")
    for section in to_clear:
        if section.clear_by:
            yield section, section.clear_by, _("Clear “%(section)s”")


def _section(section: PaperSection, on: date, words: str) -> Day:
    paper = section.paper
    return Day(
        uid=f"section-{section.pk}-{on.isoformat()}@suivi",
        on=on,
        summary=words % {"section": heading_of(section, clock.today())},
        address=_address("section", paper.plan.slug, paper.key, section.key),
        description=plain(paper.title),
    )


def _address(name: str, *args: str) -> str:
    return f"{settings.SUIVI_ADDRESS}{reverse(name, args=args)}"
