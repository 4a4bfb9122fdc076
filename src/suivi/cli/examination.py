"""The single checks of `suivi doctor`. Each gives what it found; none stops the others."""

import os
import platform
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path

import suivi
from suivi.cli.database import reachable_database, sqlite_path, start_django, waiting_migrations
from suivi.environment.folders import make_folder
from suivi.environment.variables import BY_NAME
from suivi.places.countries import DEFAULT, read_countries
from suivi.values.errors import SuiviError

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 31, 0)  # what Django 5.2 works with
OLDEST_POSTGRESQL = 140000  # the same, as the server tells its version
PACKAGE_DATA = (
    ("Fonts of the documents", "suivi.render", "fonts/*.[ot]tf"),
    ("Templates of the pages", "suivi.web", "templates/**/*.html"),
    ("Translations", "suivi.web", "locale/*/LC_MESSAGES/django.mo"),
    ("Demonstration", "suivi.demonstration", "**/*.yaml"),
)
VARIABLES_OF_TESTS = {"SUIVI_REFERENCE_DIR", "SUIVI_SCREENSHOTS", "SUIVI_SKIPPED_PARTS"}


class State(StrEnum):
    FINE = "fine"
    MISSING = "missing"  # something does not work without it
    OPTIONAL = "optional"  # absent, and only tests or a second look at a document want it
    UNKNOWN = "unknown"  # given, and nothing reads it


@dataclass(frozen=True)
class Check:
    """One thing looked at: its name, how it is, what was found, and how to mend it."""

    name: str
    state: State
    found: str
    remedy: str = ""


def examine() -> Iterator[Check]:
    """All checks, in the order in which people read them."""
    yield Check("suivi", State.FINE, suivi.__version__)
    yield _python()
    yield from _packages()
    yield from _package_data()
    yield from _unknown_variables()
    yield from _installation()
    yield from _programs()


def _python() -> Check:
    state = State.FINE if sys.version_info >= OLDEST_PYTHON else State.MISSING
    remedy = "" if state is State.FINE else "Install Python 3.11 or later."
    return Check("Python", state, f"{platform.python_version()} ({sys.executable})", remedy)


def _packages() -> Iterator[Check]:
    """Every package that the distribution says it needs, by its own metadata."""
    for requirement in requires("suivi") or []:
        if "extra ==" in requirement:
            continue
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        try:
            yield Check(name, State.FINE, version(name))
        except PackageNotFoundError:
            yield Check(name, State.MISSING, "not installed", f"pip install '{requirement}'")


def _package_data() -> Iterator[Check]:
    for name, package, pattern in PACKAGE_DATA:
        folder = Path(str(files(package)))
        count = sum(1 for _ in folder.glob(pattern))
        if count:
            yield Check(name, State.FINE, f"{count} files")
        else:
            yield Check(name, State.MISSING, f"none under {folder}", "Install suivi again.")


def _unknown_variables() -> Iterator[Check]:
    """Variables that look like settings and are none: a slip of the pen leaves the usual value in force."""
    for name in sorted(os.environ):
        if name.startswith("SUIVI_") and name not in BY_NAME and name not in VARIABLES_OF_TESTS:
            near = get_close_matches(name, BY_NAME, n=1)
            guess = f"Did you mean {near[0]}? " if near else ""
            found = "no setting has this name; it changes nothing"
            yield Check(name, State.UNKNOWN, found, f"{guess}docs/reference/settings.md names each.")


def _installation() -> Iterator[Check]:
    try:
        start_django()
    except SuiviError as error:
        yield Check("Settings", State.MISSING, str(error.message), str(error.hint))
        return
    from django.conf import settings

    demonstration = " (the demonstration)" if settings.SUIVI_DEMONSTRATION else ""
    yield Check("Settings", State.FINE, f"read{demonstration}")
    yield _folder("Data folder", settings.SUIVI_DATA_DIR)
    yield _folder("Folder of stored files", settings.SUIVI_FILES_DIR)
    yield _countries(settings.SUIVI_COUNTRIES)
    yield from _database()


def _countries(path: Path) -> Check:
    """The list of countries in use, and its day."""
    try:
        known = read_countries(path)
    except SuiviError as error:
        return Check("List of countries", State.MISSING, str(error.message), str(error.hint))
    origin = "comes with suivi" if path == DEFAULT else str(path)
    found = f"{len(known.countries)} entries in {len(known.regions)} regions, {known.day} ({origin})"
    return Check("List of countries", State.FINE, found)


def _folder(name: str, folder: Path) -> Check:
    try:
        make_folder(folder)
    except SuiviError as error:
        return Check(name, State.MISSING, str(error.message), str(error.hint))
    if not os.access(folder, os.W_OK | os.X_OK):
        return Check(name, State.MISSING, f"{folder} cannot be written", f"Let this user write to {folder}.")
    free = shutil.disk_usage(folder).free // 2**20
    return Check(name, State.FINE, f"{folder}, {free:,} MiB free")


def _database() -> Iterator[Check]:
    path = sqlite_path()
    if path is not None and not path.exists():
        yield Check("Database", State.MISSING, f"no file {path}", "Run “suivi init” or “suivi demo”.")
        return
    try:
        with reachable_database():
            yield _database_version()
            waiting = waiting_migrations()
    except SuiviError as error:
        yield Check("Database", State.MISSING, str(error.message), str(error.hint))
        return
    if waiting:
        yield Check("Tables", State.MISSING, f"{len(waiting)} migrations wait", "Run “suivi init”.")
    else:
        yield Check("Tables", State.FINE, "up to date")


def _database_version() -> Check:
    from django.db import connection

    if connection.vendor == "sqlite":
        state = State.FINE if sqlite3.sqlite_version_info >= OLDEST_SQLITE else State.MISSING
        remedy = "" if state is State.FINE else "Use a Python with SQLite 3.31 or later."
        return Check("Database", state, f"SQLite {sqlite3.sqlite_version}, {sqlite_path()}", remedy)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('server_version_num')::int")
        name, number = cursor.fetchone()
    state = State.FINE if number >= OLDEST_POSTGRESQL else State.MISSING
    remedy = "" if state is State.FINE else "Use PostgreSQL 14 or later."
    return Check("Database", state, f"PostgreSQL {name}", remedy)


def _programs() -> Iterator[Check]:
    """What only developers want: the pages and reports need no program beside Python."""
    for name, commands, package, purpose in (
        ("PostgreSQL server", ("postgres",), "postgresql", "the tests on PostgreSQL"),
        ("Chromium", ("chromium", "chromium-browser"), "chromium", "the tests in a browser"),
        ("LibreOffice", ("soffice", "libreoffice"), "libreoffice-writer", "looking at DOCX reports"),
        ("gettext", ("xgettext",), "gettext", "collecting sentences for the translators"),
    ):
        found = _find_program(commands)
        if found:
            yield Check(name, State.FINE, found)
        else:
            yield Check(name, State.OPTIONAL, f"absent; for {purpose}", f"apt-get install {package}")


def _find_program(commands: tuple[str, ...]) -> str | None:
    # Debian keeps the server's programs out of PATH.
    debian = [str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    path = os.pathsep.join([*debian, os.environ.get("PATH", os.defpath)])
    return next((found for command in commands if (found := shutil.which(command, path=path))), None)
