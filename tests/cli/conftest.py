"""Commands as people run them: in a process of their own, in a data folder of their own."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server import environment_of, run_suivi

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh installation in a temporary folder, on SQLite."""
    return environment_of(tmp_path / "data")


@pytest.fixture
def suivi(environment: dict[str, str]) -> Run:
    """Run `suivi WORDS`, with further variables by name, and give what came of it."""

    def run(*words: str, stdin: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
        return run_suivi({**environment, **variables}, *words, stdin=stdin)

    return run


@pytest.fixture
def installed(empty_installation: Path, environment: dict[str, str]) -> Path:
    """The data folder of the commands, with the tables of an installation that holds nothing."""
    return shutil.copytree(empty_installation, Path(environment["SUIVI_DATA_DIR"]))


@pytest.fixture
def demonstration(loaded_demonstration: Path, environment: dict[str, str]) -> Path:
    """The data folder of the commands, with the demonstration in it."""
    return shutil.copytree(loaded_demonstration, Path(environment["SUIVI_DATA_DIR"]))
