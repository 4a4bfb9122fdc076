"""What deliverables are called on a day: for mails, calendars and sentences about one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from suivi.plan.models import Deliverable, DeliverableEdition
from suivi.plan.queries.on_day import rows_in_force
from suivi.values.text import Text

LONGEST = 120


@dataclass(frozen=True)
class Called:
    """The number and the words of a deliverable; what no edition in force holds has its key alone."""

    number: str
    title: Text | None = None

    def title_in(self, language: str) -> str:
        """The words on one line, a long one cut short; empty where there are none."""
        words = self.title.shown(language).text if self.title else ""
        return shorten(words, LONGEST, placeholder=" …")

    def named_in(self, language: str) -> str:
        """Number and words, for a line of its own."""
        return " ".join(filter(None, (self.number, self.title_in(language))))


def called_on(day: date, deliverables: Iterable[Deliverable]) -> dict[int, Called]:
    """The name of each by its primary key, as adopted on the day: one query."""
    by_pk = {one.pk: one for one in deliverables}
    rows = rows_in_force(day).filter(deliverable__in=list(by_pk)) if by_pk else []
    adopted = {row.deliverable_id: row for row in rows}
    return {pk: called(one, adopted.get(pk)) for pk, one in by_pk.items()}


def called(deliverable: Deliverable, row: DeliverableEdition | None) -> Called:
    """The name of a deliverable as this row of an edition has it."""
    return Called(row.number, row.title or row.text) if row else Called(deliverable.key)
