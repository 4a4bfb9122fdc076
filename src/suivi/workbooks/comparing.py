"""Three states of a row: as it was given out, as it came back, as the record says now."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from suivi.workbooks.answers import Answer


class Verdict(StrEnum):
    """What a row would do. A refused one has cells that cannot be taken."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class FieldChange:
    """A field that came back with another answer than it was given out with."""

    key: str
    base: Answer
    mine: Answer
    now: Answer

    @property
    def is_conflict(self) -> bool:
        """Whether the record was changed meanwhile, and to something else."""
        return self.now not in (self.base, self.mine)

    @property
    def is_done(self) -> bool:
        """Whether the record says so already."""
        return self.now == self.mine


def changes_of(
    base: Mapping[str, Answer], mine: Mapping[str, Answer], now: Mapping[str, Answer]
) -> list[FieldChange]:
    """The fields that somebody changed in the workbook and that the record does not say yet."""
    found = [
        FieldChange(key, base.get(key), answer, now.get(key))
        for key, answer in mine.items()
        if answer != base.get(key)
    ]
    return [one for one in found if not one.is_done]


def verdict_of(changes: list[FieldChange], now: Mapping[str, Answer]) -> Verdict:
    """What a row without refused cells would do."""
    if not changes:
        return Verdict.UNCHANGED
    if any(one.is_conflict for one in changes):
        return Verdict.CONFLICT
    return Verdict.CHANGED if any(now.values()) else Verdict.NEW
