"""Reference sheets, ladders and rules of an edition, as the record knew them on a day.

An edition without rows of its own goes on with those of the edition before: for each deliverable, for each
ladder, and for the rules.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from suivi.core.clock import end_of
from suivi.monitoring.models import (
    ExpectedPath,
    PlanRules,
    ReferenceSheet,
)
from suivi.monitoring.queries.frame_rows import FrameRow, frame_rows, text_of
from suivi.monitoring.rules.settings import DEFAULTS, PlanSettings, settings_of
from suivi.plan.models import Deliverable, Edition
from suivi.values.text import Text


@dataclass(frozen=True, slots=True)
class RungOnDay:
    """A step of a ladder. `outside` names on whom outside it depends; empty where on nobody."""

    pk: int
    position: int
    key: str
    name: Text
    meaning: Text
    outside: Text


@dataclass(frozen=True, slots=True)
class LadderOnDay:
    """A ladder with its steps, the lowest first."""

    pk: int
    key: str
    name: Text
    rungs: tuple[RungOnDay, ...]


@dataclass(frozen=True, slots=True)
class PartOnDay:
    """A strand or a place to cover."""

    kind: str
    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Frame:
    """What sheets rest on: the rules, the ladders by their keys, the parts by the primary key of a sheet."""

    settings: PlanSettings
    ladders: Mapping[str, LadderOnDay]
    parts: Mapping[int, tuple[PartOnDay, ...]]


@dataclass(frozen=True, slots=True)
class SheetOnDay:
    """What a sheet decides. `criteria` and `dimensions` are as ReferenceSheet keeps them, texts as JSON.

    Its long words (meaning, what counts, ...) are read with `sheet_row`.
    """

    pk: int
    deliverable: int
    version: int
    kind: str
    ladder: LadderOnDay | None
    parts: tuple[PartOnDay, ...]
    criteria: tuple[Mapping[str, Any], ...]
    needs_evidence: bool
    frequency: str
    is_straight: bool
    baseline: Decimal | None
    baseline_on: date | None
    is_ratio: bool
    less_is_better: bool
    dimensions: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def criterion_keys(self) -> tuple[str, ...]:
        return tuple(one["key"] for one in self.criteria)

    @property
    def rung_keys(self) -> tuple[str, ...]:
        return tuple(rung.key for rung in self.ladder.rungs) if self.ladder else ()

    @property
    def part_keys(self) -> tuple[str, ...]:
        return tuple(part.key for part in self.parts)


def sheets_on(
    edition: Edition, as_of: date, deliverables: Iterable[int] | None = None, frame: Frame | None = None
) -> dict[int, SheetOnDay]:
    """Deliverable (primary key) to its sheet as of a day; those without one are left out.

    One query, and one for what they rest on where no `frame` is given.
    """
    rows: list[Any] = list(_known_sheets(edition, as_of, deliverables).values_list(*_SHEET))
    frame = frame or frame_on(edition, as_of)
    return {row[1]: _sheet(row, frame) for row in rows}


def sheet_on(deliverable: Deliverable, edition: Edition, as_of: date) -> SheetOnDay | None:
    """The sheet of one deliverable as of a day."""
    return sheets_on(edition, as_of, [deliverable.pk]).get(deliverable.pk)


def sheet_row(sheet: SheetOnDay) -> ReferenceSheet:
    """The sheet with all its words."""
    row: ReferenceSheet = ReferenceSheet.objects.select_related("validated_by", "edition", "recorded_by").get(
        pk=sheet.pk
    )
    return row


def sheet_history(deliverable: Deliverable, as_of: date) -> list[ReferenceSheet]:
    """The versions of a sheet that the record had seen by a day, latest first."""
    return list(
        ReferenceSheet.objects.filter(deliverable=deliverable, recorded_at__lte=end_of(as_of))
        .select_related("edition", "recorded_by", "validated_by", "ladder")
        .order_by("-version")
    )


def ladders_on(edition: Edition, as_of: date) -> Mapping[str, LadderOnDay]:
    """The ladders of an edition by their keys, as of a day."""
    return frame_on(edition, as_of).ladders


def settings_on(edition: Edition, as_of: date) -> PlanSettings:
    """The rules of follow-up that held for an edition, as the record knew them on a day."""
    rules = _known(PlanRules.objects.all(), edition, as_of).order_by("-edition__number")
    kept = rules.values_list("settings", flat=True).first()
    return DEFAULTS if kept is None else settings_of(kept)


def frame_on(edition: Edition, as_of: date) -> Frame:
    """The rules, ladders and parts of an edition as of a day, in one query."""
    settings = DEFAULTS
    rungs, parts = defaultdict[str, list[FrameRow]](list), defaultdict[int, list[PartOnDay]](list)
    rows = frame_rows(plan=edition.plan_id, number=edition.number, known_at=end_of(as_of))
    # Earlier editions first, so that a later one takes the place of what stood there.
    for row in sorted(rows, key=lambda row: row[:4]):
        if row.tag == "rules":
            settings = settings_of(json.loads(row.settings))
        elif row.tag == "part":
            parts[row.owner].append(PartOnDay(row.word, row.key, text_of(row.name)))
        else:
            if rungs[row.word] and rungs[row.word][-1].owner != row.owner:
                rungs[row.word].clear()
            rungs[row.word].append(row)
    return Frame(
        settings,
        {key: _ladder(found) for key, found in rungs.items()},
        {sheet: tuple(found) for sheet, found in parts.items()},
    )


_SHEET = (
    *("pk", "deliverable_id", "version", "kind", "ladder__key", "criteria", "needs_evidence", "frequency"),
    *("expected_path", "baseline", "baseline_on", "is_ratio", "less_is_better", "dimensions"),
)


def _ladder(rows: Sequence[FrameRow]) -> LadderOnDay:
    rungs = tuple(
        RungOnDay(
            row.pk, row.position, row.key, text_of(row.name), text_of(row.meaning), text_of(row.outside)
        )
        for row in rows
    )
    first = rows[0]
    return LadderOnDay(first.owner, first.word, text_of(first.ladder_name), rungs)


def _sheet(row: Any, frame: Frame) -> SheetOnDay:
    return SheetOnDay(
        pk=row[0],
        deliverable=row[1],
        version=row[2],
        kind=row[3],
        ladder=frame.ladders.get(row[4]),
        parts=frame.parts.get(row[0], ()),
        criteria=tuple(row[5]),
        needs_evidence=row[6],
        frequency=row[7],
        is_straight=row[8] == ExpectedPath.STRAIGHT,
        baseline=row[9],
        baseline_on=row[10],
        is_ratio=row[11],
        less_is_better=row[12],
        dimensions=tuple(row[13]),
    )


def _known(rows: QuerySet[Any], edition: Edition, as_of: date) -> QuerySet[Any]:
    """The rows of this edition and of those before it that the record held at the end of a day."""
    known: QuerySet[Any] = rows.known_at(end_of(as_of)).filter(  # type: ignore[attr-defined]
        edition__plan=edition.plan_id, edition__number__lte=edition.number
    )
    return known


def _known_sheets(edition: Edition, as_of: date, deliverables: Iterable[int] | None) -> QuerySet[Any]:
    """The earlier editions first, so that the last row of a deliverable is the one that holds."""
    rows = _known(ReferenceSheet.objects.all(), edition, as_of).order_by("edition__number", "version")
    return rows if deliverables is None else rows.filter(deliverable__in=deliverables)
