"""Days as they are written on the command line."""

from datetime import date

from suivi.values.days import is_in_reach
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop


def day_of(written: str | None) -> date | None:
    """A day such as 2023-02-15; None where none is given. Raises InputRefused for anything else."""
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or not is_in_reach(day):
        raise InputRefused(
            gettext_noop("“%(written)s” is not a day."),
            {"written": written},
            gettext_noop("Write it as 2023-02-15."),
        )
    return day
