"""What SQLite and PostgreSQL write differently, for the statements that are written by hand."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection

AMONG = {"postgresql": "= ANY(%({})s)", "sqlite": "IN (SELECT value FROM json_each(%({})s))"}


def rows_of(statement: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement, some thousands at a time."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _adapted(value) for name, value in parameters.items()})
        while rows := cursor.fetchmany(2000):
            yield from rows


def _adapted(value: Any) -> Any:
    """A parameter as the database takes it; any number of keys are one parameter (see AMONG)."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, Collection) and not isinstance(value, str):
        return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))
    return value
