"""Backup and restore in processes of their own: what comes back is what was saved, record by record."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.postgres import running_postgres
from tests.server import environment_of
from tools.machine import has_postgresql

_ROWS = """
import json
from suivi.cli.database import start_django
start_django()
from suivi.core.backup import rows_of
print(json.dumps(rows_of()))
"""
_WRITE_A_FILE = """
from suivi.cli.database import start_django
start_django()
from suivi.core.clock import now
from suivi.core.commands import store_file
print(store_file(b"seen by the harbour master", now=now()).sha256)
"""


def _python(code: str, variables: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True
    )
    return done.stdout


def _rows(variables: dict[str, str]) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = json.loads(_python(_ROWS, variables))
    return rows


@pytest.fixture
def saved(loaded_demonstration: Path, tmp_path: Path) -> dict[str, str]:
    """The variables of an installation with the demonstration and one file."""
    folder = shutil.copytree(loaded_demonstration, tmp_path / "first")
    return {**environment_of(folder), "SUIVI_DEMONSTRATION": "1"}


def _empty(variables: dict[str, str], folder: Path) -> dict[str, str]:
    return {**variables, "SUIVI_DATA_DIR": str(folder)}


def test_a_restore_into_an_empty_place_is_equal_record_by_record(
    suivi: Run, saved: dict[str, str], tmp_path: Path
) -> None:
    sha256 = _python(_WRITE_A_FILE, saved).strip()
    archive = tmp_path / "backup.zip"
    assert suivi("backup", "-o", str(archive), **saved).returncode == 0
    second = _empty(saved, tmp_path / "second")
    done = suivi("restore", str(archive), **second)
    assert (done.returncode, done.stderr) == (0, "")
    assert _rows(second) == _rows(saved)
    stored = tmp_path / "second" / "demo-files" / sha256[:2] / sha256
    assert stored.read_bytes() == b"seen by the harbour master"


@pytest.mark.skipif(not has_postgresql(), reason="needs PostgreSQL (Debian: apt-get install postgresql)")
def test_a_backup_from_sqlite_goes_into_postgresql_and_back(
    suivi: Run, saved: dict[str, str], tmp_path: Path
) -> None:
    archive, again = tmp_path / "backup.zip", tmp_path / "again.zip"
    assert suivi("backup", "-o", str(archive), **saved).returncode == 0
    with running_postgres() as address:
        team = {**_empty(saved, tmp_path / "team"), "SUIVI_DATABASE_URL": address}
        assert suivi("restore", str(archive), **team).returncode == 0
        # The next row gets the next number.
        _python(_WRITE_A_FILE, team)
        assert suivi("backup", "-o", str(again), **team).returncode == 0
        expected = _rows(team)
    back = _empty(saved, tmp_path / "back")
    assert suivi("restore", str(again), **back).returncode == 0
    assert _rows(back) == expected


def test_nothing_is_restored_over_what_is_there(suivi: Run, saved: dict[str, str], tmp_path: Path) -> None:
    archive = tmp_path / "backup.zip"
    assert suivi("backup", "-o", str(archive), **saved).returncode == 0
    before = _rows(saved)
    done = suivi("restore", str(archive), **saved)
    assert done.returncode == 4
    assert "not empty" in done.stderr
    assert _rows(saved) == before


@pytest.mark.parametrize("damage", ["cut", "changed", "added", "no archive"])
def test_a_damaged_archive_is_refused_before_anything_is_written(
    suivi: Run, saved: dict[str, str], tmp_path: Path, damage: str
) -> None:
    archive = tmp_path / "backup.zip"
    assert suivi("backup", "-o", str(archive), **saved).returncode == 0
    _damage(archive, damage)
    second = _empty(saved, tmp_path / "second")
    done = suivi("restore", str(archive), **second)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "second" / "demo.sqlite3").exists() or not any(_rows(second).values())


def _damage(archive: Path, how: str) -> None:
    if how == "no archive":
        archive.write_text("a letter")
    elif how == "cut":
        archive.write_bytes(archive.read_bytes()[:-2000])
    elif how == "added":
        with zipfile.ZipFile(archive, "a") as more:
            more.writestr("tables/core.account.extra", "[]")
    else:
        with zipfile.ZipFile(archive) as whole:
            members = {name: whole.read(name) for name in whole.namelist()}
        members["tables/core.account.jsonl"] = members["tables/core.account.jsonl"].replace(
            b"example", b"exomple"
        )
        with zipfile.ZipFile(archive, "w") as written:
            for name, data in members.items():
                written.writestr(name, data)


def test_a_file_whose_bytes_are_missing_is_said(suivi: Run, saved: dict[str, str], tmp_path: Path) -> None:
    sha256 = _python(_WRITE_A_FILE, saved).strip()
    (Path(saved["SUIVI_DATA_DIR"]) / "demo-files" / sha256[:2] / sha256).unlink()
    done = suivi("backup", "-o", str(tmp_path / "backup.zip"), **saved)
    assert done.returncode == 4
    assert sha256 in done.stderr
    assert not (tmp_path / "backup.zip").exists()
