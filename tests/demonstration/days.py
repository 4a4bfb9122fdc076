"""The day on which the demonstration opens."""

from datetime import date

OPENING_DAY = date(2023, 2, 15)
