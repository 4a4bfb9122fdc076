"""`suivi backup` and `suivi restore`: the database and the files in one archive, and back."""

import argparse
import sys
from pathlib import Path

from suivi.cli.database import open_database, reachable_database, start_django
from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the two commands."""
    backup = subparsers.add_parser(
        "backup",
        help="save the database and the files in one archive",
        description="Save the database and the stored files in one archive, while people go on working. "
        "Content that was withdrawn is not in it.",
    )
    backup.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help="the archive to write"
    )
    backup.set_defaults(run=run_backup)
    restoring = subparsers.add_parser(
        "restore",
        help="bring an archive back into an empty place",
        description="Bring an archive back into an empty database (SUIVI_DATABASE_URL) and its folder of "
        "files, all of it or nothing. A backup from SQLite goes into PostgreSQL too, and an older one is "
        "brought up to date.",
    )
    restoring.add_argument("file", metavar="FILE", type=Path, help="an archive of “suivi backup”")
    restoring.set_defaults(run=run_restore)


def run_backup(arguments: argparse.Namespace) -> int:
    """Write the archive and say what is in it."""
    open_database()
    from suivi.core.backup import back_up
    from suivi.core.clock import now

    manifest = back_up(arguments.output, now=now(), progress=_tell)
    rows = sum(table.rows for table in manifest.tables.values())
    files = sum(name.startswith("files/") for name in manifest.digests)
    _tell("", 0)
    print(f"Written: {arguments.output} ({rows} rows, {files} files)")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Read the archive back and say what came."""
    start_django()
    from django.conf import settings

    from suivi.core.backup import restore
    from suivi.core.clock import now
    from suivi.environment.folders import make_folder

    make_folder(settings.SUIVI_FILES_DIR)
    with reachable_database():
        manifest = restore(arguments.file, now=now(), progress=_tell)
    _tell("", 0)
    rows = sum(table.rows for table in manifest.tables.values())
    print(f"Restored: {rows} rows of {manifest.made_at}, made by version {manifest.version}.")
    return 0


def _tell(what: str, done: int) -> None:
    """How far it is, on one line of a terminal; silent elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\033[K{f'{what} {done}' if what else ''}", end="", file=sys.stderr, flush=True)
