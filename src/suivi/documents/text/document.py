"""Plain text and Markdown into lines and tables.

Tables are rows of tab-separated cells, pipe tables or grid tables. Nothing is left out: blank lines and
rules are lines too, so that every line of the file can be accounted for.
"""

import re
from collections.abc import Sequence

from suivi.documents.source import Cell, Line, LineKind, SourceDocument, Table
from suivi.documents.text.decoding import decode
from suivi.documents.text.markup import is_wholly_bold, paragraphs, plain
from suivi.documents.text.spaced import heading_offsets, read_spaced
from suivi.findings import Place
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

MOST_LINES = 300_000
MOST_CELLS = 600_000
_WIDEST_ROW = 200  # cells; a line with more marks than that is no row of a plan

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_ARROW = re.compile(r"^\s*[►▶➤]\s*(\S.*)$")
_ITEM = re.compile(r"^(\s*)(?:[-*+•●▪◦‣–\uf0b7])\s+(?:\[[ xX]\]\s+)?(\S.*)$")
_INDENTED_NUMBER = re.compile(r"^(\s{2,40})(?:\d{1,2}|[a-zA-Z])[.)]\s+\S")
# "3.<tab>The Board is invited ...": a paragraph; the one that goes on below need not end with its line.
_NUMBERED_PARAGRAPH = re.compile(
    r"^\s{0,4}\d{1,3}\.\t(?:[^\t]{59,}|[^\t]{10,}[.:;][”»\")\]\d\[⁰-⁹¹²³]{0,4})\s*$"
)
_WRAPPED_PARAGRAPH = re.compile(r"^\s{0,4}\d{1,3}\.\t[^\t]{20,}$")
_NOTE = re.compile(r"^\s*\[\^([\w-]{1,12})\]:\s*(.*)$")
_RULE = re.compile(r"^\s*(?:[-_*=~]\s?){3,}$")
_UNDERLINE = re.compile(r"^\s*(?:={3,}|-{3,})\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?\s*)?$|^\s*\|\s*:?-+:?\s*\|\s*$")
_GRID_RULE = re.compile(r"^\s*\+(?:[-=:]+\+)+\s*$")
_PAGE = re.compile(
    r"^\s*(?:-\s*\d{1,4}\s*-|(?:page|página|p\.)\s*\d{1,4}(?:\s*(?:/|of|de|sur)\s*\d{1,4})?)\s*$",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"^\s*<!--.*-->\s*$|^\s*```\w*\s*$")


def read(data: bytes) -> SourceDocument:
    """A plain text file as lines and tables. Raises InputRefused where it is no text or far too long."""
    return read_text(data, "text")


def read_text(data: bytes, file_format: str) -> SourceDocument:
    """The same for the format named ("text" or "markdown"); both know tabs, pipes and HTML fragments."""
    words, findings = decode(data)
    lines = re.split(r"\r\n|\n|\r", words)
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > MOST_LINES:
        raise InputRefused(
            gettext_noop("This text has more than %(limit)s lines."),
            {"limit": MOST_LINES},
            gettext_noop("Keep only the part that holds the plan."),
        )
    if words.count("|") + words.count("\t") > MOST_CELLS:
        raise InputRefused(
            gettext_noop("The tables of this text have more than %(limit)s cells."),
            {"limit": MOST_CELLS},
            gettext_noop("Keep only the part that holds the plan."),
        )
    source = SourceDocument(format=file_format, findings=findings)
    at = 0
    while at < len(lines):
        at = _read_block(lines, at, source)
    return source


def _read_block(lines: Sequence[str], at: int, source: SourceDocument) -> int:
    """Read the line or table at this index and give the index behind it."""
    line = lines[at]
    if _GRID_RULE.match(line):
        return _read_grid(lines, at, source)
    if _is_pipe_row(lines, at):
        return _read_pipes(lines, at, source)
    if _is_tab_row(line):
        return _read_tabs(lines, at, source)
    if offsets := heading_offsets(line):
        return _read_spaced(lines, at, offsets, source)
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if (
        line.strip()
        and _UNDERLINE.match(below)
        and len(line) < 200
        and not _RULE.match(line)
        and not _ITEM.match(line)
    ):
        level = 1 if "=" in below else 2
        source.blocks.append(Line(_one_line(line), Place(line=at + 1), LineKind.HEADING, level=level))
        source.blocks.append(_furniture(below, at + 1, gettext_noop("a rule under a heading")))
        return at + 2
    source.blocks.append(_read_line(line, at))
    return at + 1


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())


def _furniture(line: str, at: int, reason: str) -> Line:
    return Line(line.strip(), Place(line=at + 1), LineKind.FURNITURE, reason=reason)


def _read_line(line: str, at: int) -> Line:  # noqa: PLR0911  one line per mark
    place = Place(line=at + 1)
    if not line.strip():
        return Line("", place)
    if len(line) < 2000:
        if _PAGE.match(line):
            return _furniture(line, at, gettext_noop("a page number"))
        if _COMMENT.match(line):
            return _furniture(line, at, gettext_noop("a comment or mark of the markup"))
        if _RULE.match(line):
            return _furniture(line, at, "a rule")
    if match := _NOTE.match(line):
        return Line(_one_line(match[2]), place, LineKind.FOOTNOTE, mark=match[1])
    if match := _HEADING.match(line[:2000]):
        return Line(
            _one_line(match[2]),
            place,
            LineKind.HEADING,
            level=len(match[1]),
            is_bold=is_wholly_bold(match[2]),
        )
    if match := _ARROW.match(line):
        return Line(_one_line(match[1]), place, LineKind.HEADING, level=2)
    if is_wholly_bold(line):
        return Line(_one_line(line), place, is_bold=True)
    if match := _ITEM.match(line):
        indent = len(match[1].expandtabs(4))
        return Line(
            _one_line(match[2]),
            place,
            LineKind.LIST_ITEM,
            level=indent // 2 + 1,
            is_bold=is_wholly_bold(match[2]),
        )
    if match := _INDENTED_NUMBER.match(line):
        level = len(match[1].expandtabs(4)) // 2 + 1
        return Line(_one_line(line), place, LineKind.LIST_ITEM, level=level)
    return Line(_one_line(line), place)


def _is_tab_row(line: str) -> bool:
    """Whether tabs part cells: more than an indent, or an indent with another tab behind the words."""
    return ("\t" in line.strip(" ") and ("\t" in line.strip() or line.rstrip(" ").endswith("\t"))) or (
        line.startswith("\t") and "\t" in line.lstrip("\t")
    )


def _read_tabs(lines: Sequence[str], at: int, source: SourceDocument) -> int:
    start = at
    rows: list[list[str]] = []
    while at < len(lines) and (
        _is_tab_row(lines[at]) or (rows and lines[at].startswith("\t") and lines[at].strip())
    ):
        rows.append(lines[at].split("\t"))
        at += 1
    if _are_paragraphs(lines, start, at, source):
        source.blocks.extend(_read_line(lines[k], k) for k in range(start, at))
        return at
    cells = [_cells(row, start + k) for k, row in enumerate(rows)]
    source.blocks.append(Table(_even(cells), Place(line=start + 1)))
    return at


def _are_paragraphs(lines: Sequence[str], start: int, end: int, source: SourceDocument) -> bool:
    """Whether tabs stand behind the numbers of paragraphs, and no table of two columns goes on here."""
    above = next((block for block in reversed(source.blocks) if isinstance(block, Table)), None)
    if above and above.rows and len(above.rows[-1]) == 2:
        return False
    goes_on_below = end < len(lines) and bool(lines[end].strip())
    if goes_on_below and not _WRAPPED_PARAGRAPH.match(lines[end - 1][:2000]):
        return False
    return all(_NUMBERED_PARAGRAPH.match(line[:2000]) for line in lines[start : end - goes_on_below])


def _is_indented(line: str) -> bool:
    return line.startswith("\t") and bool(line.strip()) and line.count("\t") <= _WIDEST_ROW


def _cells(texts: Sequence[str], at: int) -> list[Cell]:
    place = Place(line=at + 1)
    return [Cell(paragraphs(text), place, is_bold=is_wholly_bold(text)) for text in texts]


def _even(rows: Sequence[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows as they are: a row that lost cells is told from one with blank cells later on."""
    return tuple(tuple(row) for row in rows)


def _is_pipe_row(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    if "|" not in line or line.count("|") > _WIDEST_ROW:
        return False
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 2:
        return True
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(_PIPE_RULE.match(below[:2000])) and "|" in below


def _split_pipes(line: str) -> list[str]:
    stripped = line.strip().removeprefix("|")
    cells = re.split(r"(?<!\\)\|", stripped)
    if cells and not cells[-1].strip() and line.rstrip().endswith("|"):
        cells.pop()
    return cells or [""]


def _read_pipes(lines: Sequence[str], at: int, source: SourceDocument) -> int:
    start = at
    rows: list[list[Cell]] = []
    rules: list[Line] = []
    has_outer = lines[at].strip().startswith("|")
    while at < len(lines) and _goes_on(lines[at], has_outer=has_outer):
        if _PIPE_RULE.match(lines[at][:2000]):
            rules.append(_furniture(lines[at], at, gettext_noop("a rule of the table")))
        else:
            rows.append(_cells(_split_pipes(lines[at]), at))
        at += 1
    source.blocks.extend(rules)
    if rows:
        source.blocks.append(Table(_even(rows), Place(line=start + 1)))
    return at


def _goes_on(line: str, *, has_outer: bool) -> bool:
    return 0 < line.count("|") <= _WIDEST_ROW and (not has_outer or line.strip().startswith("|"))


def _read_spaced(lines: Sequence[str], at: int, offsets: list[int], source: SourceDocument) -> int:
    rows, end = read_spaced(lines, at, offsets)
    if len(rows) < 2:
        source.blocks.append(_read_line(lines[at], at))
        return at + 1
    firsts = {row.lines[0] for row in rows}
    for index in range(at, end):
        if not lines[index].strip():
            source.blocks.append(Line("", Place(line=index + 1)))
        elif index not in firsts:
            source.blocks.append(_furniture(lines[index], index, gettext_noop("joined to the row above")))
    source.blocks.append(Table(_even([_cells(row.cells, row.lines[0]) for row in rows]), Place(line=at + 1)))
    return end


def _read_grid(lines: Sequence[str], at: int, source: SourceDocument) -> int:
    """A grid table: the lines between two rules are one row, and each line is a part of its cells."""
    start = at
    rows: list[list[Cell]] = []
    current: list[tuple[int, str]] = []
    while at < len(lines) and (_GRID_RULE.match(lines[at]) or lines[at].strip().startswith("|")):
        if _GRID_RULE.match(lines[at]):
            source.blocks.append(_furniture(lines[at], at, gettext_noop("a rule of the table")))
            if current:
                rows.append(_grid_row(current))
            current = []
        else:
            if current:
                source.blocks.append(_furniture(lines[at], at, gettext_noop("joined to the row above")))
            current.append((at, lines[at]))
        at += 1
    if current:
        rows.append(_grid_row(current))
    if rows:
        source.blocks.append(Table(_even(rows), Place(line=start + 1)))
    return at


def _grid_row(lines: Sequence[tuple[int, str]]) -> list[Cell]:
    parts = [[cell.strip() for cell in _split_pipes(line)] for _, line in lines]
    width = max(len(part) for part in parts)
    texts = ["\n".join(part[i] for part in parts if i < len(part) and part[i]) for i in range(width)]
    return _cells(texts, lines[0][0])
