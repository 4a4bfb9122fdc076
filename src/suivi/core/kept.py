"""What was made from the record, kept in this process for as long as the record stays as it was.

Every command writes its lines to the audit trail in its own transaction, and the tests hold all of them to
it. So the end of the trail says whether anything has been written since. It is asked for in each request and
the database answers, so that several processes which share one see each other's writes at once.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from suivi.core.models import AuditEntry

Made = TypeVar("Made")

MOST_BYTES = 96 * 2**20
_LARGEST_PART = 4  # what takes more than this part of the room would drive out everything else
_MOST_LINES = 500  # of the trail, to be looked at one by one
_ABOUT = ("plan_slug", "object_kind", "object_key")

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


class About(NamedTuple):
    """What a line of the trail is about: a plan (its slug; empty for what concerns all), a thing in it."""

    plan: str
    kind: str
    key: str


class Trail:
    """The trail as one request found it: how far it had come, and what was written since an earlier mark."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self._since: dict[int, frozenset[About] | None] = {}

    def since(self, mark: Mark, rests_on: Collection[str] | None) -> frozenset[About] | None:
        """What was written since about these plans (None: about anything), in one query for each mark.

        None where it is too much to tell, or where a writer who was under way may have brought other lines.
        """
        if mark.holds_at(self.mark):
            return frozenset()
        if not mark.under_way <= self.mark.under_way:
            return None
        if mark.line not in self._since:
            self._since[mark.line] = _written_since(mark.line)
        written = self._since[mark.line]
        if written is None or rests_on is None:
            return written
        return frozenset(about for about in written if about.plan in rests_on)


def trail_now() -> Trail:
    """The trail of this moment, in one query. Ask for it before reading what is to be kept under it."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK[connection.vendor])
        line, under_way = cursor.fetchone()
    return Trail(Mark(line or 0, frozenset(under_way.split(",")) - {""}))


def _written_since(line: int) -> frozenset[About] | None:
    rows = AuditEntry.objects.filter(pk__gt=line).order_by().values_list(*_ABOUT)[: _MOST_LINES + 1]
    found = [About(*row) for row in rows]
    return frozenset(found) if len(found) <= _MOST_LINES else None


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
        trail: Trail,
        make: Callable[[], Made],
        weigh: Callable[[Made], int],
        rests_on: Collection[str] | None = None,
        mend: Callable[[Made, frozenset[About]], Made | None] | None = None,
    ) -> Made:
        """The kept answer, or one made now. `weigh` says about how many bytes an answer takes.

        An answer that rests on some plans names them by their slugs, and an empty one where it rests on
        units, roles or people too: what is written about others leaves it standing. `mend` makes an answer
        of now from the kept one and from what was written since; None where that is too much.
        """
        with self._lock:
            found = self._kept.get(question)
        answer: Made | None = None
        if found:
            mark, weight, kept = found
            rests_on_all = rests_on is None and mend is None
            holds = mark.holds_at(trail.mark)
            written = None if rests_on_all and not holds else trail.since(mark, rests_on)
            if written is not None and not written:
                self._keep(question, mark if mark.line == trail.mark.line else trail.mark, weight, kept)
                unchanged: Made = kept
                return unchanged
            answer = mend(kept, written) if mend and written else None
        if answer is None:
            answer = make()
        self._keep(question, trail.mark, weigh(answer), answer)
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
