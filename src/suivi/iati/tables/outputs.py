"""Tables into files: Parquet, CSV or one XLSX, batch by batch as they come."""

import re
from abc import ABC, abstractmethod
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from suivi.iati.standard import Kind
from suivi.iati.standard.values import text_of
from suivi.iati.tables.design import Table
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

WORKBOOK = "tables.xlsx"
MOST_ROWS = 1_048_576  # of a sheet, its heading included
LONGEST_CELL = 32_767
DIGITS = 15  # of a number that Excel keeps
EXACT_INTEGERS = 2**53
# What a spreadsheet would take for a formula, and what was already marked as none.
FORMULA_START = r"^('*[=+\-@\t\r])"
_MARK = r"'\1"


class Output(ABC):
    """Takes batches of any table in any order; a table without rows leaves no trace."""

    suffix = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts: dict[str, int] = {}

    def path(self, table: Table) -> str:
        """The name of the file that a table is in."""
        return f"{table.name}{self.suffix}"

    def write(self, table: Table, batch: Any) -> None:
        self.counts[table.name] = self.counts.get(table.name, 0) + len(batch)
        self._write(table, batch)

    @abstractmethod
    def _write(self, table: Table, batch: Any) -> None: ...

    @abstractmethod
    def close(self) -> None:
        """Finish the files."""

    def discard(self) -> None:
        """Let go of files that will be deleted."""
        self.close()


class ParquetOutput(Output):
    """One file for each table; each batch is a row group."""

    suffix = ".parquet"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._writers: dict[str, Any] = {}

    def _write(self, table: Table, batch: Any) -> None:
        writer = self._writers.get(table.name)
        if writer is None:
            writer = pa.parquet.ParquetWriter(self.folder / self.path(table), batch.schema)
            self._writers[table.name] = writer
        writer.write_batch(batch, row_group_size=len(batch))

    def close(self) -> None:
        for writer in self._writers.values():
            writer.close()


class CsvOutput(Output):
    """One file for each table: UTF-8, commas, a heading. Nothing that is a text starts a formula."""

    suffix = ".csv"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._writers: dict[str, Any] = {}

    def _write(self, table: Table, batch: Any) -> None:
        arrays = [
            _as_csv(column.kind, array) for column, array in zip(table.columns, batch.columns, strict=True)
        ]
        batch = pa.RecordBatch.from_arrays(arrays, names=table.names)
        writer = self._writers.get(table.name)
        if writer is None:
            writer = pa.csv.CSVWriter(self.folder / self.path(table), batch.schema)
            self._writers[table.name] = writer
        writer.write_batch(batch)

    def close(self) -> None:
        for writer in self._writers.values():
            writer.close()


def _as_csv(kind: Kind, array: Any) -> Any:
    if kind in {Kind.DECIMAL, Kind.MOMENT}:
        return pa.array([None if one is None else text_of(one) for one in array.to_pylist()], pa.string())
    if pa.types.is_string(array.type):
        return pc.replace_substring_regex(array, FORMULA_START, _MARK)
    return array


class XlsxOutput(Output):
    """One workbook with a sheet for each table. Refuses what does not fit into a sheet or a cell."""

    suffix = ".xlsx"

    def __init__(self, folder: Path) -> None:
        from openpyxl import Workbook

        super().__init__(folder)
        self._workbook = Workbook(write_only=True)
        self._sheets: dict[str, Any] = {}

    def path(self, table: Table) -> str:  # noqa: ARG002  all in one
        return WORKBOOK

    def _write(self, table: Table, batch: Any) -> None:
        if self.counts[table.name] >= MOST_ROWS:
            raise _too_large(table, gettext_noop("%(table)s has more rows than a sheet of Excel can hold."))
        sheet = self._sheets.get(table.name)
        if sheet is None:
            sheet = self._sheets[table.name] = self._workbook.create_sheet(sheet_name(table.name))
            sheet.freeze_panes = "A2"
            sheet.append(table.names)
        texts = [i + 1 if one.kind is Kind.DECIMAL else None for i, one in enumerate(table.columns)]
        for values in zip(*(array.to_pylist() for array in batch.columns), strict=True):
            row = list(values)
            for place, beside in enumerate(texts):
                value = row[place]
                if beside and value is not None and Decimal(f"{value:.{DIGITS}g}") != value:
                    row[beside] = row[beside] or text_of(value)
            sheet.append([_cell(sheet, table, value) for value in row])

    def close(self) -> None:
        if not self._sheets:
            self._workbook.create_sheet("empty")
        self._workbook.save(self.folder / WORKBOOK)

    def discard(self) -> None:
        for sheet in self._sheets.values():
            sheet.close()


def _cell(sheet: Any, table: Table, value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime) or (isinstance(value, date) and value.year < 1900):
        return text_of(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > EXACT_INTEGERS:
        return str(value)
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_CELL:
        raise _too_large(table, gettext_noop("A text in %(table)s is longer than a cell of Excel can hold."))
    if not re.match(FORMULA_START, value):
        return value
    return text_cell(sheet, value)


def text_cell(sheet: Any, value: str) -> Any:
    """A cell that stays a text, also when somebody edits it, whatever it starts with."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def sheet_name(table: str) -> str:
    """The name of a table's sheet: Excel allows 31 letters; the end says most."""
    return table if len(table) <= 31 else table[-31:].lstrip("_")


def _too_large(table: Table, sentence: str) -> InputRefused:
    return InputRefused(
        sentence,
        {"table": table.name},
        gettext_noop("Write Parquet or CSV instead: --format parquet."),
    )
