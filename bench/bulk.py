"""Writing rows by the million: COPY on PostgreSQL, executemany on SQLite; no objects and no checks."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.functional import cached_property

BATCH = 5_000


class Table:
    """A table to write to. What a row does not name takes the same value in all rows.

    Primary keys are given out from the next free one on; `write` gives the first and the last.
    """

    def __init__(self, model: type[models.Model], **constants: Any) -> None:
        self.model = model
        self.constants = constants
        self.next_pk = (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1

    @cached_property
    def _fields(self) -> list[Any]:
        return list(self.model._meta.concrete_fields)

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        found = {}
        for field in self._fields:
            value = self.constants.get(field.attname, self.constants.get(field.name))
            if value is None and field.name not in self.constants and not field.primary_key:
                value = field.get_default()
            found[field.attname] = _plain(field, value)
        return found

    def write(self, rows: Iterable[dict[str, Any]]) -> tuple[int, int]:
        """Write rows of attribute name to value as the database keeps it (numbers scaled, JSON as text)."""
        first = self.next_pk
        columns = ", ".join(f'"{field.column}"' for field in self._fields)
        table = f'"{self.model._meta.db_table}"'
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in self._rows(rows):
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self._fields))
                prepared = (tuple(map(_for_sqlite, row)) for row in self._rows(rows))
                while batch := list(islice(prepared, BATCH)):
                    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", batch)
            for statement in connection.ops.sequence_reset_sql(_NO_STYLE, [self.model]):
                cursor.execute(statement)
        return first, self.next_pk - 1

    def _rows(self, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
        key = self._fields[0].attname
        for row in rows:
            named = {**self._defaults, key: self.next_pk, **row}
            self.next_pk += 1
            yield tuple(named.values())


class _NoStyle:
    def __getattr__(self, name: str) -> Any:
        return lambda text: text


_NO_STYLE = _NoStyle()


def _plain(field: Any, value: Any) -> Any:
    """A constant as the database keeps it."""
    if value is None or isinstance(field, models.ForeignKey):
        return getattr(value, "pk", value)
    if isinstance(field, models.JSONField):
        return json.dumps(field.get_prep_value(value))
    return field.get_prep_value(value)


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return value.hex if isinstance(value, UUID) else value


def without_checks() -> None:
    """Leave the keys that point to other rows unchecked in this connection: all rows are ours."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
