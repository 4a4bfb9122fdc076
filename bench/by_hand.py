"""The questions of an organisation in statements written by hand, without any of the code that is measured.

They fetch the rows that a page needs and do nothing with them.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from suivi.plan.models import Edition


def mine(unit: int, day: date) -> None:
    """What a unit owes in open rounds, and its open updates."""
    _fetch(
        """
        SELECT a.*, r.due_on, d.key FROM monitoring_asked a
        JOIN monitoring_round r ON r.id = a.round_id
        JOIN plan_deliverable d ON d.id = a.deliverable_id
        WHERE a.unit_id = %s AND a.excused_reason = '' AND r.closed_at IS NULL AND r.opens_on <= %s
        AND NOT EXISTS (
            SELECT 1 FROM monitoring_progressupdate u
            WHERE u.round_id = a.round_id AND u.deliverable_id = a.deliverable_id AND u.unit_id = a.unit_id
            AND u.state IN ('in_clearance', 'submitted', 'approved')
        )
        """,
        [unit, day.isoformat()],
    )
    _fetch(
        """
        SELECT u.*, d.key FROM monitoring_progressupdate u JOIN plan_deliverable d ON d.id = u.deliverable_id
        WHERE u.unit_id = %s AND u.state IN ('draft', 'returned', 'in_clearance')
        """,
        [unit],
    )


def queue(plan: int) -> None:
    """The first twenty submitted updates of a plan, each beside the one before it, with their facts."""
    pairs = _fetch(
        """
        SELECT u.*, b.* FROM (
            SELECT * FROM monitoring_progressupdate
            WHERE plan_id = %s AND state = 'submitted' AND kind = 'update' ORDER BY submitted_at, id LIMIT 20
        ) u
        LEFT JOIN monitoring_progressupdate b ON b.id = (
            SELECT p.id FROM monitoring_progressupdate p
            WHERE p.deliverable_id = u.deliverable_id AND p.kind = 'update' AND p.state = 'approved'
            AND p.reported_on <= u.reported_on ORDER BY p.reported_on DESC, p.key DESC LIMIT 1
        )
        """,
        [plan],
    )
    updates = [pair[0] for pair in pairs]
    marks = ", ".join(["%s"] * len(updates))
    for table in ("itemstate", "stepreached", "reportedvalue", "support", "evidenceuse"):
        _fetch(f"SELECT * FROM monitoring_{table} WHERE update_row_id IN ({marks})", updates)


def dashboard(edition: "Edition", day: date) -> None:
    """Each deliverable with its latest update, its items that stand concluded, its latest value and step."""
    end = f"{day.isoformat()} 23:59:59+00"
    spoken = """
        u.state = 'approved' AND u.kind = 'update' AND u.approved_at <= %s
        AND NOT EXISTS (SELECT 1 FROM monitoring_progressupdate c
            WHERE c.corrects_id = u.id AND c.state = 'approved' AND c.approved_at <= %s)
    """
    for columns, table, thing in (
        ("s.deliverable_id, s.id, s.assessment", "", "s.deliverable_id"),
        ("s.item_id, s.stage, s.confirmed", "itemstate", "s.item_id"),
        ("s.deliverable_id, s.value", "reportedvalue", "s.deliverable_id"),
        ("s.deliverable_id, s.part, s.rung_id", "stepreached", "s.deliverable_id, s.part, s.rung_id"),
    ):
        if table:
            source = f"monitoring_{table} s JOIN monitoring_progressupdate u ON u.id = s.update_row_id"
            happened = "s.happened_on"
        else:
            source = "monitoring_progressupdate s JOIN monitoring_progressupdate u ON u.id = s.id"
            happened = "s.reported_on"
        _fetch(
            f"""
            SELECT * FROM (
                SELECT {columns}, ROW_NUMBER() OVER (
                    PARTITION BY {thing} ORDER BY {happened} DESC, u.reported_on DESC, u.key DESC
                ) AS place
                FROM {source}
                WHERE u.plan_id = %s AND {happened} <= %s AND {spoken}
            ) latest WHERE place = 1
            """,
            [edition.plan_id, day.isoformat(), end, end],
        )
    _fetch(
        "SELECT e.*, a.status FROM plan_deliverableedition e LEFT JOIN monitoring_agreedstatus a ON a.id ="
        " (SELECT b.id FROM monitoring_agreedstatus b WHERE b.deliverable_id = e.deliverable_id"
        " AND b.up_to <= %s ORDER BY b.up_to DESC LIMIT 1) WHERE e.edition_id = %s",
        [day.isoformat(), edition.pk],
    )
    _fetch(
        "SELECT m.deliverable_id, s.due_on, s.done_on FROM plan_milestone m"
        " JOIN plan_milestonestate s ON s.milestone_id = m.id JOIN plan_deliverable d"
        " ON d.id = m.deliverable_id WHERE d.plan_id = %s AND s.superseded_at IS NULL",
        [edition.plan_id],
    )


def _fetch(statement: str, parameters: list[object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[object, ...]] = cursor.fetchall()
        return rows
