"""Lines put together to paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from suivi.documents.pdf.lines import TextLine, Vocabulary

BULLET = re.compile(r"[•‣▪●○◦■□➢➤✓·\uf0b7\uf0a7–—-]\s+(?=\S)|[•‣▪●◦■➢➤\uf0b7\uf0a7](?=\S)")
_NUMBER = re.compile(
    r"(?:\(?[a-z]{1,4}\)|\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[a-zA-Z]\.\d{1,2})\s+\S"
)
_SENTENCE_END = re.compile(r"[.;:!?…][’'\"»”)\]⁰¹²³⁴⁵⁶⁷⁸⁹\s]*$")
_TIME = re.compile(r"(?:\d{1,2}[./])?(?:19|20)\d\d(?:\s*[-–—/]\s*(?:(?:19|20)\d\d|\d\d))?")
_NO_ROOM = 0.7  # of the letter size: what a broken word leaves at the edge of its cell
_MUCH_ROOM = 0.25  # of the width: white after a line that no long word explains
_WIDE_LEADING = 1.28  # of the usual distance between lines: a paragraph ends


@dataclass
class Paragraph:
    """Lines that belong together."""

    lines: list[TextLine] = field(default_factory=list)
    text: str = ""

    @property
    def first(self) -> TextLine:
        return self.lines[0]

    @property
    def size(self) -> float:
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def is_bold(self) -> bool:
        return all(line.is_bold for line in self.lines)


def paragraphs_of(
    lines: Iterable[TextLine], right: float, vocabulary: Vocabulary, *, is_edge: bool = False
) -> list[Paragraph]:
    """Lines in reading order as paragraphs.

    `right` is where full lines end: the edge of a cell (`is_edge`), else the longest line around.
    """
    lines = list(lines)
    usual = _usual_leading(lines)
    found: list[Paragraph] = []
    for line in lines:
        if found and not _starts_anew(found[-1], line, right, usual, is_edge=is_edge):
            last = found[-1]
            hyphen = last.lines[-1].ends_in_hyphen
            if (
                is_edge
                and _fills_its_line(last.lines[-1], right)
                and vocabulary.is_broken(last.text, line.text)
            ):
                last.text += line.text
            else:
                last.text = vocabulary.glue(last.text, line.text, hyphen=hyphen)
            last.lines.append(line)
        else:
            found.append(Paragraph([line], line.text))
    return found


def _fills_its_line(line: TextLine, right: float) -> bool:
    """Whether one word alone fills a line of a cell to its edge: a longer one would have been broken."""
    return " " not in line.text and right - line.x1 < _NO_ROOM * line.size and not line.ends_in_hyphen


def _usual_leading(lines: list[TextLine]) -> float:
    """The smallest common distance of base lines, 0 where no lines follow each other closely."""
    steps = sorted(
        above.y - below.y
        for above, below in pairwise(lines)
        if 0 < above.y - below.y < 1.9 * max(above.size, below.size)
    )
    return steps[len(steps) // 4] if steps else 0.0


def _starts_anew(paragraph: Paragraph, line: TextLine, right: float, usual: float, *, is_edge: bool) -> bool:
    last = paragraph.lines[-1]
    if BULLET.match(line.text) or line.starts_raised:
        return True
    if abs(line.size - last.size) > 0.09 * last.size or line.is_bold != last.is_bold:
        return not _mixes(last, line)
    step = last.y - line.y
    is_far = step <= 0 or step > 2.2 * line.size or bool(usual and step > _WIDE_LEADING * usual)
    if is_far or (_NUMBER.match(line.text) and not _is_cut(last)):
        return True
    if _TIME.fullmatch(paragraph.text) and _TIME.fullmatch(line.text):
        return True
    return _is_left_short(paragraph, line, right, is_edge=is_edge)


def _is_left_short(paragraph: Paragraph, line: TextLine, right: float, *, is_edge: bool) -> bool:
    """Whether the line above ended though the first word of this one had room in it."""
    last = paragraph.lines[-1]
    is_sentence_end = _SENTENCE_END.search(last.text) is not None
    room = right - last.x1 - 0.25 * line.size - line.first_word_width
    if _is_cut(last) or room < 0.2 * line.size:
        return is_sentence_end and _is_indented(paragraph, line)
    if is_sentence_end:
        return True
    first = line.text.lstrip("«\"'“‘([¿¡ ")[:1]
    enough = 0.3 * line.size if is_edge else _MUCH_ROOM * (right - last.x0)
    return room > enough and (first.isupper() or first.isdigit())


def _mixes(last: TextLine, line: TextLine) -> bool:
    """Whether a change to or from bold happens inside a sentence: the words go on in small letters."""
    step = last.y - line.y
    same_size = abs(line.size - last.size) <= 0.09 * last.size
    return same_size and 0 < step < 1.6 * line.size and line.text[:1].islower()


def _is_cut(line: TextLine) -> bool:
    return line.ends_in_hyphen or line.text.endswith(("-", "–", "/", ","))


def _is_indented(paragraph: Paragraph, line: TextLine) -> bool:
    """Whether a line starts further in than the one above, where the paragraph has no hanging first line."""
    return len(paragraph.lines) > 1 and line.x0 > paragraph.lines[-1].x0 + 0.8 * line.size
