"""What a check says about data: returned, never raised."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from suivi.values.messages import Message, gettext_noop

__all__ = ["Finding", "Place", "Severity", "worst"]


class Severity(StrEnum):
    """How much a finding weighs. An error keeps the data from being taken; a warning wants a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Place:
    """Where in a source: a line counted from 1, a page counted from 1, a sheet, a cell such as B7."""

    line: int | None = None
    page: int | None = None
    sheet: str = ""
    cell: str = ""

    def in_words(self, translate: Callable[[str], str] = gettext_noop) -> str:
        """For people: "page 3, line 12" or "Plan!B7"."""
        if self.cell:
            return f"{self.sheet}!{self.cell}" if self.sheet else self.cell
        parts = []
        if self.page is not None:
            parts.append(translate(gettext_noop("page %(page)s")) % {"page": self.page})
        if self.line is not None:
            parts.append(translate(gettext_noop("line %(line)s")) % {"line": self.line})
        return ", ".join(parts)

    def __str__(self) -> str:
        return self.in_words()


@dataclass(frozen=True)
class Finding:
    """One remark on data: a stable code, its weight, a sentence, where, and what would mend it."""

    code: str
    severity: Severity
    message: Message
    place: Place = field(default_factory=Place)
    hint: Message = field(default_factory=lambda: Message(""))

    def __str__(self) -> str:
        where = f"{self.place}: " if str(self.place) else ""
        hint = f" ({self.hint})" if str(self.hint) else ""
        return f"{where}{self.severity.value} {self.code}: {self.message}{hint}"


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The heaviest severity among the findings, None where there is none."""
    present = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in present), None)
