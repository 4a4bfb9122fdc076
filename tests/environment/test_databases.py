from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.environment.databases import database_at
from suivi.values.errors import InputRefused


def test_three_slashes_name_a_file_relative_to_the_current_folder() -> None:
    assert database_at("sqlite:///plan.sqlite3")["NAME"] == str(Path.cwd() / "plan.sqlite3")


def test_four_slashes_name_a_file_from_the_root() -> None:
    assert database_at("sqlite:////srv/suivi/plan.sqlite3")["NAME"] == "/srv/suivi/plan.sqlite3"


def test_a_blank_in_a_file_name_may_be_written_as_percent_20() -> None:
    assert database_at("sqlite:////srv/my%20plan.sqlite3")["NAME"] == "/srv/my plan.sqlite3"


def test_sqlite_takes_the_place_of_the_writer_at_the_beginning_of_a_transaction() -> None:
    assert database_at("sqlite:///plan.sqlite3")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_full_postgresql_address_is_taken_apart() -> None:
    read = database_at("postgresql://ana:s%40cret@db.example.org:5433/suivi?sslmode=require")
    assert read["ENGINE"] == "django.db.backends.postgresql"
    assert (read["USER"], read["PASSWORD"]) == ("ana", "s@cret")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("db.example.org", "5433", "suivi")
    assert read["OPTIONS"] == {"sslmode": "require", "options": "-c jit=off"}


def test_a_unix_socket_is_named_in_the_query() -> None:
    read = database_at("postgresql:///suivi?host=/run/postgresql")
    assert (read["HOST"], read["PORT"], read["USER"]) == ("/run/postgresql", "", "")


def test_a_unix_socket_may_stand_in_the_place_of_the_host() -> None:
    assert database_at("postgresql://ana@%2Frun%2Fpostgresql/suivi")["HOST"] == "/run/postgresql"


def test_a_host_keeps_its_letters_as_written() -> None:
    assert database_at("postgresql://%2FVar%2FRun/suivi")["HOST"] == "/Var/Run"


def test_an_ipv6_host_loses_its_brackets() -> None:
    assert database_at("postgresql://[::1]:5433/suivi")["HOST"] == "::1"


@pytest.mark.parametrize(
    "address",
    [
        "mysql://localhost/suivi",
        "plan.sqlite3",
        "sqlite://plan.sqlite3",
        "sqlite:///",
        "sqlite:///folder/",
        "postgresql://localhost",
        "postgresql://localhost/",
        "postgresql://localhost:port/suivi",
        "postgresql://[::1/suivi",
    ],
)
def test_an_address_that_names_no_database_is_refused_with_the_right_shape(address: str) -> None:
    with pytest.raises(InputRefused, match="postgresql://USER"):
        database_at(address)


def test_a_refusal_never_repeats_the_password() -> None:
    with pytest.raises(InputRefused) as refusal:
        database_at("postgresql://ana:s3cret@localhost:nowhere/suivi")
    assert "s3cret" not in str(refusal.value)


@given(st.text())
def test_whatever_is_written_is_read_or_refused(address: str) -> None:
    with suppress(InputRefused):
        assert database_at(address)["NAME"]
