import sqlite3
from pathlib import Path

from tests.cli.conftest import Run


def test_the_demonstration_is_loaded_once_and_introduces_itself(
    suivi: Run, environment: dict[str, str]
) -> None:
    first = suivi("demo", "--no-serve")
    assert (first.returncode, first.stderr) == (0, "")
    database = Path(environment["SUIVI_DATA_DIR"]) / "demo.sqlite3"
    accounts = _count(database, "core_account")
    assert accounts > 0
    second = suivi("demo", "--no-serve")
    assert second.stdout == first.stdout
    assert _count(database, "core_account") == accounts


def test_the_introduction_names_accounts_password_and_what_to_look_at(suivi: Run) -> None:
    said = suivi("demo", "--no-serve").stdout
    assert "15 February 2023" in said
    assert "@example.org" in said
    assert "password" in said
    assert "plan manager" in said
    assert "Look first" in said


def test_after_the_demonstration_other_commands_speak_of_it(suivi: Run) -> None:
    suivi("demo", "--no-serve")
    assert "demo.sqlite3" in suivi("doctor").stdout


def test_the_demonstration_does_not_go_into_a_database_in_use(suivi: Run, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'own.sqlite3'}"
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
    assert _count(tmp_path / "own.sqlite3", "core_account") == 1


def _count(file: Path, table: str) -> int:
    database = sqlite3.connect(file)
    try:
        (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    finally:
        database.close()
    return int(count)
