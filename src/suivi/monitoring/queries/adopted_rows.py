"""What stands beside the facts of a deliverable, in one statement written by hand: its row of the edition,
its revised target, its dated steps counted, and what was agreed last.
"""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from suivi.core.fields import descaled
from suivi.monitoring.queries.agreed import Agreed
from suivi.monitoring.queries.dialects import AMONG, rows_of
from suivi.monitoring.rules.facts import DatedSteps


class Adopted(NamedTuple):
    """A row of an edition. `revised` is the target decided inside since, where there is one.

    `most` and `least` are the furthest of the numbers to be reached by the milestones whose day has passed.
    """

    deliverable: int
    starts_on: date | None
    ends_on: date | None
    target: Decimal | None
    revised: Decimal | None
    agreed: Agreed | None
    steps: DatedSteps
    most: Decimal | None
    least: Decimal | None


def adopted_rows(
    *,
    plan: int,
    edition: int,
    up_to: date,
    known_at: datetime,
    deliverables: Collection[int] | None = None,
) -> list[Adopted]:
    """The rows of an edition (None: all of them), as the record knew them at a moment, up to a day."""
    statement = _statement(connection.vendor, deliverables is None)
    asked = {
        "plan": plan,
        "edition": edition,
        "up_to": up_to,
        "known_at": known_at,
        "deliverables": deliverables or (),
    }
    return [_adopted(row) for row in rows_of(statement, asked)]


def _adopted(row: Any) -> Adopted:
    total, due, late, done, numbers = (count or 0 for count in row[5:10])
    return Adopted(
        deliverable=row[0],
        starts_on=row[1],
        ends_on=row[2],
        target=_number(row[3]),
        revised=_number(row[4]),
        agreed=None if row[12] is None else Agreed(*row[12:]),
        steps=DatedSteps(total, due, late, done, numbers > 0),
        most=_number(row[10]),
        least=_number(row[11]),
    )


def _number(kept: int | None) -> Decimal | None:
    return None if kept is None else descaled(kept)


def _known(row: str) -> str:
    """That the record held a row at the moment."""
    return (
        f"{row}.recorded_at <= %(known_at)s"
        f" AND ({row}.superseded_at IS NULL OR {row}.superseded_at > %(known_at)s)"
    )


# A revision that was decided before the body adopted another target no longer holds; -1 stands for none.
_REVISED = f"""
    SELECT r.target FROM monitoring_targetrevision r
    WHERE r.deliverable_id = e.deliverable_id AND r.decided_on <= %(up_to)s AND {_known("r")}
    AND COALESCE((
        SELECT o.target FROM plan_deliverableedition o JOIN plan_edition p ON p.id = o.edition_id
        WHERE o.deliverable_id = e.deliverable_id AND p.plan_id = %(plan)s AND p.in_force_on <= r.decided_on
        ORDER BY p.number DESC LIMIT 1
    ), -1) = COALESCE(e.target, -1)
    ORDER BY r.decided_on DESC, r.recorded_at DESC LIMIT 1
"""
_DUE = "s.due_on < %(up_to)s"
_DONE = "(s.done_on IS NOT NULL AND s.done_on <= %(up_to)s)"
_STEPS = f"""
    SELECT m.deliverable_id, COUNT(*) AS total,
        SUM(CASE WHEN {_DUE} THEN 1 ELSE 0 END) AS due,
        SUM(CASE WHEN {_DUE} AND NOT {_DONE} THEN 1 ELSE 0 END) AS late,
        SUM(CASE WHEN {_DONE} THEN 1 ELSE 0 END) AS done,
        COUNT(s.expected) AS numbers,
        MAX(CASE WHEN {_DUE} THEN s.expected END) AS most,
        MIN(CASE WHEN {_DUE} THEN s.expected END) AS least
    FROM plan_milestone m JOIN plan_milestonestate s ON s.milestone_id = m.id
    WHERE {_known("s")} AND NOT s.is_dropped AND m.deliverable_id SCOPE
    GROUP BY m.deliverable_id
"""
# PostgreSQL is told to look each one up: it would read what was agreed on all plans.
_AGREED_JOIN = {
    "postgresql": "LEFT JOIN LATERAL (SELECT b.* {}) a ON TRUE",
    "sqlite": "LEFT JOIN monitoring_agreedstatus a ON a.id = (SELECT b.id {})",
}
_AGREED = f"""
    FROM monitoring_agreedstatus b
    WHERE b.deliverable_id = e.deliverable_id AND b.up_to <= %(up_to)s AND {_known("b")}
    ORDER BY b.up_to DESC, b.recorded_at DESC LIMIT 1
"""
_ALL = f"""
SELECT e.deliverable_id, e.starts_on, e.ends_on, e.target, ({_REVISED}),
    st.total, st.due, st.late, st.done, st.numbers, st.most, st.least,
    a.id, a.status, a.signal, a.up_to, a.reason, a.round_id
FROM plan_deliverableedition e
LEFT JOIN ({_STEPS}) st ON st.deliverable_id = e.deliverable_id
AGREED
WHERE e.edition_id = %(edition)s
"""


@cache
def _statement(vendor: str, is_plan: bool) -> str:
    statement = _ALL.replace("AGREED", _AGREED_JOIN[vendor].format(_AGREED))
    of_plan = "IN (SELECT d.id FROM plan_deliverable d WHERE d.plan_id = %(plan)s)"
    if is_plan:
        return statement.replace("SCOPE", of_plan)
    asked = AMONG[vendor].format("deliverables")
    return f"{statement.replace('SCOPE', asked)} AND e.deliverable_id {asked}"
