"""Starts Django for a command and says in one line what is the matter with the database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from suivi.values.errors import SuiviError


class DatabaseNotReady(SuiviError):  # noqa: N818  the name is what happened
    """The database is missing, cannot be reached, or is older than the program."""

    exit_code = 6


def start_django() -> None:
    """Load the settings and the models. Raises InputRefused where a variable cannot be taken."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suivi.settings")
    import django

    django.setup()


def open_database() -> None:
    """Start Django on a database that is there and up to date, or say what to do."""
    start_django()
    with reachable_database():
        _require_file()
        waiting = waiting_migrations()
    if waiting:
        raise DatabaseNotReady(
            "The database is older than this program: %(count)s changes to its tables wait.",
            {"count": len(waiting)},
            "Run “suivi init”; make a backup first.",
        )


@contextmanager
def reachable_database() -> Iterator[None]:
    """Turn the driver's refusal into one line with a hint."""
    from django.db import DatabaseError, OperationalError

    try:
        yield
    except DatabaseError as error:
        # SQLite calls a file of another kind, or a damaged one, by the most general name. Every narrower
        # name but the first is a mistake in this program and is not dressed as the database's.
        if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
            raise
        raise DatabaseNotReady(
            "The database does not answer: %(reason)s.",
            {"reason": _first_sentence(error)},
            "Look at SUIVI_DATABASE_URL; “suivi doctor” says what it finds.",
        ) from error


def _first_sentence(error: Exception) -> str:
    """What the driver says first; its question whether the server is running is in our hint."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].strip().rstrip(".")


def waiting_migrations() -> list[str]:
    """The names of the migrations that this database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def sqlite_path() -> Path | None:
    """The file of an SQLite database, None on PostgreSQL."""
    from django.db import connection

    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def _require_file() -> None:
    path = sqlite_path()
    if path is not None and not path.exists():
        # Asking SQLite would make an empty file.
        raise DatabaseNotReady(
            "There is no database yet: %(path)s.",
            {"path": path},
            "Run “suivi init” for your own plan, or “suivi demo” for the demonstration.",
        )
