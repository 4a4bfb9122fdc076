"""The whole suite: `python -m tests.suite`. On SQLite, then in a browser, then on a real PostgreSQL.

The quick part comes first, and the first failure ends the run. What a machine lacks is skipped and named;
under CI=true it is a failure.
"""

import os
import subprocess
import sys
from collections.abc import Container, Iterator
from tempfile import TemporaryDirectory

from tests.made_once import FOLDER
from tools.machine import Need, is_ci, missing

PYTEST = (sys.executable, "-m", "pytest")
# A worker that is free takes what the other still has before it, so that both end together.
BOTH_CORES = ("-n", "2", "--dist", "worksteal")


def main() -> int:
    lacking = {need.package: need for need in missing()}
    if lacking and is_ci():
        print(_notice(lacking), file=sys.stderr)
        return 1
    with TemporaryDirectory(prefix="suivi-suite-") as folder:
        environment = {**os.environ, "SUIVI_SKIPPED_PARTS": _notice(lacking), FOLDER: folder}
        environment.pop("SUIVI_DATABASE_URL", None)
        for name, command in _parts(lacking):
            print(f"\n=== The suite {name}", flush=True)
            code = subprocess.run(command, env=environment, check=False).returncode
            if code:
                return code
    return 0


def _parts(lacking: Container[str]) -> Iterator[tuple[str, list[str]]]:
    yield "on SQLite", [*PYTEST, *BOTH_CORES, "--ignore=tests/browser"]
    if "chromium" not in lacking:
        yield "in a browser", [*PYTEST, *BOTH_CORES, "tests/browser"]
    if "postgresql" not in lacking:
        on_postgres = [sys.executable, "-m", "tests.postgres", "--"]
        # Tests without the mark do the same on any database: they open none, or one of their own.
        yield "on PostgreSQL", [*on_postgres, *PYTEST, *BOTH_CORES, "-m", "database"]


def _notice(lacking: dict[str, Need]) -> str:
    return "\n".join(
        f"Skipped: {need.serves}. Get it: apt-get install {need.package}" for need in lacking.values()
    )


if __name__ == "__main__":
    sys.exit(main())
