"""Positions in a sheet, and their names."""

import re
from typing import NamedTuple

MAX_COLUMN, MAX_ROW = 16_384, 1_048_576
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class At(NamedTuple):
    """A position: row and column counted from 1."""

    row: int
    column: int

    @property
    def name(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 28 gives "AB"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def position(name: str) -> At | None:
    """The position that "B7" or "$B$7" names, None for anything else."""
    match = _REFERENCE.fullmatch(name.replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return At(int(match[2]), column)
