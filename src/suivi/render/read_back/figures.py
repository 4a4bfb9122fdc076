"""Whether the computed figures of a paragraph still say what was computed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from suivi.render.passages import Passage
from suivi.render.read_back.model import FigureFate, FigureFound
from suivi.render.spoken import FigureAt, Spoken
from suivi.values.wording_diff import Fate, Piece, diff_words

# What makes another number of a figure when it stands right before or after it.
_BEFORE = re.compile(r"(?:\w|\d[.,' ]|[−-])$")
_REST = re.compile(r"[\w.,']*(?: \d{3}(?!\d))*")
_AFTER = re.compile(r"(?:\w|[.,']\d|[ ]\d{3}(?!\d))")


@dataclass(frozen=True)
class Checked:
    """The figures that stand in the new wording as computed, and those that do not."""

    kept: tuple[FigureAt, ...]
    wrong: tuple[FigureFound, ...]


def check_figures(passage: Passage, after: Spoken, known: Mapping[str, frozenset[str]]) -> Checked:
    """`known` gives, by name, all that a figure says in the document.

    A figure whose content control was lost is looked for by its words: where they stand unchanged, it counts
    as kept.
    """
    kept, wrong = [], []
    used: Counter[str] = Counter()
    places = _Places.of(passage.spoken.text, after.text)
    for figure in passage.spoken.figures:
        controls = [one for one in after.figures if one.name == figure.name]
        computed = passage.spoken.words(figure)
        if used[figure.name] < len(controls):
            control = controls[used[figure.name]]
            used[figure.name] += 1
            found = [(control, after.words(control))]
        else:
            found = places.found(figure, after)
        for place, words in found[:1]:
            if words == computed and _stands_alone(passage.spoken, figure, after, place):
                kept.append(place)
            else:
                around = _number_around(after.text, place)
                wrong.append(FigureFound(figure.name, computed, around, FigureFate.ALTERED, passage))
        if not found:
            wrong.append(FigureFound(figure.name, computed, "", FigureFate.REMOVED, passage))
    for extra in _extra(after.figures, used):
        words = after.words(extra)
        if words in known.get(extra.name, frozenset()):
            kept.append(extra)
        elif extra.name in known:
            computed = ", ".join(sorted(known[extra.name]))
            wrong.append(FigureFound(extra.name, computed, words, FigureFate.ALTERED, passage))
    return Checked(tuple(kept), tuple(wrong))


def _extra(figures: Iterable[FigureAt], used: Counter[str]) -> Iterator[FigureAt]:
    """The controls beyond those that the paragraph had: quoted again, or brought from elsewhere."""
    left = Counter(used)
    for figure in figures:
        if left[figure.name]:
            left[figure.name] -= 1
        else:
            yield figure


def _stands_alone(before: Spoken, figure: FigureAt, after: Spoken, place: FigureAt) -> bool:
    """Whether nothing was set against the figure that makes another number of it."""
    left = _BEFORE.search(after.text[: place.start]), _BEFORE.search(before.text[: figure.start])
    right = _AFTER.match(after.text[place.end :]), _AFTER.match(before.text[figure.end :])
    return not any(now and not then for now, then in (left, right))


def _number_around(text: str, place: FigureAt) -> str:
    """The words of the figure with what was set against them."""
    start = text.rfind(" ", 0, place.start) + 1
    return text[start : place.end] + _REST.match(text[place.end :])[0].rstrip(" .,;:")  # type: ignore[index]


@dataclass(frozen=True)
class _Places:
    """Where the words of one text went in another. Letters are counted without blanks."""

    pieces: tuple[Piece, ...]
    before: str

    @classmethod
    def of(cls, before: str, after: str) -> "_Places":
        return cls(tuple(diff_words(before, after)), before)

    def found(self, figure: FigureAt, after: Spoken) -> list[tuple[FigureAt, str]]:
        """Where a figure's words stand in the new text, or what replaced them; empty where they are gone."""
        start = _solid(self.before[: figure.start])
        length = _solid(self.before[figure.start : figure.end])
        ours = theirs = 0
        for index, piece in enumerate(self.pieces):
            size = _solid(piece.words)
            is_here = piece.fate is not Fate.ADDED and ours <= start < ours + size
            if is_here and piece.fate is Fate.KEPT and start + length <= ours + size:
                place = _place(after.text, theirs + start - ours, length, figure.name)
                return [(place, after.words(place))]
            if is_here:
                return self._instead(index, figure, after, theirs if piece.fate is Fate.REMOVED else -1)
            ours += size * (piece.fate is not Fate.ADDED)
            theirs += size * (piece.fate is not Fate.REMOVED)
        return []

    def _instead(
        self, index: int, figure: FigureAt, after: Spoken, theirs: int
    ) -> list[tuple[FigureAt, str]]:
        """What stands where the figure stood, if it says a figure too or nothing but the figure went."""
        following = self.pieces[index + 1] if index + 1 < len(self.pieces) else Piece(Fate.KEPT, "")
        if theirs < 0 or following.fate is not Fate.ADDED:
            # Cut in the middle, or taken out and nothing set in its place.
            return [] if theirs >= 0 else [(FigureAt(figure.name, 0, 0), "")]
        is_all = self.pieces[index].words.strip() == self.before[figure.start : figure.end]
        if not is_all and not any(letter.isdigit() for letter in following.words):
            return []
        place = _place(after.text, theirs, _solid(following.words), figure.name)
        return [(place, after.words(place))]


def _solid(words: str) -> int:
    return len(words) - words.count(" ")


def _place(text: str, start: int, length: int, name: str) -> FigureAt:
    """The place of so many letters after so many letters, blanks not counted."""
    solid = [index for index, letter in enumerate(text) if letter != " "][start : start + length]
    return FigureAt(name, solid[0], solid[-1] + 1) if solid else FigureAt(name, 0, 0)
