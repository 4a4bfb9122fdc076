"""Rows that were written once through the commands, written again quickly for the tests after.

The cast takes half a second through the commands, and hundreds of tests want it. So the first test of a
process keeps the rows, and the others put the same rows into their empty tables.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection

Thing = TypeVar("Thing")
_ROOMS = ("core", "organisation", "frameworks", "plan", "monitoring", "learning", "reporting", "exchange")


class Snapshot(Generic[Thing]):
    """What a function builds, with the rows it writes into the tables of our rooms."""

    def __init__(self, build: Callable[[], Thing]) -> None:
        self._build = build
        self._kept: tuple[Thing, dict[str, tuple[list[str], list[tuple[Any, ...]]]]] | None = None

    def take(self) -> Thing:
        """The thing with its rows in the database; built anew where the tables are not empty."""
        if any(_rows(table)[1] for table in _tables()):
            return self._build()
        if self._kept is None:
            built = self._build()
            self._kept = (deepcopy(built), {table: _rows(table) for table in _tables()})
            return built
        thing, tables = self._kept
        with connection.constraint_checks_disabled(), connection.cursor() as cursor:
            for table, (columns, rows) in tables.items():
                if rows:
                    names = ", ".join(f'"{name}"' for name in columns)
                    marks = ", ".join(["%s"] * len(columns))
                    cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
        return deepcopy(thing)


def _tables() -> list[str]:
    """Tables in an order in which each comes after those it points to."""
    models = [
        model for room in _ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)
    ]
    ordered: list[Any] = []
    while models:
        ready = [
            model
            for model in models
            if not any(
                field.related_model in models and field.related_model is not model
                for field in model._meta.local_fields
                if field.is_relation
            )
        ]
        ordered += ready
        models = [model for model in models if model not in ready]
    return [model._meta.db_table for model in ordered]


def _rows(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        return [column[0] for column in cursor.description], cursor.fetchall()


def rows_of_all_tables() -> dict[str, list[tuple[Any, ...]]]:
    """Every row in the tables of our rooms, to compare what stood before with what stands after."""
    return {table: _rows(table)[1] for table in _tables()}
