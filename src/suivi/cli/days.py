"""Days and moments as they are written on the command line."""

from suivi.values.days import day_of, moment_of

__all__ = ["day_of", "moment_of"]
