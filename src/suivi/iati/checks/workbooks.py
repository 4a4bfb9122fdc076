"""Findings for the offices that mend them: one workbook for each, in its language, with a column to answer.

Which office an activity belongs to is said by how its identifier begins: a table with the columns prefix,
office and language. The longest prefix wins; what fits none goes to the workbook "other".
"""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suivi.iati.checks.model import Fault
from suivi.iati.checks.overview import WEIGHTS
from suivi.iati.checks.report import Report
from suivi.iati.checks.wording import Words
from suivi.iati.codelists import LANGUAGES
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

OTHER = "other"
MOST_ROWS = 1_048_575  # of a sheet, below its heading
LONGEST = 32_000  # signs of a cell
_HEADINGS = (
    (gettext_noop("Activity"), 32),
    (gettext_noop("Title"), 40),
    (gettext_noop("Weight"), 16),
    (gettext_noop("What is wrong"), 60),
    (gettext_noop("How to mend it"), 60),
    (gettext_noop("Value"), 30),
    (gettext_noop("Field"), 36),
    (gettext_noop("Line"), 10),
    (gettext_noop("Check"), 10),
    (gettext_noop("Your answer"), 40),
)
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STRANGE = re.compile(r"[^\w.-]+")
Translations = Callable[[str], Words]


@dataclass(frozen=True)
class Office:
    """Who mends: the name of the office and the language of its workbook."""

    name: str
    language: str


def read_offices(path: Path) -> Mapping[str, Office]:
    """The offices by prefix. Raises InputRefused for a table of another kind."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(row["prefix"], Office(row["office"], row["language"])) for row in csv.DictReader(file)]
    except (KeyError, UnicodeDecodeError, csv.Error) as error:
        raise _no_table(path) from error
    if not rows or not all(prefix and one.name and one.language in LANGUAGES for prefix, one in rows):
        raise _no_table(path)
    return dict(rows)


def write_workbooks(
    report: Report, folder: Path, offices: Mapping[str, Office], words_in: Translations
) -> dict[Path, int]:
    """Make the check and write a workbook for each office that has findings. Gives files and their rows."""
    folder.mkdir(parents=True, exist_ok=True)
    books: dict[Office, Book] = {}
    longest_first = sorted(offices, key=len, reverse=True)
    other = Office(OTHER, report.words.language)
    for fault, _is_new in report.faults():
        prefix = next((one for one in longest_first if fault.identifier.startswith(one)), None)
        office = offices[prefix] if prefix is not None else other
        book = books.get(office)
        if book is None:
            book = books[office] = Book(words_in(office.language))
        book.add(fault)
    return dict(book.save(_path(folder, office, books)) for office, book in books.items())


def _path(folder: Path, office: Office, books: Mapping[Office, Any]) -> Path:
    name = _STRANGE.sub("-", office.name).strip("-") or OTHER
    same = [one for one in books if _STRANGE.sub("-", one.name).strip("-") == name]
    return folder / (f"{name}.xlsx" if len(same) == 1 else f"{name}-{same.index(office) + 1}.xlsx")


class Book:
    """A workbook while it is written, row by row. `rows` are those below the heading."""

    def __init__(self, words: Words) -> None:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        self._words = words
        self._cell = WriteOnlyCell
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("IATI")
        self._sheet.freeze_panes = "A2"
        self.rows = 0
        headings = []
        for place, (heading, width) in enumerate(_HEADINGS):
            self._sheet.column_dimensions[chr(ord("A") + place)].width = width
            cell = WriteOnlyCell(self._sheet, words.translate(heading))
            cell.font = Font(bold=True)
            headings.append(cell)
        self._sheet.append(headings)

    def add(self, fault: Fault) -> None:
        """One row. Raises InputRefused where the sheet is full."""
        if self.rows >= MOST_ROWS:
            raise InputRefused(
                gettext_noop("There are more findings than a sheet of Excel can hold."),
                hint=gettext_noop("Take --only error, or --format csv."),
            )
        self.rows += 1
        first, words = fault.spots[0], self._words
        row = (
            fault.identifier,
            fault.title,
            words.translate(WEIGHTS[fault.check.weight]),
            words.message(fault),
            words.hint(fault),
            first.value,
            first.path,
            first.line,
            fault.check.id,
            "",
        )
        self._sheet.append([self._cell_of(value) for value in row])

    def _cell_of(self, value: str | int) -> Any:
        if isinstance(value, int):
            return value
        cell = self._cell(self._sheet, _UNUSABLE.sub("\ufffd", value)[:LONGEST])
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.alignment = self._wrapped
        return cell

    def save(self, path: Path) -> tuple[Path, int]:
        self._book.save(path)
        return path, self.rows


def _no_table(path: Path) -> InputRefused:
    return InputRefused(
        gettext_noop("%(name)s is not a table of offices."),
        {"name": path.name},
        gettext_noop("It has the columns prefix, office and language (en, fr or es)."),
    )
