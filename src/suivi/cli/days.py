"""Days as they are written on the command line."""

from datetime import date

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop


def day_of(written: str | None) -> date | None:
    """A day such as 2023-02-15; None where none is given. Raises InputRefused for anything else."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputRefused(
            gettext_noop("“%(written)s” is not a day."),
            {"written": written},
            gettext_noop("Write it as 2023-02-15."),
        ) from error
