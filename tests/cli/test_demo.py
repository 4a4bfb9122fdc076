import shutil
import sqlite3
from pathlib import Path

from tests.cli.conftest import Run


def test_a_second_call_goes_on_with_what_is_there(suivi: Run, demonstration: Path) -> None:
    accounts = _count(demonstration / "demo.sqlite3", "core_account")
    again = suivi("demo", "--no-serve")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == (demonstration / "said.txt").read_text()
    assert _count(demonstration / "demo.sqlite3", "core_account") == accounts > 0


def test_the_introduction_names_accounts_password_and_what_to_look_at(demonstration: Path) -> None:
    said = (demonstration / "said.txt").read_text()
    assert "15 February 2023" in said
    assert "@example.org" in said
    assert "password" in said
    assert "plan manager" in said
    assert "Look first" in said


def test_after_the_demonstration_other_commands_speak_of_it(suivi: Run, demonstration: Path) -> None:
    assert "demo.sqlite3" in suivi("doctor").stdout


def test_an_installation_of_ones_own_takes_over_from_the_demonstration(
    suivi: Run, demonstration: Path
) -> None:
    assert suivi("init").returncode == 0
    assert "suivi.sqlite3" in suivi("doctor").stdout


def test_the_demonstration_does_not_go_into_a_database_in_use(
    suivi: Run, empty_installation: Path, tmp_path: Path
) -> None:
    shutil.copytree(empty_installation, tmp_path / "own")
    address = f"sqlite:///{tmp_path / 'own' / 'suivi.sqlite3'}"
    suivi(
        "init",
        "--email",
        "ana@example.net",
        "--password-stdin",
        stdin="a long sentence\n",
        SUIVI_DATABASE_URL=address,
    )
    done = suivi("demo", "--no-serve", SUIVI_DATABASE_URL=address)
    assert done.returncode == 2
    assert "SUIVI_DATABASE_URL" in done.stderr
    assert _count(tmp_path / "own" / "suivi.sqlite3", "core_account") == 1


def _count(file: Path, table: str) -> int:
    database = sqlite3.connect(file)
    try:
        (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    finally:
        database.close()
    return int(count)
