"""Guidance and lessons as a test states them."""

from dataclasses import replace
from datetime import date
from typing import Any

from suivi.learning.commands import GuidanceGiven, LessonGiven
from tests.cast import words

GIVEN_ON = date(2022, 6, 1)


def asked_for(**changes: Any) -> GuidanceGiven:
    """Guidance of the Harbour Assembly of 1 June 2022, due at the end of that year."""
    given = GuidanceGiven(
        text=words("Light the small harbours first", "Éclairer d'abord les petits ports"),
        given_by=words("Harbour Assembly"),
        given_on=GIVEN_ON,
        source_symbol="HB/2022/M",
        source_paragraph="17",
        due_on=date(2022, 12, 31),
    )
    return replace(given, **changes)


def learned(**changes: Any) -> LessonGiven:
    """A lesson about lamp oil, from the log of the keepers."""
    given = LessonGiven(
        title=words("Oil is bought in summer"),
        happened=words("In winter no oil was to be had."),
        why=words("The ships stop in November."),
        audience=words("Every unit that buys oil"),
        next_time=words("Order by August."),
        source_text="The log of the keepers",
    )
    return replace(given, **changes)
