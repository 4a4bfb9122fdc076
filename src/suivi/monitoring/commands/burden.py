"""Noting that parts of an update were read by somebody else; never by whom."""

from collections.abc import Iterable

from suivi.core.models import Account
from suivi.monitoring.commands.steps import writers_of
from suivi.monitoring.models import PartRead, ProgressUpdate


def note_read(*, by: Account, update: ProgressUpdate, parts: Iterable[str]) -> None:
    """Note what a reader was shown; those who wrote the update do not count. It leaves no audit line."""
    if by.pk in writers_of(update):
        return
    known = set(PartRead.objects.filter(update_row=update).values_list("part", flat=True))
    new = [PartRead(update_row=update, part=part) for part in parts if part not in known]
    if new:
        PartRead.objects.bulk_create(new, ignore_conflicts=True)
