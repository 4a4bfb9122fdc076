"""Rows below rows: finding the rows of a table that belong to a row of the table above."""

from collections.abc import Iterator
from typing import Any

from suivi.iati.tables.design import Table
from suivi.iati.tables.inputs import Given, GivenRow, key_of


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
    """The rows of `narratives` or `extras` by the table and key of the row that they belong to."""

    def __init__(self, given: Given, table: Table) -> None:
        self._found: dict[tuple[str, str], list[GivenRow]] = {}
        for row in given.rows(table):
            self._found.setdefault((str(row.cells[1]), key_of(row.cells[2])), []).append(row)

    def take(self, table: str, key: Any) -> list[GivenRow]:
        return self._found.pop((table, key_of(key)), []) if key is not None else []

    def left(self) -> Iterator[GivenRow]:
        for rows in self._found.values():
            yield from rows
