"""Tables as people and programs give them: a folder of Parquet or CSV files, or a workbook."""

import csv
import struct
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Self
from xml.etree.ElementTree import ParseError

from lxml import etree

from suivi.iati.tables.design import Design, Table, designs
from suivi.iati.tables.outputs import MOST_ROWS, sheet_name
from suivi.iati.tables.package import NAME
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

# Sheets of the template that hold no data.
HELP_SHEETS = ("read me", "lists")
LARGEST_WORKBOOK = 256 * 2**20  # unpacked
LOOK_BEYOND = 20  # columns after the last heading that are looked at for stray cells
LONGEST_FIELD = 16 * 2**20

Cells = list[Any]


@dataclass(frozen=True)
class GivenRow:
    """A row with a cell for each column of its table; `number` is its place below the heading, which is 1."""

    number: int
    cells: Cells


class Given(ABC):
    """The tables of one file to be built. Headings are looked at when it is opened."""

    is_typed = False  # cells are values of their column's type
    is_marked = False  # texts that would start a formula have an apostrophe before them

    def __init__(self, design: Design, headings: dict[str, list[str]]) -> None:
        self.design = design
        self.aside = ExitStack()  # files without a name for what does not fit into memory
        self.names = {table.name: table for table in design.all()}
        self._places = {
            name: _places(self.names[name], heading) for name, heading in headings.items() if heading
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.aside.close()
        self.close()

    def close(self) -> None:  # noqa: B027  not all have something open
        """Close what was opened."""

    def has(self, table: Table) -> bool:
        return table.name in self._places

    def width(self, table: Table) -> int:
        """How many columns are given, those without a heading between them included."""
        return len(self._places[table.name])

    def letter(self, table: Table, column: int) -> str:
        """The letter of the spreadsheet's column that this column of the table stands in."""
        places = self._places[table.name]
        number, letters = (places.index(column) if column in places else 0) + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters

    def rows(self, table: Table) -> Iterator[GivenRow]:
        """The rows that hold something."""
        if not self.has(table):
            return
        places, width = self._places[table.name], len(table.columns)
        for number, cells in self._rows(table):
            if any(cell is not None and cell != "" for cell in cells):
                row: Cells = [None] * width
                for place, cell in zip_longest(places, cells):
                    if cell is None or cell == "":
                        continue
                    if place is None:
                        raise _no_heading(table, number, cell)
                    row[place] = cell
                yield GivenRow(number, row)

    @abstractmethod
    def _rows(self, table: Table) -> Iterator[tuple[int, Any]]: ...

    @abstractmethod
    def is_ordered(self, table: Table) -> bool:
        """Whether its rows stand in the order of the rows above, so that both can be gone through at once."""


def open_tables(path: Path, root: str | None = None) -> Given:
    """The tables in a folder or workbook. `root` says which kind of file, where both are there.

    Raises `InputRefused` where there are no tables, or a heading or file is none of the design.
    """
    if path.is_dir():
        workbooks = sorted(path.glob("*.xlsx"))
        files = sorted(
            one for one in path.iterdir() if one.name != NAME and not one.name.startswith((".", "~"))
        )
        suffixes = {one.suffix for one in files}
        if len(suffixes) > 1 or len(workbooks) > 1:
            raise InputRefused(
                gettext_noop("%(name)s holds files of several kinds."),
                {"name": path.name},
                gettext_noop("Leave in the folder what belongs together: Parquet, or CSV, or one workbook."),
            )
        if not workbooks:
            found = {one.stem: one for one in files}
            return _given_files(path, found, next(iter(suffixes), ""), root)
        path = workbooks[0]
    return _given_workbook(path, root)


def _given_files(folder: Path, found: dict[str, Path], suffix: str, root: str | None) -> Given:
    design = _design_of(folder, set(found), root)
    if suffix == ".parquet":
        return GivenParquet(design, found)
    if suffix == ".csv":
        return GivenCsv(design, found)
    raise _no_tables(folder)


def _given_workbook(path: Path, root: str | None) -> Given:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(member.file_size for member in packed.infolist()) > LARGEST_WORKBOOK:
                raise InputRefused(
                    gettext_noop("%(name)s unpacks to more than %(limit)s megabytes and was not read."),
                    {"name": path.name, "limit": LARGEST_WORKBOOK // 2**20},
                    gettext_noop("Give the tables as CSV files in a folder."),
                )
        workbook = load_workbook(path, read_only=True, data_only=True)
        sheets = {name: workbook[name] for name in workbook.sheetnames if name not in HELP_SHEETS}
        whole = {sheet_name(table.name): table.name for one in designs().values() for table in one.all()}
        found = {whole.get(name, name): sheet for name, sheet in sheets.items()}
        return GivenWorkbook(path, _design_of(path, set(found), root), found, workbook)
    except _BROKEN_WORKBOOK as error:
        raise _no_workbook(path) from error


_BROKEN_WORKBOOK = (
    *(zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError),
    *(OSError, ParseError, etree.XMLSyntaxError, zlib.error, struct.error),
    *(NotImplementedError, RuntimeError, AssertionError, OverflowError),
)


# Those of Arrow are of these kinds, too.
_BROKEN_PARQUET = (OSError, ValueError, OverflowError, NotImplementedError, KeyError)


def _no_workbook(path: Path) -> InputRefused:
    return InputRefused(
        gettext_noop("%(name)s cannot be read as a workbook."),
        {"name": path.name},
        gettext_noop("Open it in the program it was made with and save it again as .xlsx."),
    )


def _design_of(path: Path, names: set[str], root: str | None) -> Design:
    kinds = [
        design
        for name, design in designs().items()
        if root in {None, name} and names & {table.name for table in design.all()}
    ]
    if len(kinds) > 1:
        raise InputRefused(
            gettext_noop("%(name)s holds activities and organisations, which are two files."),
            {"name": path.name},
            gettext_noop("Say which to build: --kind activities or --kind organisations."),
        )
    if not kinds:
        raise _no_tables(path)
    known = {table.name for design in designs().values() for table in design.all()}
    if unknown := sorted(names - known):
        raise InputRefused(
            gettext_noop("%(name)s holds “%(table)s”, which is no table."),
            {"name": path.name, "table": unknown[0][:80]},
            gettext_noop(
                "Take it away, or give it the name of a table: docs/reference/iati-standard.md names all."
            ),
        )
    return kinds[0]


def _no_tables(path: Path) -> InputRefused:
    return InputRefused(
        gettext_noop("%(name)s holds no tables."),
        {"name": path.name},
        gettext_noop("Give a folder that “suivi iati flatten” made, or a filled template."),
    )


def _places(table: Table, heading: list[str]) -> list[int | None]:
    """For each column as given, its place in the table; a column without heading has none."""
    names = {name: place for place, name in enumerate(table.names)}
    places: list[int | None] = []
    for name in heading:
        place = names.get(name)
        if (name and place is None) or (place is not None and place in places):
            raise InputRefused(
                gettext_noop("%(table)s has a column “%(column)s”, which is unknown or there twice."),
                {"table": table.name, "column": name[:80]},
                gettext_noop("Correct the heading, or take the column away."),
            )
        places.append(place)
    return places


def _no_heading(table: Table, row: int, cell: Any) -> InputRefused:
    return InputRefused(
        gettext_noop("Row %(row)s of %(table)s holds “%(value)s” in a column without a heading."),
        {"row": row, "table": table.name, "value": str(cell)[:80]},
        gettext_noop("Give the column a heading, or empty the cell."),
    )


def _is_sorted(keys: Iterator[tuple[Any, Any]]) -> bool:
    """Whether keys of rows rise and keys of the rows above never fall."""
    last_row = last_above = 0
    for row, above in keys:
        if not isinstance(row, int) or row <= last_row or not isinstance(above, int) or above < last_above:
            return False
        last_row, last_above = row, above
    return True


# All tables are read at the same time, so each holds little.
_AT_ONCE = 128  # rows
_BUFFER = 2**16  # bytes


class GivenParquet(Given):
    """A folder of Parquet files."""

    is_typed = True

    def __init__(self, design: Design, found: dict[str, Path]) -> None:
        import pyarrow as pa
        import pyarrow.parquet

        self._paths = found
        self._files: dict[str, Any] = {}
        for name, path in found.items():
            try:
                self._files[name] = pa.parquet.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER)
            except (pa.ArrowException, OSError) as error:
                raise _unreadable(path) from error
        own = {table.name for table in design.all()}
        super().__init__(
            design, {name: list(file.schema_arrow.names) for name, file in self._files.items() if name in own}
        )

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def _rows(self, table: Table) -> Iterator[tuple[int, Any]]:
        yield from enumerate(self._cells(table, None), start=2)

    def _cells(self, table: Table, columns: list[str] | None) -> Iterator[tuple[Any, ...]]:
        try:
            for batch in self._files[table.name].iter_batches(
                batch_size=_AT_ONCE, columns=columns, use_threads=False
            ):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
        except _BROKEN_PARQUET as error:
            raise _unreadable(self._paths[table.name]) from error

    def is_ordered(self, table: Table) -> bool:
        names = table.names[:2]
        if not self.has(table) or any(
            name not in self._files[table.name].schema_arrow.names for name in names
        ):
            return False
        return _is_sorted((one[0], one[1]) for one in self._cells(table, names))


class GivenCsv(Given):
    """A folder of CSV files in UTF-8, with commas or semicolons."""

    is_marked = True

    def __init__(self, design: Design, found: dict[str, Path]) -> None:
        csv.field_size_limit(LONGEST_FIELD)
        self._paths = found
        own = {table.name for table in design.all()}
        super().__init__(design, {name: next(self._lines(name), (1, []))[1] for name in found if name in own})

    def _lines(self, name: str) -> Iterator[tuple[int, list[str]]]:
        path, number = self._paths[name], 0
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                heading = stream.readline(LONGEST_FIELD)
                stream.seek(0)
                delimiter = ";" if heading.count(";") > heading.count(",") else ","
                for number, cells in enumerate(csv.reader(stream, delimiter=delimiter, strict=True), start=1):
                    yield number, cells
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputRefused(
                gettext_noop("%(name)s cannot be read as CSV in UTF-8 after row %(row)s."),
                {"name": path.name, "row": number},
                gettext_noop("Look for a quotation mark too many, or save it again as CSV in UTF-8."),
            ) from error

    def _rows(self, table: Table) -> Iterator[tuple[int, Any]]:
        lines = self._lines(table.name)
        next(lines, None)
        yield from lines

    def is_ordered(self, table: Table) -> bool:
        def key(cell: Any) -> Any:
            return int(cell) if isinstance(cell, str) and cell.isdecimal() and cell.isascii() else cell

        return self.has(table) and _is_sorted(
            (key(row.cells[0]), key(row.cells[1])) for row in self.rows(table)
        )


class GivenWorkbook(Given):
    """A workbook with a sheet for each table."""

    def __init__(self, path: Path, design: Design, found: dict[str, Any], workbook: Any) -> None:
        self._path = path
        self._sheets = found
        self._workbook = workbook
        own = {table.name for table in design.all()}
        super().__init__(design, {name: self._heading(sheet) for name, sheet in found.items() if name in own})

    def close(self) -> None:
        self._workbook.close()

    def _heading(self, sheet: Any) -> list[str]:
        row = next(sheet.iter_rows(max_row=1, values_only=True), ())
        heading = ["" if cell is None else str(cell).strip() for cell in row]
        while heading and not heading[-1]:
            heading.pop()
        return heading

    def _rows(self, table: Table) -> Iterator[tuple[int, Any]]:
        # Bounded, because a cell may say that it stands in row 10 to the 12th.
        bounds = {"min_row": 2, "max_row": MOST_ROWS, "max_col": self.width(table) + LOOK_BEYOND}
        try:
            yield from enumerate(self._sheets[table.name].iter_rows(**bounds, values_only=True), start=2)
        except _BROKEN_WORKBOOK as error:
            raise _no_workbook(self._path) from error

    def is_ordered(self, table: Table) -> bool:  # noqa: ARG002
        return False


def key_of(cell: Any) -> str:
    """A key as it is compared: 7, 7.0 and " 7 " are one."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _unreadable(path: Path) -> InputRefused:
    return InputRefused(
        gettext_noop("%(name)s is damaged, or not what its name says."),
        {"name": path.name},
        gettext_noop("Write it again."),
    )
