"""Every command leaves its line in the audit trail in its own transaction: no change without a line."""

import importlib
import inspect
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError

from suivi.core.models import AuditEntry
from tests.cast import NOW
from tests.every_command import COMMANDS, ready_cast
from tests.snapshots import rows_of_all_tables
from tests.trails import allow_trail, refuse_trail

ROOMS = ("core", "organisation", "frameworks", "plan", "exchange")
# What leaves no line of its own: the parts of which commands are made, a visit, and drafts of imports.
WITHOUT_A_LINE = {
    *("write_audit", "supersede", "store_file", "note_visit", "set_password"),
    *("start_import", "load_draft"),
}


def commands_with_a_line() -> Iterator[str]:
    """The public functions of the commands that are given who acts and when."""
    for room in ROOMS:
        module = importlib.import_module(f"suivi.{room}.commands")
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__.startswith(module.__name__):
                parameters = inspect.signature(function).parameters
                if {"by", "now"} <= parameters.keys() and not name.startswith("_"):
                    yield name


def test_every_command_is_tried_here() -> None:
    assert set(commands_with_a_line()) - WITHOUT_A_LINE == set(COMMANDS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_leaves_a_line(name: str) -> None:
    cast = ready_cast()
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    COMMANDS[name](cast)
    lines = AuditEntry.objects.exclude(pk__in=before)
    assert lines
    assert {line.at for line in lines} == {NOW}


@pytest.fixture
def no_trail() -> Iterator[Callable[[], None]]:
    """Makes the database refuse every line of the trail, until the end of the test."""
    yield refuse_trail
    allow_trail()


@pytest.mark.django_db(transaction=True)
def test_where_the_line_cannot_be_written_nothing_is(no_trail: Callable[[], None]) -> None:
    cast = ready_cast()
    before = rows_of_all_tables()
    no_trail()
    changed = []
    for name, command in COMMANDS.items():
        with pytest.raises(DatabaseError, match="no trail"):
            command(cast)
        if rows_of_all_tables() != before:
            changed.append(name)
            before = rows_of_all_tables()
    assert changed == []
