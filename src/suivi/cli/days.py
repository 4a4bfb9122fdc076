"""Days as they are written on the command line."""

from suivi.values.days import day_of

__all__ = ["day_of"]
