"""The days that the pages look at and take: wide for any plan, and far enough from where calendars end."""

from datetime import date

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


def is_in_reach(day: date) -> bool:
    """Whether days and months can be counted from a day in either direction, in any time zone."""
    return EARLIEST <= day <= LATEST


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
