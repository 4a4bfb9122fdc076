"""The rows that facts are read from, in SQL written by hand: it is asked for on every page of a plan.

For each thing the latest fact is found through an index, so that the length of its history plays no part.
The statements are put together once for each dialect.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from suivi.monitoring.queries.dialects import AMONG, rows_of


class Reach(StrEnum):
    """How much of the record is read. Of each step it is always the first day, with and without proof."""

    # Of items, values and commitments the latest alone, with the latest update of each deliverable.
    LATEST = "latest"
    # The same on the last day of the time frame, without steps and updates.
    AT_END = "at_end"
    # Every fact, and no update as such.
    WHOLE = "whole"


class Row(NamedTuple):
    """One fact, or the latest update of a deliverable.

    `tag` is "item", "step", "value", "kept" or "last". `thing` is the primary key of an item or an update,
    `word` a stage, a step or an assessment, `number` a value in 1/10,000 or whether a commitment was kept,
    `confirmed` JSON, `approved_at` as the database gives it. `proof` is 1 where evidence stands, 0 where all
    of it was withdrawn, None where none was given.
    """

    tag: str
    deliverable: int
    thing: int
    word: str
    part: str
    number: int
    confirmed: str
    happened_on: date
    expected_on: date | None
    reported_on: date
    update: str
    unit: int
    approved_at: Any
    proof: int | None


def fact_rows(
    *,
    plan: int,
    up_to: date,
    known_at: datetime,
    commitments: Collection[int],
    deliverables: Collection[int] | None = None,
    reach: Reach = Reach.LATEST,
    edition: int = 0,
) -> Iterator[Row]:
    """The facts that updates report on deliverables (None: on all of the plan), in no order.

    `commitments` are the deliverables whose commitment is asked for, `edition` says when a time frame ends.
    """
    statement = _statement(connection.vendor, deliverables is None, reach)
    asked = {
        "plan": plan,
        "up_to": up_to,
        "known_at": known_at,
        "deliverables": deliverables or (),
        "commitments": commitments,
        "edition": edition,
    }
    return map(Row._make, rows_of(statement, asked))


def reported_days(
    *, plan: int, known_at: datetime, deliverables: Collection[int] | None = None
) -> Iterator[tuple[int, date]]:
    """Deliverable (None: all of the plan) and each day that an update speaks of, in their order."""
    statement = _days_statement(connection.vendor, deliverables is None)
    asked = {"plan": plan, "known_at": known_at, "deliverables": deliverables or ()}
    return ((pk, day) for pk, day in rows_of(statement, asked))


def place_rows(
    *, edition: int, up_to: date, known_at: datetime, deliverables: Collection[int] | None = None
) -> Iterator[tuple[int, str, str]]:
    """Deliverable, countries and regions (JSON) of each item as it was told last, dropped ones left out.

    Of an item that was told of, only what speaks of a day up to `up_to` counts.
    """
    statement = _places_statement(connection.vendor, deliverables is None)
    asked = {"edition": edition, "up_to": up_to, "known_at": known_at, "deliverables": deliverables or ()}
    return ((pk, countries, regions) for pk, countries, regions in rows_of(statement, asked))


# SQLite keeps keys as 32 letters without dashes.
_KEY = {"postgresql": "u.key::text", "sqlite": "u.key"}
_ITEM_KEY = {
    "postgresql": "i.key::text",
    "sqlite": "substr(i.key, 1, 8) || '-' || substr(i.key, 9, 4) || '-' || substr(i.key, 13, 4) || '-' ||"
    " substr(i.key, 17, 4) || '-' || substr(i.key, 21)",
}


@cache
def _statement(vendor: str, is_plan: bool, reach: Reach) -> str:
    scope = "d.plan_id = %(plan)s" if is_plan else f"d.id {AMONG[vendor].format('deliverables')}"
    asked = f"d.id {AMONG[vendor].format('commitments')}"
    joins = _joins(vendor, is_whole=reach is Reach.WHOLE)
    parts = [
        _ITEMS.format(join=joins["item"], proof=_proof(f"'item:' || {_ITEM_KEY[vendor]}")),
        _VALUES.format(join=joins["value"], proof=_proof("'value'")),
        _KEPT.format(join=joins["kept"], asked=asked, proof=_proof("'value'")),
    ]
    if reach is not Reach.AT_END:
        parts.append(_STEPS.format(speaks=_speaks("u"), proof=_proof("'step:' || s.part || '/' || r.key")))
    if reach is Reach.LATEST:
        parts.append(_LAST.format(join=joins["last"]))
    up_to = _END if reach is Reach.AT_END else "%(up_to)s"
    statement = " UNION ALL ".join(parts)
    return statement.replace("SCOPE", scope).replace("KEY", _KEY[vendor]).replace("UP_TO", up_to)


_END = (
    "(SELECT e.ends_on FROM plan_deliverableedition e"
    " WHERE e.deliverable_id = d.id AND e.edition_id = %(edition)s)"
)


def _speaks(update: str) -> str:
    """That an update sets the state of its deliverable, as far as the record knew.

    Hardly any is corrected: OFFSET keeps PostgreSQL from reading all corrections instead of looking for one.
    """
    return (
        f"{update}.state = 'approved' AND {update}.kind = 'update' AND {update}.approved_at <= %(known_at)s"
        " AND NOT EXISTS (SELECT 1 FROM monitoring_progressupdate c"
        f" WHERE c.corrects_id = {update}.id AND c.state = 'approved' AND c.approved_at <= %(known_at)s"
        " LIMIT 1 OFFSET 0)"
    )


def _proof(about: str) -> str:
    """Whether evidence stands for a fact; what is shown for a whole update counts for each of its facts."""
    return (
        "(SELECT MAX(CASE WHEN e.withdrawn_at IS NULL OR e.withdrawn_at > %(known_at)s THEN 1 ELSE 0 END)"
        " FROM monitoring_evidenceuse eu JOIN monitoring_evidence e ON e.id = eu.evidence_id"
        f" WHERE eu.update_row_id = u.id AND (eu.about = '' OR eu.about = {about}))"
    )


def _latest(vendor: str, table: str, alias: str, found: str) -> str:
    """One row of a table joined to what stands before it. PostgreSQL is told in which order to look."""
    if vendor == "postgresql":
        return f"JOIN LATERAL (SELECT x.* FROM {table} x {found} LIMIT 1) {alias} ON TRUE"
    return f"JOIN {table} {alias} ON {alias}.id = (SELECT x.id FROM {table} x {found} LIMIT 1)"


_TOTAL = "category = '{}'"
_OF_FACT = (
    "JOIN monitoring_progressupdate y ON y.id = x.update_row_id"
    f" WHERE {{}} AND x.happened_on <= UP_TO AND {_speaks('y')}"
    " ORDER BY x.happened_on DESC, y.reported_on DESC, y.key DESC"
)
_OF_UPDATE = (
    f"WHERE x.deliverable_id = d.id AND x.reported_on <= UP_TO AND {_speaks('x')}{{}}"
    " ORDER BY x.reported_on DESC, x.key DESC"
)


def _joins(vendor: str, *, is_whole: bool) -> dict[str, str]:
    """How facts are joined to the thing they tell of: each that speaks, or the latest one."""
    if is_whole:
        spoken = f"JOIN monitoring_progressupdate u ON u.id = s.update_row_id AND {_speaks('u')}"
        return {
            "item": f"JOIN monitoring_itemstate s ON s.item_id = i.id AND s.happened_on <= UP_TO {spoken}",
            "value": "JOIN monitoring_reportedvalue s ON s.deliverable_id = d.id"
            f" AND s.happened_on <= UP_TO AND s.{_TOTAL} {spoken}",
            "kept": "JOIN monitoring_progressupdate u ON u.deliverable_id = d.id"
            f" AND u.reported_on <= UP_TO AND u.is_commitment_kept IS NOT NULL AND {_speaks('u')}",
        }
    item = _OF_FACT.format("x.item_id = i.id")
    value = _OF_FACT.format(f"x.deliverable_id = d.id AND x.{_TOTAL}")
    kept = _OF_UPDATE.format(" AND x.is_commitment_kept IS NOT NULL")
    told = "JOIN monitoring_progressupdate u ON u.id = s.update_row_id"
    return {
        "item": f"{_latest(vendor, 'monitoring_itemstate', 's', item)} {told}",
        "value": f"{_latest(vendor, 'monitoring_reportedvalue', 's', value)} {told}",
        "kept": _latest(vendor, "monitoring_progressupdate", "u", kept),
        "last": _latest(vendor, "monitoring_progressupdate", "u", _OF_UPDATE.format("")),
    }


# NULLs have the types of their columns, which PostgreSQL wants to know.
_ITEMS = """
SELECT 'item', d.id, s.item_id, s.stage, '', CAST(NULL AS bigint), s.confirmed, s.happened_on, s.expected_on,
    u.reported_on, KEY, CAST(NULL AS bigint), CAST(NULL AS timestamptz), {proof}
FROM plan_deliverable d
JOIN monitoring_item i ON i.deliverable_id = d.id
{join}
WHERE SCOPE
"""
# Of a step that is said again the first day is enough: it stays reached.
_STEPS = """
SELECT 'step', g.id, CAST(NULL AS bigint), g.key, g.part, CAST(NULL AS bigint), CAST(NULL AS jsonb),
    MIN(g.happened_on), CAST(NULL AS date), CAST(NULL AS date), '', CAST(NULL AS bigint),
    CAST(NULL AS timestamptz), g.proof
FROM (
    SELECT d.id, r.key, s.part, s.happened_on, {proof} AS proof
    FROM plan_deliverable d
    JOIN monitoring_stepreached s ON s.deliverable_id = d.id
    JOIN monitoring_rung r ON r.id = s.rung_id
    JOIN monitoring_progressupdate u ON u.id = s.update_row_id
    WHERE SCOPE AND s.happened_on <= UP_TO AND {speaks}
) g
GROUP BY g.id, g.key, g.part, g.proof
"""
_VALUES = """
SELECT 'value', d.id, NULL, '', '', s.value, NULL, s.happened_on, NULL, u.reported_on, KEY,
    CAST(NULL AS bigint), CAST(NULL AS timestamptz), {proof}
FROM plan_deliverable d
{join}
WHERE SCOPE
"""
_KEPT = """
SELECT 'kept', d.id, u.id, '', '', CASE WHEN u.is_commitment_kept THEN 1 ELSE 0 END, NULL, u.reported_on,
    NULL, u.reported_on, KEY, CAST(NULL AS bigint), CAST(NULL AS timestamptz), {proof}
FROM plan_deliverable d
{join}
WHERE SCOPE AND {asked}
"""
_LAST = """
SELECT 'last', d.id, u.id, u.assessment, '', NULL, NULL, u.reported_on, u.expected_on, u.reported_on, KEY,
    u.unit_id, u.approved_at, NULL
FROM plan_deliverable d
{join}
WHERE SCOPE
"""
_DAYS = """
SELECT DISTINCT u.deliverable_id, u.reported_on FROM monitoring_progressupdate u
WHERE u.deliverable_id {scope} AND {speaks} ORDER BY u.deliverable_id, u.reported_on
"""
_PLACES = """
SELECT i.deliverable_id, s.countries, s.regions
FROM plan_deliverableedition e JOIN monitoring_item i ON i.deliverable_id = e.deliverable_id
{join}
WHERE e.edition_id = %(edition)s{scope} AND s.stage <> 'dropped' ORDER BY i.deliverable_id, s.id
"""


@cache
def _days_statement(vendor: str, is_plan: bool) -> str:
    of_plan = "IN (SELECT d.id FROM plan_deliverable d WHERE d.plan_id = %(plan)s)"
    return _DAYS.format(
        scope=of_plan if is_plan else AMONG[vendor].format("deliverables"), speaks=_speaks("u")
    )


@cache
def _places_statement(vendor: str, is_edition: bool) -> str:
    told = _OF_FACT.format("x.item_id = i.id AND y.reported_on <= UP_TO").replace("UP_TO", "%(up_to)s")
    scope = "" if is_edition else f" AND e.deliverable_id {AMONG[vendor].format('deliverables')}"
    return _PLACES.format(join=_latest(vendor, "monitoring_itemstate", "s", told), scope=scope)
