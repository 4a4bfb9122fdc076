"""The account of every line of a source: what it went into, or why it was left out."""

from dataclasses import dataclass, field

from suivi.documents.interpretation.outline import Part
from suivi.documents.model import LineUse, Use
from suivi.findings import Finding, Place, Severity
from suivi.values.messages import Message


@dataclass
class Entry:
    """One line or cell on the account; `serves` may grow until the account is closed."""

    place: Place
    text: str
    use: Use
    reason: str = ""
    serves: list[tuple[Part | str, str]] = field(default_factory=list)

    def serve(self, part: Part, name: str) -> None:
        """Note that the line went into this field of this part."""
        self.use = Use.USED
        self.reason = ""
        if (part, name) not in self.serves:
            self.serves.append((part, name))


class Ledger:
    """Lines in order, and the findings of the reading."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.findings: list[Finding] = []

    def enter(self, place: Place, text: str, use: Use, reason: str = "") -> Entry:
        """Put a line on the account."""
        entry = Entry(place, text, use, reason)
        self.entries.append(entry)
        return entry

    def find(
        self, code: str, severity: Severity, template: str, place: Place, hint: str = "", **params: object
    ) -> None:
        """Note a finding; templates are marked for the translators where they are written."""
        self.findings.append(Finding(code, severity, Message(template, params), place, Message(hint, params)))

    def close(self) -> list[LineUse]:
        """The account with the final numbers of the parts."""
        return [
            LineUse(
                entry.place,
                entry.text,
                entry.use,
                entry.reason,
                tuple(_named(*served) for served in entry.serves),
            )
            for entry in self.entries
        ]


def _named(part: Part | str, name: str) -> str:
    if isinstance(part, str):
        return f"{part} {name}".strip()
    return f"{part.number or part.level.value} {name}".strip()


def one_per_line(uses: list[LineUse]) -> list[LineUse]:
    """The account of a text in the order of its lines, the cells of a line together."""
    by_line: dict[int, LineUse] = {}
    for use in uses:
        line = use.place.line or 0
        known = by_line.get(line)
        by_line[line] = use if known is None else _together(known, use)
    return [by_line[line] for line in sorted(by_line)]


def _together(one: LineUse, other: LineUse) -> LineUse:
    first, second = (other, one) if other.use is Use.USED and one.use is not Use.USED else (one, other)
    text = " | ".join(part for part in (one.text, other.text) if part)
    return LineUse(first.place, text, first.use, first.reason, (*first.serves, *second.serves))
