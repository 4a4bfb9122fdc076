"""Commands as people run them: in a process of their own, in a data folder of their own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh installation in a temporary folder, on SQLite."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "SUIVI_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def suivi(environment: dict[str, str]) -> Run:
    """Run `suivi WORDS`, with further variables by name, and give what came of it."""

    def run(*words: str, stdin: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", "import sys; from suivi.cli.main import main; sys.exit(main())", *words],
            input=stdin,
            env={**environment, **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    return run
