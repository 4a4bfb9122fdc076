"""The days that the pages look at and take: wide for any plan, and far enough from where calendars end."""

from datetime import date

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


def is_in_reach(day: date) -> bool:
    """Whether days and months can be counted from a day in either direction, in any time zone."""
    return EARLIEST <= day <= LATEST
