"""The plan while it is read: pillars, actions and deliverables under construction."""

from dataclasses import dataclass, field

from suivi.documents.model import Certainty, Source
from suivi.documents.words.marks import strip_marks
from suivi.documents.words.vocabulary import Level
from suivi.findings import Place
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop

_UNNAMED = {
    Level.PILLAR: gettext_noop("the document names no pillar here"),
    Level.ACTION: gettext_noop("the document names no action here"),
    Level.DELIVERABLE: gettext_noop("the document names no deliverable here"),
}


@dataclass(frozen=True)
class Said:
    """Words for one field, with their place and how sure it is that they belong there."""

    words: str
    place: Place
    certainty: Certainty = Certainty.STATED
    why: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there but the dashes of an empty cell."""
        return not self.words.strip("-–— ")

    @property
    def source(self) -> Source:
        """Where the field comes from, for the plan."""
        return Source(self.place, self.words, self.certainty, self.why)


@dataclass(eq=False)
class Part:
    """A pillar, action or deliverable as far as it has been read."""

    level: Level
    words: str
    place: Place
    number: str = ""
    label: str = ""
    certainty: Certainty = Certainty.STATED
    why: str = ""
    is_stand_in: bool = False  # made because the document leaves this level out
    is_restated: bool = False  # a deliverable in the words of its action
    is_internal: bool = False  # numbered by us
    parent: "Part | None" = None
    children: list["Part"] = field(default_factory=list)
    fields: dict[str, Said] = field(default_factory=dict)
    links: list[Said] = field(default_factory=list)
    strands: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words, self.footnotes = strip_marks(self.words)

    @property
    def source(self) -> Source:
        """Where its words come from, for the plan."""
        return Source(self.place, self.words, self.certainty, self.why)

    def extend(self, words: str) -> None:
        """Go on with words that a page end had cut off."""
        clean, marks = strip_marks(words)
        self.words = f"{self.words} {clean}".strip()
        self.footnotes += marks

    @property
    def is_cut(self) -> bool:
        """Whether the words end in the middle of a sentence."""
        return bool(self.words) and self.words[-1] not in '.;:!?»)”"'


class Outline:
    """The parts in order, and the ones that what follows belongs to."""

    def __init__(self) -> None:
        self.pillars: list[Part] = []
        self.pillar: Part | None = None
        self.action: Part | None = None
        self.deliverable: Part | None = None
        self._known: dict[tuple[int, Level, str], Part] = {}

    def open_pillar(self, part: Part) -> Part:
        """Begin a pillar, or go back to the one of that number or title."""
        known = self._same(None, part)
        if known is None:
            self.pillars.append(part)
            self._remember(None, part)
            known = part
        if known is not self.pillar:
            self.action = self.deliverable = None
        self.pillar = known
        return known

    def open_action(self, part: Part) -> Part:
        """Begin an action of the current pillar, or go back to the one of that number or wording."""
        pillar = self.pillar or self.open_pillar(self._stand_in(Level.PILLAR, part.place))
        known = self._same(pillar, part)
        if known is None:
            part.parent = pillar
            pillar.children.append(part)
            self._remember(pillar, part)
            known = part
        if known is not self.action:
            self.deliverable = None
        self.action = known
        return known

    def add_deliverable(self, part: Part) -> Part:
        """Add a deliverable to the current action; two with the same words stay two."""
        action = self.action or self.open_action(self._stand_in(Level.ACTION, part.place))
        part.parent = action
        action.children.append(part)
        self.deliverable = part
        return part

    def actions(self) -> list[Part]:
        """All actions in order."""
        return [action for pillar in self.pillars for action in pillar.children]

    def deliverables(self) -> list[Part]:
        """All deliverables in order."""
        return [deliverable for action in self.actions() for deliverable in action.children]

    @staticmethod
    def _stand_in(level: Level, place: Place) -> Part:
        return Part(level, "", place, certainty=Certainty.CONCLUDED, why=_UNNAMED[level], is_stand_in=True)

    def _keys(self, parent: Part | None, part: Part) -> list[tuple[int, Level, str]]:
        scope = id(parent) if parent else 0
        words = fold(part.words).rstrip(" .;:")
        if part.is_stand_in:
            return [(scope, part.level, "stand-in")]
        keys = [(scope, part.level, f"number {part.number}")] if part.number else []
        if words and not part.number:
            keys.append((scope, part.level, f"words {words}"))
        return keys

    def _same(self, parent: Part | None, part: Part) -> Part | None:
        for key in self._keys(parent, part):
            known = self._known.get(key)
            if known is None:
                continue
            if not part.number or not part.words or not known.words or _alike(known.words, part.words):
                if not known.words or (not known.children and _is_fuller(part.words, known.words)):
                    known.words, known.place = part.words, part.place
                return known
        return None

    def _remember(self, parent: Part | None, part: Part) -> None:
        for key in self._keys(parent, part):
            self._known.setdefault(key, part)


def _is_fuller(words: str, known: str) -> bool:
    """Whether words say all of a title and more, as a title in a sheet does of the name of the sheet."""
    return len(words) > len(known) and fold(words).startswith(fold(known).rstrip(" .;:"))


def _alike(one: str, other: str) -> bool:
    """Whether two wordings of the same number are one part: equal, or one the beginning of the other."""
    first, second = fold(one).rstrip(" .;:"), fold(other).rstrip(" .;:")
    return first == second or first.startswith(second) or second.startswith(first)
