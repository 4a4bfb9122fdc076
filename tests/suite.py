"""The whole suite: `python -m tests.suite`. On SQLite, then in a browser, then on a real PostgreSQL.

The quick part comes first, and the first failure ends the run. What a machine lacks is skipped and named;
under CI=true it is a failure.
"""

import os
import subprocess
import sys

from tools.machine import Need, is_ci, missing

PYTEST = (sys.executable, "-m", "pytest")
BOTH_CORES = ("-n", "2")
# What opens no database of Django's, or one of its own in a process of its own: the same on any database.
WITHOUT_THE_DATABASE = (
    "cli",
    "documents",
    "environment",
    "findings",
    "iati",
    "office",
    "places",
    "render",
    "values",
    "workbooks",
)


def main() -> int:
    lacking = {need.package: need for need in missing()}
    if lacking and is_ci():
        print(_notice(lacking), file=sys.stderr)
        return 1
    environment = {**os.environ, "SUIVI_SKIPPED_PARTS": _notice(lacking)}
    environment.pop("SUIVI_DATABASE_URL", None)
    parts = [("on SQLite", [*PYTEST, *BOTH_CORES, "-m", "not browser"])]
    if "chromium" not in lacking:
        parts.append(("in a browser", [*PYTEST, *BOTH_CORES, "-m", "browser"]))
    if "postgresql" not in lacking:
        left_out = [f"--ignore=tests/{folder}" for folder in WITHOUT_THE_DATABASE]
        on_postgres = [sys.executable, "-m", "tests.postgres", "--"]
        parts.append(("on PostgreSQL", [*on_postgres, *PYTEST, *BOTH_CORES, "-m", "not browser", *left_out]))
    for name, command in parts:
        print(f"\n=== The suite {name}", flush=True)
        code = subprocess.run(command, env=environment, check=False).returncode
        if code:
            return code
    return 0


def _notice(lacking: dict[str, Need]) -> str:
    return "\n".join(
        f"Skipped: {need.serves}. Get it: apt-get install {need.package}" for need in lacking.values()
    )


if __name__ == "__main__":
    sys.exit(main())
