"""Windows of time with a first and a last day."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Period:
    """From a first to a last day, both included; an open end is None."""

    starts_on: date | None
    ends_on: date | None

    def __post_init__(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("a period ends before it starts")

    def __contains__(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share at least one day."""
        starts_before_end = other.ends_on is None or self.starts_on is None or self.starts_on <= other.ends_on
        ends_after_start = self.ends_on is None or other.starts_on is None or other.starts_on <= self.ends_on
        return starts_before_end and ends_after_start
