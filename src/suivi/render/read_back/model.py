"""What was found in a file that came back."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from suivi.render.passages import Passage
from suivi.render.runs import Inline
from suivi.values.wording_diff import Fate, Piece


class How(StrEnum):
    """What happened to a paragraph."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Refusal(StrEnum):
    """Why a change cannot be taken into what was written."""

    COMPUTED = "computed"  # its words come from the record, not from a written section
    FIGURE = "figure"  # a computed figure in it says something else now
    NOWHERE = "nowhere"  # no written section stands beside it


class FigureFate(StrEnum):
    ALTERED = "altered"
    REMOVED = "removed"


@dataclass(frozen=True)
class Edit:
    """A tracked insertion or deletion."""

    fate: Fate
    words: str
    author: str
    on: date | None


@dataclass(frozen=True)
class FigureFound:
    """A computed figure that the file does not give as it was computed. `found` is empty where it is gone."""

    name: str
    computed: str
    found: str
    fate: FigureFate
    passage: Passage


@dataclass(frozen=True)
class Change:
    """One paragraph that differs.

    `passage` is the paragraph of the document, for an added one the paragraph that it follows; `before` tells
    where an added one stands before it instead. `pieces` are the words for people, `content` is the new
    paragraph with its figures, links and notes. `edits` is what was tracked, `has_untracked` whether there is
    more than that. `style` is the name of the paragraph's style in Word.
    """

    number: int
    how: How
    passage: Passage | None
    pieces: tuple[Piece, ...]
    content: tuple[Inline, ...] = ()
    edits: tuple[Edit, ...] = ()
    has_untracked: bool = False
    figures: tuple[FigureFound, ...] = ()
    refusal: Refusal | None = None
    style: str = ""
    is_before: bool = False

    @property
    def is_offered(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True)
class CommentFound:
    """A remark in the margin, the words it hangs on, and the paragraph, where one is known."""

    author: str
    on: date | None
    text: str
    words: str
    passage: Passage | None


@dataclass(frozen=True)
class ReadBack:
    """Everything that was found, in the order of the file."""

    changes: tuple[Change, ...] = ()
    comments: tuple[CommentFound, ...] = ()
    figures: tuple[FigureFound, ...] = ()

    @property
    def offered(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.is_offered)

    @property
    def refused(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if not change.is_offered)
