"""The rules of a page put together to lattices: the ruled tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from suivi.documents.pdf.pages import Page, Rule

_SAME = 2.6  # points: nearer rules are one
_TOUCH = 4.0  # ends of rules nearer than this meet
_SHORTEST = 8.0
_COVERED = 0.6  # of the side of a cell must be drawn to part it from the next
MAX_RULES = 6_000  # on one page after joining; a drawing has more


@dataclass
class Lattice:
    """Columns and rows of a ruled area: positions of the edges, and which of them are drawn.

    `xs` rise from left to right, `ys` fall from top to bottom.
    """

    xs: list[float]
    ys: list[float]
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[-1] - 1 <= y <= self.ys[0] + 1

    def is_parted_below(self, row: int, column: int) -> bool:
        """Whether a rule runs under a cell."""
        return _is_drawn(self.across, self.ys[row + 1], self.xs[column], self.xs[column + 1])

    def is_parted_right(self, row: int, column: int) -> bool:
        """Whether a rule runs at the right of a cell."""
        return _is_drawn(self.down, self.xs[column + 1], self.ys[row + 1], self.ys[row])


def _is_drawn(rules: list[Rule], at: float, start: float, end: float) -> bool:
    drawn = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= _SAME
    )
    return drawn >= _COVERED * (end - start)


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules along the same line that touch, as one; what stays too short to be a border falls away."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if groups and rule.at - groups[-1][0].at <= _SAME:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    found: list[Rule] = []
    for group in groups:
        current: Rule | None = None
        for rule in sorted(group, key=lambda rule: rule.start):
            if current is not None and rule.start <= current.end + _TOUCH:
                current.end = max(current.end, rule.end)
            else:
                current = Rule(rule.at, rule.start, rule.end)
                found.append(current)
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST]


def lattices_of(page: Page) -> list[Lattice]:
    """The ruled areas of a page that have at least two cells, from top to bottom."""
    across, down = joined(page.across), joined(page.down)
    if len(across) + len(down) > MAX_RULES:
        return []
    found = []
    for rows, columns in _crossing(across, down):
        xs = _edges(columns, rows)
        ys = _edges(rows, columns)[::-1]
        if len(xs) > 1 and len(ys) > 1 and (len(xs) - 1) * (len(ys) - 1) > 1:
            found.append(Lattice(xs, ys, rows, columns))
    return sorted(found, key=lambda lattice: -lattice.top)


def _edges(rules: list[Rule], others: list[Rule]) -> list[float]:
    """Where rules lie, and where the rules across them end when those reach further: open sides."""
    positions: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not positions or at - positions[-1] > _SAME:
            positions.append(at)
    low, high = min(rule.start for rule in others), max(rule.end for rule in others)
    if low < positions[0] - 2 * _TOUCH:
        positions.insert(0, low)
    if high > positions[-1] + 2 * _TOUCH:
        positions.append(high)
    return positions


def _crossing(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that meet each other, each with rules in both directions."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, row in enumerate(across):
        for j, column in enumerate(down, start=len(across)):
            meets = (
                row.start - _TOUCH <= column.at <= row.end + _TOUCH
                and column.start - _TOUCH <= row.at <= column.end + _TOUCH
            )
            if meets:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        is_row = index < len(across)
        group[0 if is_row else 1].append(across[index] if is_row else down[index - len(across)])
    return [group for group in groups.values() if group[0] and group[1]]
