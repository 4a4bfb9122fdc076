"""Who is to be reminded of what today: asked before anything is written, so that it can be shown first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from suivi.core.models import Account
from suivi.monitoring.queries.mine import Mine, mine_of
from suivi.monitoring.rules.reminders import is_day_for_waiting_things, is_reminded
from suivi.organisation.models import Deputy
from suivi.organisation.queries import authority_of, unit_tree
from suivi.values.messages import Message, gettext_noop


@dataclass(frozen=True)
class Reminder:
    """What one person is told today: one sentence for each thing, in the order in which they are done."""

    account: Account
    lines: tuple[Message, ...]


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
        lines = tuple(_lines(mine_of(authority_of(account, today), tree), today))
        if lines:
            yield Reminder(account, lines)


def _lines(mine: Mine, today: date) -> Iterator[Message]:
    for asked in mine.owed:
        if is_reminded(asked.round.due_on, today):
            late = asked.round.due_on < today
            said = (
                gettext_noop("Report on %(number)s: it was due on %(day)s.")
                if late
                else gettext_noop("Report on %(number)s by %(day)s.")
            )
            yield Message(said, {"number": asked.deliverable.key, "day": asked.round.due_on})
    for update in mine.returned:
        if update.round is None or is_reminded(update.round.due_on, today):
            said = gettext_noop("Answer the reviewer on %(number)s: your update came back.")
            yield Message(said, {"number": update.deliverable.key})
    for support in mine.support:
        if support.due_on is not None and is_reminded(support.due_on, today):
            said = gettext_noop("Answer on %(number)s: support is needed by %(day)s.")
            yield Message(said, {"number": support.update_row.deliverable.key, "day": support.due_on})
    if is_day_for_waiting_things(today):
        yield from _waiting(mine)


def _waiting(mine: Mine) -> Iterator[Message]:
    counts = (
        (gettext_noop("Updates to clear: %(count)s."), len(mine.to_clear)),
        (gettext_noop("Contributions to put together: %(count)s."), len(mine.to_consolidate)),
        (gettext_noop("Updates to review: %(count)s."), sum(mine.to_review.values())),
        (gettext_noop("Updates to decide on: %(count)s."), len(mine.to_decide)),
    )
    for said, count in counts:
        if count:
            yield Message(said, {"count": count})
