"""What was reported, as plain facts: what a state is computed from.

Only approved updates of kind "update" speak, as far as the record knew them, and none that was corrected.
A plan may hold a million updates, so of each thing only the latest fact is read; the few deliverables where
that does not settle the matter (a fact without proof, or one that came after the time frame had ended) are
read whole in a second query.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from suivi.core.fields import descaled
from suivi.monitoring.models import ProgressUpdate, UpdateKind, UpdateState
from suivi.monitoring.queries.fact_rows import Reach, Row, fact_rows
from suivi.monitoring.rules.facts import CONCLUDED, Dated, Facts, ItemFact, KeptFact, StepFact, ValueFact


@dataclass(frozen=True)
class Asked:
    """Whose facts are asked for, and for which two days.

    `up_to`: what had happened by then. `known_at`: the last moment of the day as of which is asked.
    `deliverables` None are all of the plan. `needs_evidence` are those whose sheet asks for evidence,
    `commitments` those whose sheet is a standing commitment.
    """

    plan: int
    up_to: date
    known_at: datetime
    deliverables: Collection[int] | None = None
    needs_evidence: Collection[int] = frozenset()
    commitments: Collection[int] = frozenset()

    def scope(self, path: str) -> Q:
        """The rows of these deliverables; `path` leads from a row to its deliverable."""
        if self.deliverables is None:
            return Q(**{f"{path}__plan": self.plan})
        return Q(**{f"{path}__in": self.deliverables})

    def rows(self, reach: Reach, edition: int = 0) -> Iterable[Row]:
        return fact_rows(
            plan=self.plan,
            up_to=self.up_to,
            known_at=self.known_at,
            commitments=self.commitments,
            deliverables=self.deliverables,
            reach=reach,
            edition=edition,
        )


class LastUpdate(NamedTuple):
    """The latest update that speaks: by the day it speaks of, then by its key."""

    pk: int
    key: str
    unit: int
    reported_on: date
    approved_at: datetime
    assessment: str
    expected_on: date | None


@dataclass(slots=True)
class Reported:
    """What was reported on one deliverable, and the latest update that did."""

    facts: Facts = field(default_factory=Facts)
    last: LastUpdate | None = None


def speaking_updates(known_at: datetime) -> QuerySet[ProgressUpdate]:
    """The updates that set the state of deliverables, as the record knew them at a moment."""
    corrected = ProgressUpdate.objects.filter(
        corrects=OuterRef("pk"), state=UpdateState.APPROVED, approved_at__lte=known_at
    )
    return ProgressUpdate.objects.filter(
        ~Exists(corrected), state=UpdateState.APPROVED, kind=UpdateKind.UPDATE, approved_at__lte=known_at
    )


def reported_on(asked: Asked, edition: int, ends: Mapping[int, date | None]) -> dict[int, Reported]:
    """Deliverable to what was reported on it: one query, and two more where the latest facts settle nothing.

    `ends` are the last days of the time frames in the edition (a primary key).
    """
    found = _read(asked.rows(Reach.LATEST), asked)
    later = [pk for pk, one in found.items() if _came_later(one.facts, ends.get(pk), asked.up_to)]
    if later:
        then = replace(asked, deliverables=later)
        _read(then.rows(Reach.AT_END, edition), then, found)
    unsettled = [pk for pk, one in found.items() if not _is_proven(one.facts)]
    if unsettled:
        whole = replace(asked, deliverables=unsettled)
        for pk, one in _read(whole.rows(Reach.WHOLE), whole).items():
            found[pk].facts = one.facts
    return found


def all_reported_on(asked: Asked) -> dict[int, Reported]:
    """The same with every fact there is; the latest update is not looked for."""
    return _read(asked.rows(Reach.WHOLE), asked)


def _came_later(facts: Facts, ends_on: date | None, up_to: date) -> bool:
    """Whether a fact came after the end of the time frame: then what stood there at the end is asked for."""
    if ends_on is None or ends_on >= up_to:
        return False
    dated: tuple[Sequence[Dated], ...] = (facts.items, facts.values, facts.kept)
    return any(fact.happened_on > ends_on for facts_of_kind in dated for fact in facts_of_kind)


def _is_proven(facts: Facts) -> bool:
    """Whether these facts decide alone: without proof, those before them would have a say."""
    return (
        all(fact.is_proven or fact.stage != CONCLUDED for fact in facts.items)
        and all(fact.is_proven for fact in facts.values)
        and all(fact.is_proven and fact.is_kept for fact in facts.kept)
    )


def _read(rows: Iterable[Row], asked: Asked, found: dict[int, Reported] | None = None) -> dict[int, Reported]:
    """The facts of these rows by deliverable, added to what was found before."""
    found = {} if found is None else found
    for row in rows:
        is_proven = row.proof == 1 or (row.proof is None and row.deliverable not in asked.needs_evidence)
        reported = found.get(row.deliverable)
        if reported is None:
            reported = found[row.deliverable] = Reported()
        _TAKEN[row.tag](reported, row, is_proven)
    return found


def _take_item(reported: Reported, row: Row, is_proven: bool) -> None:
    confirmed = _answers(row.confirmed)
    reported.facts.items.append(
        ItemFact(
            row.thing, row.word, confirmed, row.happened_on, row.reported_on, row.update, is_proven,
            row.expected_on,
        )
    )  # fmt: skip


def _take_step(reported: Reported, row: Row, is_proven: bool) -> None:
    reported.facts.steps.append(StepFact(row.part, row.word, _day(row.happened_on), is_proven))


def _take_value(reported: Reported, row: Row, is_proven: bool) -> None:
    number = descaled(row.number)
    reported.facts.values.append(ValueFact(number, row.happened_on, row.reported_on, row.update, is_proven))


def _take_kept(reported: Reported, row: Row, is_proven: bool) -> None:
    reported.facts.kept.append(KeptFact(row.number == 1, row.reported_on, row.update, is_proven))


def _take_last(reported: Reported, row: Row, _is_proven: bool) -> None:
    reported.last = LastUpdate(
        row.thing,
        str(UUID(row.update)),
        row.unit,
        row.reported_on,
        _moment(row.approved_at),
        row.word,
        row.expected_on,
    )


_TAKEN: Mapping[str, Callable[[Reported, Row, bool], None]] = {
    "item": _take_item,
    "step": _take_step,
    "value": _take_value,
    "kept": _take_kept,
    "last": _take_last,
}


@lru_cache(1000)
def _answers(stored: str) -> Mapping[str, bool]:
    """What a reviewer confirmed; few answers differ."""
    found: dict[str, bool] = json.loads(stored)
    return found


def _day(value: Any) -> date:
    """SQLite gives what it computed as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
