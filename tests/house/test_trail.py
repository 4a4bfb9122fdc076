"""Every command leaves its line in the audit trail in its own transaction: no change without a line."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

from tests.every_command import ALL
from tests.trails import sees_a_line, written_without_a_line

ROOMS = ("core", "organisation", "frameworks", "plan", "monitoring", "learning", "exchange", "reporting")
# What leaves no line of its own: the parts of which commands are made, a visit, drafts of any kind,
# and what a worker is asked to do later.
WITHOUT_A_LINE = {
    *("write_audit", "supersede", "store_file", "note_visit", "set_password", "rewrite_texts", "write_rows"),
    *("note", "note_on", "note_on_section", "note_step", "note_event", "may_clear"),
    *("require_report", "require_step"),
    *("start_import", "load_draft", "start_reading", "start_tracker", "start_upload", "finish_upload"),
    *("start_update", "start_from_last", "correct_update", "consolidate", "fill", "save_draft"),
    "ask_to_issue",
}
# These carry out the others, row by row, and leave their lines; their own tests see to it.
MADE_OF_OTHERS = {
    *("write_workbook_back", "agree_reading", "take_history", "import_tracker"),
    *("take_returned", "take_translation"),
}


def commands_with_a_line() -> Iterator[str]:
    """The public functions of the commands that are given who acts and when."""
    for room in ROOMS:
        package = importlib.import_module(f"suivi.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"suivi.{room}."):
            if "commands" in found.name.split("."):
                yield from _commands_of(found.name)


def _commands_of(name: str) -> Iterator[str]:
    module = importlib.import_module(name)
    for each, function in inspect.getmembers(module, inspect.isfunction):
        parameters = inspect.signature(function).parameters
        if function.__module__ == name and {"by", "now"} <= parameters.keys() and not each.startswith("_"):
            yield each


def test_every_command_is_tried_here() -> None:
    tried = {name for commands in ALL.values() for name in commands.by_name}
    assert set(commands_with_a_line()) - WITHOUT_A_LINE - MADE_OF_OTHERS == tried


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("room", "name"), [(room, name) for room, commands in ALL.items() for name in commands.by_name]
)
def test_a_command_leaves_a_line(room: str, name: str) -> None:
    assert sees_a_line(ALL[room].by_name[name], ALL[room].ready())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("room", ALL)
def test_where_the_line_cannot_be_written_nothing_is(room: str) -> None:
    assert written_without_a_line(ALL[room].by_name, ALL[room].ready()) == []
