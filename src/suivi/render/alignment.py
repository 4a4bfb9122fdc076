"""Which paragraph of a file is which of the document: equal words first, then bookmarks and likeness."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+")
_LEAST = 0.3  # of likeness, for two paragraphs to be taken for one
_SAME_BOOKMARK = 0.5  # what the bookmark of a paragraph weighs beside its words
_MOST_PAIRS = 400_000  # of paragraphs compared in one gap; in longer gaps only bookmarks tell


@dataclass(frozen=True)
class Aligned:
    """What is compared: the words, the kind that must agree ("table"), and names that may agree."""

    words: str
    kind: str
    names: frozenset[str] = frozenset()


Pair = tuple[int | None, int | None]


def align(before: Sequence[Aligned], after: Sequence[Aligned]) -> list[Pair]:
    """Pairs of places in both, in reading order; None where one side has nothing."""
    keys = [(one.kind, one.words) for one in before], [(one.kind, one.words) for one in after]
    pairs: list[Pair] = []
    at, other_at = 0, 0
    for block in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
        pairs += _gap(before, after, range(at, block.a), range(other_at, block.b))
        pairs += [(block.a + step, block.b + step) for step in range(block.size)]
        at, other_at = block.a + block.size, block.b + block.size
    return pairs


def likeness(words: str, other: str) -> float:
    """How many of their words two wordings share: 0 none, 1 all."""
    return _likeness(Counter(_WORD.findall(words.lower())), Counter(_WORD.findall(other.lower())))


def _likeness(counts: Counter[str], other: Counter[str]) -> float:
    total = counts.total() + other.total()
    return 2 * (counts & other).total() / total if total else 0.0


def _gap(before: Sequence[Aligned], after: Sequence[Aligned], ours: range, theirs: range) -> list[Pair]:
    """Between paragraphs that are equal: the pairs that are most alike in all, in order."""
    chosen = [] if not ours or not theirs else _best(_scores(before, after, ours, theirs))
    pairs: list[Pair] = []
    at, other_at = 0, 0
    for i, j in [*chosen, (len(ours), len(theirs))]:
        left, right = ours[at:i], theirs[other_at:j]
        is_even = len(left) == len(right) and all(
            before[a].kind == after[b].kind for a, b in zip(left, right, strict=True)
        )
        # As many on both sides: what was reworded whole stands at its place.
        if is_even:
            pairs += list(zip(left, right, strict=True))
        else:
            pairs += [(a, None) for a in left] + [(None, b) for b in right]
        if i < len(ours):
            pairs.append((ours[i], theirs[j]))
        at, other_at = i + 1, j + 1
    return pairs


def _scores(
    before: Sequence[Aligned], after: Sequence[Aligned], ours: range, theirs: range
) -> list[list[float]]:
    is_long = len(ours) * len(theirs) > _MOST_PAIRS
    left = [Counter(_WORD.findall(before[i].words.lower())) for i in ours]
    right = [Counter(_WORD.findall(after[j].words.lower())) for j in theirs]
    return [
        [
            0.0
            if before[i].kind != after[j].kind
            else _SAME_BOOKMARK * bool(before[i].names & after[j].names)
            + (0.0 if is_long else _likeness(left[a], right[b]))
            for b, j in enumerate(theirs)
        ]
        for a, i in enumerate(ours)
    ]


def _best(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs in order whose scores are the most in all; pairs below the least are none."""
    height, width = len(scores), len(scores[0])
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            paired = best[i + 1][j + 1] + scores[i][j] if scores[i][j] >= _LEAST else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < height and j < width:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs
