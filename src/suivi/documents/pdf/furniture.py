"""Running heads, page numbers and footnotes: what stands on a page without being part of its text."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from suivi.documents.pdf.lines import TextLine
from suivi.documents.pdf.pages import Page, Rule

_MARGIN = 0.13  # of the height of the page, at its top and bottom
_OUTERMOST = 3  # lines at each end that may be furniture
_PAGE_NUMBER = re.compile(
    r"(?:page|página|p\.)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—|]?"
    r"(?:\s*(?:/|of|de|sur|von)\s*\d{1,4})?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTE = re.compile(r"(\d{1,3}|[*†‡§]{1,3})\s+(?=\S)")
_SMALL = 0.93  # of the letters of the text: notes
_SEPARATOR_SHARE = 0.55  # of the width of the page: the rule above notes is shorter


def running_lines(pages: list[tuple[Page, list[TextLine]]]) -> set[int]:
    """The lines (by identity) that repeat at the same height of many pages, and page numbers.

    The lines given are those outside ruled tables. What also stands in the middle of a page, in columns, is
    the header of a table.
    """
    seen: Counter[tuple[str, int]] = Counter()
    headers: set[str] = set()
    for page, lines in pages:
        outer = _outer(page, lines)
        seen.update({_key(line, page) for line in outer})
        outer_ids = {id(line) for line in outer}
        headers |= {_folded(line) for line in lines if len(line.pieces) > 1 and id(line) not in outer_ids}
    least = max(2, len(pages) * 0.2)
    found: set[int] = set()
    for page, lines in pages:
        for line in _outer(page, lines):
            text, height = _key(line, page)
            count = sum(seen[text, height + near] for near in (-1, 0, 1))
            is_number = (line is lines[0] or line is lines[-1]) and _is_page_number(line.text.strip())
            repeats = count >= least and _folded(line) not in headers and _is_apart(line, lines, page)
            if is_number or repeats:
                found.add(id(line))
    return found


def _is_page_number(text: str) -> bool:
    """Whether a line is a page number; a year alone is none, for it may be the last cell of a table."""
    return _PAGE_NUMBER.fullmatch(text) is not None and _YEAR.fullmatch(text) is None


def _outer(page: Page, lines: list[TextLine]) -> list[TextLine]:
    low, high = page.height * _MARGIN, page.height * (1 - _MARGIN)
    top = [line for line in lines[:_OUTERMOST] if line.y > high]
    return top + [line for line in lines[-_OUTERMOST:] if line.y < low and not any(line is t for t in top)]


def _key(line: TextLine, page: Page) -> tuple[str, int]:
    from_edge = line.y if line.y < page.height / 2 else line.y - page.height
    return _folded(line), round(from_edge / 4)


def _folded(line: TextLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _is_apart(line: TextLine, lines: list[TextLine], page: Page) -> bool:
    """Whether white or a rule parts a line from the text, as it does not part a header from its table."""
    is_above = line.y > page.height / 2
    ordered = lines if is_above else lines[::-1]
    index = next(i for i, other in enumerate(ordered) if other is line)
    if len(ordered) == 1:
        return True
    for above, below in pairwise(ordered[index : _OUTERMOST + 1]):
        if (below.y > page.height / 2) != is_above:
            return index == 0  # little stands on the page: only its outermost line
        low, high = sorted((above.y, below.y))
        if high - low > 1.9 * above.size or any(low < rule.at < high for rule in page.across):
            return True
    return False


def notes_start(lines: list[TextLine], rules: Iterable[Rule], page: Page, body: float) -> int:
    """From which line on the lines of a page are footnotes; the number of lines where there are none.

    Notes stand at the bottom: under a short rule, or small and each after a raised mark.
    """
    separators = [
        rule.at
        for rule in rules
        if rule.end - rule.start < _SEPARATOR_SHARE * page.width
        and rule.at < 0.7 * page.height
        and not any(-1 < line.y - rule.at < 0.5 * line.size for line in lines)  # nor an underline
    ]
    for index, line in enumerate(lines):
        is_first_under = any(_is_first_under(at, line, lines[:index]) for at in separators)
        if is_first_under and (line.starts_raised or _NOTE.match(line.text)):
            return index
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].size > _SMALL * body:
            break
        if lines[index].starts_raised:
            start = index
    return start


def _is_first_under(at: float, line: TextLine, before: list[TextLine]) -> bool:
    return line.y < at < line.y + 3 * line.size and (not before or before[-1].y > at)


def note_mark(line: TextLine) -> str:
    """The mark with which a footnote line starts, in plain figures; empty where it starts none."""
    if line.starts_raised:
        return line.pieces[0].words[0].text.strip("()/.")
    match = _NOTE.match(line.text)
    return match[1] if match else ""


def without_mark(line: TextLine) -> str:
    """The words of a footnote line after its mark."""
    if line.starts_raised:
        return line.text.lstrip("⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§ᵃᵇᶜᵈᵉ").strip()
    return _NOTE.sub("", line.text, count=1).strip()
