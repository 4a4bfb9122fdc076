"""Numbers for the parts that the document leaves without one, or that share one."""

from collections import Counter
from itertools import count

from suivi.documents.interpretation.ledger import Ledger
from suivi.documents.interpretation.outline import Outline, Part
from suivi.documents.words.numbering import depth_of
from suivi.findings import Severity
from suivi.values.messages import gettext_noop


def number_parts(outline: Outline, ledger: Ledger) -> None:
    """Give numbers to what has none, and unambiguous ones to what shares a number."""
    _number_children(outline.pillars, "")
    _make_unique(outline.pillars, ledger)
    for pillar in outline.pillars:
        _number_children(pillar.children, pillar.number)
    _make_unique(outline.actions(), ledger)
    for action in outline.actions():
        _number_children(action.children, action.number)
    _make_unique(outline.deliverables(), ledger)


def _number_children(parts: list[Part], prefix: str) -> None:
    taken = {part.number for part in parts if part.number}
    at = 0
    for part in parts:
        at += 1
        if part.number:
            continue
        while (number := f"{prefix}.{at}" if prefix else f"{at}") in taken:
            at += 1
        part.number, part.is_internal = number, True
        taken.add(number)


def _make_unique(parts: list[Part], ledger: Ledger) -> None:
    """Where numbers start anew under each parent, put the parent's in front of all numbers of that kind."""
    counts = Counter(part.number for part in parts)
    depths = {depth_of(part.number) for part in parts if counts[part.number] > 1}
    if not depths:
        return
    taken = {part.number for part in parts if depth_of(part.number) not in depths}
    for part in parts:
        stated = part.number
        parent = part.parent.number if part.parent else ""
        if depth_of(stated) not in depths or (counts[stated] == 1 and stated.startswith(f"{parent}.")):
            continue
        number = _free(
            f"{parent}.{stated}" if parent and not stated.startswith(f"{parent}.") else stated, taken
        )
        taken.add(number)
        if number == stated:
            continue
        if not part.is_internal and counts[stated] > 1:
            ledger.find(
                "number-not-unique",
                Severity.NOTE,
                gettext_noop("The number %(stated)s stands more than once; here it is kept as %(number)s."),
                part.place,
                gettext_noop("Correct the number if the document has another one."),
                stated=stated,
                number=number,
            )
        part.number, part.is_internal = number, True


def _free(number: str, taken: set[str]) -> str:
    if number not in taken:
        return number
    return next(other for n in count(2) if (other := f"{number}-{n}") not in taken)
