"""What differs between two wordings, word by word, for people to read side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with the white space after it; a mark of punctuation stands for itself.
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*\s*|[^\w\s]\s*|\s+")


class Fate(StrEnum):
    """What became of a piece of wording."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A run of words with the white space after it, and what became of it."""

    fate: Fate
    words: str


def diff_words(before: str, after: str) -> list[Piece]:
    """The pieces in reading order; where words were replaced, what was removed stands before what was added.

    The kept and removed pieces joined give `before`, the kept and added ones give `after`, to the letter,
    except that the white space of kept words is that of `after`.
    """
    return list(_joined(_pieces(before, after)))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    # Words are compared without the white space that follows them: a word moved to the end is the same word.
    matcher = SequenceMatcher(None, [t.strip() for t in old], [t.strip() for t in new], autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            yield Piece(Fate.KEPT, "".join(new[j1:j2]))
            continue
        if i1 < i2:
            yield Piece(Fate.REMOVED, "".join(old[i1:i2]))
        if j1 < j2:
            yield Piece(Fate.ADDED, "".join(new[j1:j2]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Two pieces of one fate beside each other are one piece; empty ones are none."""
    held: Piece | None = None
    for piece in pieces:
        if not piece.words:
            continue
        if held and held.fate is piece.fate:
            held = Piece(held.fate, held.words + piece.words)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
