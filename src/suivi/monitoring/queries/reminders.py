"""Who is to be reminded of what today: asked before anything is written, so that it can be shown first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from suivi.core.models import Account
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.mine import Mine, mine_of
from suivi.monitoring.rules.reminders import is_day_for_waiting_things, is_reminded
from suivi.organisation.models import Deputy
from suivi.organisation.queries import UnitTree, authority_of, unit_tree
from suivi.plan.models import Deliverable
from suivi.plan.queries import Called, called_on
from suivi.values.messages import Message, gettext_noop


@dataclass(frozen=True)
class Line:
    """One thing to do; where it is about a deliverable, what that is called and which unit reports."""

    said: Message
    about: Called | None = None
    unit: str = ""

    def about_in(self, language: str) -> str:
        """The words of the deliverable and the unit that reports; empty where there is nothing to add."""
        title = self.about.title_in(language) if self.about else ""
        return " · ".join(filter(None, (title, self.unit)))


@dataclass(frozen=True)
class Reminder:
    """What one person is told today: a line for each thing, in the order in which they are done."""

    account: Account
    lines: tuple[Line, ...]


def reminders_on(today: date) -> Iterator[Reminder]:
    """The reminders of a day, by name. Who is absent is not written to: the deputy sees the same things."""
    tree = unit_tree(today)
    absent = set(
        Deputy.objects.current()
        .filter(starts_on__lte=today, ends_on__gte=today)
        .values_list("account_id", flat=True)
    )
    for account in Account.objects.filter(is_active=True).order_by("name", "pk"):
        if account.pk in absent:
            continue
        lines = tuple(_Lines(mine_of(authority_of(account, today), tree), tree, today).all())
        if lines:
            yield Reminder(account, lines)


class _Lines:
    """The lines of one person."""

    def __init__(self, mine: Mine, tree: UnitTree, today: date) -> None:
        self.mine, self.tree, self.today = mine, tree, today
        self.called = called_on(today, self._deliverables())

    def all(self) -> Iterator[Line]:
        for asked in self.mine.to_report:
            if is_reminded(asked.round.due_on, self.today):
                late = asked.round.due_on < self.today
                said = (
                    gettext_noop("Report on %(number)s: it was due on %(day)s.")
                    if late
                    else gettext_noop("Report on %(number)s by %(day)s.")
                )
                yield self._line(said, asked.deliverable, asked.unit_id, asked.round.due_on)
        for update in self._returned():
            said = gettext_noop("Answer the reviewer on %(number)s: your update came back.")
            yield self._line(said, update.deliverable, update.unit_id)
        for support in self.mine.support:
            if support.due_on is not None and is_reminded(support.due_on, self.today):
                said = gettext_noop("Answer on %(number)s: support is needed by %(day)s.")
                update = support.update_row
                yield self._line(said, update.deliverable, update.unit_id, support.due_on)
        if is_day_for_waiting_things(self.today):
            yield from _waiting(self.mine)

    def _returned(self) -> Iterator[ProgressUpdate]:
        for update in self.mine.returned:
            if update.round is None or is_reminded(update.round.due_on, self.today):
                yield update

    def _deliverables(self) -> Iterable[Deliverable]:
        yield from (asked.deliverable for asked in self.mine.owed)
        yield from (update.deliverable for update in self.mine.returned)
        yield from (support.update_row.deliverable for support in self.mine.support)

    def _line(self, said: str, deliverable: Deliverable, unit: int, day: date | None = None) -> Line:
        called = self.called[deliverable.pk]
        node = self.tree.get(unit)
        params = {"number": called.number} | ({"day": day} if day else {})
        return Line(Message(said, params), called, node.short_name if node else "")


def _waiting(mine: Mine) -> Iterator[Line]:
    counts = (
        (gettext_noop("Updates to clear: %(count)s."), len(mine.to_clear)),
        (gettext_noop("Contributions to put together: %(count)s."), len(mine.to_consolidate)),
        (gettext_noop("Updates to review: %(count)s."), sum(mine.to_review.values())),
        (gettext_noop("Updates to decide on: %(count)s."), len(mine.to_decide)),
    )
    for said, count in counts:
        if count:
            yield Line(Message(said, {"count": count}))
