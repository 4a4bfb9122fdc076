"""Which of a plan's own levels are its pillars, its actions and its deliverables.

Plans name their levels as they like: an "output" stands above activities in one plan and below actions in
another. So the words only weigh, and order (what stands further left or encloses) and blank cells decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from suivi.documents.words.vocabulary import Level

_ORDER = (Level.PILLAR, Level.ACTION, Level.DELIVERABLE)
_INVERSION = 2.5  # a parent to the right of its child is possible, and rare
_OUTERMOST = 0.5  # of several labels, the one that encloses the others is the pillar
_NUMBERED = 0.6  # an entry with a number is more likely a level than one without
_FEWER_CELLS = 2.0  # a column filled clearly less often than another stands above it
_LEFT_OUT = 1.0  # a level word that gets no level while one is free
_MOST_CANDIDATES = 8


@dataclass(frozen=True)
class Candidate:
    """A label or column that may be a level: its key, how its word ranks, and how many cells it fills.

    `filled` is 0 where nothing can be counted (labels in headings, which enclose their tables).
    """

    key: str
    ranks: tuple[float, float, float]
    filled: int = 0
    is_numbered: bool = False  # its entries carry numbers of their own
    rows: frozenset[tuple[int, int]] = frozenset()  # the rows in which its column has words of its own


def settle_levels(candidates: Sequence[Candidate]) -> dict[str, Level]:
    """The best assignment of candidates, in document order, to the three levels.

    Each level is given once; candidates that fit nowhere are left out of the answer.
    """
    unique = list({candidate.key: candidate for candidate in candidates}.values())[:_MOST_CANDIDATES]
    best: dict[str, Level] = {}
    best_score = float("-inf")
    for size in range(1, min(3, len(unique)) + 1):
        for chosen in combinations(range(len(unique)), size):
            for levels in permutations(range(3), size):
                score = _score([unique[i] for i in chosen], levels)
                if score is None:
                    continue
                if chosen[0] == 0 and levels[0] == 0 and not unique[0].filled:
                    score += _OUTERMOST
                score -= _LEFT_OUT * (min(3, len(unique)) - size)
                if score > best_score:
                    best_score = score
                    best = {unique[i].key: _ORDER[level] for i, level in zip(chosen, levels, strict=True)}
    return best


def _score(chosen: list[Candidate], levels: tuple[int, ...]) -> float | None:
    """How well the levels fit; None where a word cannot mean its level at all."""
    score = 0.0
    for candidate, level in zip(chosen, levels, strict=True):
        if candidate.ranks[level] == 0:
            return None
        score += candidate.ranks[level] + (_NUMBERED if candidate.is_numbered else 0)
    for (left, left_level), (right, right_level) in combinations(zip(chosen, levels, strict=True), 2):
        score -= _disorder(left, left_level, right, right_level)
    return score


def _disorder(left: Candidate, left_level: int, right: Candidate, right_level: int) -> float:
    """What it costs that two columns stand the wrong way round, by their cells or else by their places."""
    if left.rows and right.rows and left.rows != right.rows:
        if left.rows < right.rows:
            return 0.0 if left_level < right_level else _INVERSION + _FEWER_CELLS
        if right.rows < left.rows:
            return 0.0 if right_level < left_level else _FEWER_CELLS
    if left.filled and right.filled:
        if left.filled * 5 <= right.filled * 4:
            return 0.0 if left_level < right_level else _INVERSION + _FEWER_CELLS
        if right.filled * 5 <= left.filled * 4:
            return 0.0 if right_level < left_level else _FEWER_CELLS
    return _INVERSION if left_level > right_level else 0.0
