"""What time it is. Only doors ask; commands and rules get `now` and `today` as arguments."""

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment, or the one that SUIVI_NOW sets for tests and demonstration."""
    override: datetime | None = settings.SUIVI_NOW
    return override or datetime.now(UTC)


def today() -> date:
    """The day in the organisation's time zone."""
    return timezone.localdate(now())


def end_of(day: date) -> datetime:
    """The last moment of a day in the organisation's time zone: what the record knew on that day."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())
