"""A form as a workbook: rows that people fill in, which remember the state they were made from.

Each row has an id that stands in a hidden column, so that rows are found wherever they stand. A sheet that
programs do not show keeps, for each row, what it was written with and a digest of that.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from suivi.workbooks.answers import Answer, AnswerKind

STATE_SHEET = "suivi"
MARK = "suivi-form"
VERSION = "1"

Shown: TypeAlias = str | date | Decimal | None


@dataclass(frozen=True)
class Field:
    """A column. `kind` None: it only shows something. `choices` are keys to words, `prompt` helps typing."""

    key: str
    title: str
    width: float = 14
    kind: AnswerKind | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    prompt: str = ""


@dataclass(frozen=True)
class Row:
    """A row. Without an id it is a heading. `closed`: it shows its answers and takes none; `note`: a remark
    in a column of its own, for rows that come back."""

    id: str
    shown: Mapping[str, Shown] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    closed: bool = False
    note: str = ""
    # What stands in cells in place of the answers that the row was made from: rows that come back.
    typed: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class FormSheet:
    """One sheet of rows. `shape` names its fields, `name` is what people see."""

    shape: str
    name: str
    fields: Sequence[Field]
    rows: Sequence[Row]
    intro: str = ""
    least_lines: int = 1  # room for words in each row


@dataclass(frozen=True)
class Words:
    """The words that a form needs of its own, in its language."""

    instructions: str
    sheet: str
    note: str
    choose: str


@dataclass(frozen=True)
class Form:
    """`facts` are kept with the workbook and come back with it: whose it is, about what, which language."""

    key: str
    title: str
    facts: Mapping[str, str]
    instructions: Sequence[str]
    sheets: Sequence[FormSheet]
    words: Words


def digest_of_row(key: str, shape: str, row: str, values: Sequence[str]) -> str:
    """By what a row proves that the state kept with it is the one it was written with."""
    whole = "\x1f".join((MARK, VERSION, key, shape, row, *values))
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
