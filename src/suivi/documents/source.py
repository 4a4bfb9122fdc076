"""A source document after its format has been taken off: lines and tables in reading order.

Every reader of a format gives this, and one interpretation turns it into a plan. Superscript note marks
are kept in the words as Unicode superscripts (¹⁶), whatever the format wrote them with.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from suivi.findings import Finding, Place


class LineKind(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    LIST_ITEM = "list item"
    FOOTNOTE = "footnote"  # the words of a note, its mark in `mark`
    FURNITURE = (
        "furniture"  # running heads, page numbers: left out of the reading, with the reason in `reason`
    )


@dataclass(frozen=True)
class Line:
    """A paragraph or line outside tables. `level` counts headings from 1; `is_bold` where all of it is."""

    text: str
    place: Place
    kind: LineKind = LineKind.TEXT
    level: int = 0
    is_bold: bool = False
    mark: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell. `paragraphs` are its parts in order; `is_continued` marks a cell that a merge from above or
    from the left covers (its words stand in the first cell of the merge); `columns` is how wide it is."""

    paragraphs: tuple[str, ...]
    place: Place
    columns: int = 1
    is_continued: bool = False
    is_bold: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Table:
    """Rows of cells. A wide cell is followed by `columns - 1` continued ones, so that positions align."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    caption: str = ""


@dataclass(kw_only=True)
class SourceDocument:
    """Lines and tables in reading order, what the file says of itself, and what the reader noticed."""

    format: str  # text, markdown, docx, xlsx, pdf
    blocks: list[Line | Table] = field(default_factory=list)
    language: str = ""  # as declared by the file, if it declares one
    findings: list[Finding] = field(default_factory=list)
