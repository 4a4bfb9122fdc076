"""What a check is and what it finds."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from suivi.findings import Severity


class Weight(StrEnum):
    """How the standard weighs a check, heaviest first."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"
    ADVISORY = "advisory"

    @property
    def severity(self) -> Severity:
        """The same in the words of the house."""
        return _SEVERITIES[self]


_SEVERITIES = {
    Weight.CRITICAL: Severity.ERROR,
    Weight.ERROR: Severity.ERROR,
    Weight.WARNING: Severity.WARNING,
    Weight.ADVISORY: Severity.NOTE,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list of checks. `code_list` is named where the check looks into one.

    Two checks of the standard share their identifier (9.129.1, 9.130.1); the path tells them apart.
    """

    id: str
    weight: Weight
    category: str
    path: str = ""
    code_list: str = ""


class Spot(NamedTuple):
    """A place in the file: its line (from 1), the path from the record on, the value found there."""

    line: int
    path: str
    value: str


@dataclass(slots=True)
class Fault:
    """One failed check of one record, or of the file where `record` is 0.

    `record` counts the records of the file from 1, `occurrence` those with the same identifier. `spots` are
    the culprits, at least one; `params` fill the sentence. `places` are the official tool's texts.
    """

    check: Check
    spots: tuple[Spot, ...]
    params: dict[str, str]
    places: tuple[str, ...] = ()
    identifier: str = ""
    title: str = ""
    record: int = 0
    occurrence: int = 1
