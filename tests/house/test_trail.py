"""Every command leaves its line in the audit trail in its own transaction: no change without a line."""

import importlib
import inspect
from collections.abc import Iterator

import pytest

from tests.every_command import COMMANDS, ready_cast
from tests.trails import sees_a_line, written_without_a_line

ROOMS = ("core", "organisation", "frameworks", "plan", "learning", "exchange")
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
    assert sees_a_line(COMMANDS[name], ready_cast())


@pytest.mark.django_db(transaction=True)
def test_where_the_line_cannot_be_written_nothing_is() -> None:
    assert written_without_a_line(COMMANDS, ready_cast()) == []
