"""What sheets rest on, in one statement written by hand: ladders with their steps, parts, rules."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from suivi.monitoring.queries.dialects import rows_of
from suivi.values.text import Text


class FrameRow(NamedTuple):
    """A step of a ladder ("rung"), a part of a sheet ("part") or the rules of an edition ("rules").

    `owner` is the primary key of the ladder, the sheet or the rules, `word` the key of the ladder or the kind
    of the part. Texts and settings are JSON as kept.
    """

    tag: str
    edition: int
    owner: int
    position: int
    word: str
    ladder_name: str
    pk: int
    key: str
    name: str
    meaning: str
    outside: str
    settings: str


def frame_rows(*, plan: int, number: int, known_at: datetime) -> Iterator[FrameRow]:
    """The rows of a plan's editions up to this number that the record held at a moment, in no order."""
    asked = {"plan": plan, "number": number, "known_at": known_at}
    return map(FrameRow._make, rows_of(_ALL, asked))


@lru_cache(2000)
def text_of(kept: str) -> Text:
    """A text from its JSON; the same few are read all day."""
    return Text.from_json(json.loads(kept))


def _known(row: str) -> str:
    return (
        f"p.plan_id = %(plan)s AND p.number <= %(number)s AND {row}.recorded_at <= %(known_at)s"
        f" AND ({row}.superseded_at IS NULL OR {row}.superseded_at > %(known_at)s)"
    )


_NULL = "CAST(NULL AS jsonb)"
_ALL = f"""
SELECT 'rung', p.number, l.id, r.position, l.key, l.name, r.id, r.key, r.name, r.meaning, r.outside, {_NULL}
FROM monitoring_rung r
JOIN monitoring_ladder l ON l.id = r.ladder_id
JOIN plan_edition p ON p.id = l.edition_id
WHERE {_known("l")}
UNION ALL
SELECT 'part', p.number, s.id, t.position, t.kind, {_NULL}, t.id, t.key, t.name, {_NULL}, {_NULL}, {_NULL}
FROM monitoring_sheetpart t
JOIN monitoring_referencesheet s ON s.id = t.sheet_id
JOIN plan_edition p ON p.id = s.edition_id
WHERE {_known("s")} AND s.kind = 'parts'
UNION ALL
SELECT 'rules', p.number, w.id, 0, '', {_NULL}, w.id, '', {_NULL}, {_NULL}, {_NULL}, w.settings
FROM monitoring_planrules w
JOIN plan_edition p ON p.id = w.edition_id
WHERE {_known("w")}
"""
