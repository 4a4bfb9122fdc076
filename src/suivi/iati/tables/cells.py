"""Cells as people and programs fill them, into the text that stands in a file."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from suivi.iati.standard import Kind
from suivi.iati.standard.values import Value, text_of, value_of
from suivi.iati.tables.outputs import DIGITS, FORMULA_START

_MARKED = re.compile(rf"'(?={FORMULA_START.lstrip('^')})")
_TEXTS = {Kind.STRING, Kind.ADDRESS, Kind.NAME_TOKEN, Kind.LANGUAGE}
_WORDS = {"TRUE": "1", "FALSE": "0", "True": "1", "False": "0"}


class NotOfType(ValueError):  # noqa: N818  the name is what happened
    """A cell holds something that its column cannot take."""


def text_in(cell: Any, kind: Kind, *, is_marked: bool) -> str | None:
    """The text for an attribute or element. Raises `NotOfType`."""
    if cell is None:
        return None
    if kind in _TEXTS:
        return _words(cell, is_marked=is_marked)
    value = _value(cell, kind)
    if value is None:
        raise NotOfType
    return text_of(value)


def received_or(text: str | None, received: str | None, kind: Kind) -> str | None:
    """The text as it was received, as long as the value is still that of this text."""
    if received is None:
        return text
    value = value_of(kind, received)
    if text is None:
        return received if value is None or kind is Kind.DECIMAL else None
    now = value_of(kind, text)
    if value == now:
        return received
    # A spreadsheet keeps about fifteen digits of a number, a column of Parquet eighteen after the point.
    if isinstance(value, Decimal) and isinstance(now, Decimal) and _is_rounded(value, now):
        return received
    return text


def _is_rounded(value: Decimal, now: Decimal) -> bool:
    return Decimal(f"{value:.{DIGITS}g}") == Decimal(f"{now:.{DIGITS}g}")


def _words(cell: Any, *, is_marked: bool) -> str:
    if isinstance(cell, str):
        return cell[1:] if is_marked and _MARKED.match(cell) else cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        cell = cell.date()
    return text_of(cell) if isinstance(cell, bool | int | Decimal | date | datetime) else str(cell)


def _value(cell: Any, kind: Kind) -> Value | None:
    if isinstance(cell, str):
        return value_of(kind, _WORDS.get(cell.strip(), cell))
    if isinstance(cell, datetime):
        return value_of(kind, cell.date().isoformat() if kind is Kind.DATE else cell.isoformat())
    if isinstance(cell, date):
        return value_of(kind, cell.isoformat())
    if kind is Kind.BOOLEAN:
        return bool(cell) if cell in (0, 1) else None
    return _number(cell, kind)


def _number(cell: Any, kind: Kind) -> Value | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return None
    number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    if not number.is_finite():
        return None
    if kind is Kind.DECIMAL:
        return number
    return int(number) if kind.is_integer and number == int(number) else None
