"""What commands leave in the audit trail, and a database that refuses every line of it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import pytest
from django.db import DatabaseError, connection

from suivi.core.models import AuditEntry
from tests.cast import NOW
from tests.snapshots import rows_of_all_tables

Given = TypeVar("Given")

_REFUSE = {
    "postgresql": (
        "CREATE FUNCTION refuse_trail() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'no trail'; END $$",
        "CREATE TRIGGER refuse_trail BEFORE INSERT ON core_auditentry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_trail()",
    ),
    "sqlite": (
        "CREATE TRIGGER refuse_trail BEFORE INSERT ON core_auditentry "
        "BEGIN SELECT RAISE(ABORT, 'no trail'); END",
    ),
}
_ALLOW = {
    "postgresql": ("DROP TRIGGER refuse_trail ON core_auditentry", "DROP FUNCTION refuse_trail"),
    "sqlite": ("DROP TRIGGER refuse_trail",),
}


def sees_a_line(command: Callable[[Given], object], given: Given) -> bool:
    """Whether the command leaves lines, all of them at NOW."""
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    command(given)
    return set(AuditEntry.objects.exclude(pk__in=before).values_list("at", flat=True)) == {NOW}


def written_without_a_line(commands: Mapping[str, Callable[[Given], object]], given: Given) -> list[str]:
    """The commands that change a row although their line is refused; each has to fail."""
    before = rows_of_all_tables()
    changed = []
    with _no_trail():
        for name, command in commands.items():
            with pytest.raises(DatabaseError, match="no trail"):
                command(given)
            if rows_of_all_tables() != before:
                changed.append(name)
                before = rows_of_all_tables()
    return changed


@contextmanager
def _no_trail() -> Iterator[None]:
    """Inside, every line fails with the words "no trail"."""
    _run(_REFUSE[connection.vendor])
    try:
        yield
    finally:
        _run(_ALLOW[connection.vendor])


def _run(statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
