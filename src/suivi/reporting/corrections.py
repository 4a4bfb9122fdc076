"""What a paper said that the record says otherwise since: by composing it again on its days, corrected."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from suivi.monitoring.queries.corrections import record_corrections
from suivi.render.document import Document
from suivi.render.lines import BETWEEN_CELLS, Line, lines_of
from suivi.reporting.asked import Asked

# The words of drawings follow the tables behind them.
_NOT_COMPARED = ("picture", "notice")


@dataclass(frozen=True)
class Correction:
    """One line of a paper that would read otherwise now.

    `place` is the number of a paragraph, the name of a table or the heading above; `row` counts the rows of
    a table from 1 and is 0 elsewhere. `said` is empty for a line that came, `should_read` for one that went.
    """

    kind: str
    place: str
    row: int
    said: str
    should_read: str


def corrections_of(asked: Asked, until: date, compose: Callable[[Asked], Document]) -> list[Correction]:
    """The lines of a report that read otherwise with what the record learnt after its day, by another day."""
    if until <= asked.as_of or not record_corrections(asked.plan, asked.as_of, until):
        return []
    then, now = (_lines(compose(one)) for one in (asked, replace(asked, corrected_until=until)))
    return list(_differences(then, now))


def _lines(document: Document) -> list[Line]:
    return [line for line in lines_of(document) if line.kind not in _NOT_COMPARED]


def _differences(then: Sequence[Line], now: Sequence[Line]) -> Iterator[Correction]:
    matcher = SequenceMatcher(None, [one.text for one in then], [one.text for one in now], autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            continue
        for place in range(max(i2 - i1, j2 - j1)):
            old = then[i1 + place] if i1 + place < i2 else None
            new = now[j1 + place] if j1 + place < j2 else None
            line = old or new
            if line is not None:
                yield Correction(line.kind, line.name, line.row, _words(old), _words(new))


def _words(line: Line | None) -> str:
    return line.text.replace(BETWEEN_CELLS, " · ") if line else ""
