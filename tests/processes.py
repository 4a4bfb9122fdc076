"""Other processes on the database of a test: what two people do at once, and what a crash leaves behind.

The test needs `transactional_db`, so that what it wrote is committed and the others see it.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

_PREAMBLE = """
import os, sys, time
import django
django.setup()
from pathlib import Path
from datetime import date
from tests.cast import *
"""
_WAIT = """
import json
Path({ready!r}).touch()
while not Path({go!r}).exists():
    time.sleep(0.002)
"""


def address_of_database(folder: Path) -> str:
    """The address under which another process finds what is committed now.

    The test database on SQLite lives in memory: the others get a copy of it in a file of this folder.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        path = folder / "copy.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{path}"
    found = connection.settings_dict
    user, password = quote(found["USER"], safe=""), quote(found["PASSWORD"], safe="")
    return f"postgresql://{user}:{password}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def start_python(code: str, address: str) -> "subprocess.Popen[str]":
    """Run code that may use the models and the cast, in a process of its own on this database."""
    environment = {
        **os.environ,
        "SUIVI_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }
    return subprocess.Popen(
        [sys.executable, "-c", _PREAMBLE + code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def at_once(address: str, folder: Path, preamble: str, works: Sequence[str]) -> list[Any]:
    """Start all work at the same moment, each piece in a process of its own; what each of them printed.

    Each prints JSON. `preamble` imports what the work names.
    """
    go = folder / "go"
    flags = [folder / f"ready-{number}" for number in range(len(works))]
    processes = [
        start_python(f"{preamble}\n{_WAIT.format(ready=str(flag), go=str(go))}\n{work}", address)
        for flag, work in zip(flags, works, strict=True)
    ]
    deadline = time.monotonic() + 120
    while not all(flag.exists() for flag in flags) and time.monotonic() < deadline:
        time.sleep(0.05)
    go.touch()
    return [json.loads(said_by(process)) for process in processes]


def said_by(process: "subprocess.Popen[str]") -> str:
    """What the process printed; fails the test where it ended with an error."""
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out.strip()
