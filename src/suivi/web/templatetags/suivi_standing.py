"""How status looks in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from suivi.plan.models import DeliverableEdition
from suivi.web.access import sees_management
from suivi.web.deliverable_standing import DeliverableStanding
from suivi.web.requests import Request
from suivi.web.standing import Standing

register = template.Library()


@register.simple_tag
def status_tag(standing: Standing, code: str) -> SafeString:
    """A status as shape and word on its tint."""
    return standing.tag(code)


@register.inclusion_tag("suivi/standing/of_deliverable.html", takes_context=True)
def where_it_stands(context: dict[str, Any], row: DeliverableEdition) -> dict[str, Any]:
    """Where a deliverable stands on the two days looked at, and its updates."""
    request: Request = context["request"]
    held = context["one"].accountable
    of = DeliverableStanding(
        request,
        row,
        is_inside=sees_management(request),
        tree=context.get("tree"),
        accountable=held.unit_id if held else None,
    )
    return {"plan": row.deliverable.plan, "row": row, "tree": context.get("tree"), **of.context()}
