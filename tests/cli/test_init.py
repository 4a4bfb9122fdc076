import sqlite3
from pathlib import Path

from tests.cli.conftest import Run


def test_init_makes_tables_and_says_what_comes_next(suivi: Run, environment: dict[str, str]) -> None:
    done = suivi("init")
    assert (done.returncode, done.stderr) == (0, "")
    assert "suivi plan load" in done.stdout
    assert (Path(environment["SUIVI_DATA_DIR"]) / "suivi.sqlite3").exists()


def test_init_twice_is_harmless(suivi: Run) -> None:
    assert suivi("init").returncode == 0
    assert suivi("init").returncode == 0


def test_init_makes_the_first_account_as_plan_manager(suivi: Run, environment: dict[str, str]) -> None:
    done = suivi(
        "init", "--email", "ana@example.org", "--name", "Ana", "--password-stdin", stdin="a long sentence\n"
    )
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(Path(environment["SUIVI_DATA_DIR"]) / "suivi.sqlite3") as database:
        rows = database.execute(
            "SELECT email, role FROM core_account JOIN organisation_grant g ON g.account_id = core_account.id"
        ).fetchall()
    database.close()
    assert rows == [("ana@example.org", "plan_manager")]


def test_a_weak_password_is_refused_and_no_account_is_made(suivi: Run, environment: dict[str, str]) -> None:
    done = suivi("init", "--email", "ana@example.org", "--password-stdin", stdin="12345678\n")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    with sqlite3.connect(Path(environment["SUIVI_DATA_DIR"]) / "suivi.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM core_account").fetchone() == (0,)
    database.close()


def test_without_a_terminal_the_password_has_to_be_sent(suivi: Run) -> None:
    done = suivi("init", "--email", "ana@example.org")
    assert done.returncode == 2
    assert "--password-stdin" in done.stderr


def test_a_variable_that_cannot_be_read_is_one_line(suivi: Run) -> None:
    done = suivi("init", SUIVI_DATABASE_URL="mysql://localhost/suivi")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "SUIVI_DATABASE_URL" in done.stderr


def test_a_database_that_does_not_answer_is_one_line(suivi: Run) -> None:
    done = suivi("init", SUIVI_DATABASE_URL="postgresql://nobody@127.0.0.1:1/suivi")
    assert done.returncode == 6
    assert "SUIVI_DATABASE_URL" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_language_that_the_pages_do_not_speak_is_refused_before_anything_is_made(
    suivi: Run, environment: dict[str, str]
) -> None:
    done = suivi("init", "--email", "ana@example.org", "--language", "tlh", "--password-stdin", stdin="x\n")
    assert done.returncode == 2
    assert "Choose one of: en, fr, es." in done.stderr
    assert not (Path(environment["SUIVI_DATA_DIR"]) / "suivi.sqlite3").exists()


def test_what_is_no_address_is_refused_in_one_line(suivi: Run) -> None:
    done = suivi("init", "--email", "nonsense", "--password-stdin", stdin="a long sentence\n")
    assert done.returncode == 4
    assert done.stderr == "suivi: email: Enter a valid email address.\n"
