"""Reads a database address into what Django wants to know of a database."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from suivi.values.errors import InputRefused

SECONDS_OF_A_CONNECTION = 60
_HINT = "Write sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME."


def database_at(address: str) -> dict[str, Any]:
    """One entry of Django's DATABASES for `sqlite:///FILE` or `postgresql://...`.

    Raises InputRefused with a sentence that never repeats a password.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError as error:
        raise _refused("SUIVI_DATABASE_URL cannot be read as an address.") from error
    if parts.scheme == "sqlite":
        return _sqlite(parts)
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgresql(parts)
    raise _refused("SUIVI_DATABASE_URL begins with neither sqlite:// nor postgresql://.")


def sqlite_file(path: Path) -> dict[str, Any]:
    """SQLite for a server: readers beside one writer, who waits in line instead of failing.

    A transaction takes the writer's place at its beginning (IMMEDIATE): one that reads first and writes
    later would be refused without waiting, whatever the time-out.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # To open the file and to read what tables there are takes longer than to answer from them.
        "CONN_MAX_AGE": SECONDS_OF_A_CONNECTION,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
    }


def _sqlite(parts: SplitResult) -> dict[str, Any]:
    if parts.netloc:
        raise _refused(
            "SUIVI_DATABASE_URL has two slashes after sqlite: where three belong.",
        )
    name = unquote(parts.path)[1:]
    if not name or name.endswith("/") or parts.query:
        raise _refused("SUIVI_DATABASE_URL names no SQLite file.")
    return sqlite_file(Path(name).absolute())


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    try:
        port = parts.port
    except ValueError as error:
        raise _refused("The port in SUIVI_DATABASE_URL is no number up to 65535.") from error
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = options.pop("host", unquote(parts.hostname or ""))
    name = options.pop("dbname", unquote(parts.path)[1:])
    # Pages ask short questions: compiling them takes longer than answering them.
    options.setdefault("options", "-c jit=off")
    if not name or "/" in name:
        raise _refused("SUIVI_DATABASE_URL names no PostgreSQL database after the host.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": options.pop("user", unquote(parts.username or "")),
        "PASSWORD": options.pop("password", unquote(parts.password or "")),
        "HOST": host,
        "PORT": options.pop("port", str(port or "")),
        # A connection serves several requests and is looked at before each.
        "CONN_MAX_AGE": SECONDS_OF_A_CONNECTION,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _refused(template: str) -> InputRefused:
    return InputRefused(template, hint=_HINT)
