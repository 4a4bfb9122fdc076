"""The page "mine": what waits for the reader, as verbs, each leading to where it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.mine import Mine, mine_of
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.plan.models import Deliverable, DeliverableEdition, Plan
from suivi.plan.queries import editions_on, rows_in_force
from suivi.reporting.models import PaperSection
from suivi.reporting.queries import heading_of, sections_owed
from suivi.web.access import account_of
from suivi.web.days import short_day
from suivi.web.requests import Request
from suivi.web.sheet_asked import shown

MOST_OF_A_KIND = 50


@dataclass(frozen=True)
class Verb:
    """One thing to do: the verb with its object, by when, and what it is about."""

    verb: str
    about: str
    address: str
    when: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class VerbGroup:
    """What waits of one kind; `more` are not shown."""

    key: str
    title: str
    count: int
    verbs: list[Verb]

    @property
    def more(self) -> int:
        return self.count - len(self.verbs)


class MinePage:
    """What waits for one reader today."""

    def __init__(self, request: Request, mine: Mine, tree: UnitTree) -> None:
        self.request, self.mine, self.tree = request, mine, tree
        self.today = request.today

    def groups(self) -> list[VerbGroup]:
        """The kinds of which something waits, in the order in which they are done."""
        mine = self.mine
        kinds: list[tuple[str, str, list[Any], Any]] = [
            ("report", _("To report"), mine.to_report, self._report),
            ("returned", _("Came back"), mine.returned, self._returned),
            ("clear", _("To clear"), mine.to_clear, self._clear),
            ("consolidate", _("To put together"), mine.to_consolidate, self._consolidate),
            ("review", _("To review"), list(mine.to_review.items()), self._review),
            ("decide", _("To decide"), mine.to_decide, self._decide),
            ("support", _("Support that was asked of you"), mine.support, self._support),
            ("drafts", _("Begun, without a round"), self._drafts_apart(), self._draft),
            ("write", _("Sections of papers to write"), self.sections[0], self._write_section),
            ("clear-section", _("Sections of papers to clear"), self.sections[1], self._clear_section),
            ("mentions", _("You were mentioned"), mine.mentions, self._mention),
        ]
        return [
            VerbGroup(key, title, len(things), [verb(one) for one in things[:MOST_OF_A_KIND]])
            for key, title, things, verb in kinds
            if things
        ]

    @cached_property
    def sections(self) -> tuple[list[PaperSection], list[PaperSection]]:
        """The sections of papers to write, and those to clear."""
        return sections_owed(account_of(self.request), self.today)

    @cached_property
    def _rows(self) -> dict[int, DeliverableEdition]:
        """The adopted rows of what is named, by deliverable: one query."""
        wanted = {deliverable.pk for deliverable in self._deliverables()}
        rows = rows_in_force(self.today).filter(deliverable__in=wanted) if wanted else []
        return {row.deliverable_id: row for row in rows}

    def _deliverables(self) -> Iterator[Deliverable]:
        mine = self.mine
        lists: Iterable[Iterable[Any]] = (
            *(mine.owed, mine.drafts, mine.returned, mine.to_clear, mine.to_consolidate),
            *(mine.to_decide, mine.mentions),
        )
        for things in lists:
            for one in things:
                yield one.deliverable
        for support in mine.support:
            yield support.update_row.deliverable

    def _number(self, deliverable: Deliverable) -> str:
        row = self._rows.get(deliverable.pk)
        return row.number if row else deliverable.key

    def _about(self, deliverable: Deliverable, unit: int | None = None) -> str:
        row = self._rows.get(deliverable.pk)
        title = shown(row.title or row.text) if row else ""
        node = self.tree.get(unit)
        return " · ".join(filter(None, (title, node.short_name if node else "")))

    def _due(self, due_on: date | None) -> dict[str, Any]:
        """By when, in words: late, today, soon, or the day."""
        if due_on is None:
            return {}
        days = (due_on - self.today).days
        if days < 0:
            words = ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
            return {"when": words, "is_late": True}
        if days == 0:
            return {"when": _("due today")}
        if days <= 30:
            return {"when": ngettext("due in %(days)s day", "due in %(days)s days", days) % {"days": days}}
        return {"when": _("due on %(day)s") % {"day": short_day(due_on)}}

    def _report(self, asked: Any) -> Verb:
        page = reverse("report-on", args=[asked.deliverable.plan.slug, asked.deliverable.key])
        query = urlencode({"unit": asked.unit.key, "round": asked.round.key})
        return Verb(
            _("Report on %(number)s") % {"number": self._number(asked.deliverable)},
            self._about(asked.deliverable, asked.unit_id),
            f"{page}?{query}",
            **self._due(asked.round.due_on),
        )

    def _returned(self, update: ProgressUpdate) -> Verb:
        words = _("Answer the reviewer on %(number)s")
        due = self._due(update.round.due_on) if update.round else {}
        return self._of_update(update, words, "edit-update", **due)

    def _clear(self, update: ProgressUpdate) -> Verb:
        return self._of_update(update, _("Clear %(number)s"), "update")

    def _consolidate(self, update: ProgressUpdate) -> Verb:
        page = reverse("report-on", args=[update.plan.slug, update.deliverable.key])
        return Verb(
            _("Take in the contribution to %(number)s") % {"number": self._number(update.deliverable)},
            self._about(update.deliverable, update.unit_id),
            f"{page}?{urlencode({'round': update.round.key})}" if update.round else page,
        )

    def _review(self, waiting: tuple[Plan, int]) -> Verb:
        plan, count = waiting
        words = ngettext("Review %(count)s update", "Review %(count)s updates", count) % {"count": count}
        return Verb(words, self._plan_titles.get(plan.pk, plan.slug), reverse("review", args=[plan.slug]))

    @cached_property
    def _plan_titles(self) -> dict[int, str]:
        return {
            edition.plan_id: shown(edition.title)
            for edition in editions_on(self.today).filter(plan__in=list(self.mine.to_review))
        }

    def _decide(self, update: ProgressUpdate) -> Verb:
        return self._of_update(update, _("Decide on %(number)s"), "update")

    def _support(self, support: Any) -> Verb:
        update = support.update_row
        return Verb(
            _("Answer on %(number)s") % {"number": self._number(update.deliverable)},
            support.text[:160],
            reverse("update", args=[update.key]) + "#support",
            **self._due(support.due_on),
        )

    def _drafts_apart(self) -> list[ProgressUpdate]:
        """Drafts that answer no question of an open round; the others stand under what is owed."""
        owed = {(one.round_id, one.deliverable_id, one.unit_id) for one in self.mine.owed}
        return [
            one for one in self.mine.drafts if (one.round_id, one.deliverable_id, one.unit_id) not in owed
        ]

    def _draft(self, update: ProgressUpdate) -> Verb:
        return self._of_update(update, _("Go on with %(number)s"), "edit-update")

    def _mention(self, comment: Any) -> Verb:
        deliverable = comment.deliverable
        return Verb(
            _("Read what %(person)s wrote on %(number)s")
            % {"person": comment.by.name, "number": self._number(deliverable)},
            comment.text[:160],
            reverse("deliverable", args=[deliverable.plan.slug, deliverable.key]) + "#thread",
            when=short_day(comment.at.date()),
        )

    def _write_section(self, section: PaperSection) -> Verb:
        return self._of_section(section, _("Write “%(section)s”"), section.write_by)

    def _clear_section(self, section: PaperSection) -> Verb:
        return self._of_section(section, _("Clear “%(section)s”"), section.clear_by)

    def _of_section(self, section: PaperSection, words: str, due_on: date | None) -> Verb:
        paper = section.paper
        return Verb(
            words % {"section": heading_of(section, self.today)},
            shown(paper.title) or paper.key,
            reverse("section", args=[paper.plan.slug, paper.key, section.key]),
            **self._due(due_on),
        )

    def _of_update(self, update: ProgressUpdate, words: str, page: str, **due: Any) -> Verb:
        return Verb(
            words % {"number": self._number(update.deliverable)},
            self._about(update.deliverable, update.unit_id),
            reverse(page, args=[update.key]),
            **due,
        )


def mine_page(request: Request) -> MinePage:
    """The page of the reader."""
    tree = unit_tree(request.today)
    return MinePage(request, mine_of(request.authority, tree), tree)
