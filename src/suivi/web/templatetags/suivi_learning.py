"""What was learned about one deliverable, in templates."""

from collections.abc import Collection
from typing import Any

from django import template

from suivi.learning.commands.lessons import scopes_of_lessons
from suivi.learning.queries import ReportedLines, guidance_on, lessons_on, reported_elsewhere_on
from suivi.organisation.rules import Permission
from suivi.plan.models import DeliverableEdition
from suivi.web.access import sees_management
from suivi.web.deliverable_beside import Beside
from suivi.web.learning_page import GuidanceLine
from suivi.web.requests import Request

register = template.Library()


@register.inclusion_tag("suivi/learning/of_deliverable.html", takes_context=True)
def learned_of(context: dict[str, Any], row: DeliverableEdition) -> dict[str, Any]:
    """Guidance, lessons and what was reported elsewhere about a deliverable, as of the day looked at."""
    request: Request = context["request"]
    is_inside = sees_management(request)
    deliverable, day, tree = row.deliverable, request.day, context.get("tree")
    plan = deliverable.plan
    may_write = False
    if tree is not None and not request.is_past:
        may_write = request.authority.allows(Permission.WRITE_LESSON, scopes_of_lessons(plan, tree))
    beside: Collection[Beside] = context["beside"]
    is_reported = is_inside and Beside.REPORTED in beside
    told = reported_elsewhere_on(plan, day, deliverable) if is_reported else ReportedLines()
    is_guided, has_lessons = Beside.GUIDANCE in beside, Beside.LESSONS in beside
    guidance = guidance_on(plan, day, deliverable, in_public=not is_inside) if is_guided else []
    return {
        "plan": plan,
        "row": row,
        "is_inside": is_inside,
        "guidance": [GuidanceLine(one, (), ()) for one in guidance],
        "lessons": lessons_on(plan, day, deliverable, in_public=not is_inside) if has_lessons else [],
        "reported": told.of_deliverable(deliverable.pk),
        "can_report": context["can"].get("report", False),
        "can_write": may_write,
        "csrf_token": context.get("csrf_token"),
    }
