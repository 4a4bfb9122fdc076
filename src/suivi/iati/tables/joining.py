"""Rows below rows: finding the rows of a table that belong to a row of the table above."""

import pickle
from collections.abc import Container, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any

from suivi.iati.tables.design import Table
from suivi.iati.tables.inputs import Given, GivenRow, key_of

_IN_MEMORY = 100  # rows beside those of one table


class Below:
    """The rows of one table by the row above. Each is given out once; `left()` are those not asked for."""

    def __init__(
        self, given: Given, table: Table, *, record_column: int | None = None, blank: str = ""
    ) -> None:
        """A row that names no row above belongs to the record in `record_column`, else to the row `blank`."""
        self._by_key: dict[str, list[GivenRow]] = {}
        self._by_record: dict[str, list[GivenRow]] = {}
        for row in given.rows(table):
            key = key_of(row.cells[1]) or blank
            if not key and record_column is not None:
                self._by_record.setdefault(key_of(row.cells[record_column]), []).append(row)
            else:
                self._by_key.setdefault(key, []).append(row)

    def take(self, key: Any, record: Any = None) -> list[GivenRow]:
        """The rows below the row with this key, or below the record with this identifier."""
        found = self._by_key.pop(key_of(key), []) if key is not None else []
        if self._by_record and record is not None:
            found = found + self._by_record.pop(key_of(record), [])
        return found

    def left(self) -> Iterator[GivenRow]:
        for rows in (*self._by_key.values(), *self._by_record.values()):
            yield from rows


class BelowInOrder(Below):
    """The same where both tables are in order: nothing is held but the next row."""

    def __init__(self, given: Given, table: Table) -> None:
        self._rows = given.rows(table)
        self._next = next(self._rows, None)

    def take(self, key: Any, record: Any = None) -> list[GivenRow]:  # noqa: ARG002
        found = []
        wanted = key_of(key)
        while self._next is not None and key_of(self._next.cells[1]) == wanted:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    def left(self) -> Iterator[GivenRow]:
        """Where a row has no row above it, all after it wait in vain; only the first is at fault."""
        if self._next is not None:
            yield self._next


class Beside:
    """The rows of `narratives` or `extras` by the table and key of the row that they belong to.

    `in_step` names the tables whose rows are asked for with rising keys: what belongs to them waits on disk.
    """

    def __init__(self, given: Given, table: Table, in_step: Container[str]) -> None:
        self._parts: dict[str, _Held | _InStep] = {}
        for row in given.rows(table):
            name = str(row.cells[1])
            part = self._parts.get(name)
            if part is None:
                part = self._parts[name] = _InStep(given.aside) if name in in_step else _Held()
            if not part.add(row):
                held = self._parts[name] = _Held()
                for one in (*part.left(), row):
                    held.add(one)

    def take(self, table: str, key: Any) -> list[GivenRow]:
        part = self._parts.get(table)
        return part.take(key_of(key)) if part is not None and key is not None else []

    def left(self) -> Iterator[GivenRow]:
        for part in self._parts.values():
            yield from part.left()


class _Held:
    """Rows in memory, in any order."""

    def __init__(self) -> None:
        self._found: dict[str, list[GivenRow]] = {}

    def add(self, row: GivenRow) -> bool:
        self._found.setdefault(key_of(row.cells[2]), []).append(row)
        return True

    def take(self, key: str) -> list[GivenRow]:
        return self._found.pop(key, [])

    def left(self) -> Iterator[GivenRow]:
        for rows in self._found.values():
            yield from rows


class _InStep:
    """Rows in the order of their keys, of which only some are in memory."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._last = 0
        self._here: list[GivenRow] = []
        self._aside: Any = None
        self._rows: Iterator[GivenRow] | None = None
        self._next: GivenRow | None = None
        self._passed: list[GivenRow] = []  # nobody asked for them

    def add(self, row: GivenRow) -> bool:
        """Take a row. False where it is out of order, and is not taken."""
        number = _number(key_of(row.cells[2]))
        if number is None or number < self._last:
            return False
        self._last = number
        self._here.append(row)
        if len(self._here) >= _IN_MEMORY:
            self._aside = self._aside or self._stack.enter_context(TemporaryFile())  # noqa: SIM115  closed with the tables
            pickle.dump(self._here, self._aside, pickle.HIGHEST_PROTOCOL)
            self._here = []
        return True

    def take(self, key: str) -> list[GivenRow]:
        wanted = _number(key) or 0
        found: list[GivenRow] = []
        while (row := self._peek()) is not None and (number := _number(key_of(row.cells[2])) or 0) <= wanted:
            (found if number == wanted else self._passed).append(row)
            self._next = None
        return found

    def left(self) -> Iterator[GivenRow]:
        yield from self._passed
        while (row := self._peek()) is not None:
            self._next = None
            yield row

    def _peek(self) -> GivenRow | None:
        if self._rows is None:
            self._rows = self._all()
        if self._next is None:
            self._next = next(self._rows, None)
        return self._next

    def _all(self) -> Iterator[GivenRow]:
        if self._aside is not None:
            end = self._aside.tell()
            self._aside.seek(0)
            while self._aside.tell() < end:
                yield from pickle.load(self._aside)  # noqa: S301  written above, in a file that nobody else sees
        yield from self._here


def _number(key: str) -> int | None:
    return int(key) if key.isdecimal() and key.isascii() else None
