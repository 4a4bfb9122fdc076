"""`suivi iati flatten`: files of IATI into tables. Memory does not grow with the files."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from typing import Any

from suivi.iati.reader import Reading, read
from suivi.iati.standard.model import XML_LANG
from suivi.iati.tables.columns import Odd, batch_of
from suivi.iati.tables.design import Role, designs
from suivi.iati.tables.outputs import CsvOutput, Output, ParquetOutput, XlsxOutput
from suivi.iati.tables.package import NAME, package
from suivi.iati.tables.plan import Plan, Row, Rows
from suivi.iati.tables.walk import Walk, What
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

# How much XML is read before the waiting rows are written: more makes larger row groups and takes memory.
WAITING_BYTES = 8 * 2**20


class Format(StrEnum):
    """What the tables are written as."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"


_OUTPUTS: dict[Format, Callable[[Path], Output]] = {
    Format.PARQUET: ParquetOutput,
    Format.CSV: CsvOutput,
    Format.XLSX: XlsxOutput,
}


@dataclass(frozen=True)
class Flattened:
    """What was written: rows by the name of their table."""

    folder: Path
    counts: dict[str, int]


def flatten(paths: Sequence[Path], folder: Path, chosen: Format = Format.PARQUET) -> Flattened:
    """Write the tables of these files into a new or empty folder; all or nothing.

    Raises `InputRefused` where the folder holds something, a file cannot be read, or XLSX cannot hold it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputRefused(
            gettext_noop("%(name)s is not an empty folder; nothing was written."),
            {"name": folder.name},
            gettext_noop("Name a new folder, so that tables of two runs are never mixed."),
        )
    made = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    output = _OUTPUTS[chosen](made)
    try:
        counts = _write(paths, output)
    except BaseException:
        output.discard()
        shutil.rmtree(made, ignore_errors=True)
        raise
    if folder.exists():
        folder.rmdir()
    made.rename(folder)
    return Flattened(folder, counts)


def _write(paths: Sequence[Path], output: Output) -> dict[str, int]:
    plans: dict[str, Plan] = {}
    for path in paths:
        reading = read(path)
        plan = plans.setdefault(reading.head.tag, Plan(designs()[reading.head.tag]))
        _read_into(plan, reading, output)
    output.close()
    tables = [table for plan in plans.values() for table in plan.design.all()]
    described = package(
        [plan.design for plan in plans.values()],
        output.counts,
        {table.name: output.path(table) for table in tables},
        output.suffix,
    )
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    (output.folder / NAME).write_text(text, encoding="utf-8")
    return output.counts


def _read_into(plan: Plan, reading: Reading, output: Output) -> None:
    walk = Walk(plan)
    row = walk.file(reading)
    written = 0
    number = 1
    for piece, before in reading.pieces():
        if before:
            walk.between(before, row, f"{reading.spec.name}[{number}]")
        walk.piece(piece, row)
        number += piece.is_last
        if reading.position - written > WAITING_BYTES:
            written = reading.position
            _write_waiting(plan, output, is_record_whole=piece.is_last)
    walk.after(reading, row)
    _write_waiting(plan, output)


def _write_waiting(plan: Plan, output: Output, *, is_record_whole: bool = True) -> None:
    """Write what waits, the extras last: the other tables add to them.

    The row of a record of which more will come goes on waiting.
    """
    for rows in plan.rows.values():
        waiting = rows.take(but_last=rows is plan.records and not is_record_whole)
        if waiting:
            if rows is plan.extras:
                _put_in_order(waiting)
            batch, odd = batch_of(rows.table, waiting)
            output.write(rows.table, batch)
            _keep_received(plan, rows, waiting, odd)


def _put_in_order(extras: list[Row]) -> None:
    """Those of one row of a table together, so that they can be read in step with it."""
    numbers = [row[0] for row in extras]
    extras.sort(key=itemgetter(1, 2))
    for row, number in zip(extras, numbers, strict=True):
        row[0] = number


def _keep_received(plan: Plan, rows: Rows, waiting: list[Any], odd: list[Odd]) -> None:
    names = plan.design.extras.names
    places = [names.index(one) for one in ("path", "what", "name", "content")]
    record = next((i for i, one in enumerate(rows.table.columns) if one.role is Role.DERIVED), None)
    for place, column, text in odd:
        path, _, name = column.path.rpartition("@")
        new = plan.extras.add()
        new[1], new[2] = rows.table.name, waiting[place][0]
        if record is not None and rows.table is not plan.design.files:
            new[3] = waiting[place][record]
        key = XML_LANG if name == "xml:lang" else name
        for index, value in zip(places, (path.rstrip("/"), What.RECEIVED.value, key, text), strict=True):
            new[index] = value or None
