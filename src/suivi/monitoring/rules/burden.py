"""What a round costs those who answer: which parts of an update are filled, said again, and never read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from suivi.monitoring.rules.content import UpdateContent
from suivi.values.messages import gettext_noop

# Below so many units a figure could be laid to one person's door.
FEWEST_UNITS = 5


class Part(StrEnum):
    """A part of an update that is asked for."""

    NARRATIVE = "narrative"
    DIFFICULTIES = "difficulties"
    FACTS = "facts"
    ASSESSMENT = "assessment"
    SUPPORT = "support"
    EVIDENCE = "evidence"


PART_WORDS: dict[Part, str] = {
    Part.NARRATIVE: gettext_noop("what was done"),
    Part.DIFFICULTIES: gettext_noop("difficulties and risks"),
    Part.FACTS: gettext_noop("items, steps and values"),
    Part.ASSESSMENT: gettext_noop("own assessment"),
    Part.SUPPORT: gettext_noop("support needed"),
    Part.EVIDENCE: gettext_noop("evidence"),
}


def said_in(content: UpdateContent) -> Mapping[Part, object]:
    """What an update says in each part; a part that says nothing is falsy."""
    facts = (content.items, content.steps, content.values, content.is_commitment_kept)
    return {
        Part.NARRATIVE: content.narrative,
        Part.DIFFICULTIES: content.difficulties,
        Part.FACTS: facts if any(one not in ((), None) for one in facts) else (),
        Part.ASSESSMENT: (content.assessment, content.assessment_reason) if content.assessment else (),
        Part.SUPPORT: content.support,
        Part.EVIDENCE: content.evidence,
    }


def filled_parts(content: UpdateContent) -> list[Part]:
    """The parts in which an update says something."""
    return [part for part, said in said_in(content).items() if said]


@dataclass(frozen=True)
class PartBurden:
    """One part over all updates of a round. `again`: said in the same way as the time before."""

    part: Part
    asked: int
    filled: int
    again: int
    read: int

    @property
    def unread(self) -> int:
        return self.filled - self.read


@dataclass(frozen=True)
class Answered:
    """An update of a round, what was said before it, and which of its parts somebody else has read."""

    content: UpdateContent
    before: UpdateContent | None
    read: frozenset[str]


def burden(answers: Iterable[Answered]) -> list[PartBurden]:
    """Each part over all answers, in the order in which it is asked."""
    given = list(answers)
    return [_of_part(part, given) for part in Part]


def _of_part(part: Part, given: list[Answered]) -> PartBurden:
    filled = [one for one in given if said_in(one.content)[part]]
    again = [one for one in filled if one.before and said_in(one.before)[part] == said_in(one.content)[part]]
    read = [one for one in filled if part in one.read]
    return PartBurden(part, len(given), len(filled), len(again), len(read))
