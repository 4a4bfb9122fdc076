"""Two files of one format held against each other, and each difference named by its place in the document."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from suivi.render.lines import Line
from suivi.render.reading import FileText

_LOOK_BACK = 40  # lines of the file: how far back the last line whose place is certain may be
_LEAST = 8  # letters: shorter pieces stand in too many places
_TOO_MANY = 20_000  # lines that differ: past this, only that they do is said
_MOST_PLACED = 500  # differences whose place is looked for
# What the formats add to the text or print otherwise, left out where a place is looked for.
_NOT_TEXT = re.compile(r"\[[^\]]*\]|[\s.•·\-–]+")


@dataclass(frozen=True)
class Difference:
    """One stretch of lines that is not the same. `made` is what the record gives, `found` what the file says;
    either may be empty. `line` is where the first of them stands in the document, where that can be told."""

    made: tuple[str, ...]
    found: tuple[str, ...]
    line: Line | None = None

    def around(self, text: str, width: int) -> str:
        """One of the two texts, cut to `width` letters around where they begin to differ."""
        if len(text) <= width:
            return text
        both = zip(" ".join(self.made), " ".join(self.found), strict=False)
        same = next((at for at, (old, new) in enumerate(both) if old != new), 0)
        start = max(0, min(same - width // 3, len(text) - width))
        return "…" * (start > 0) + text[start : start + width] + "…" * (start + width < len(text))


def differences(made: FileText, found: FileText, document: Sequence[Line]) -> list[Difference]:
    """Every difference between what the record gives and a file, in the order of the document."""
    places = _Places(made.lines, document)
    listed = [
        Difference(made.lines[i1:i2], found.lines[j1:j2], places.of(i1) if number < _MOST_PLACED else None)
        for number, (i1, i2, j1, j2) in enumerate(_stretches(made.lines, found.lines))
    ]
    for fingerprint, words in found.drawings.items():
        given = made.drawings.get(fingerprint, ())
        stretches = _stretches(given, words) if fingerprint in made.drawings else ()
        listed += [Difference(given[i1:i2], words[j1:j2]) for i1, i2, j1, j2 in stretches]
    return listed


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two sequences differ; lines that stand for one another come one by one."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > _TOO_MANY:
        yield start, start + len(old), start, start + len(new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and i2 - i1 == j2 - j1:
            yield from (
                (start + i1 + n, start + i1 + n + 1, start + j1 + n, start + j1 + n + 1)
                for n in range(i2 - i1)
            )
        elif tag != "equal":
            yield start + i1, start + i2, start + j1, start + j2


class _Places:
    """Where the lines of a file stand in the document.

    A file may cut a line of the document into several, as pages do, and add numbers and lines of its own. A
    piece that stands in one place only is certain; any other is looked for after the last certain one.
    """

    def __init__(self, lines: Sequence[str], document: Sequence[Line]) -> None:
        self._lines = lines
        self._document = document
        self._starts: list[int] = []
        pieces, length = [], 0
        for line in document:
            self._starts.append(length)
            pieces.append(_bare(_shown(line)))
            length += len(pieces[-1]) + 1
        self._text = "\n".join(pieces)

    def of(self, index: int) -> Line | None:
        """The line of the document in which line `index` of the file stands, None where it cannot be told."""
        if index >= len(self._lines):
            return None
        at = self._certain(index)
        if at < 0:
            words = _bare(self._lines[index])
            before = (self._certain(one) for one in range(index - 1, max(index - _LOOK_BACK, -1), -1))
            last = next((place for place in before if place >= 0), -1)
            at = self._text.find(words, last) if words and last >= 0 else -1
        return self._document[bisect_right(self._starts, at) - 1] if at >= 0 else None

    def _certain(self, index: int) -> int:
        """Where the line, a half or a quarter of it stands, if that stands in one place only; else -1."""
        whole = _bare(self._lines[index])
        for parts in (1, 2, 4):
            size = max(len(whole) // parts, 1)
            for start in range(0, len(whole), size):
                words = whole[start : start + size]
                if len(words) >= _LEAST:
                    at = self._text.find(words)
                    if at >= 0 and self._text.find(words, at + 1) < 0:
                        return at
        return -1


def _shown(line: Line) -> str:
    """The line as files show it, with its number or name before it."""
    return f"{line.name} {line.text}" if line.kind in {"numbered", "caption", "note"} else line.text


def _bare(text: str) -> str:
    return _NOT_TEXT.sub("", text)
