import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import suite
from tests.made_once import FOLDER
from tools.machine import NEEDS, Need

Runs = list[tuple[list[str], dict[str, str]]]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """What the suite would have run, with the environment; every part succeeds."""
    seen: Runs = []

    def run(command: list[str], *, env: dict[str, str], **_: Any) -> "subprocess.CompletedProcess[bytes]":
        seen.append((command, env))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(suite.subprocess, "run", run)
    monkeypatch.delenv("CI", raising=False)
    lacks(monkeypatch)
    return seen


def lacks(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    absent: list[Need] = [need for need in NEEDS if need.package in packages]
    monkeypatch.setattr(suite, "missing", lambda: absent)


def test_the_whole_suite_runs_on_two_databases_and_in_a_browser(runs: Runs) -> None:
    assert suite.main() == 0
    on_sqlite, in_browser, on_postgres = (command for command, _ in runs)
    assert "--ignore=tests/browser" in on_sqlite
    assert "tests/browser" in in_browser
    assert "tests.postgres" in on_postgres
    assert on_postgres[-2:] == ["-m", "database"]


def test_all_parts_share_a_folder_that_is_gone_afterwards(runs: Runs) -> None:
    suite.main()
    (folder,) = {environment[FOLDER] for _, environment in runs}
    assert not Path(folder).exists()


def test_the_first_part_runs_on_sqlite_whatever_the_shell_says(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUIVI_DATABASE_URL", "postgresql://localhost/precious")
    suite.main()
    assert all("SUIVI_DATABASE_URL" not in environment for _, environment in runs)


@pytest.mark.parametrize(
    ("package", "words"), [("postgresql", "tests.postgres"), ("chromium", "tests/browser")]
)
def test_what_the_machine_lacks_is_skipped_and_named(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, package: str, words: str
) -> None:
    lacks(monkeypatch, package)
    assert suite.main() == 0
    assert len(runs) == 2
    assert not any(words in command for command, _ in runs)
    assert f"apt-get install {package}" in runs[-1][1]["SUIVI_SKIPPED_PARTS"]


def test_in_continuous_integration_nothing_runs_on_half_a_machine(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacks(monkeypatch, "postgresql")
    monkeypatch.setenv("CI", "true")
    assert suite.main() == 1
    assert runs == []
    assert "apt-get install postgresql" in capsys.readouterr().err


def test_the_first_failure_ends_the_run(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def fail(command: list[str], **_: Any) -> "subprocess.CompletedProcess[bytes]":
        seen.append(command)
        return subprocess.CompletedProcess(command, 5)

    monkeypatch.setattr(suite.subprocess, "run", fail)
    assert suite.main() == 5
    assert len(seen) == 1
