"""The days that the pages look at and take: wide for any plan, and far enough from where calendars end."""

from datetime import date, datetime

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


def moment_of(written: str | None) -> datetime | None:
    """A moment such as 2023-02-15T09:30:00+00:00; None where none is given. Raises InputRefused otherwise."""
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InputRefused(
            gettext_noop("“%(written)s” is no moment with its time zone."),
            {"written": written},
            gettext_noop("Write it as 2023-02-15T09:30:00+00:00."),
        )
    return moment
