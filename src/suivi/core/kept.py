"""What was made from the record, kept in this process for as long as the record stays as it was.

Every command writes its lines to the audit trail in its own transaction, and the tests hold all of them to
it. So the end of the trail says whether anything has been written since. It is asked for in each request and
the database answers, so that several processes which share one see each other's writes at once.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from suivi.core.models import AuditEntry

Made = TypeVar("Made")

MOST_BYTES = 64 * 2**20
_LARGEST_PART = 4  # what takes more than this part of the room would drive out everything else

# PostgreSQL names the transactions under way after the second colon.
_MARK = {
    "sqlite": "SELECT MAX(id), '' FROM core_auditentry",
    "postgresql": "SELECT (SELECT MAX(id) FROM core_auditentry),"
    " split_part(pg_current_snapshot()::text, ':', 3)",
}


class Mark(NamedTuple):
    """How far the record had come: the last line of the trail, and the writers that were under way.

    A line has its number from when it is written and is seen from when it is committed, so a writer under way
    may still bring lines before the last one. SQLite has one writer at a time and names none.
    """

    line: int
    under_way: frozenset[str]

    def holds_at(self, now: "Mark") -> bool:
        """Whether what was made at this mark would be made the same now: nobody finished writing since."""
        return self.line == now.line and self.under_way <= now.under_way


def mark_of_record() -> Mark:
    """The mark of this moment, in one query. Ask for it before reading what is to be kept under it."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK[connection.vendor])
        line, under_way = cursor.fetchone()
    return Mark(line or 0, frozenset(under_way.split(",")) - {""})


def _still_holds(mark: Mark, now: Mark, plan: str | None) -> bool:
    """Whether nothing was written since, or (of one plan) nothing that concerns it; one query at most."""
    if mark.holds_at(now):
        return True
    if plan is None or not mark.under_way <= now.under_way:
        return False
    since = AuditEntry.objects.filter(pk__gt=mark.line, plan_slug__in=("", plan))  # "": units, roles, people
    return not since.exists()


class Kept:
    """Answers by their questions, as many as have room; those not asked for longest go first.

    A question names everything that its answer depends on beside the record: who may see it, days, language.
    Answers are shared by requests and threads, so nobody changes them.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._kept: OrderedDict[Hashable, tuple[Mark, int, Any]] = OrderedDict()
        self._lock = Lock()

    def answer(
        self,
        question: Hashable,
        now: Mark,
        make: Callable[[], Made],
        weigh: Callable[[Made], int],
        plan: str | None = None,
    ) -> Made:
        """The kept answer, or one made now. `weigh` says about how many bytes an answer takes.

        An answer that rests on one plan, with units and roles, names it by its slug: what is written about
        other plans leaves it standing. One that rests on units and roles alone names an empty one.
        """
        with self._lock:
            found = self._kept.get(question)
        if found and _still_holds(found[0], now, plan):
            mark, weight, made = found
            self._keep(question, mark if mark.line == now.line else now, weight, made)
        else:
            made = make()
            self._keep(question, now, weigh(made), made)
        answer: Made = made
        return answer

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def _keep(self, question: Hashable, mark: Mark, weight: int, made: Any) -> None:
        with self._lock:
            self.bytes -= self._kept.pop(question, (None, 0))[1]
            if weight > self.most_bytes // _LARGEST_PART:
                return
            self._kept[question] = (mark, weight, made)
            self.bytes += weight
            while self.bytes > self.most_bytes:
                _question, (_mark, oldest, _made) = self._kept.popitem(last=False)
                self.bytes -= oldest


KEPT = Kept()
