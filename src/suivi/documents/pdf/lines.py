"""Pieces and lines of text: words side by side, note marks raised."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from suivi.documents.pdf.pages import Word
from suivi.documents.superscripts import raised
from suivi.documents.words.vocabulary import words_of_headings
from suivi.values.folding import fold

_MARK = re.compile(r"[\d*†‡§,;()/]+")
_GAP_IN_RUN, _GAP = 0.9, 0.55  # of the letter size: the widest space in one run of the file, and between runs
_LABEL_LENGTH = 6  # a bullet or number before its text
_EDGE_COUNT = 4  # runs that start below each other show a column
_VOWEL = re.compile(r"[aeiouy]")  # letters without one ("nt", "s") are no word
_LEAST_HEAD, _MOST_TAIL = 6, 5  # letters of the two parts of a word that a narrow cell broke
_SMALL = 0.86  # of the size beside it: a mark, not a letter of the line


@dataclass(slots=True)
class Piece:
    """Words side by side on one base line, without a wide gap between. `order` is that of the file."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    order: int

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def part(self, words: list[Word]) -> "Piece":
        return Piece(words, words[0].x0, max(word.x1 for word in words), self.y, self.size, self.order)


@dataclass(slots=True)
class TextLine:
    """Pieces on one base line, from left to right."""

    pieces: list[Piece]
    y: float
    size: float
    text: str = ""
    is_bold: bool = False
    number: int = 0  # of the line on its page, counted from 1
    starts_raised: bool = False

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)

    @property
    def order(self) -> int:
        return self.pieces[0].order

    @property
    def ends_in_hyphen(self) -> bool:
        return self.pieces[-1].words[-1].ends_in_hyphen

    @property
    def first_word_width(self) -> float:
        word = self.pieces[0].words[0]
        return word.x1 - word.x0


def left_edges(words: Iterable[Word]) -> frozenset[int]:
    """Where several runs of the file start below each other: the left edges of columns, in half points."""
    seen: Counter[int] = Counter()
    last = -1
    for word in words:
        if word.run != last:
            seen[round(2 * word.x0)] += 1
        last = word.run
    return frozenset(edge for edge, count in seen.items() if count >= _EDGE_COUNT)


def is_edge(x: float, edges: frozenset[int]) -> bool:
    """Whether a column starts here, give or take half a point."""
    return not edges.isdisjoint(range(round(2 * x) - 1, round(2 * x) + 2))


def pieces_of(words: list[Word], edges: frozenset[int] = frozenset()) -> list[Piece]:
    """The pieces of a page, in the order of the file. Turned words become one piece for each run of them.

    `edges` are the left edges of columns: a run that starts at one starts a piece.
    """
    pieces: list[Piece] = []
    turned: list[Word] = []
    current: Piece | None = None
    for word in words:
        if turned and (word.turn != turned[0].turn or not _is_near(turned[-1], word)):
            pieces.append(_upright(turned, len(pieces)))
            turned = []
        if word.turn:
            turned.append(word)
            current = None
        elif current is not None and _goes_on(current, word, edges):
            _append(current, word)
        else:
            current = Piece([word], word.x0, word.x1, word.y, word.size, len(pieces))
            pieces.append(current)
    if turned:
        pieces.append(_upright(turned, len(pieces)))
    return pieces


def _goes_on(piece: Piece, word: Word, edges: frozenset[int]) -> bool:
    size = max(piece.size, word.size)
    gap = word.x0 - piece.x1
    is_same_run = word.run == piece.words[-1].run
    if not -0.4 * size <= gap < (_GAP_IN_RUN if is_same_run else _GAP) * size:
        return False
    is_label = len(piece.words) == 1 and len(piece.words[0].text) <= _LABEL_LENGTH
    if not is_same_run and not is_label and gap > 0.1 * size and is_edge(word.x0, edges):
        return False
    rise = word.y - piece.y
    if abs(rise) < 0.2 * size:
        return True
    if word.size < _SMALL * piece.size:  # a raised or lowered mark
        return -0.4 * size < rise < 0.7 * size
    return piece.size < _SMALL * word.size and -0.7 * size < rise < 0.4 * size


def _append(piece: Piece, word: Word) -> None:
    piece.words.append(word)
    piece.x1 = max(piece.x1, word.x1)
    if word.size > piece.size:
        piece.size, piece.y = word.size, word.y


def _is_near(last: Word, word: Word) -> bool:
    return abs(word.y - last.y) < 2 * last.size


def _upright(words: list[Word], order: int) -> Piece:
    """Turned words as one upright word in their middle; the place they take on the page stays theirs."""
    text = words[0].text
    for before, word in pairwise(words):
        text += word.text if word.is_glued or before.ends_in_hyphen else f" {word.text}"
    low, high = min(word.y for word in words), max(word.y for word in words)
    middle = (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2
    whole = Word(text, low, high, middle, words[0].size, all(word.is_bold for word in words))
    return Piece([whole], low, high, middle, whole.size, order)


def lines_of(pieces: Iterable[Piece]) -> list[TextLine]:
    """Lines from top to bottom: pieces whose base lines are as good as the same."""
    lines: list[TextLine] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        line = lines[-1] if lines else None
        if line is not None and line.y - piece.y < 0.4 * min(max(line.size, piece.size), 40):
            line.pieces.append(piece)
            if piece.size > line.size:
                line.size, line.y = piece.size, piece.y
        else:
            lines.append(TextLine([piece], piece.y, piece.size))
    for line in lines:
        finish(line)
    return lines


def finish(line: TextLine) -> None:
    """Fill in the text of a line, its note marks raised, and whether it is bold."""
    line.pieces.sort(key=lambda piece: piece.x0)
    words = [word for piece in line.pieces for word in piece.words]
    sizes: Counter[tuple[float, float]] = Counter()
    for word in words:
        sizes[round(word.size, 1), round(word.y, 1)] += len(word.text)
    size, y = max(sizes, key=lambda key: (sizes[key] if key[0] >= _SMALL * line.size else 0, key))
    line.size, line.y = size, y
    marks = [_is_mark(word, size, y) for word in words]
    text = ""
    for word, is_mark in zip(words, marks, strict=True):
        shown = raised(word.text).strip("()/") if is_mark else word.text
        text += shown if word.is_glued or not text else f" {shown}"
    line.text = text
    plain = [word for word, is_mark in zip(words, marks, strict=True) if not is_mark]
    line.is_bold = bool(plain) and all(word.is_bold for word in plain)
    line.starts_raised = marks[0]


def _is_mark(word: Word, size: float, y: float) -> bool:
    if word.is_raised:
        return True
    is_above = word.y > y + 0.12 * size
    return is_above and word.size < _SMALL * size and _MARK.fullmatch(word.text) is not None


@dataclass
class Vocabulary:
    """The words of the document, by which a word cut at a line end is put together again."""

    words: Counter[str] = field(default_factory=Counter)
    _cut: list[tuple[str, str]] = field(default_factory=list)

    def add(self, words: Iterable[Word]) -> None:
        """Take in the words of one page, in the order of the file."""
        head = ""
        for word in words:
            text = _bare(word.text)
            if head:
                self._cut.append((head, text))
            elif not word.ends_in_hyphen:
                self.words[text] += 1
            head = text if word.ends_in_hyphen else ""

    @cached_property
    def is_hyphenated(self) -> bool:
        """Whether the document divides words at line ends: many of them stand elsewhere in one piece."""
        whole = sum(bool(self.words[head + tail]) for head, tail in self._cut)
        return whole >= max(2, 0.25 * len(self._cut))

    def joined(self, before: str, after: str) -> str:
        """Two parts of a word, the hyphen between them kept where it belongs to the word."""
        head, tail = before.rpartition(" ")[2], after.partition(" ")[0]
        if not after[:1].islower() or not head[-1:].isalpha():
            return f"{before}-{after}"
        whole, hyphened = self.words[_bare(head + tail)], self.words[_bare(f"{head}-{tail}")]
        is_whole = whole > hyphened if whole != hyphened else self.is_hyphenated
        return before + after if is_whole else f"{before}-{after}"

    def is_broken(self, before: str, after: str) -> bool:
        """Whether the end of a word that fills its line stands at the start of the next, without a hyphen."""
        head, tail = _bare(before.rpartition(" ")[2]), _bare(after.partition(" ")[0])
        if not (head.isalpha() and tail.isalpha() and after[0].islower()):
            return False
        return bool(self.words[head + tail]) or not _VOWEL.search(fold(tail))

    def glue(self, before: str, after: str, *, hyphen: bool) -> str:
        """Two lines of one paragraph as one text."""
        if hyphen:
            return self.joined(before, after)
        if before.endswith("-") and not before.endswith(" -"):
            return self.joined(before[:-1], after)
        if before.endswith(("/", "\u2010", "\u2011")) or (before.endswith("–") and _is_range(before, after)):
            return before + after
        return before + after if _is_broken_word(before, after) else f"{before} {after}"


def _is_broken_word(before: str, after: str) -> bool:
    """Whether a narrow cell broke a word of a heading without a hyphen: "Recommandatio" and "n 1"."""
    head, tail = before.rpartition(" ")[2], after.partition(" ")[0].rstrip(".,;:")
    if len(head) < _LEAST_HEAD or not 0 < len(tail) <= _MOST_TAIL or not after[0].islower():
        return False
    known = words_of_headings()
    is_word = fold(head) in known or fold(head) + "s" in known
    return not is_word and fold(head + tail).removesuffix("s") in known


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]«»\"'“”’⁰¹²³⁴⁵⁶⁷⁸⁹").lower()


def _is_range(before: str, after: str) -> bool:
    return before[-2:-1].isdigit() and after[:1].isdigit()
