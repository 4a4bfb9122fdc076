"""A workbook as data: what `writer` writes, whatever it is for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | Decimal | date | bool | None


class Shape(StrEnum):
    """How a value is shown, as a number format of the file."""

    GENERAL = "General"
    TEXT = "@"  # what is typed stays text, whatever it begins with
    DAY = "yyyy-mm-dd"
    NUMBER = "#,##0.####"


@dataclass(frozen=True)
class Look:
    """How a cell looks, and whether it can be typed into on a protected sheet. Colours are RRGGBB."""

    shape: Shape = Shape.GENERAL
    size: int = 11
    is_bold: bool = False
    is_italic: bool = False
    colour: str = ""
    fill: str = ""
    is_wrapped: bool = False
    has_border: bool = False
    is_unlocked: bool = False

    def but(self, **changes: object) -> "Look":
        """The same look with something else in it."""
        return replace(self, **changes)  # type: ignore[arg-type]


PLAIN = Look()


@dataclass(frozen=True)
class Cell:
    """A value and its look. A text stays a text, also one that begins like a formula."""

    value: Value = None
    look: Look = PLAIN


@dataclass(frozen=True)
class Column:
    """Its width in letters."""

    width: float = 12
    is_hidden: bool = False


@dataclass(frozen=True)
class Choices:
    """Where the words of a drop-down stand: a column of a sheet, from its first row."""

    sheet: str
    column: int
    count: int


@dataclass(frozen=True)
class Check:
    """What may be typed into some rows of a column, and the words shown beside the cell.

    Without `choices` only the words are shown. `rows` are row numbers counted from 1.
    """

    column: int
    rows: Sequence[int]
    choices: Choices | None = None
    prompt: str = ""
    refusal: str = ""


class Visibility(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"  # programs offer no way to show it


@dataclass
class Sheet:
    """One sheet. `name` has at most 31 letters and none of []:*?/\\ in it; see `sheet_name`."""

    name: str
    columns: Sequence[Column] = ()
    rows: list[Sequence[Cell]] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    frozen_rows: int = 0
    frozen_columns: int = 0
    is_protected: bool = False
    is_landscape: bool = True
    has_filter: bool = False  # over the last frozen row
    least_lines: int = 1  # how high the rows below the frozen ones are at least
    visibility: Visibility = Visibility.VISIBLE


@dataclass
class Workbook:
    """Sheets in order, what the file says of itself, and the words in the foot of each printed page."""

    sheets: list[Sheet]
    title: str = ""
    author: str = ""
    foot: str = ""
    is_protected: bool = False  # sheets can be neither added nor taken away


def sheet_name(words: str, taken: Sequence[str] = ()) -> str:
    """A name that programs accept for a sheet: short, without their signs, not taken yet."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in words).strip().strip("'")[:31] or "-"
    name, number = plain, 2
    while name.casefold() in {one.casefold() for one in taken}:
        name = f"{plain[: 31 - len(str(number)) - 1]} {number}"
        number += 1
    return name
