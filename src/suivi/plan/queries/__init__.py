"""Questions about plans, each answered as of a day."""

from suivi.plan.queries.called import Called, called, called_on
from suivi.plan.queries.documents import document_of, documents_of
from suivi.plan.queries.editions import edition_on, editions_on
from suivi.plan.queries.on_day import (
    DeliverableOnDay,
    Parts,
    Step,
    deliverables_on,
    milestones_on,
    request_state,
    responsibilities_on,
    rows_in_force,
    rows_of,
)
from suivi.plan.queries.scopes import scopes_of

__all__ = [
    "Called",
    "DeliverableOnDay",
    "Parts",
    "Step",
    "called",
    "called_on",
    "deliverables_on",
    "document_of",
    "documents_of",
    "edition_on",
    "editions_on",
    "milestones_on",
    "request_state",
    "responsibilities_on",
    "rows_in_force",
    "rows_of",
    "scopes_of",
]
