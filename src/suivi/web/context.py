"""What every template may use."""

from datetime import date
from typing import Any

from django.conf import settings

from suivi.organisation.rules import Permission
from suivi.web.access import has_role_inside
from suivi.web.requests import Request


def site(request: Request) -> dict[str, Any]:
    """The days looked at, what the address asks, the reader's rights, whether this is the demonstration."""
    if not hasattr(request, "day"):  # an error before the middleware ran
        return {"is_demonstration": settings.SUIVI_DEMONSTRATION}
    day: date = request.day
    return {
        "day": day,
        "up_to": request.up_to,
        "today": request.today,
        "is_past": request.is_past,
        "address_query": request.GET,
        "is_demonstration": settings.SUIVI_DEMONSTRATION,
        "is_inside": has_role_inside(request),
        "can_manage_plans": request.authority.allows(Permission.ADOPT_EDITION),
        "can_report": request.authority.allows_somewhere(Permission.REPORT_PROGRESS),
        # Auditors hold the permission for everything or for a plan; the page itself asks for the plan.
        "can_read_record": request.authority.allows_somewhere(Permission.READ_AUDIT),
        "can_draw_samples": request.authority.allows_somewhere(Permission.DRAW_SAMPLE),
        "can_manage_accounts": request.authority.allows(Permission.MANAGE_ACCOUNTS),
    }
