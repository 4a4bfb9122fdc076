"""The chase list of a round: who owes what, since when, the last word from them, the mail ready to send."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from suivi.core.models import Account
from suivi.monitoring.models import Round
from suivi.monitoring.queries.asked import Owed, chase_list
from suivi.monitoring.queries.reminders import Reminder, reminders_on
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.plan.models import DeliverableEdition, Edition, Plan
from suivi.plan.queries import Called, called, rows_of
from suivi.web.access import readable_plan, require_management
from suivi.web.days import long_day
from suivi.web.deliverable_of_now import edition_today
from suivi.web.downloads import Download
from suivi.web.requests import Request
from suivi.web.templatetags.suivi import plain
from suivi.workbooks.model import Value


@dataclass(frozen=True)
class ChaseLine:
    """One question that is still owed."""

    owed: Owed
    row: DeliverableEdition | None
    unit: str
    mail: str  # the address of a mail that is written already; empty where nobody is named

    @property
    def number(self) -> str:
        return self.row.number if self.row else self.owed.asked.deliverable.key


class ChasePage:
    """What a round still waits for, today."""

    def __init__(self, request: Request, plan: Plan, edition: Edition, round: Round) -> None:
        self.request, self.plan, self.edition, self.round = request, plan, edition, round

    @cached_property
    def tree(self) -> UnitTree:
        return unit_tree(self.request.today)

    @cached_property
    def lines(self) -> Sequence[ChaseLine]:
        rows = {row.deliverable_id: row for row in rows_of(self.edition)}
        owed = [one for one in chase_list(self.round, self.request.today) if one.is_owed]
        by_contact: dict[int, list[Called]] = {}
        for one in owed:
            if one.contact:
                by_contact.setdefault(one.contact.pk, []).append(
                    called(one.asked.deliverable, rows.get(one.asked.deliverable_id))
                )
        return [
            ChaseLine(
                one,
                rows.get(one.asked.deliverable_id),
                plain(self.tree[one.asked.unit_id].name),
                self._mail(one.contact, by_contact[one.contact.pk]) if one.contact else "",
            )
            for one in owed
        ]

    def _mail(self, contact: Account, owed: Sequence[Called]) -> str:
        """A mail to one person about all that they owe, in their language, as an address that opens it."""
        with override(contact.language):
            subject = _("Updates for “%(round)s”") % {"round": plain(self.round.title)}
            body = _(
                "Good morning, %(name)s,\n\nwe wait for your update, asked for by %(day)s, on:\n\n"
                "%(deliverables)s\n\nYou can report here: %(address)s\n"
            ) % {
                "name": contact.name,
                "deliverables": "\n".join(f"- {one.named_in(contact.language)}" for one in owed),
                "day": long_day(self.round.due_on),
                "address": f"{settings.SUIVI_ADDRESS}{reverse('mine')}",
            }
        return f"mailto:{quote(contact.email)}?subject={quote(subject)}&body={quote(body)}"

    @cached_property
    def told(self) -> list[Reminder]:
        """Who is told today by the digests, before they are sent."""
        return list(reminders_on(self.request.today))

    def context(self) -> dict[str, Any]:
        return {
            "section": "plans",
            "plan": self.plan,
            "edition": self.edition,
            "round": self.round,
            "tree": self.tree,
            "lines": self.lines,
            "told": self.told,
        }

    def download(self) -> Download:
        columns = [_("Deliverable"), _("Title"), _("Unit"), _("Due"), _("Days late"), _("Contact")]
        columns += [_("E-mail address"), _("Last word"), _("From")]
        rows: list[list[Value]] = [
            [
                line.number,
                plain(line.row.title or line.row.text) if line.row else "",
                line.unit,
                self.round.due_on,
                line.owed.days_late,
                line.owed.contact.name if line.owed.contact else "",
                line.owed.contact.email if line.owed.contact else "",
                line.owed.last_word.reported_on if line.owed.last_word else None,
                line.owed.last_word.submitted_by.name
                if line.owed.last_word and line.owed.last_word.submitted_by
                else "",
            ]
            for line in self.lines
        ]
        said = _("As of %(day)s") % {"day": long_day(self.request.today)}
        return Download(plain(self.round.title), said, columns, rows)


def chase_page(request: Request, slug: str, key: str) -> ChasePage:
    """The round of the address, for people inside."""
    plan = readable_plan(request, slug)
    require_management(request)
    round = get_object_or_404(Round.objects.select_related("plan"), plan=plan, key=key)
    return ChasePage(request, plan, edition_today(request, plan), round)
