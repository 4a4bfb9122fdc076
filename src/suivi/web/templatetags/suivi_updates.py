"""How what units report looks in pages: their Markdown, the state of an update, who may see evidence."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from suivi.core.clock import end_of
from suivi.monitoring.models import Comment, EvidenceClass, UpdateState
from suivi.plan.models import Deliverable
from suivi.web.deliverable_beside import Beside
from suivi.web.markdown import as_html
from suivi.web.requests import Request

register = template.Library()

TONES = {
    UpdateState.DRAFT: "",
    UpdateState.IN_CLEARANCE: "accent",
    UpdateState.SUBMITTED: "accent",
    UpdateState.RETURNED: "warn",
    UpdateState.APPROVED: "good",
    UpdateState.DISCARDED: "",
}
MARKS = {
    UpdateState.DRAFT: "not_started",
    UpdateState.IN_CLEARANCE: "in_progress",
    UpdateState.SUBMITTED: "in_progress",
    UpdateState.RETURNED: "at_risk",
    UpdateState.APPROVED: "achieved",
    UpdateState.DISCARDED: "postponed",
}


@register.filter
def markdown(written: str) -> SafeString:
    """Words of a unit as HTML."""
    return as_html(written)


@register.filter
def state_tone(state: str) -> str:
    """The tint of the tag that names the state of an update."""
    return TONES[UpdateState(state)]


@register.filter
def state_mark(state: str) -> str:
    """The shape that stands before the word."""
    return MARKS[UpdateState(state)]


@register.filter
def is_closed_to_some(classification: str) -> bool:
    """Whether not everybody inside may see evidence of this class."""
    return classification in {EvidenceClass.RESTRICTED, EvidenceClass.CONFIDENTIAL}


@register.inclusion_tag("suivi/updates/thread.html", takes_context=True)
def thread_of(context: dict[str, Any], deliverable: Deliverable) -> dict[str, Any]:
    """The thread of a deliverable as the record knew it on the day looked at, with the field to go on."""
    request: Request = context["request"]
    said = Comment.objects.none()
    if Beside.COMMENTS in context["beside"]:
        said = Comment.objects.filter(deliverable=deliverable, at__lte=end_of(request.day))
    return {
        "comments": said.select_related("by"),
        "plan_slug": deliverable.plan.slug,
        "deliverable_key": deliverable.key,
        "can_write": not request.is_past,
        "csrf_token": context.get("csrf_token"),
    }
