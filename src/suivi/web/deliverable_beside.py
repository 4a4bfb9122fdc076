"""What there is about a deliverable beside its adopted row: asked in one query before any of it is read.

Most deliverables have little of it, and the page of a deliverable would ask a dozen tables for nothing.
"""

from enum import StrEnum

from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _

from suivi.plan.models import Deliverable, Plan


class Beside(StrEnum):
    """Something that may be written about a deliverable, on whatever day."""

    REQUESTS = "requests"
    RESOURCES = "resources"
    EXPECTATIONS = "expectations"
    RELATIVES = "relatives"
    NEEDS = "needs"  # milestones that its own wait for
    UPDATES = "updates"
    VOICES = "voices"
    COMMENTS = "comments"
    GUIDANCE = "guidance"
    LESSONS = "lessons"
    REPORTED = "reported"  # somewhere else, about anything in the plan


_OF_IT = "x.deliverable_id = d.id"
# Each table (named x), and what makes a row of it one about the deliverable.
_WHERE: dict[Beside, tuple[str, str]] = {
    Beside.REQUESTS: ("plan_changerequest x", _OF_IT),
    Beside.RESOURCES: ("plan_resource x", _OF_IT),
    Beside.EXPECTATIONS: ("plan_expectation x", _OF_IT),
    Beside.RELATIVES: ("plan_succession x", "x.predecessor_id = d.id OR x.successor_id = d.id"),
    Beside.NEEDS: (
        "plan_milestone x JOIN plan_milestonestate s ON s.milestone_id = x.id"
        " JOIN plan_milestonestate_depends_on n ON n.milestonestate_id = s.id",
        _OF_IT,
    ),
    Beside.UPDATES: ("monitoring_progressupdate x", _OF_IT),
    Beside.VOICES: ("monitoring_invitation x", _OF_IT),
    Beside.COMMENTS: ("monitoring_comment x", _OF_IT),
    Beside.GUIDANCE: ("learning_guidancewording_deliverables x", _OF_IT),
    Beside.LESSONS: ("learning_lesson_deliverables x", _OF_IT),
    Beside.REPORTED: ("learning_reportedelsewhere x", "x.plan_id = d.plan_id"),
}
_ASKED = ", ".join(f"EXISTS (SELECT 1 FROM {_WHERE[one][0]} WHERE {_WHERE[one][1]})" for one in Beside)  # noqa: S608
_STATEMENT = f"SELECT d.id, {_ASKED} FROM plan_deliverable d WHERE d.plan_id = %s AND d.key = %s"  # noqa: S608


def found_beside(plan: Plan, key: str) -> tuple[Deliverable, frozenset[Beside]]:
    """The deliverable with this key and what there is about it, in one query. Raises Http404."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [plan.pk, key])
        row = cursor.fetchone()
    if row is None:
        raise Http404(_("The edition in force on this day has no such deliverable."))
    found = frozenset(one for one, is_there in zip(Beside, row[1:], strict=True) if is_there)
    return Deliverable(pk=row[0], plan=plan, key=key), found
