"""Texts as received into typed columns of Arrow, many at once.

A column of numbers has its texts beside it where they are not the plain form ("1000.00"). Of other types such
texts ("true", "2024-02-29Z", and what is no value at all) are named, so that `extras` can keep them.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from suivi.iati.standard import Kind
from suivi.iati.standard.values import text_of, value_of
from suivi.iati.tables.design import Column, Role, Table
from suivi.iati.tables.plan import Row

SCALE = 18
DECIMAL = pa.decimal128(38, SCALE)
_STEP = Decimal(1).scaleb(-SCALE)
_LARGEST = Decimal(10) ** (38 - SCALE)
# A number in its plain form; a day as nearly all are; a number that a column can hold, in any form.
_PLAIN = r"^(0|-?[1-9][0-9]{0,18}|-?(0|[1-9][0-9]{0,18})\.[0-9]{0,17}[1-9])$"
_DAY = r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$"
_HELD = r"^[+-]?([0-9]{1,19}(\.[0-9]{0,18})?|\.[0-9]{1,18})$"

Odd = tuple[int, Column, str]  # place of a row, the column, the text

_TYPES = {
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us", "UTC"),
    Kind.DECIMAL: DECIMAL,
    Kind.BOOLEAN: pa.bool_(),
    Kind.INTEGER: pa.int64(),
    Kind.POSITIVE: pa.int64(),
    Kind.NOT_NEGATIVE: pa.int64(),
}


def arrow_schema(table: Table) -> Any:
    """The columns of a table with their types."""
    return pa.schema(
        [pa.field(one.name, arrow_type(one), nullable=not _is_key(one)) for one in table.columns]
    )


def arrow_type(column: Column) -> Any:
    return _TYPES.get(column.kind, pa.string())


def _is_key(column: Column) -> bool:
    return column.role is Role.KEY and column.is_required


def batch_of(table: Table, rows: Sequence[Row]) -> tuple[Any, list[Odd]]:
    """The rows as one batch, and the texts that neither their column nor one beside it keeps."""
    odd: list[Odd] = []
    arrays: list[Any] = []
    values = list(zip(*rows, strict=True))
    for column, texts in zip(table.columns, values, strict=False):
        if column.role is Role.TEXT:
            continue  # made with the number before it
        if column.kind is Kind.DECIMAL:
            arrays += _numbers(texts)
        elif column.role is Role.KEY or column.kind not in _TYPES:
            arrays.append(pa.array(texts, arrow_type(column)))
        elif column.kind is Kind.DATE:
            arrays.append(_days(column, texts, odd))
        else:
            arrays.append(_others(column, texts, odd))
    return pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(table)), odd


def _numbers(texts: Sequence[str | None]) -> tuple[Any, Any]:
    """The numbers, and the texts of those that are not in plain form."""
    received = pa.array(texts, pa.string())
    is_plain = pc.match_substring_regex(received, _PLAIN)
    if pc.all(is_plain, min_count=0).as_py():
        return received.cast(DECIMAL), pa.nulls(len(received), pa.string())
    beside = pc.if_else(is_plain, None, received)
    is_held = pc.match_substring_regex(received, _HELD)
    numbers = pc.if_else(is_held, received, None).cast(DECIMAL)
    if not pc.all(is_held, min_count=0).as_py():
        numbers = pa.array([_held(text) for text in texts], DECIMAL)
    return numbers, beside


def _held(text: str | None) -> Decimal | None:
    """A number as the column can hold it: rounded to its places; None where it is larger than the column."""
    value = value_of(Kind.DECIMAL, text)
    if not isinstance(value, Decimal) or abs(value) >= _LARGEST - 1:
        return None
    with localcontext(prec=60):
        return value.quantize(_STEP, ROUND_HALF_EVEN)


def _days(column: Column, texts: Sequence[str | None], odd: list[Odd]) -> Any:
    received = pa.array(texts, pa.string())
    is_plain = pc.match_substring_regex(received, _DAY)
    try:
        days = pc.if_else(is_plain, received, None).cast(pa.date32())
    except pa.ArrowInvalid:  # 30 February
        return _others(column, texts, odd)
    if pc.all(is_plain, min_count=0).as_py():
        return days
    values = days.to_pylist()
    for place, is_read in enumerate(is_plain.to_pylist()):
        if is_read is False:
            text = texts[place] or ""
            values[place] = value = value_of(column.kind, text)
            if value is None or text_of(value) != text:
                odd.append((place, column, text))
    return pa.array(values, pa.date32())


def _others(column: Column, texts: Sequence[str | None], odd: list[Odd]) -> Any:
    values: list[Any] = []
    for place, text in enumerate(texts):
        value = None if text is None else value_of(column.kind, text)
        if text is not None and (value is None or text_of(value) != text):
            odd.append((place, column, text))
        values.append(value)
    return pa.array(values, arrow_type(column))
