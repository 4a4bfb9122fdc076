import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_doctor_names_the_missing_database_and_the_remedy(suivi: Run) -> None:
    done = suivi("doctor")
    assert done.returncode == 1
    assert "suivi init" in done.stdout


def test_doctor_finds_the_tables_up_to_date_after_init(suivi: Run) -> None:
    suivi("init")
    checks = {check["name"]: check for check in json.loads(suivi("doctor", "--json").stdout)}
    assert checks["Tables"]["state"] == "fine"
    assert checks["Database"]["found"].startswith("SQLite")


def test_doctor_goes_on_where_the_settings_cannot_be_read(suivi: Run) -> None:
    done = suivi("doctor", "--json", SUIVI_NOW="tomorrow")
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert done.returncode == 1
    assert "SUIVI_NOW" in checks["Settings"]["found"]
    assert checks["Python"]["state"] == "fine"


def test_doctor_lists_every_package_that_is_needed(suivi: Run) -> None:
    names = {check["name"].lower() for check in json.loads(suivi("doctor", "--json").stdout)}
    assert {"django", "psycopg", "gunicorn", "typst", "lxml"} <= names
    assert "pytest" not in names


def test_an_unreachable_database_is_named_without_a_traceback(suivi: Run) -> None:
    done = suivi("doctor", SUIVI_DATABASE_URL="postgresql://nobody@127.0.0.1:1/suivi")
    assert done.returncode == 1
    assert "does not answer" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_variable_that_nothing_reads_is_named_with_the_nearest_setting(suivi: Run) -> None:
    done = suivi("doctor", "--json", SUIVI_DATABASE_UR="sqlite:///x")
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert checks["SUIVI_DATABASE_UR"]["state"] == "unknown"
    assert "Did you mean SUIVI_DATABASE_URL?" in checks["SUIVI_DATABASE_UR"]["remedy"]


@pytest.mark.parametrize("command", [("doctor",), ("plan", "list"), ("init",)])
def test_a_file_that_is_no_database_is_named_without_a_traceback(
    suivi: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "letter.sqlite3").write_text("Dear all, this is a letter." * 100, encoding="utf-8")
    done = suivi(*command, SUIVI_DATABASE_URL=f"sqlite:///{tmp_path / 'letter.sqlite3'}")
    assert done.returncode != 0
    assert "file is not a database" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_says_which_list_of_countries_is_in_use_and_its_day(suivi: Run, tmp_path: Path) -> None:
    def found(**variables: str) -> dict[str, str]:
        checks = json.loads(suivi("doctor", "--json", **variables).stdout)
        return next(check for check in checks if check["name"] == "List of countries")

    assert "2026-01-01 (comes with suivi)" in found()["found"]
    own = tmp_path / "own.toml"
    own.write_text(
        'day = 2024-03-01\n[disclaimer]\nen = "None."\n[regions]\nhere = {en = "Here"}\n'
        '[countries]\nXAA = {en = "Alone", region = "here"}\n'
    )
    assert found(SUIVI_COUNTRIES=str(own))["found"] == f"1 entries in 1 regions, 2024-03-01 ({own})"
    own.write_text("day = 2024-03-01")
    assert found(SUIVI_COUNTRIES=str(own))["state"] == "missing"
