"""One writer at a time on a deliverable, so that what a command has read still holds when it writes."""

from suivi.plan.models import Deliverable


def lock_deliverable(deliverable: Deliverable) -> None:
    """Wait until no other transaction writes to the deliverable.

    On SQLite a transaction is alone from its beginning, and this does nothing more.
    """
    Deliverable.objects.select_for_update().get(pk=deliverable.pk)
